"""What people drop: the folder that it lies in, and the private copy that is read."""
