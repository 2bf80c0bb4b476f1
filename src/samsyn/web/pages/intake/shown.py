"""A file as the preview shows it: row by row, with what was understood, what is asked, and which column was taken for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samsyn.chain.plan import Action, Plan
from samsyn.chain.rows import label_of
from samsyn.chain.wording import clipped, count_words, counted, listed, number_words, sentence
from samsyn.flows.intake.understanding import Ask, Line, Understood
from samsyn.formats.problems import RowProblem
from samsyn.formats.reading import PlanReading, ReadColumn
from samsyn.web.components.amounts import day
from samsyn.web.components.marks import dial, form_face
from samsyn.web.pages.intake.forms import FIELD_OF, AnswersForm

MOST_SHOWN = 2000
MANY_SHEETS = 5
FIELDS = (("cause", "Orsak"), ("action", "Åtgärd"), ("goal", "Operativa mål"), ("when", "När"), ("responsible", "Vem"),
          ("status", "Uppföljning"), ("problem", "Problem"), ("start", "Börjar"), ("extra", "Annat"))
FIELD_WORDS = dict(FIELDS)


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is asked about: its words, the id its control points at, and what was wrong with the answer."""

    words: str
    id: str
    faults: list[str]


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the table. `control` holds the controls of what is asked, by column."""

    key: str
    place: str
    where: str
    text: str
    goal: str
    causes: str
    due: SafeString
    who: str
    contact: str
    how_far: SafeString
    control: Mapping[str, SafeString]
    whys: list[Why]
    notes: list[str]
    is_bad: bool
    is_left_out: bool


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of a sheet and what it was taken for. `name` is its control's."""

    name: str
    sheet: str
    letter: str
    header: str
    field: str
    words: str
    remark: str


def rows_shown(lines: Iterable[Line], understood: Understood, *, many_sheets: bool, form: AnswersForm | None = None) -> list[RowShown]:
    """Return lines as rows of the table, with their controls if a form is given."""
    causes = {cause.id: label_of(cause) for cause in understood.plan.causes}
    goals = {goal.id: goal.text for goal in understood.plan.goals}
    return [_row(line, causes, goals, form, many_sheets) for line in lines]


def _row(line: Line, causes: Mapping[str, str], goals: Mapping[str, str], form: AnswersForm | None, many_sheets: bool) -> RowShown:
    action = line.action
    contact = ", ".join(filter(None, (action.responsible_phone, action.responsible_email)))
    return RowShown(
        key=line.key, place=f"{clipped(line.sheet, 24)} {line.number}" if many_sheets else str(line.number),
        where=action.place if many_sheets else f"Rad {line.number}", text=clipped(action.text, 300),
        goal=clipped(" ".join(goals[one] for one in action.goals), 200), causes=clipped(", ".join(causes[one] for one in action.causes), 120),
        due=_due(action), who=clipped(action.responsible, 120), contact=clipped(contact, 120),
        how_far=_how_far(action), control=_controls(line, form) if form else {}, whys=_whys(line, form) if form else [],
        notes=[_note(note) for note in line.notes], is_bad=bool({Ask.TEXT, Ask.RESPONSIBLE} & set(line.asks)),
        is_left_out=form is not None and line.key in form.leave_out and not form.only_ready)


def _note(remark: RowProblem) -> str:
    """Return a remark of a row as the row shows it: the column and not the row."""
    column = remark.place.partition(", kolumn ")[2]
    said = f"”{remark.value}”: " if remark.value else ""
    return f"Kolumn {column}: {said}{remark.why} {remark.what_to_do}" if column else f"{said}{sentence(remark.why)} {remark.what_to_do}"


def _due(action: Action) -> SafeString:
    if action.due_on and action.due_typed:
        return format_html('{} <small class="mute">”{}”</small>', day(action.due_on), clipped(action.due_typed, 60))
    return day(action.due_on, typed=clipped(action.due_typed, 80))


