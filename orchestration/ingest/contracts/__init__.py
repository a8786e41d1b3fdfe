"""What an export may look like: the files in sources/, validated, and the words that they are written in."""
