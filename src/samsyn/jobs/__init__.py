"""The clocks: what is done by itself, and when."""
