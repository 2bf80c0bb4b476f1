"""The chain of a plan: the page and the drawing to keep."""
