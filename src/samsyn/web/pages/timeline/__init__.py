"""The plan in time."""
