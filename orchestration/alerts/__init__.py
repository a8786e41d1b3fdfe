"""Tells people that a run failed or waits for them."""
