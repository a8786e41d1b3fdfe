"""SQL of one cell: from the text that stands there to the typed value, or to null where it is not exactly one."""
