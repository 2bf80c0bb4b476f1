"""The pulse: who has said something, and what is about to stall."""
