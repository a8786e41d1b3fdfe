"""Copies of the version online for readers elsewhere: PostgreSQL and plain Parquet files."""
