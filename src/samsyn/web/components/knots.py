"""The knots of the chain view: a problem, cause, action, goal, indicator or result, or the gap where one is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samsyn.chain.chain_gaps import Gap
from samsyn.chain.chain_values import Node, PartOf
from samsyn.chain.row_words import THREAD_WORDS
from samsyn.chain.wording import clipped
from samsyn.web.components.marks import DATES, KEPT_WHOLE, face
from samsyn.web.components.symbols import symbol

LONGEST = {"problem": 160, "cause": 140, "action": 140, "goal": 140, "indicator": 100, "result": 40}  # characters of a title
LONGEST_ABOUT = 110
ANCHORED = ("problem", "cause", "goal")  # what one may come back to after mending; an action's row bears its own
HEADINGS = {"problem": "h2", "cause": "h3"}


@dataclass(frozen=True, slots=True)
class KnotLinks:
    """Addresses of what a knot leads to: the row's own page (or ""), the page that mends its gap (or ""), and where a shared row stands."""

    row: str = ""
    mend: str = ""
    same: str = ""


NO_LINKS = KnotLinks()


def chain_knot(node: Node, links: KnotLinks = NO_LINKS, more: str = "") -> SafeString:
    """
    Return a knot of the chain view, or the gap where it is missing.

    more   texts that stand last in it, such as a problem's overall goals; escaped here
    """
    body = face(node.face, node.about, "s") if node.face else _words(node, links) + _small(more, 2 * LONGEST_ABOUT)
    where = f' id="lucka-{node.gap.number}"' if node.gap else f' id="rad-{node.id}"' if node.id and node.kind in ANCHORED and not node.same else ""
    return mark_safe(f'<div class="{_classes(node)}"{where}>{_kind(node)}{body}</div>')


def _classes(node: Node) -> str:
    kinds = {f"node--{node.kind}": node.kind == "problem", "node--gap": node.gap is not None, "node--shared": node.same is not None,
             "node--quiet": node.is_quiet, "node--loose": node.is_loose}
    return " ".join(["node", *(name for name, is_so in kinds.items() if is_so)])


def _kind(node: Node) -> str:
    """Return what kind of knot it is. On a wide screen the column says it, and only screen readers meet it."""
    drawing = "gap" if node.gap and not node.title else node.kind
    return f'<span class="knut">{symbol(f"knot-{drawing}")}{THREAD_WORDS[node.kind].capitalize()}</span>'


def _words(node: Node, links: KnotLinks) -> str:
    title = clipped(node.label, LONGEST[node.kind])
    address = links.same if node.same else links.row
    element = HEADINGS.get(node.kind, "b")
    said = f'<a href="{escape(address)}">{escape(title)}</a>' if address and title else escape(title)
    first = f"<{element}>{said}</{element}>" if title else ""
    return first + _small(node.about, LONGEST_ABOUT) + _part(node.part) + (_gap(node.gap, links.mend, is_alone=not title) if node.gap else "")


def _part(part: PartOf | None) -> str:
    """Return which combination it is a part of: the letter that all its parts bear, and the words."""
    if part is None:
        return ""
    return f'<small class="part">{letter(part.letter)}<span>{escape(clipped(part.words, LONGEST_ABOUT))}</span></small>'


def letter(of_bundle: str) -> SafeString:
    """Return the round letter of a combination. Beside it stands what it is."""
    return mark_safe(f'<i class="letter">{escape(of_bundle)}</i>')


def _small(text: str, longest: int) -> str:
    """Return the words under a title, escaped and cut. A date in them stays on one line."""
    return f"<small>{DATES.sub(KEPT_WHOLE, escape(clipped(text, longest)))}</small>" if text else ""


def _gap(gap: Gap, address: str, *, is_alone: bool) -> str:
    """Return what is missing, why it matters and the link that mends it, for those who may."""
    missing = f"<b>{gap.missing}</b>" if is_alone else f'<span class="lacks">{gap.missing}</span>'
    mend = f'<a class="mend" href="{escape(address)}">{escape(gap.mend)}<span class="hide">: {escape(gap.row)}</span></a>' if address else ""
    return f'{missing}<small class="why">{gap.why}</small>{mend}'
