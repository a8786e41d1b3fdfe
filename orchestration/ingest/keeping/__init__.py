"""What stays of a file: its bytes, its typed part, its manifest, its outcome."""
