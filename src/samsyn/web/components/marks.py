"""Faces, dials, people and tags: the small marks of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from samsyn.chain.choices import FormFace, Implementation, Result
from samsyn.chain.row_words import THREAD, THREAD_WORDS
from samsyn.chain.wording import listed, number_words, sentence
from samsyn.web.components.symbols import NOTHING, symbol

FACE_SIZES = {"": "", "s": " face--s", "l": " face--l"}
TAG_KINDS = {"": "", "now": " tag--now", "accent": " tag--accent", "bad": " tag--bad"}
FORM_WORDS = {FormFace.GREEN: "Grön i formuläret", FormFace.YELLOW: "Gul i formuläret", FormFace.RED: "Röd i formuläret"}
DATES = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
KEPT_WHOLE = r'<span class="n">\g<0></span>'


@lru_cache(maxsize=2048)
def face(result: Result | str | None, reason: str = "", size: str = "", chip: bool = False) -> SafeString:
    """
    Return a face with its word: `{% face action.result "sedan juni" size="l" %}`.

    result   a Result, its code, or None (shown as not measured: nobody has set it)
    reason   a few words under it; may be empty
    size     "" usual (30 px), "s" small (22), "l" large (56)
    chip     True draws it as a tag on its own tint
    raises   ValueError for a code that is no Result, KeyError for another size
    """
    choice = Result(result or Result.NOT_MEASURED)
    classes = f"face{FACE_SIZES[size]}{' face--chip' if chip else ''} is-{choice.value}"
    under = _small(reason)
    return mark_safe(f'<span class="{classes}">{symbol(f"face-{choice.value}")}<span>{choice.label}{under}</span></span>')


@lru_cache(maxsize=1024)
def dial(implementation: Implementation | str | None, reason: str = "", colour: FormFace | None = None) -> SafeString:
    """
    Return how far the action has come, as dial and word: `{% dial action.implementation %}`.

    implementation   an Implementation, its code, or None: nobody has said
    reason           a few words under it; may be empty
    colour           the colour a file carried, drawn beside the reason; None draws nothing
    raises           ValueError for a code that is no Implementation
    """
    choice = Implementation(implementation) if implementation else None
    name, word = (f"dial-{choice.value}", choice.label) if choice else ("dial-unsaid", "Inte sagt")
    under = _small(reason, symbol(f"form-{FormFace(colour).value}") if colour else "")
    return mark_safe(f'<span class="done">{symbol(name)}<span>{word}{under}</span></span>')


@cache
def form_face(colour: FormFace | str | None) -> SafeString:
    """Return the colour a form carried, drawn as a paper and never as a face: `{% form_face action.form_face %}`. None draws nothing."""
    if not colour:
        return NOTHING
    choice = FormFace(colour)
    return format_html('<span class="form-face">{}<span>{}</span></span>', symbol(f"form-{choice.value}"), FORM_WORDS[choice])


@lru_cache(maxsize=1024)
def person(name: str, organisation: str = "") -> SafeString:
    """
    Return a person with the first letter in a ring: `{% person action.responsible action.responsible_organisation %}`.

    name   may be empty: then "Ingen ansvarig" stands there, in the colour of a gap
    """
    name = (name or "").strip()
    under = _small(organisation)
    if not name:
        return mark_safe(f'<span class="who who--none"><i aria-hidden="true">?</i><span>Ingen ansvarig{under}</span></span>')
    return mark_safe(
        f'<span class="who"><i aria-hidden="true">{escape(name[0].upper())}</i><span>{escape(name)}{under}</span></span>')


def _small(text: str, mark: str = "") -> str:
    """Return the row under a word, escaped, after a mark if there is one. A date in it stays on one line."""
    return f"<small>{mark}{DATES.sub(KEPT_WHOLE, escape(text))}</small>" if text else ""


def tag(text: str, kind: str = "") -> SafeString:
    """Return a small tag: `{% tag "Klart" %}`. kind: "", "now" (your turn), "accent", "bad"."""
    return format_html('<span class="tag{}">{}</span>', TAG_KINDS[kind], text)


def tally(counts: Mapping[str, int]) -> SafeString:
    """Return all six faces with how many rows each has: `{% tally counts %}`. counts: Result or its code -> count; a missing one is 0."""
    rows = ((symbol(f"face-{r.value}"), number_words(counts.get(r.value, 0)), r.label) for r in Result)
    return format_html('<ul class="tally">{}</ul>', format_html_join("", "<li>{}<b>{}</b>{}</li>", rows))


def thread(present: Iterable[str]) -> SafeString:
    """
    Return the thread from problem to result, as far as it holds: `{% thread action.thread %}`.

    present   names out of THREAD, in any order. The first that is missing is drawn as a gap and ends the thread.
    """
    there = set(present)
    whole = [name for name in THREAD if name in there]
    missing = next((name for name in THREAD if name not in there), None)
    held = whole if missing is None else list(THREAD[:THREAD.index(missing)])
    drawn = format_html_join("", "<li>{}</li>", ((symbol(f"knot-{name}"),) for name in held))
    gap = format_html('<li class="{}">{}{}</li>', *_gap(missing)) if missing else NOTHING
    return format_html('<ul class="thread" aria-label="{}">{}{}</ul>', _thread_words(held), drawn, gap)


def _thread_words(held: list[str]) -> str:
    """Return what a screen reader hears of the unbroken part."""
    return "Tråden: " + (sentence(listed(THREAD_WORDS[name] for name in held) + " finns").lower() if held else "inget finns än.")


def _gap(name: str) -> tuple[str, SafeString, str]:
    """Return class, drawing and words of the first missing link. A result that has not come is no fault; a missing goal is."""
    if name == "result":
        return "later", symbol("face-not_measured"), "Inget resultat än"
    return "gap", symbol("knot-gap"), f"{THREAD_WORDS[name].capitalize()} saknas"
