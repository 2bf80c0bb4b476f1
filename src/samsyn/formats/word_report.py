"""
The report as a Word document, from the same words as the PDF: for those who must paste it into a document of their own.

The charts of the PDF are left out: the table that stands beside each of them there says the same. Nothing is cut to
fit a first page; what the PDF has on page one and again in full stands once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from samsyn.chain.report_values import Report
from samsyn.formats.report_view import View, view_of
from samsyn.formats.word_page import CellContent, Paragraph, Picture, Run, WordPage, lines


def report_docx(report: Report) -> bytes:
    """Return the report as a Word document (.docx): A4, in Swedish, real headings, tables with header rows, pictures with their words."""
    return word_of(view_of(report), datetime.combine(report.on, time(12)))


def word_of(view: View, made_at: datetime) -> bytes:
    """Return the document of a report's words (samsyn.formats.report_view)."""
    page = WordPage(title=view["title"] or view["plan"], made_at=made_at)
    page.footer(view["plan"])
    _first_part(page, view)
    _tables(page, view)
    for section in view["sections"]:
        _section(page, section, view["headings"])
    _last_part(page, view)
    return page.content()


def _first_part(page: WordPage, view: View) -> None:
    for line in view["stamp"]:
        page.paragraph(Run(line, "soft"))
    if view["adopted"]["title"]:
        page.paragraph(Run(view["adopted"]["title"], "strong"))
    for line in view["adopted"]["lines"]:
        page.paragraph(line)
    page.heading(1, view["title"])
    page.paragraph(view["lead"])
    page.heading(2, view["headings"]["standing"])
    if view["total"]:
        _tally(page, "Genomförande", "dial", view["dials"])
        _tally(page, "Resultat", "face", view["faces"])
    else:
        page.paragraph(view["nothing"]["standing"])
    page.heading(2, view["headings"]["changes"])
    page.paragraph(view["changes"]["words"])
    page.bullets([Run(f"{change['label']} " if change["label"] else "", "strong"), Run(change["words"])] for change in view["changes"]["items"])
    page.heading(2, view["headings"]["decisions"])
    if not view["decisions"]["items"]:
        page.paragraph(view["decisions"]["words"])
    page.numbered((asked["number"], _decision(asked)) for asked in view["decisions"]["items"])
    page.heading(2, view["headings"]["late"])
    if view["late"]:
        page.table(["Åtgärd", "Hur sen", "Varför"], [_late(late) for late in view["late"]], widths=(12, 8, 14), title="Åtgärder som är sena")
    else:
        page.paragraph(view["nothing"]["late"])


def _tally(page: WordPage, title: str, prefix: str, counts: list[View]) -> None:
    kind = "Gubbe" if prefix == "face" else "Visare"
    cells: list[CellContent] = [[[Picture(f"{prefix}-{count['code']}", f"{kind}: {count['label']}", 7)], [Run(count["count"], "strong")]] for count in counts]
    page.table([count["label"] for count in counts], [cells], widths=[1] * len(counts), title=f"{title}: antal åtgärder i varje läge")


def _decision(asked: View) -> list[Paragraph]:
    gist = [Run(asked["text"], "strong")]
    return [gist, *lines(Run(f"Gäller {asked['action']}" if asked["action"] else "", "soft"), asked["otherwise"])]


def _late(late: View) -> list[CellContent]:
    return [lines(Run(late["label"], "strong"), Run(late["responsible"], "soft")),
            lines(Run(late["days"], "warn"), Run(f"klart senast {late['due']}", "soft")),
            lines(late["reason"] if late["has_reason"] else Run(late["reason"], "soft"))]


