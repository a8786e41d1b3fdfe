"""Assets, checks, the job: thin wrappers around plain functions."""
