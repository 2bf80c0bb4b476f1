"""A letter as simple HTML: the same words, links big enough for a thumb, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from samsyn.chain.letter_items import Item
from samsyn.chain.letter_parts import html_document, paragraph


def as_html(greeting: str, opening: str, items: Sequence[Item], closing: Sequence[str], sender: str) -> str:
    """Return a whole HTML document of the same words as the plain text."""
    tag = "ol" if len(items) > 1 else "ul"
    return html_document("Samsyn", [
        paragraph(greeting), paragraph(opening), f"<{tag}>", *(_item(item) for item in items), f"</{tag}>", *(paragraph(text) for text in closing),
        f"<p>Hälsningar<br>{escape(sender)}</p>"])


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
