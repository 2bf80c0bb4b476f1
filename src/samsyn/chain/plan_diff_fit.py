"""
What of a difference cannot stand in a plan, taken out of it and named: an empty text that must be there, a day that
cannot be meant, a number without sense, a field that a file does not decide. What is left can be written as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from samsyn.chain.choices import Choice
from samsyn.chain.field import Kind, fields_of
from samsyn.chain.plan import InformedOn, Plan
from samsyn.chain.plan_details import KIND_OF, RowKey, Value, rows_by_key
from samsyn.chain.plan_diff_values import FILE, Change, Doing, Gone, Instruction, New, Option, PlanDiff, Question
from samsyn.chain.plan_findings import CLASS_OF, field_words
from samsyn.chain.swedish import fold
from samsyn.chain.wording import clipped, number_words

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MOST = Decimal(10) ** 10      # a number has twelve figures, two of them decimals
MOST_WHOLE = 9999
NEEDED = {"plan": "name", "problem": "title", "cause": "text", "goal": "text", "action": "text", "step": "text", "bundle": "text",
          "commitment": "text", "lesson": "text", "decision": "text"}
FIXED = {("step", "action"), ("commitment", "party"), ("commitment", "action"), ("commitment", "goal"), ("lesson", "action"), ("decision", "action")}
"""Links of rows on Detaljer that are set when the row is made, and not changed by a file."""
LINKED = {"problem": "problem", "causes": "cause", "goals": "goal", "depends_on": "action", "bundle": "bundle", "action": "action", "goal": "goal"}
"""Fields that name other rows -> the kind that those rows must be of."""
STAYS = ("follow_up", "plan")  # what a file does not take away
DAYS = ("due_on", "due_typed")
ISO_DAY = re.compile(r"(?P<year>\d{4})-\d{1,2}-\d{1,2}$")
NUMBERED = "Åtgärdernas nummer ges av Samsyn. Det som är ändrat i numren läses inte in."


def storable(diff: PlanDiff, stored: Plan) -> PlanDiff:
    """Return the difference without what the plan cannot hold. Everything left out is named among the remarks."""
    return _Fitter(stored).fit(diff)


@dataclass
class _Fitter:
    stored: Plan
    told: list[str] = field(default_factory=list)
    rows: frozenset[RowKey] = frozenset()

    def __post_init__(self) -> None:
        self.rows = frozenset(rows_by_key(self.stored))

    def fit(self, diff: PlanDiff) -> PlanDiff:
        impossible = self._impossible_days(diff.changed)
        changed = tuple(one for one in diff.changed if not (one.field in DAYS and (one.kind, one.id) in impossible)
                        and self._fits(one.kind, one.field, one.read, one.place or one.label))
        new = tuple(self._new(diff.new))
        questions = tuple(self._questions(diff.questions))
        gone = tuple(one for one in diff.gone if self._may_go(one))
        return replace(diff, changed=changed, new=new, gone=gone, questions=questions, remarks=tuple(dict.fromkeys((*diff.remarks, *self.told))))

    def _impossible_days(self, changed: Iterable[Change]) -> set[RowKey]:
        """Return the actions whose day is written out in a year that cannot be meant: Excel keeps such a day as words."""
        found: set[RowKey] = set()
        for one in changed:
            written = ISO_DAY.match(str(one.read)) if one.field == "due_typed" else None
            if written and not EARLIEST.year <= int(written["year"]) <= LATEST.year:
                found.add((one.kind, one.id))
                self.told.append(f"{one.place or one.label}, När: året {written['year']} kan inte stämma. Det som står i planen är kvar.")
        return found

    def _new(self, rows: Iterable[New]) -> Iterator[New]:
        for row in rows:
            place = row.place or row.label
            values = tuple((name, self._short(row.kind, name, value, place)) for name, value in row.values
                           if self._fits(row.kind, name, value, place, is_new=True))
            made = replace(row, values=self._at_home(row.kind, values))
            if self._is_whole(made):
                yield made

    def _short(self, kind: str, name: str, value: Value, place: str) -> Value:
        """Return a new row's text as long as it may be. What is cut off is still in the file, and that is told."""
        label, longest = field_words(kind, name)
        if not isinstance(value, str) or isinstance(value, Choice) or len(value) <= longest:
            return value
        self.told.append(f"{place}, {label}: texten är {number_words(len(value))} tecken, och fältet rymmer {number_words(longest)}. "
                         "Bara början läses in. Resten står kvar i filen.")
        return value[:longest].rstrip()

    def _at_home(self, kind: str, values: tuple[tuple[str, Value], ...]) -> tuple[tuple[str, Value], ...]:
        """Return a new cause's values with the plan's only problem, if it stands under none."""
        if kind != "cause" or dict(values).get("problem") or len(self.stored.problems) != 1:
            return values
        return (*((name, value) for name, value in values if name != "problem"), ("problem", self.stored.problems[0].id))

    def _is_whole(self, row: New) -> bool:
        """Return whether a new row has what it cannot be without."""
        values = dict(row.values)
        needed = NEEDED.get(row.kind, "")
        if needed and not values.get(needed):
            self.told.append(f"{row.place or row.label}: raden läses inte in. {field_words(row.kind, needed)[0]} saknas.")
            return False
        if row.kind == "cause" and not values.get("problem"):
            self.told.append(f"Orsaken ”{row.label}” står inte under något problem och läses inte in. Skriv den under en rubrik i filen.")
            return False
        if row.kind == "commitment" and fold(str(values.get("party", ""))) not in map(fold, self.stored.parties):
            self.told.append(f"{row.place}: åtagandet läses inte in. Kolumnen Part ska ha namnet på en part i samverkan.")
            return False
        return True

    def _questions(self, questions: Iterable[Question]) -> Iterator[Question]:
        for question in questions:
            options = tuple(self._options(question))
            if any(option.instructions for option in options) or question.follows:
                follows = tuple(one for one in question.follows if self._fits(one.kind, one.field, one.read, one.place or one.label))
                yield replace(question, options=options, follows=follows)

    def _options(self, question: Question) -> Iterator[Option]:
        """Yield the options that still mean something: one whose only value cannot stand is no option."""
        for option in question.options:
            kept = tuple(one for one in option.instructions if self._may(one, question.place or question.label))
            adds = {one.id for one in kept if one.doing is Doing.ADD}
            whole = all(any(one.id == row and one.field == NEEDED.get(one.kind, one.field) for one in kept if one.doing is Doing.SET) for row in adds)
            if whole and (kept or not option.instructions):
                yield replace(option, instructions=kept)

    def _may(self, one: Instruction, place: str) -> bool:
        return one.doing is not Doing.SET or self._fits(one.kind, one.field, one.value, place, is_new=one.id.startswith(FILE))

    def _may_go(self, gone: Gone) -> bool:
        if gone.kind in STAYS:
            self.told.append(f"{KIND_OF[gone.kind].label} tas inte bort av en fil.")
        return gone.kind not in STAYS

    def _fits(self, kind: str, name: str, value: Value, place: str, *, is_new: bool = False) -> bool:
        if (kind, name) == ("action", "number"):
            if not is_new:
                self.told.append(NUMBERED)
            return False
        why = _why_not(kind, name, value, is_new=is_new) or self._why_no_link(name, value)
        if why:
            kept = "Det lämnas tomt." if is_new else "Det som står i planen är kvar."
            self.told.append(f"{place}, {field_words(kind, name)[0]}: {why} {kept}")
        return not why


    def _why_no_link(self, name: str, value: Value) -> str:
        """Return that an id is of no row the link can lead to: somebody has moved or written ids in the file."""
        wanted = LINKED.get(name)
        named = value if isinstance(value, tuple) else (value,) if value else ()
        astray = wanted and any(isinstance(one, str) and not one.startswith(FILE) and (wanted, one) not in self.rows for one in named)
        return "leder inte till någon rad av rätt slag i planen." if astray else ""


