"""Bytes to lines, records, dates and figures: what every file is made of, whoever exported it."""
