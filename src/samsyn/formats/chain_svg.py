"""
The chain as a drawing of its own, with the proportions of A3 lying down: to keep, to print, to put in a document.

Colours are fixed as on paper, fonts are asked for by name, and nothing is fetched from anywhere. A text that is cut
ends with … and stands whole in the knot's title, which a reader of the drawing can point at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from samsyn.chain.chain_values import ChainView, Node
from samsyn.chain.choices import Result
from samsyn.chain.row_words import THREAD_WORDS
from samsyn.chain.wording import clipped, counted, date_words, listed, sentence
from samsyn.formats.chain_layout import (
    FOOT_LINE, GAP, HEAD, HEIGHT, LINE, MARGIN, MOST_BUNDLES, SMALL, WIDTH, Box, Layout, Level, Link, Tray, Words, column_places, laid_out,
)
from samsyn.formats.chart_svg import PAPER, safe, short, tag
from samsyn.formats.svg_text import cut_to, width_of

FONTS = "Hanken Grotesk, Arial, Helvetica, sans-serif"
HEAD_FONTS = "Familjen Grotesk, Hanken Grotesk, Arial, Helvetica, sans-serif"
GROUND = "#F5F3F4"
PICTURES = Path(__file__).parent / "pictures"
LEGEND = ("Hel linje: någon har sagt att det ena ska påverka det andra. Streckad linje: en länk fattas. "
          "Tonad ruta: delas och står i sin helhet på ett annat ställe.")
MOST_NAMED = 40  # gaps in the description

STROKE = 'fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"'
KNOTS = {
    "problem": '<path d="M12 2.5 21.5 12 12 21.5 2.5 12z" fill="currentColor"/>',
    "cause": f'<circle cx="12" cy="7.5" r="5" fill="currentColor"/><path d="M12 12v9.5M12 15c-4 0-6 2-6.5 5M12 15c4 0 6 2 6.5 5" {STROKE}/>',
    "action": f'<rect x="3" y="3" width="18" height="18" rx="4" {STROKE}/><path d="M8 12h7.5m-3-3.5 3.5 3.5-3.5 3.5" {STROKE}/>',
    "goal": f'<circle cx="12" cy="12" r="8.8" {STROKE}/><circle cx="12" cy="12" r="3.6" fill="currentColor"/>',
    "indicator": f'<path d="M3 19.5V5M3 19.5h18M8.5 19.5v-5M13.5 19.5v-9M18.5 19.5V7" {STROKE}/>',
    "result": f'<circle cx="12" cy="12" r="9.3" {STROKE}/><path d="M8 14c1.2 2.8 6.8 2.8 8 0M9 9.8v.1M15 9.8v.1" {STROKE}/>',
}


def chain_svg(view: ChainView, today: date) -> str:
    """Return the chain as SVG: one A3 if it can be read there, else as large a sheet as it takes."""
    layout = laid_out(view)
    faces = sorted({box.node.face for box in layout.boxes if box.node.face})
    body = [*map(_tray, layout.trays), *_links(layout.links, layout.level.size), *(_box(box, layout.level) for box in layout.boxes)]
    width, height = short(layout.width), short(layout.height)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(layout.scale * 420)}mm" height="{short(layout.scale * 297)}mm" '
            f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="kedja-namn kedja-ord" font-family="{FONTS}">'
            f'<title id="kedja-namn">{safe(_name(view))}</title><desc id="kedja-ord">{safe(chain_words(view))}</desc>'
            f'<defs>{"".join(_face_symbol(face) for face in faces)}</defs>'
            f'{tag("rect", width=width, height=height, fill=GROUND)}{_head(view, layout)}{"".join(body)}{_foot(view, layout, today)}</svg>\n')


def chain_words(view: ChainView) -> str:
    """Return what the drawing shows, in words: how much there is, and every gap up to forty."""
    kinds: dict[str, set[str]] = {}
    for node in view.nodes():
        if node.id and not node.face and node.kind != "indicator":
            kinds.setdefault(node.kind, set()).add(node.id)
    counts = {kind: len(ids) for kind, ids in kinds.items()}
    there = [counted(counts.get("problem", 0), "problem", "problem", neuter=True), counted(counts.get("cause", 0), "orsak", "orsaker"),
             counted(counts.get("action", 0), "åtgärd", "åtgärder"), counted(counts.get("goal", 0), "mål", "mål", neuter=True)]
    gaps = [f"{gap.missing}: {clipped(gap.row, 60)}" for gap in view.gaps[:MOST_NAMED]]
    more = [f"och {counted(len(view.gaps) - MOST_NAMED, 'lucka', 'luckor')} till"] if len(view.gaps) > MOST_NAMED else []
    together = [f"Kombination {bundle.letter}, {bundle.name}: {bundle.words}" for bundle in view.bundles]
    return " ".join([sentence(listed(there)), sentence("; ".join([*gaps, *more])) if gaps else "Ingen länk fattas.", *together])


def _name(view: ChainView) -> str:
    alone = next((words for key, words in view.choices if key == view.shown), "")
    return f"Kedjan: {clipped(view.name, 90)}{f', {clipped(alone, 90)}' if alone else ''}"


def _head(view: ChainView, layout: Layout) -> str:
    """Return the name of the plan, what is missing, and the names of the columns."""
    gaps = f"{sentence(counted(len(view.gaps), 'lucka', 'luckor')).rstrip('.')} i kedjan" if view.gaps else "Kedjan hänger ihop"
    name = cut_to(_name(view), (layout.width - 2 * MARGIN - 400) / 28)
    y = MARGIN + HEAD - 22
    columns = "".join(
        f'<g color="{PAPER.accent}" transform="translate({short(x)} {short(y - 15)}) scale(.75)">{KNOTS[kind]}</g>'
        + _text(x + 24, y, THREAD_WORDS[kind].capitalize(), 14, PAPER.soft, strong=True)
        for kind, (x, _width) in column_places(layout).items())
    return (f'<text x="{MARGIN}" y="{MARGIN + 24}" font-size="28" font-weight="700" fill="{PAPER.ink}" font-family="{HEAD_FONTS}">{safe(name)}</text>'
            + _text(layout.width - MARGIN, MARGIN + 24, gaps, 17, PAPER.error if view.gaps else PAPER.ink, strong=True, anchor="end") + columns)


def _foot(view: ChainView, layout: Layout, today: date) -> str:
    """Return the key, and above it what the letters of the combinations stand for."""
    y = layout.height - MARGIN + 6
    paper = f"Samsyn {date_words(today)}. {f'Ritad för {layout.paper}' if layout.paper else 'Ritad för papper större än A0'}."
    return "".join(_bundles(view, layout)) + _text(MARGIN, y, LEGEND, 11, PAPER.soft) + _text(layout.width - MARGIN, y, paper, 11, PAPER.soft, anchor="end")


def _bundles(view: ChainView, layout: Layout) -> Iterator[str]:
    """Yield a line for each combination: its letter, what must be done, and in red what is lacking."""
    shown = view.bundles[:MOST_BUNDLES]
    left = len(view.bundles) - len(shown)
    y = layout.height - MARGIN + 6 - FOOT_LINE * (len(shown) + (left > 0)) - 1.4 * FOOT_LINE
    room = (layout.width - 2 * MARGIN - 22) / 11
    for bundle in shown:
        y += FOOT_LINE
        name = cut_to(f"Kombination: {bundle.name}", room / 2)
        words = cut_to(bundle.words, room - width_of(name) - 1)
        yield (_chip(bundle.letter, MARGIN + 6, y - 4, 6) + _text(MARGIN + 20, y, name, 11, PAPER.ink, strong=True)
               + _text(MARGIN + 20 + width_of(name) * 11.4 + 8, y, words, 11, PAPER.error if bundle.lacking else PAPER.soft))
    if left:
        yield _text(MARGIN + 20, y + FOOT_LINE, f"och {counted(left, 'kombination', 'kombinationer')} till", 11, PAPER.soft)


def _tray(tray: Tray) -> str:
    """Return what holds the parts of a combination together; dashed where it is not whole."""
    edge: dict[str, float | str] = {"stroke": PAPER.error, "stroke_dasharray": "6 4"} if tray.is_broken else {"stroke": PAPER.accent}
    return tag("rect", x=tray.x, y=tray.y, width=tray.width, height=tray.height, rx=8, fill=PAPER.tint, stroke_width=1.4, **edge)


def _chip(letter: str, x: float, y: float, radius: float) -> str:
    """Return a round letter with its middle in (x, y)."""
    return (tag("circle", cx=x, cy=y, r=radius, fill=PAPER.accent)
            + _text(x, y + radius * 0.5, letter, radius * (1.4 if len(letter) == 1 else 1.05), PAPER.sheet, strong=True, anchor="middle"))


def _links(links: Iterable[Link], size: float) -> Iterator[str]:
    """Yield the thread: what is broken first, so that a whole thread lies over it."""
    thick = 3.0 if size > 11 else 2.2
    for is_loose, colour in ((True, PAPER.error), (False, PAPER.accent)):
        paths = "".join(_path(link) for link in links if link.is_loose is is_loose)
        if paths:
            yield tag("path", d=paths, fill="none", stroke=colour, stroke_width=thick - 0.6 * is_loose, stroke_dasharray="7 5" if is_loose else "none")


def _path(link: Link) -> str:
    """Return a piece of thread that turns halfway through the gap before the box it leads to."""
    turn = link.to_x - GAP / 2
    if abs(link.y - link.to_y) < 0.05:
        return f"M{short(link.x)} {short(link.y)}H{short(link.to_x)}"
    return f"M{short(link.x)} {short(link.y)}H{short(turn)}V{short(link.to_y)}H{short(link.to_x)}"


def _box(box: Box, level: Level) -> str:
    """Return a knot: its outline, its face if it is a result, and its lines."""
    node, size = box.node, level.size
    outline, colours = _outline(box, size), _colours(node)
    x, y = box.x + size * 0.6, box.y + (box.height - _height(box.lines, size)) / 2
    face = ""
    if node.face:
        side = level.face
        face = f'<use href="#face-{node.face}" x="{short(x)}" y="{short(box.middle - side / 2)}" width="{short(side)}" height="{short(side)}"/>'
        x += size * 2
    if node.part:
        face = _chip(node.part.letter, x + level.chip, box.y + level.pad + size * LINE / 2, level.chip)
        x += 2.4 * level.chip
    room, texts = box.right - size * 0.6 - x, []
    for line in box.lines:
        here = size if line.kind == "title" else size * SMALL
        texts.append(_line(line, x, y + here * 0.95, size, room, colours))
        y += here * LINE
    whole = f"<title>{safe(_whole(node))}</title>" if box.is_cut else ""
    return f"<g>{whole}{outline}{face}{''.join(texts)}</g>"


def _outline(box: Box, size: float) -> str:
    node, fill = box.node, PAPER.sheet
    edge: dict[str, float | str] = {}
    if node.kind == "problem" and not node.gap and not node.is_quiet:
        fill = PAPER.accent
    elif node.gap:
        fill, edge = GROUND, {"stroke": PAPER.error, "stroke_width": 1.6, "stroke_dasharray": "6 4"}
    elif node.same or node.is_quiet:
        fill, edge = GROUND, {"stroke": PAPER.line, "stroke_width": 1.6}
    return tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=min(10, size * 0.6), fill=fill, **edge)


def _colours(node: Node) -> dict[str, str]:
    """Return the colour of each kind of line."""
    if node.kind == "problem" and not node.gap and not node.is_quiet:
        return dict.fromkeys(("title", "about", "lacks"), "#FFFFFF")
    title = PAPER.error if node.gap and not node.label else PAPER.soft if node.same or node.is_quiet else PAPER.ink
    return {"title": title, "about": PAPER.error if node.gap and not node.label else PAPER.soft, "lacks": PAPER.error}


def _line(line: Words, x: float, y: float, size: float, room: float, colours: dict[str, str]) -> str:
    """Return one line; what stands behind the title on it is smaller. Squeezed where another font would be too wide."""
    here = size if line.kind == "title" else size * SMALL
    width = width_of(line.text) * here + (0.6 * size + width_of(line.after) * size * SMALL if line.after else 0)
    after = ""
    if line.after:
        weight = ' font-weight="600"' if line.after_kind == "lacks" else ' font-weight="400"'
        after = f'<tspan dx="{short(size * 0.5)}" font-size="{short(size * SMALL)}" fill="{colours[line.after_kind]}"{weight}>{safe(line.after)}</tspan>'
    weight = "" if line.kind == "about" else ' font-weight="600"'
    held = f' textLength="{short(min(width, room))}" lengthAdjust="spacingAndGlyphs"' if width > room else ""
    return f'<text x="{short(x)}" y="{short(y)}" font-size="{short(here)}" fill="{colours[line.kind]}"{weight}{held}>{safe(line.text)}{after}</text>'


def _height(lines: Iterable[Words], size: float) -> float:
    return sum(size * (LINE if line.kind == "title" else LINE * SMALL) for line in lines)


def _whole(node: Node) -> str:
    """Return all that a knot says."""
    part = f"Kombination {node.part.letter}: {node.part.words}" if node.part else ""
    missing, why = (node.gap.missing, node.gap.why) if node.gap else ("", "")
    return ". ".join(words for words in (node.label, part, missing, node.about, why) if words)


def _text(x: float, y: float, words: str, size: float, fill: str, *, strong: bool = False, anchor: str = "") -> str:
    weight, where = ' font-weight="600"' if strong else "", f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}" fill="{fill}"{weight}{where}>{safe(words)}</text>'


@cache
def _face_symbol(code: str) -> str:
    """Return the drawing of a face, to be used by name. Raises ValueError for a code that is no Result."""
    drawn = (PICTURES / f"face-{Result(code).value}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"^\s*<svg[^>]*>|</svg>\s*$", "", drawn)
    return f'<symbol id="face-{code}" viewBox="0 0 32 32">{inner}</symbol>'


__all__ = ["HEIGHT", "WIDTH", "chain_svg", "chain_words"]
