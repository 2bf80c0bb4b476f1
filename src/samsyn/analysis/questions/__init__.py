"""Loke's seven questions, one module each: what is counted for an answer. `loke.py` is the table of contents."""