def _tables(page: WordPage, view: View) -> None:
    causes, when, shows, heads = view["by_cause"], view["timeline"], view["shows"], view["headings"]
    if shows["by_cause"]:
        page.heading(2, heads["by_cause"])
        page.table(["Orsak", *causes["heads"], "Alla"], [[row["cause"], *row["counts"], row["total"]] for row in causes["rows"]],
                   widths=[4, *[1.4] * len(causes["heads"]), 0.8], title="Antal åtgärder per orsak efter genomförande")
        page.paragraph(Run(causes["note"], "soft"))
    if shows["timeline"]:
        page.heading(2, heads["timeline"])
        page.table(["Åtgärd", "Läge", "Börjar", "Klart senast", "Avslutad", "Sen"],
                   [[row["label"], row["state"], row["start"], row["due"], row["done"], row["late"]] for row in when["rows"]],
                   widths=(10, 6, 6, 6, 6, 4), title="När åtgärderna börjar och ska vara klara")
        page.paragraph(Run(" ".join(when["notes"]), "soft"))
    if shows["used"]:
        page.heading(2, heads["used"])
        page.table(["Slag", "Planerat", "Använt enligt avstämningarna"],
                   [[lines(Run(used["label"], "strong")), used["planned"], used["spent"]] for used in view["used"]],
                   widths=(2, 5, 5), title="Tid och pengar, planerat och använt")


def _section(page: WordPage, section: View, heads: View) -> None:
    page.heading(2, section["title"])
    for label, words in section["facts"]:
        page.paragraph(Run(f"{label}: ", "strong"), words)
    if section["used"]:
        page.paragraph(Run(" ".join(f"{used['label']}, planerat: {used['planned']}. Använt: {used['spent']}." for used in section["used"]), "soft"))
    if section["goals"]:
        page.heading(3, heads["goals"])
        page.table(["Nr", "Mål", "Indikator", "Utgångsläge", "Målvärde", "Ska vara nått"], [_goal(goal) for goal in section["goals"]],
                   widths=(1, 7, 5, 4, 3, 3), title=f"Mål: {section['title']}")
    for cause in section["causes"]:
        _cause(page, cause)


def _goal(goal: View) -> list[CellContent]:
    return [goal["number"], lines(goal["text"], Run(goal["kind"], "soft")), goal["indicator"], goal["baseline"], goal["target"], goal["due"]]


def _cause(page: WordPage, cause: View) -> None:
    if cause["title"]:
        page.heading(3, cause["title"])
    page.paragraph(Run(cause["kind"], "soft"), with_next=True)
    page.paragraph(cause["gap"], with_next=bool(cause["actions"]))
    if cause["actions"]:
        page.table(["Åtgärd", "Genomförande", "Resultat", "Klart"], [_action(action) for action in cause["actions"]], widths=(9, 5, 5, 3),
                   title=f"Åtgärder: {cause['title'] or 'utan orsak'}")
    if cause["also"]:
        page.paragraph(Run(f"Också på den här orsaken, visad ovan: {'; '.join(cause['also'])}.", "soft"))


def _action(action: View) -> list[CellContent]:
    name = " ".join(filter(None, (action["number"], action["text"])))
    more = (action["responsible"], f"Mål {action['goals']}" if action["goals"] else "", action["used"],
            f"Sen: {action['reason']}" if action["reason"] else "", action["last"])
    return [lines(Run(name, "strong"), *(Run(words, "soft") for words in more)), list(_side("dial", action["dial"])), list(_side("face", action["face"])),
            lines(action["due"], Run(action["late"], "warn"))]


def _side(prefix: str, side: View) -> Iterator[Paragraph]:
    yield [Picture(f"{prefix}-{side['code']}", millimetres=4.2), Run(f" {side['label']}", "strong")]
    yield from lines(Run(side["who"], "soft"), Run(side["why"], "soft"))


def _last_part(page: WordPage, view: View) -> None:
    page.heading(2, view["headings"]["unknowns"])
    if not view["unknowns"]:
        page.paragraph(view["nothing"]["unknowns"])
    page.bullets([Run(words)] for words in view["unknowns"])
    page.heading(2, view["headings"]["reading"])
    for part in view["reading"]:
        page.paragraph(Run(f"{part['heading']}. ", "strong"), part["text"])
    for title, prefix, rows in ((view["headings"]["dials"], "dial", view["dial_meanings"]),
                                (view["headings"]["faces"], "face", view["face_meanings"])):
        page.heading(3, title)
        page.table(["Tecken", "Betyder"], [[[[Picture(f"{prefix}-{row['code']}"), Run(f" {row['label']}", "strong")]], row["words"]] for row in rows],
                   widths=(2, 5), title=title)
