"""From a file that somebody dropped to a typed part of the lake; plain functions, no Dagster inside."""
