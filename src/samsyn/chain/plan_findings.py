"""What is found while a plan and a file are compared, gathered so that two places that say the same field are seen together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samsyn.chain.choices import Choice
from samsyn.chain.field import fields_of
from samsyn.chain.form_words import besides_the_face
from samsyn.chain.plan import Action, Cause, Goal, InformedOn, Plan, Problem
from samsyn.chain.plan_details import KIND_OF, DetailColumn, RowKey, Value, row_label, rows_by_key, value_of
from samsyn.chain.plan_diff_values import FILE, KEEP, Change, Doing, Gone, Instruction, New, Option, PlanDiff, Question
from samsyn.chain.wording import clipped, local_day, number_words

CLASS_OF: dict[str, type] = {"problem": Problem, "cause": Cause, "goal": Goal, "action": Action}
LABELS = {"causes": "Orsaker", "goals": "Mål", "problem": "Problem", "implementation": "Genomförande", "result": "Resultat",
          "form_face": "Formulärets färg", "number": "Nummer"}
NO_LIMIT = 10 ** 9
LONG = 160  # characters of a value shown in an option


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that the file wants for a field. `is_both` = the field has been changed in Samsyn too since the export."""

    value: Value
    place: str
    is_both: bool


@dataclass
class Findings:
    """
    What has been found so far.

    guesses   reference of a row that is asked about -> the id it most likely is
    """

    stored: Plan
    rows: dict[RowKey, Any] = field(default_factory=dict)
    new: list[New] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    guesses: dict[str, str] = field(default_factory=dict)
    seen: set[RowKey] = field(default_factory=set)
    wanted: dict[tuple[str, str, str], list[Wanted]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.rows = rows_by_key(self.stored)

    # ---- what is found ----

    def want(self, kind: str, key: str, name: str, value: Value, place: str, *, is_both: bool = False) -> None:
        """Note that the file has a value for a field of a stored row. The value it has already is no finding."""
        if not is_same(name, value, self.value(kind, key, name)) and all(one.value != value for one in self.wanted[kind, key, name]):
            self.wanted[kind, key, name].append(Wanted(value, place, is_both))

    def add(self, kind: str, reference: str, label: str, values: dict[str, Value], place: str) -> None:
        """Note a row that only the file has."""
        self.new.append(New(f"new:{reference}", kind, reference, clipped(label, 80), tuple(values.items()), place))

    def lose(self, kind: str, key: str, why: str) -> None:
        """Note a stored row that the file does not have."""
        self.gone.append(Gone(f"gone:{kind}:{key}", kind, key, self.label(kind, key), why))

    def ask_which(self, kind: str, reference: str, label: str, candidates: list[str], values: dict[str, Value], place: str, words: str) -> None:
        """Ask whether a row of the file is one of the plan's, or new. `values` are what it says."""
        options = tuple(
            Option(f"is:{key}", f"Samma som ”{self.label(kind, key)}”. Skriv in filens text.", takes=key, instructions=tuple(
                Instruction(Doing.SET, kind, key, name, value) for name, value in values.items()
                if not is_same(name, value, self.value(kind, key, name)) and not _names_a_reference(value)))
            for key in candidates)
        added = (Instruction(Doing.ADD, kind, reference), *(Instruction(Doing.SET, kind, reference, name, value) for name, value in values.items()))
        option = Option("new", "En ny. Lägg till den.", instructions=added)
        leave = Option(KEEP, "Ingetdera. Lämna planen som den är.")
        self.guesses[reference] = candidates[0]
        self.questions.append(Question(f"ask:{reference}", kind, "", clipped(label, 80), words, (*options, option, leave), place, reference))

    def ask_row(self, kind: str, reference: str, label: str, words: str, options: tuple[Option, ...], place: str) -> None:
        """Ask about a row of the file. To leave the plan as it is can always be chosen."""
        leave = Option(KEEP, "Lämna planen som den är.")
        self.questions.append(Question(f"ask:{reference}", kind, "", clipped(label, 80), words, (*options, leave), place, reference))

    def ask_field(self, kind: str, key: str, name: str, words: str, options: tuple[Option, ...], place: str, *, is_both: bool = False) -> None:
        """Ask what is to stand in a field. To keep what stands there can always be chosen."""
        keep = Option(KEEP, f"Behåll det som står i planen: {shown(self.value(kind, key, name), self)}")
        self.questions.append(Question(f"ask:{kind}:{key}:{name}", kind, key, self.label(kind, key), words, (*options, keep), place,
                                       field=name, is_both=is_both))

    # ---- what is known of a row ----

    def value(self, kind: str, key: str, name: str) -> Value:
        """Return what the stored row has in a field; links as a tuple where several can stand."""
        row = self.rows[kind, key]
        if name in LABELS and kind in CLASS_OF:
            found = getattr(row, name)
            return found.value if name in ("implementation", "result") and found is not None else found  # type: ignore[no-any-return]
        column = next((one for one in KIND_OF[kind].columns if one.name == name), None)
        return linked(value_of(row, column), column) if column else getattr(row, name)

    def label(self, kind: str, key: str) -> str:
        """Return what a stored row is called."""
        return row_label(self.rows[kind, key]) if (kind, key) in self.rows else key

    # ---- the result ----

    def diff(self, same: tuple[RowKey, ...]) -> PlanDiff:
        """Return all that was found. A change that hangs on a question stands with the question."""
        changed: list[Change] = []
        follows: dict[str, list[Change]] = defaultdict(list)
        for (kind, key, name), wanted in self.wanted.items():
            self._settle(kind, key, name, wanted, changed, follows)
        touched = {(change.kind, change.id) for change in changed} | {(question.kind, question.id) for question in self.questions}
        touched |= {(gone.kind, gone.id) for gone in self.gone}
        questions = tuple(replace(one, follows=tuple(follows.get(one.reference, ()))) if one.reference else one for one in self.questions)
        return PlanDiff(self.stored.id, tuple(self.new), tuple(changed), tuple(self.gone), questions,
                        tuple(key for key in same if key not in touched), tuple(dict.fromkeys(self.remarks)))

    def _settle(self, kind: str, key: str, name: str, wanted: list[Wanted], changed: list[Change], follows: dict[str, list[Change]]) -> None:
        label, longest = field_words(kind, name)
        first = wanted[0]
        if len(wanted) > 1:
            places = ", ".join(one.place for one in wanted)
            self._ask_between(kind, key, name, wanted, f"{label} står på flera ställen i filen, och olika. Vad ska gälla?", places)
        elif first.is_both:
            self._ask_between(kind, key, name, wanted, f"{label} är ändrat både i filen och i Samsyn sedan filen togs ut. Vad ska gälla?", first.place)
        elif isinstance(first.value, str) and not isinstance(first.value, Choice) and len(first.value) > longest:
            short = first.value[:longest].rstrip()
            option = Option("short", f"Ta de första {number_words(longest)} tecknen.", instructions=(Instruction(Doing.SET, kind, key, name, short),))
            self.ask_field(kind, key, name, f"Texten i filen är {number_words(len(first.value))} tecken, men {label} rymmer "
                           f"{number_words(longest)}. Korta den i filen och läs in den igen, eller välj.", (option,), first.place)
        else:
            stored = self.value(kind, key, name)
            change = Change(f"change:{kind}:{key}:{name}", kind, key, self.label(kind, key), name, label, stored, first.value, first.place)
            reference = next((one for one in references_in(first.value) if one in self.guesses), "")
            if reference and is_same(name, with_ids(first.value, self.guesses), stored):
                follows[reference].append(change)
            else:
                changed.append(change)

    def _ask_between(self, kind: str, key: str, name: str, wanted: list[Wanted], words: str, place: str) -> None:
        options = tuple(Option(f"file:{number}", f"Filens: {shown(one.value, self)}", instructions=(Instruction(Doing.SET, kind, key, name, one.value),))
                        for number, one in enumerate(wanted, 1))
        self.ask_field(kind, key, name, words, options, place, is_both=any(one.is_both for one in wanted))


def field_words(kind: str, name: str) -> tuple[str, int]:
    """Return a field's label and how many characters it holds."""
    about = fields_of(CLASS_OF[kind]).get(name) if kind in CLASS_OF else None
    if about is None and name in LABELS and kind in CLASS_OF:
        return LABELS[name], NO_LIMIT
    found = about or KIND_OF[kind].column(name)
    return found.label, found.max_length


def linked(value: Value, column: DetailColumn) -> Value:
    """Return links as the plan has them: a tuple where several can stand, else one id or None."""
    if not column.links or column.many or not isinstance(value, tuple):
        return value
    return str(value[0]) if value else None


def is_same(name: str, one: Value, other: Value) -> bool:
    """Return whether two values of a field mean the same. White space, and the order of links, do not count."""
    if name == "followed_up":
        one, other = besides_the_face(str(one or "")), besides_the_face(str(other or ""))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    if _is_text(one) or _is_text(other):
        return _plain(one) == _plain(other)
    return one == other


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and not isinstance(value, Choice)


def _plain(value: Value) -> str:
    lines = (" ".join(line.split()) for line in str(value if value is not None else "").split("\n"))
    return "\n".join(line for line in lines if line)


def references_in(value: Value) -> list[str]:
    """Return the references to rows of the file in a link."""
    ids = value if isinstance(value, tuple) else (value,)
    return [one for one in ids if isinstance(one, str) and one.startswith(FILE)]


def _names_a_reference(value: Value) -> bool:
    return bool(references_in(value))


def with_ids(value: Value, ids: dict[str, str]) -> Value:
    """Return a link with references replaced by the ids they stand for."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(ids.get(one, one) if isinstance(one, str) else one for one in value))  # type: ignore[return-value]
    return ids.get(value, value) if isinstance(value, str) and not isinstance(value, Choice) else value


def shown(value: Value, findings: Findings | None = None) -> str:
    """Return a value as a person reads it, shortened."""
    if value is None or value == "" or value == ():
        return "inget"
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, datetime):
        return local_day(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return number_words(value)
    if isinstance(value, tuple):
        return clipped("; ".join(_link_words(one, findings) for one in value), LONG)
    return clipped(str(value), LONG)


def _link_words(one: str | InformedOn, findings: Findings | None) -> str:
    if isinstance(one, InformedOn):
        return f"{one.on.isoformat()} {one.what}".strip()
    if findings is None:
        return one
    kinds = [kind for kind in ("cause", "goal", "action", "bundle", "problem") if (kind, one) in findings.rows]
    made = next((new.label for new in findings.new if new.id == one), one)
    return findings.label(kinds[0], one) if kinds else made