def _how_far(action: Action) -> SafeString:
    parts = [form_face(action.form_face)] if action.form_face else []
    parts += [dial(str(action.implementation.value))] if action.implementation else []
    if not parts:
        return format_html('<span class="unsaid">{}</span>', clipped(action.followed_up, 60) or "Inget sagt")
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _controls(line: Line, form: AnswersForm) -> dict[str, SafeString]:
    found = {FIELD_OF[ask]: _control(form[f"{FIELD_OF[ask]}_{line.key}"], ask) for ask in line.asks}
    if Ask.RESPONSIBLE in line.asks:
        tick = form[f"nobody_{line.key}"]
        found["who"] = format_html('{}<label class="tick fine">{}<span>{}</span></label>', found["who"], tick, tick.label)
    return found


def _control(bound: BoundField, ask: Ask) -> SafeString:
    attrs: dict[str, str | bool] = {"aria-describedby": f"{bound.auto_id}_why"}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if ask is Ask.DUE:
        attrs["type"] = "date"
    return format_html('<label class="hide" for="{}">{}</label>{}', bound.id_for_label, bound.label, bound.as_widget(attrs=attrs))


def _whys(line: Line, form: AnswersForm) -> list[Why]:
    bounds = [(ask, form[f"{FIELD_OF[ask]}_{line.key}"]) for ask in line.asks]
    return [Why(line.asks[ask], f"{bound.auto_id}_why", [str(fault) for fault in bound.errors]) for ask, bound in bounds]


def columns_shown(reading: PlanReading) -> list[ColumnShown]:
    """Return every column that was read, sheet by sheet."""
    columns = {(sheet.name, column.letter): column for sheet in reversed(reading.sheets) for column in reversed(sheet.columns)}
    return [ColumnShown(f"column_{place}", sheet, letter, column.header, column.field, FIELD_WORDS[column.field], _remark(column, sheet, reading))
            for place, ((sheet, letter), column) in enumerate(reversed(columns.items()))]


def _remark(column: ReadColumn, sheet: str, reading: PlanReading) -> str:
    """Return a few words on what stands in a column: how many days and words, how many empty, whether colours were read."""
    rows = [row for row in reading.rows if row.sheet == sheet]
    if column.field == "when":
        days = sum(row.when.interpreted is not None for row in rows)
        words = sum(row.when.interpreted is None and bool(row.when.typed) for row in rows)
        return f"{number_words(days)} datum" + (f", {number_words(words)} ord" if words else "")
    if column.field == "responsible":
        empty = sum(not row.responsible for row in rows)
        return f"{number_words(empty)} {'tom' if empty == 1 else 'tomma'}" if empty else ""
    if column.field == "status" and any(row.status.face for row in rows):
        return "färg lästes"
    return ""


def headline(ready: int, asked: int, known: int, unsaid: Sequence[str] = ()) -> str:
    """Return what was found in the file, as the page's heading. `unsaid` is what must be written about the plan first."""
    if not ready + asked:
        return "Alla rader finns redan i planen." if known else "Filen har inga åtgärder."
    done = f"{counted(ready, 'rad är klar', 'rader är klara').capitalize()}." if ready else ""
    nothing = f"Skriv bara {listed(unsaid)}." if unsaid else "Du behöver inte rätta något."
    mine = f"{count_words(asked).capitalize()} behöver dig." if asked else nothing
    if not ready:
        mine = f"{counted(asked, 'rad behöver dig', 'rader behöver dig').capitalize()}."
    return f"{done} {mine}".strip()


def lead(reading: PlanReading, file_name: str) -> SafeString:
    """Return which file it was and how much of it was read."""
    sheets = list(dict.fromkeys(sheet.name for sheet in reading.sheets))
    named = f"blad {listed(sheets)}" if len(sheets) < MANY_SHEETS else f"{len(sheets)} blad"
    where = "" if reading.kind in ("csv", "paste") else f", {named}"
    rows = counted(len(reading.rows), "rad", "rader")
    what = format_html("<b>{}</b>", file_name) if reading.kind == "paste" else format_html("Filen <b>{}</b>", file_name)
    return format_html("{}{}, {}. Inget läggs i planen förrän du säger till.", what, where, rows)


def numbered_causes(plan: Plan | None) -> dict[int, str]:
    """Return the causes of a plan by their number, for a file that names only numbers."""
    return {cause.number: cause.text for cause in plan.causes if cause.number} if plan else {}
