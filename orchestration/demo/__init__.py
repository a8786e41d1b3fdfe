"""Lumen & Oak: an invented company, the exports it would have, and the truth about it."""
