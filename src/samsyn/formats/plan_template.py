"""An empty form to fill in: the handbook's six columns on one sheet, help and examples on another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samsyn.chain.choices import FormFace, Implementation
from samsyn.formats.details_mark import HELP_TITLE
from samsyn.formats.plan_form import COLUMNS, WIDTHS
from samsyn.formats.table_out import MADE_AT, Book, Page

FORM_SHEET, HELP_SHEET = "Plan", "Så fyller du i"
EMPTY_ROWS = 40
ROW_HEIGHT = 48  # points: three lines by hand
GREY = "#5A5473"

GUIDE = (
    "Skriv på bladet Plan. Det här bladet är bara hjälp, och läses inte in.",
    "En åtgärd på varje rad. Gäller flera åtgärder samma orsak, skriv orsaken på varje rad.",
    "Skriv problemet på en egen rad, ensamt i första kolumnen, före dess orsaker: Problem: Oro runt stationen på kvällarna.",
    "När du är klar: öppna Samsyn, välj Läs in en fil och släpp filen där. Du får se allt innan något sparas.",
)
HELP = (
    ("Orsak", "Varför uppstår problemet? Skriv ett nummer först. Har åtgärden flera orsaker: skriv dem på var sin rad i cellen."),
    ("Åtgärd", "Vad ska göras? Börja med ett verb. Numrera med orsakens nummer först, om ni vill: 1.1."),
    ("Operativa mål", "Vad ska vara annorlunda, för vem och när? Flera mål skrivs på var sin rad i cellen."),
    ("När", "När ska det vara klart? Helst en dag, till exempel 2027-03-31. Det går också att skriva v. 20, Q3 eller löpande."),
    ("Vem", "En person, med namn, och hur den nås: telefon eller e-post. Inga uppgifter om dem som drabbas eller begår brott."),
    ("Uppföljning", "Grön: gjord. Gul: pågår, eller gjord till en del. Röd: inte påbörjad, eller blev inte av. Skriv gärna mer med ord."),
)
EXAMPLES = (
    ("Problem: Oro runt stationen på kvällarna", "", "", "", "", ""),
    ("1. Gångvägen är mörk och skymd", "1.1 Sätt upp lampor från stationen till torget", "Färre anmälningar: från 62 till 45 om året",
     "2027-10-31", "Bo Ek, 070-174 06 11", "Gul. Lamporna är beställda."),
    ("1. Gångvägen är mörk och skymd", "1.2 Röj sly längs gångvägen", "Fler känner sig trygga en fredagskväll",
     "v. 20", "Iris Lind, iris@granviken.example", ""),
    ("2. Få vuxna rör sig där efter klockan 20", "2.1 Nattvandra fredag och lördag", "En vuxen på plats alla helgkvällar",
     "löpande", "Tove Ask, 070-174 06 41", "Röd"),
)
FOLLOW_UP_WORDS = tuple(face.label for face in FormFace)


def empty_template(*, title: str = "Åtgärdsplan", made_at: datetime = MADE_AT) -> bytes:
    """
    Return an empty form as a workbook (.xlsx), ready to fill in on a screen or on paper.

    title     above every printed page
    made_at   what the file's properties say about when it was made

    The sixth column offers Grön, Gul and Röd in a list of words; anything else may be written. No cell is a formula.
    """
    book = Book(title, made_at=made_at)
    form = book.page(FORM_SHEET)
    form.write_head(title, COLUMNS, WIDTHS, title_row=False)
    for _ in range(EMPTY_ROWS):
        form.sheet.set_row(form.row, ROW_HEIGHT)
        for column in range(len(COLUMNS)):
            form.write(column, None)
        form.row += 1
    last = len(COLUMNS) - 1
    form.sheet.data_validation(1, last, EMPTY_ROWS, last, {
        "validate": "list", "source": list(FOLLOW_UP_WORDS), "show_error": False, "input_title": "Uppföljning",
        "input_message": "Välj en färg, eller skriv med ord: pågår, gjord, blev inte av."})
    _write_help(book.page(HELP_SHEET))
    return book.content()


def _write_help(page: Page) -> None:
    plain, bold = page.book.look(text_wrap=False), page.book.look(bold=True, font_size=14)
    page.set_widths(WIDTHS)
    page.write_text(0, HELP_TITLE, bold)
    for line in GUIDE:
        page.row += 1
        page.write_text(0, line, plain)
    page.row += 2
    for rows, look in (((tuple(column for column, _ in HELP),), {"bold": True}), ((tuple(text for _, text in HELP),), {})):
        _write_rows(page, rows, look)
    page.row += 1
    page.write_text(0, "Så kan det se ut", page.book.look(bold=True))
    page.row += 1
    _write_rows(page, EXAMPLES, {"font_color": GREY, "italic": True})
    page.row += 1
    page.write_text(0, f"Genomförandet kan också skrivas med Samsyns ord: {', '.join(one.label for one in Implementation)}.", plain)
    page.set_paper(HELP_TITLE)


def _write_rows(page: Page, rows: tuple[tuple[str, ...], ...], look: Mapping[str, Any]) -> None:
    for row in rows:
        page.fit_height(row)
        for column, text in enumerate(row):
            page.write(column, text, **look)
        page.row += 1
