"""Archives, workbooks, JSON documents and Parquet files as plain tables."""
