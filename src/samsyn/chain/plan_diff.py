"""
What a file that comes back would change in a plan: new, changed, gone, and what must be asked.

A row is matched by the ids on the sheet Detaljer; else by the same cause and equal folded text; else likeness is a
question. Never by position. A cell that nobody has touched since the export says nothing, whatever the importer makes
of it, and whatever has happened to the plan since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from samsyn.chain.choices import FormFace, Implementation
from samsyn.chain.face import form_face
from samsyn.chain.form_words import besides_the_face, face_first
from samsyn.chain.plan import Action, Face, Plan
from samsyn.chain.plan_details import FIELDS_OF_ROLE, FORM_FIELDS, Details, Printed, RowKey, Value, digest
from samsyn.chain.plan_diff_details import note_details
from samsyn.chain.plan_diff_values import FILE, Doing, Instruction, Option, PlanDiff
from samsyn.chain.plan_findings import Findings, is_same
from samsyn.chain.plan_likeness import TextIndex
from samsyn.chain.plan_links import Links, actions_by_place
from samsyn.chain.plan_rows_matched import RowPair, match_rows
from samsyn.chain.plan_sections import Sections
from samsyn.chain.swedish import fold
from samsyn.chain.wording import counted

SIDES_OF_COLOUR = {
    FormFace.GREEN: (Implementation.DONE_AS_INTENDED, Implementation.DONE),
    FormFace.YELLOW: (Implementation.UNDER_WAY, Implementation.DONE_IN_PART),
    FormFace.RED: (Implementation.NOT_STARTED, Implementation.NOT_DONE),
}
NEW_FIELDS = (*FORM_FIELDS["action"], "start_on", "resources", "description")


def diff_plans(stored: Plan, read: Plan, details: Details | None = None, printed: Printed | None = None) -> PlanDiff:
    """
    Return what importing a file would mean for the plan.

    stored    the plan as it is now
    read      the plan that the importer read out of the file
    details   what the file's sheet Detaljer says, and how its form's rows stand; None if the file has neither
    printed   what the stored plan would print today, to tell what has been changed on both sides; None = not told
    """
    own = details_of_plan(details or Details(), stored)
    return _Differ(stored, read, own, printed or Printed({}, {})).diff()


def details_of_plan(details: Details, stored: Plan) -> Details:
    """Return the details without rows whose ids are another plan's, with a remark that names that plan."""
    foreign = [sheet for sheet in details.sheets if sheet.plan != stored.id]
    remarks = list(details.remarks)
    for sheet in foreign:
        rows = sum(row.plan == sheet.plan and bool(row.id) for row in details.rows)
        name = f" (”{sheet.plan_name}”)" if sheet.plan_name else ""
        remarks.append(f"Raderna har id från en annan plan{name}: {counted(rows, 'rad', 'rader')} på bladet Detaljer läses inte in här. "
                       "Åtgärderna jämförs efter sina texter.")
    return replace(details, sheets=tuple(sheet for sheet in details.sheets if sheet.plan == stored.id), remarks=tuple(remarks),
                   rows=tuple(row for row in details.rows if row.plan == stored.id),
                   exported=tuple(row for row in details.exported if row.plan == stored.id))


