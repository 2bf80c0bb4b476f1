"""What was understood of a plan in a file, row by row, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samsyn.chain.choices import FormFace, Implementation, Result
from samsyn.formats.problems import RowProblem


@dataclass(frozen=True, slots=True)
class ReadCause:
    """A cause as a row names it. `number` None = unnumbered; `text` "" = only the number was given ("1, 3")."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ReadDate:
    """`typed` as it stood; `interpreted` the date meant, or None; `ask` = the user must be asked."""

    typed: str
    interpreted: date | None
    ask: bool


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A responsible as the file names them; "" where it says nothing. `name` may be a role or an organisation."""

    name: str
    email: str = ""
    phone: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class ReadStatus:
    """
    The sixth column. A colour, emoji or symbol fills `face` only; words fill `implementation` or `result`.

    typed   the text as it stood
    ask     the user must be asked what is meant
    """

    typed: str = ""
    face: FormFace | None = None
    implementation: Implementation | None = None
    result: Result | None = None
    ask: bool = False


@dataclass(frozen=True, slots=True)
class ReadRow:
    """
    One action row. `extra` holds columns that are not the handbook's, as (header, text): nothing is dropped.

    problem     the problem's column, or the heading the row stands under; "" if there is none
    start       a column of its own for when the action begins
    continues   True if the action stands in a cell merged with the row above: the same action, one more goal or person
    """

    sheet: str
    number: int
    causes: tuple[ReadCause, ...]
    action: str
    action_number: str
    goal: str
    when: ReadDate
    responsible: tuple[ReadPerson, ...]
    status: ReadStatus
    problem: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    start: ReadDate = ReadDate("", None, False)
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """Which column was taken for what: `field` is cause, action, goal, when, responsible, status, problem, start or extra."""

    field: str
    header: str
    letter: str


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet with a plan in it. `title` is the text above the header row, "" if none."""

    name: str
    title: str
    header_row: int
    columns: tuple[ReadColumn, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """
    A personal identity number found. The number itself is never kept here.

    place                in words: "rad 2 Åtgärd", "ett dolt blad"
    sheet, row, letter   the cell's address; "", 0 and "" if it is not in a cell
    """

    place: str
    sheet: str = ""
    row: int = 0
    letter: str = ""


@dataclass(frozen=True, slots=True)
class LoneCause:
    """A cause in the plan that no action stands beside."""

    sheet: str
    number: int
    cause: ReadCause
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LoneGoal:
    """A goal in the plan that no action stands beside."""

    sheet: str
    number: int
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PlanReading:
    """
    What was understood of a file, all of it.

    rows          the action rows, in the file's order
    flags         certain personal identity numbers: the file is held while there are any
    loose_flags   such numbers in hidden sheets, which are not read in: the original may only be kept cleaned
    lone_causes   causes without any action beside them, and lists of causes
    lone_goals    goals without any action beside them
    """

    kind: str
    sheets: tuple[ReadSheet, ...]
    rows: tuple[ReadRow, ...]
    problems: tuple[RowProblem, ...] = ()
    flags: tuple[Flag, ...] = ()
    loose_flags: tuple[Flag, ...] = ()
    lone_causes: tuple[LoneCause, ...] = ()
    lone_goals: tuple[LoneGoal, ...] = ()
