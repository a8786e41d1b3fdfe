"""What an export says of itself, held against its rows, and whether the file may be loaded."""
