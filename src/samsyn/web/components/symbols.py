"""Drawings out of the shared sprite. A page holds only the reference; the browser keeps the sprite."""

from __future__ import annotations

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from samsyn.chain.choices import FormFace, Implementation, Result

SYMBOL_OF_CODE = (
    {choice.value: f"face-{choice.value}" for choice in Result}
    | {choice.value: f"dial-{choice.value}" for choice in Implementation}
    | {choice.value: f"form-{choice.value}" for choice in FormFace}
)
"""The drawing of each code that has one. No code means two things."""


@cache
def symbol(name: str, css_class: str = "") -> SafeString:
    """
    Return the drawing `name` of the sprite, hidden from screen readers: the word beside it is what is read.

    name       an id in sprite.svg: "face-better", "dial-done", "form-red", "knot-gap", "i-plus", "mark"
    css_class  how it is sized; empty where the part around it does that
    """
    given = format_html(' class="{}"', css_class) if css_class else ""
    return format_html('<svg{} aria-hidden="true"><use href="{}#{}"/></svg>', given, sprite_address(), name)


@cache
def sprite_address() -> str:
    """Return where the sprite is fetched. Asked once: with hashed names the look-up is slow."""
    return static("sprite.svg")


def icon(name: str) -> SafeString:
    """Return a line icon as high as the text: `{% icon "plus" %}`."""
    return symbol(f"i-{name}", "i")


def knot(name: str) -> SafeString:
    """Return a knot of the thread: `{% knot "cause" %}`. Names: problem cause action goal indicator result gap."""
    return symbol(f"knot-{name}", "knot")


@cache
def bay() -> SafeString:
    """Return the view over the bay, for pages where a person arrives: `{% bay %}`."""
    return _scene("bay", "0 0 1600 200")


@cache
def treeline() -> SafeString:
    """Return the treeline that closes a page: `{% treeline %}`."""
    return _scene("treeline", "0 0 1600 44")


def _scene(name: str, box: str) -> SafeString:
    """Return a view, cut at the sides where the page is narrow. Each lies in a file of its own: most pages need only one."""
    return format_html(
        '<svg class="{0}" viewBox="{1}" preserveAspectRatio="xMidYMax slice" aria-hidden="true"><use href="{2}#{0}"/></svg>',
        name, box, static(f"{name}.svg"))


NOTHING = mark_safe("")
