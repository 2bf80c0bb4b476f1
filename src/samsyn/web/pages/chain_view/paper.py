"""How the chain is printed: which size of text lets it stand on one A3, and how many sheets it takes when none does."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.chain.chain_values import Branch, ChainView
from samsyn.chain.wording import counted, sentence
from samsyn.formats.chain_layout import whole_level

LINES_OF_CLASS = (
    (20, "paper--1"), (35, "paper--2"), (40, "paper--3"), (59, "paper--one paper--4"), (71, "paper--one paper--5"), (81, "paper--one paper--6"),
    (92, "paper--one paper--7"))
"""Most lines of knots on an A3 lying down -> the classes of the stylesheet that set the text so that they fit."""
CLASS_OF_SIZE = {23: "paper--a", 20: "paper--b", 17.5: "paper--c", 15: "paper--d", 13: "paper--e", 11.5: "paper--f"}
"""Size of the text in the drawing, 4 units a millimetre -> the class that sets the same size with nothing cut, for a chain that is short enough."""
LARGER = "paper--one paper--6"
LINES_A_SHEET = 80  # with LARGER: a cause is kept whole, so that a sheet is seldom filled
A_CAUSE, A_BRANCH = 0.15, 0.3   # lines: the air around a cause, and around a branch
A_BUNDLE = 0.5                  # lines: of a combination below the chain, where two stand side by side
A_LEAD = 4                      # the lines that a problem's own words may take


@dataclass(frozen=True, slots=True)
class Paper:
    """The classes that set the text, and how many sheets of A3 the print takes: exactly 1, or about that many."""

    css_class: str
    sheets: int

    @property
    def words(self) -> str:
        """Return what to tell whoever wants to print."""
        if self.sheets == 1:
            return "Skrivs ut på ett A3, liggande."
        return sentence(f"Skrivs ut på ungefär {counted(self.sheets, 'A3', 'A3', neuter=True)}, liggande. Välj ett problem för att få plats på ett")


def paper_of(view: ChainView) -> Paper:
    """Return how a chain is printed: with large text and every word where there is room, otherwise as small as one sheet asks for."""
    level = whole_level(view)
    if level is not None:
        return Paper(f"paper--whole {CLASS_OF_SIZE[level.size]}", 1)
    lines = sum(max(_lines(branch), A_LEAD if branch.kind == "problem" else 1) + A_BRANCH for branch in view.branches)
    lines += A_BUNDLE * len(view.bundles)
    for most, css_class in LINES_OF_CLASS:
        if lines <= most:
            return Paper(css_class, 1)
    return Paper(LARGER, -(-int(lines) // LINES_A_SHEET))


def _lines(branch: Branch) -> float:
    return branch.height + A_CAUSE * len(branch.causes)
