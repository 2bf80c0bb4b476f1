"""The minutes as a Word document, from the same words as the PDF: for those who keep minutes in a register of their own."""

from __future__ import annotations

from datetime import datetime, time

from samsyn.chain.meeting_values import MinutesContent
from samsyn.chain.wording import local_day
from samsyn.formats.minutes_view import View, view_of
from samsyn.formats.word_page import Run, WordPage, lines


def minutes_docx(content: MinutesContent) -> bytes:
    """Return the minutes as a Word document (.docx): A4, in Swedish, real headings, tables with header rows."""
    view = view_of(content)
    page = WordPage(title=view["document"], made_at=datetime.combine(local_day(content.ended_at), time(12)))
    page.footer(view["document"])
    _who_and_when(page, view)
    _points(page, view)
    _assignments(page, view)
    page.heading(2, "Nästa möte")
    page.paragraph(view["next"])
    _signatures(page, view)
    return page.content()


def _who_and_when(page: WordPage, view: View) -> None:
    for line in view["stamp"]:
        page.paragraph(Run(line, "soft"))
    page.heading(1, view["title"])
    page.paragraph(view["when"])
    page.paragraph(Run(view["place"], "soft"))
    page.heading(2, "Vilka var med")
    page.paragraph(view["attendance"], with_next=bool(view["attended"]))
    if view["attended"]:
        page.table(["Namn", "Befattning", "Organisation", "Närvaro"],
                   [[lines(Run(one["name"], "strong")), one["position"], one["organisation"], one["here"]] for one in view["attended"]],
                   widths=(5, 6, 5, 3), title="Vilka var med på mötet")


def _points(page: WordPage, view: View) -> None:
    if view["points"] or view["silent"] or view["left"]:
        page.heading(2, "Punkterna")
    for point in view["points"]:
        page.heading(3, point["title"])
        page.paragraph(Run(point["why"], "soft"))
        _lines(page, point["lines"])
        page.paragraph(point["parked"])
    for heading, titles in (("Gicks igenom utan anteckning", view["silent"]), ("Hanns inte med", view["left"])):
        if titles:
            page.heading(3, heading)
            for title in titles:
                page.paragraph(Run(title, "soft"))
    if view["loose"]:
        page.heading(2, view["loose_title"])
        _lines(page, view["loose"])


def _lines(page: WordPage, rows: list[View]) -> None:
    for line in rows:
        who = f" till {line['owner']}" if line["owner"] else ""
        label = f"{line['label']}{who}: " if line["label"] else ""
        page.paragraph(Run(label, "strong"), line["text"], f" {line['due']}" if line["due"] else "")


def _assignments(page: WordPage, view: View) -> None:
    if not view["assignments"]:
        return
    page.heading(2, "Uppdragen")
    page.table(["Vem", "Vad", "Klart senast", "Punkt"],
               [[lines(Run(row["owner"], "strong")), row["text"], row["due"], row["point"]] for row in view["assignments"]],
               widths=(5, 10, 4, 2), title="Uppdrag som mötet delade ut")


def _signatures(page: WordPage, view: View) -> None:
    for place, words in enumerate(view["signatures"]):
        page.paragraph(f"\n\n{'_' * 40}")
        page.paragraph(Run(f"{words}: {view['closed_by']}" if place == 0 and view["closed_by"] else words, "soft"))
