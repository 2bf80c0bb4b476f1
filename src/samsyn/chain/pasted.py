"""Several rows at once: what somebody has pasted out of a list, a document or a sheet, taken line by line."""

from __future__ import annotations

import re

_MARK = re.compile(r"^[•·▪◦●○■‣*–—-]+\s+")  # what a list in a document leaves before its words


def lines_of(text: str) -> tuple[str, ...]:
    """
    Return the lines that say something, each on one line of its own with single spaces and without the mark of a list.

    A line of signs only, such as "---", says nothing. Cells beside each other come as one line.
    """
    tidied = (_MARK.sub("", " ".join(line.split())) for line in text.splitlines())
    return tuple(line for line in tidied if any(sign.isalnum() for sign in line))
