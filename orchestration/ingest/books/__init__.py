"""Reports of bookkeeping software as plain tables, every total in them proved."""
