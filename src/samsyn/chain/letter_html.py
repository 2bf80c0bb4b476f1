"""A letter as simple HTML: the same words, links big enough for a thumb, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from samsyn.chain.letter_items import Item


def as_html(greeting: str, opening: str, items: Sequence[Item], closing: Sequence[str], sender: str) -> str:
    """Return a whole HTML document of the same words as the plain text."""
    tag = "ol" if len(items) > 1 else "ul"
    body = "\n".join([_p(greeting), _p(opening), f"<{tag}>", *(_item(item) for item in items), f"</{tag}>",
                      *(_p(text) for text in closing), f"<p>Hälsningar<br>{escape(sender)}</p>"])
    return f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>Samsyn</title></head>\n<body>\n{body}\n</body></html>\n'


def _item(item: Item) -> str:
    rows = [f"<strong>{escape(item.title)}</strong>", escape(item.says)]
    if item.comes_from:
        rows.append(escape(item.comes_from))
    rows.append(escape(item.because))
    if item.answer_url:
        rows.append(f'<big><a href="{escape(item.answer_url)}">Svara här</a></big>')
    elif item.url:
        rows.append(f'<a href="{escape(item.url)}">Läs mer</a>')
    return f"<li><p>{'<br>'.join(rows)}</p></li>"


def _p(text: str) -> str:
    return f"<p>{escape(text)}</p>"
