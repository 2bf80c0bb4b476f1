"""Every part as a template tag of the same name: `{% load samsyn %}`. The docstring of each function shows how."""

from __future__ import annotations

from django import template

from samsyn.web.components import amounts, fields, frames, marks, symbols

register = template.Library()

PARTS = (
    symbols.icon, symbols.knot, symbols.bay, symbols.treeline,
    marks.face, marks.dial, marks.form_face, marks.person, marks.tag, marks.tally, marks.thread,
    amounts.day, amounts.moment, amounts.week, amounts.number, amounts.hours, amounts.money, amounts.estimate, amounts.meter,
    fields.field, fields.pick, fields.faults,
    frames.crumbs, frames.message, frames.columns, frames.page_links, frames.copytext,
)
BLOCKS = (frames.pagehead, frames.notice, frames.empty)

for part in PARTS:
    register.simple_tag(part, name=part.__name__)
for block in BLOCKS:
    register.simple_block_tag(block, name=block.__name__)
register.simple_tag(symbols.symbol, name="symbol")
register.filter("whole_days", amounts.whole_days)