def _why_not(kind: str, name: str, value: Value, *, is_new: bool) -> str:
    """Return why a value cannot stand in a field, as a sentence; "" if it can."""
    if (kind, name) in FIXED and not is_new:
        return "ändras inte från en fil. Gör det i Samsyn."
    if isinstance(value, date):
        return "" if EARLIEST <= value <= LATEST else f"året {value.year} kan inte stämma."
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return _why_no_number(kind, name, value)
    if isinstance(value, tuple):
        return next((f"året {one.on.year} kan inte stämma." for one in value if isinstance(one, InformedOn) and not EARLIEST <= one.on <= LATEST), "")
    if value is None or isinstance(value, Choice):
        return ""
    text = str(value)
    if not text.strip() and NEEDED.get(kind) == name and not is_new:
        return "fältet är tomt i filen, och kan inte vara det."
    longest = field_words(kind, name)[1]
    if len(text) > longest and not is_new:
        return f"”{clipped(text, 40)}” är {number_words(len(text))} tecken, och fältet rymmer {number_words(longest)}."
    return ""


def _why_no_number(kind: str, name: str, value: Decimal | int) -> str:
    about = fields_of(CLASS_OF[kind]).get(name) if kind in CLASS_OF else None
    if isinstance(value, int) or (about and about.kind is Kind.WHOLE):
        return "" if 0 <= value <= MOST_WHOLE else f"{number_words(value)} kan inte stämma."
    if not 0 <= value < MOST:
        return f"{number_words(value)} kan inte stämma."
    return "" if value == round(value, 2) else f"{value} har fler än två decimaler.".replace(".", ",", 1)
