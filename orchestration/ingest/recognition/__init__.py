"""Whose export a file is, by its header and the lines around its table; else why nobody can tell."""
