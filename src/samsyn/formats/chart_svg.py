"""
Drawing with SVG, for a page or for paper: what the report's charts are made of.

Attributes only, no style attribute, so that a strict Content-Security-Policy lets them through. On a page the colours
are the stylesheet's tokens and follow light and dark; on paper they are fixed. No chart relies on colour: each state
has a pattern or a mark of its own and stands in words beside it. Show the values as a table beside the chart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from samsyn.chain.wording import clipped

WIDTH = 640
LETTER = 0.51  # mean width of a letter as a share of the type size
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, the type size in units of the drawing (it is 640 wide), and the font; "" leaves it to the stylesheet."""

    ink: str
    soft: str
    line: str
    edge: str
    accent: str
    tint: str
    sheet: str
    error: str
    size: float
    font: str = ""


PAGE = Palette("var(--ink)", "var(--ink-2)", "var(--line)", "var(--edge)", "var(--accent)", "var(--accent-tint)", "var(--sheet)",
               "var(--error)", 13)
PAPER = Palette("#221D3B", "#5A5473", "#D9D4DE", "#827B97", "#35337F", "#E6E5F4", "#FFFFFF", "#A3271B", 12.5, "Hanken Grotesk")


def wrapped(words: str, width: float, size: float, lines: int) -> list[str]:
    """Return words on at most `lines` lines that fit the width, by the mean width of a letter; cut with … where it is longer."""
    room = max(int(width / (size * LETTER)), 1)
    made: list[str] = []
    rest = clipped(words, room * lines)
    while rest and len(made) < lines - 1 and len(rest) > room:
        cut = rest.rfind(" ", 0, room + 1)
        cut = cut if cut > 0 else room
        made.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*made, clipped(rest, room)] if rest else made


def drawing(name: str, height: float, title: str, words: str, body: str) -> str:
    """Return the whole picture with title and description; `name` must be unique on the page."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {short(height)}" role="img" '
            f'aria-labelledby="{name}-title {name}-words"><title id="{name}-title">{safe(title)}</title>'
            f'<desc id="{name}-words">{safe(words)}</desc>{body}</svg>')


def text(x: float, y: float, words: str, palette: Palette, *, fill: str = "", anchor: str = "", strong: bool = False) -> str:
    """Return one line of text. On a page the stylesheet's `.chart text` and `.chart .lbl` (strong) decide its look."""
    font = f" font-family={quoteattr(palette.font)}" if palette.font else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    kind = ' class="lbl" font-weight="600"' if strong else ""
    place = f'x="{short(x)}" y="{short(y)}" font-size="{short(palette.size)}" fill="{fill or palette.soft}"'
    return f"<text {place}{font}{where}{kind}>{safe(words)}</text>"


def tag(element: str, **attributes: float | str) -> str:
    """Return an element; stroke_width becomes stroke-width."""
    written = (f'{key.replace("_", "-")}="{value if isinstance(value, str) else short(value)}"' for key, value in attributes.items())
    return f"<{element} {' '.join(written)}/>"


def safe(words: str) -> str:
    """Return words as XML text; characters that XML cannot hold become a space."""
    return escape(NOT_IN_XML.sub(" ", words))


def short(number: float) -> str:
    """Return a number with at most one decimal."""
    return f"{number:.1f}".rstrip("0").rstrip(".")