@dataclass
class _Differ:
    stored: Plan
    read: Plan
    details: Details
    printed: Printed
    paired: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        known = {fold(name) for name in (*self.stored.parties, *(action.responsible_organisation for action in self.stored.actions)) if name}
        self.read = replace(self.read, actions=tuple(_with_organisation(action, known) for action in self.read.actions))
        self.printed = replace(self.printed, read_back={key: _with_organisation(action, known) for key, action in self.printed.read_back.items()})
        self.findings = Findings(self.stored)
        self.findings.remarks += self.details.remarks
        self.actions = {action.id: action for action in self.stored.actions}
        self.matched = match_rows(self.details.exported, self.details.file_rows)
        self.action_at = actions_by_place(self.read)
        self.sections = Sections(self.stored, self.read, self.details, self.matched, self.action_at, self.findings)
        self.causes, self.goals = (Links(kind, self.stored, self.read, self.details, self.matched, self.action_at, self.sections, self.findings)
                                   for kind in ("cause", "goal"))
        self.was_exported = {found for sheet in self.details.sheets for found in sheet.digests}

    def diff(self) -> PlanDiff:
        self.sections.settle()
        self.causes.settle()
        self.goals.settle()
        self._compare_pairs()
        new = self._match_by_text()
        self._ask_or_add(new)
        self._note_gone()
        note_details(self.findings, self.details, self.printed, {fold(action.text): f"{FILE}{action.id}" for action in new})
        self._tell()
        return self.findings.diff(tuple(self._same()))

    # ---- rows that were exported ----

    def _compare_pairs(self) -> None:
        for pair in self.matched.pairs:
            if pair.exported.kind != "action":
                continue
            key, read = pair.exported.id, self.action_at.get(pair.row.place)
            self.paired.add(pair.row.place)
            if key not in self.actions:
                self._withdrawn(pair, read)
            elif read is not None or not pair.touched:
                self.findings.seen.add(("action", key))
                if read is not None:
                    self._compare(pair, read)

    def _compare(self, pair: RowPair, read: Action) -> None:
        """Note what has changed in the cells of a row that have been touched."""
        key = pair.exported.id
        for role in pair.touched:
            before, now = pair.exported.digest(role), self.printed.digests.get(("action", key), {}).get(role, "")
            is_both = bool(before and now and before != now)
            if role == "cause":
                self._want(key, "causes", self.causes.of_row(read, pair.exported), pair.row.place, is_both)
            elif role == "goal":
                self._want(key, "goals", self.goals.of_row(read, pair.exported), pair.row.place, is_both)
            elif role == "status":
                self._compare_status(key, read, pair.row.place, is_both)
            elif role == "fill":
                self._ask_colour(pair, read)
            for name in FIELDS_OF_ROLE.get(role, ()):
                self._want(key, name, getattr(read, name), pair.row.place, is_both)
        self._ask_extra(key, pair.row.extra, pair.row.place)

    def _want(self, key: str, name: str, value: Value, place: str, is_both: bool) -> None:
        """Note a value, unless it is what the importer makes of the stored row as it is."""
        mirror = self.printed.read_back.get(key)
        if name in ("causes", "goals") or mirror is None or not is_same(name, value, getattr(mirror, name)):
            self.findings.want("action", key, name, value, place, is_both=is_both)

    def _compare_status(self, key: str, read: Action, place: str, is_both: bool) -> None:
        """Note what the sixth column says. Silence takes nothing back: a face is taken back by a person, in Samsyn."""
        stored, mirror = self.actions[key], self.printed.read_back.get(key)
        written = dict(zip(("implementation", "result"), face_first(read.followed_up), strict=True))
        for name in ("implementation", "result"):
            said = _side(getattr(read, name)) or written[name]
            if said is not None and not (mirror and said == _side(getattr(mirror, name))):
                self.findings.want("action", key, name, said, place, is_both=is_both)
        if stored.implementation is None and read.implementation is None and read.form_face and read.form_face is not form_face(stored):
            self.findings.want("action", key, "form_face", read.form_face, place, is_both=is_both)
        self._want(key, "followed_up", besides_the_face(read.followed_up), place, is_both)

    def _ask_colour(self, pair: RowPair, read: Action) -> None:
        """Ask what a colour means that somebody has painted: it says how far, but not which of two things."""
        key, colour = pair.exported.id, pair.row.colour
        stored = self.actions[key]
        said = _side(read.implementation)
        if colour is None or colour is form_face(stored) or (said is not None and said != _side(stored.implementation)):
            return
        if stored.implementation is None:
            self.findings.want("action", key, "form_face", colour, pair.row.place)
            return
        options = tuple(Option(f"is:{side.value}", f"Sätt till {side.label}.", instructions=(
            Instruction(Doing.SET, "action", key, "implementation", side),)) for side in SIDES_OF_COLOUR[colour])
        self.findings.ask_field("action", key, "implementation", f"Rutan är målad {colour.label.lower()} i filen. Vad betyder det?", options, pair.row.place)

    def _ask_extra(self, key: str, extra: str, place: str) -> None:
        """Ask about columns that the form does not have, unless what they say is kept already."""
        stored = self.actions[key]
        lines = [line for line in extra.split("\n") if line and line not in stored.description and line.partition(": ")[2] not in stored.resources]
        if not lines:
            return
        whole = "\n".join(filter(None, (stored.description, *lines)))
        option = Option("add", "Lägg till texten i fältet Så görs den.", instructions=(Instruction(Doing.SET, "action", key, "description", whole),))
        self.findings.ask_field("action", key, "description", f"Raden har text utanför formulärets sex kolumner: ”{'; '.join(lines)}”. "
                                "Ska den sparas?", (option,), place)

    def _withdrawn(self, pair: RowPair, read: Action | None) -> None:
        """An action that was exported is not in the plan any more. What somebody has written in it since is not thrown away."""
        if read is None or not pair.touched:
            self.findings.remarks.append(f"Åtgärden ”{read.text if read else pair.exported.id}” finns inte längre i planen. Raden läses inte in.")
            return
        reference, values = f"{FILE}{read.id}", self._values(read)
        add = Option("new", "Lägg till den igen, som en ny åtgärd.", instructions=(
            Instruction(Doing.ADD, "action", reference), *(Instruction(Doing.SET, "action", reference, name, value) for name, value in values.items())))
        self.findings.ask_row("action", reference, read.text, f"Åtgärden ”{read.text}” är borttagen ur planen men ändrad i filen. Vad ska gälla?",
                              (add,), pair.row.place)

    # ---- rows that were not ----

    def _match_by_text(self) -> list[Action]:
        """Match what is left by the same cause and equal folded text. Return the actions that are still unknown."""
        waiting: dict[str, list[Action]] = defaultdict(list)
        for action in self.stored.actions:
            if ("action", action.id) not in self.findings.seen and action.text.strip():
                waiting[fold(action.text)].append(action)
        left: list[Action] = []
        for place, read in self.action_at.items():
            if place in self.paired:
                continue
            causes = set(self.causes.of_row(read, None))
            same = next((one for one in waiting.get(fold(read.text), ()) if bool(causes & set(one.causes)) or not (causes or one.causes)), None)
            if same is None:
                left.append(read)
            else:
                waiting[fold(read.text)].remove(same)
                self._compare_all(same, read)
        return left

    def _compare_all(self, stored: Action, read: Action) -> None:
        self.findings.seen.add(("action", stored.id))
        place = read.place
        for name in (name for names in FIELDS_OF_ROLE.values() for name in names if name != "start_on"):
            self._want(stored.id, name, getattr(read, name), place, False)
        for links, name in ((self.causes, "causes"), (self.goals, "goals")):
            self._want(stored.id, name, links.of_row(read, None), place, False)
        self._compare_status(stored.id, read, place, False)

    def _ask_or_add(self, left: Iterable[Action]) -> None:
        """Ask about actions that are like one that is missing; the others are new."""
        missing = {one.id: one.text for one in self.stored.actions if ("action", one.id) not in self.findings.seen and one.text.strip()}
        index = TextIndex(missing)
        for read in left:
            reference, values = f"{FILE}{read.id}", self._values(read)
            candidates = index.most_like(read.text)
            if candidates:
                self.findings.ask_which("action", reference, read.text, candidates, values, read.place,
                                        f"Är åtgärden ”{read.text}” en som redan finns, eller en ny?")
            elif any(value for value in values.values()):
                self.findings.add("action", reference, read.text, values, read.place)

    def _values(self, read: Action) -> dict[str, Value]:
        """Return what a new row says, without what is empty."""
        values: dict[str, Value] = {"causes": self.causes.of_row(read, None), "goals": self.goals.of_row(read, None)}
        values |= {name: getattr(read, name) for name in NEW_FIELDS}
        values |= {"implementation": _side(read.implementation), "result": _side(read.result), "form_face": read.form_face}
        return {name: value for name, value in values.items() if value not in (None, "", ())}

    def _note_gone(self) -> None:
        """Note actions that the file had and has no more. What has come to the plan since the export is not the file's business."""
        blank = {row.id for row in self.details.exported if row.kind == "action" and (row.is_blank or not row.digests)}
        asked = set(self.findings.guesses.values())
        for key in self.actions:
            if ("action", key) in self.findings.seen or key in blank:
                continue
            if self.was_exported and digest("id", f"action:{key}") not in self.was_exported:
                continue
            why = "Kan vara en som står i filen med annan text. Svara på frågan först." if key in asked else "Står inte i filen."
            self.findings.lose("action", key, why)

    def _tell(self) -> None:
        if self.details.file_rows and self.stored.actions and not any(kind == "action" for kind, _ in self.findings.seen):
            self.findings.remarks.append("Ingen åtgärd i filen känns igen från planen. Kontrollera att det är rätt plan innan du tar in något.")
        unseen = [key for key in self.actions if self.was_exported and digest("id", f"action:{key}") not in self.was_exported
                  and ("action", key) not in self.findings.seen]
        if unseen:
            self.findings.remarks.append(f"{counted(len(unseen), 'åtgärd', 'åtgärder').capitalize()} i planen var inte med när filen togs ut. "
                                         f"{'Den' if len(unseen) == 1 else 'De'} påverkas inte.")

    def _same(self) -> Iterable[RowKey]:
        return (key for key in self.findings.rows if key in self.findings.seen)


def _with_organisation(read: Action, known: set[str]) -> Action:
    """Return an action whose person is told from an organisation that the plan knows: the form has them in one cell, "Bo, Granvikens kommun"."""
    name, comma, organisation = read.responsible.rpartition(", ")
    if not comma or not name.strip() or fold(organisation) not in known or read.responsible_organisation:
        return read
    return replace(read, responsible=name.strip(), responsible_organisation=organisation.strip())


def _side(face: Face | None) -> Value:
    return face.value if face is not None else None
