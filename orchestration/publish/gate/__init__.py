"""What is asked of a candidate before anybody sees it: conservation, and how far it lies from its own history."""
