"""What a page of the board says: each cause with its actions, cells ready-made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString

from samsyn.chain import plan as chain
from samsyn.chain.bundles import runs_of, together
from samsyn.chain.chain_values import Together
from samsyn.chain.choices import FormFace, Implementation
from samsyn.chain.face import earlier_words, implementation_of, is_said_by_person, result_shown
from samsyn.chain.late import days_late
from samsyn.chain.rows import causes_in_order
from samsyn.chain.wording import date_words, local_day
from samsyn.web.components.amounts import day
from samsyn.web.components.knots import letter
from samsyn.web.components.marks import dial, face, person
from samsyn.web.pages.plans.board_pages import BoardPage
from samsyn.web.parts.plan_links import Links


@dataclass(frozen=True, slots=True)
class BoardRow:
    """
    An action as the board writes it: cells ready-made.

    part   the letter of the combination that it is a part of, or None
    head   the combination, on the first of its parts that stand side by side; otherwise None
    tie    the classes that draw the thread through those parts
    """

    id: str
    number: str
    text: str
    address: str
    sort: str
    due: SafeString
    who: SafeString
    implementation: SafeString
    result: SafeString
    part: SafeString | None = None
    head: Together | None = None
    tie: str = ""


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A cause with its actions; without a cause `number` is empty. `problem` is set where a new problem begins."""

    number: str
    title: str
    about: str
    address: str
    goal: str
    lacks_goal: bool
    rows: list[BoardRow]
    problem: str = ""
    problem_address: str = ""
    actions_elsewhere: str = ""
    cause: str = ""


class BoardCauses:
    """The causes of a page of the board, each with its actions: an action stands under the first of its causes."""

    def __init__(self, values: chain.Plan, chosen: list[chain.Action], shown: BoardPage, is_filtered: bool, day_now: date, links: Links) -> None:
        self.values, self.chosen, self.shown, self.is_filtered, self.day_now, self.links = values, chosen, shown, is_filtered, day_now, links
        self.order = causes_in_order(values.problems, values.causes)
        self.place = {cause.id: n for n, cause in enumerate(self.order)}
        self.goals = {goal.id: goal for goal in values.goals}
        self.bundles = {bundle.id: bundle for bundle in together(values)}
        self.rows: dict[str, list[chain.Action]] = {}
        for action in shown.actions:
            self.rows.setdefault(self._home(action), []).append(action)
        self.also: dict[str, list[str]] = {}
        for action in chosen:
            home = self._home(action)
            for cause in action.causes:
                if cause != home:
                    self.also.setdefault(cause, []).append(action.number)

    def groups(self) -> list[BoardGroup]:
        """Return the groups in the plan's order. What has no action stands on the page where its turn comes."""
        groups = list(self._with_causes())
        if self.shown.is_last and not self.is_filtered:
            groups += self._problems_without_cause()
        if homeless := self.rows.get("", []):
            groups.append(BoardGroup("", "Utan orsak", "Koppla åtgärderna till den orsak de ska ändra.", "", "", False, self._written(homeless)))
        return groups

    def _with_causes(self) -> Iterator[BoardGroup]:
        titles = {p.id: p.title for p in self.values.problems}
        last_problem = ""
        for cause in self._causes_here():
            rows = self.rows.get(cause.id, [])
            if self.is_filtered and not rows:
                continue
            starts = (cause.problem or "") if cause.problem != last_problem else ""
            last_problem = cause.problem or ""
            yield self._group(cause, rows, titles.get(starts, ""), self.links.problem.format(starts) if starts else "")

    def _causes_here(self) -> list[chain.Cause]:
        """Return the causes from where the page before ended to this page's last; those without action at the end come before the homeless."""
        first = 0
        if self.shown.before:
            ended = self._home(self.chosen[self.shown.before - 1])
            first = self.place.get(ended, len(self.order)) + (ended not in self.rows)
        places = [self.place[home] for home in self.rows if home]
        last = len(self.order) if self.shown.is_last or "" in self.rows else max(places, default=-1) + 1
        return self.order[first:last]

    def _group(self, cause: chain.Cause, rows: list[chain.Action], problem: str, problem_address: str) -> BoardGroup:
        served = list(dict.fromkeys(g for a in rows for g in a.goals))
        more = f" och {len(served) - 1} till" if len(served) > 1 else ""
        goal = self.goals[served[0]].text + more if served and self.goals[served[0]].text else ""
        about = ", ".join(
            w for w in (cause.directness.label if cause.directness else "", cause.perspective.label.lower() if cause.perspective else "") if w)
        return BoardGroup(
            str(cause.number or ""), cause.text, about, self.links.cause.format(cause.id), goal, bool(rows) and not served, self._written(rows),
            problem, problem_address, ", ".join(self.also.get(cause.id, [])), cause.id)

    def _problems_without_cause(self) -> Iterator[BoardGroup]:
        with_causes = {c.problem for c in self.values.causes}
        for problem in self.values.problems:
            if problem.id not in with_causes:
                yield BoardGroup("", "Inga orsaker än", "Skriv varför problemet uppstår, så går det att välja åtgärder.",
                                 self.links.add_cause + f"?problem={problem.id}", "", False, [], problem.title, self.links.problem.format(problem.id))

    def _home(self, action: chain.Action) -> str:
        return min(action.causes, key=lambda c: self.place.get(c, 0), default="")

    def _written(self, actions: list[chain.Action]) -> list[BoardRow]:
        return [self._row(run, place) for run in runs_of(actions) for place in range(len(run))]

    def _row(self, run: list[chain.Action], place: int) -> BoardRow:
        """Return a row of a run of parts of one combination; an action that is no part is a run of its own."""
        row = board_row(run[place], self.day_now, self.links)
        bundle = self.bundles.get(run[place].bundle or "")
        if bundle is None:
            return row
        kinds = {"tied": True, "tied--first": place == 0, "tied--last": place == len(run) - 1, "tied--broken": bool(bundle.lacking)}
        return replace(row, part=letter(bundle.letter), head=None if place else bundle, tie="".join(f" {name}" for name, is_so in kinds.items() if is_so))


def board_row(action: chain.Action, day_now: date, links: Links) -> BoardRow:
    """Return an action as the board writes it."""
    sort = ", ".join(w.label for w in (action.approach, action.regularity) if w).capitalize()
    return BoardRow(
        action.id, action.number, action.text, links.action.format(action.id), sort or "Slag inte sagt",
        day(action.due_on, days_late(action, day_now), action.due_typed),
        person(action.responsible, action.responsible_organisation), dial(*_dial(action)),
        face(result_shown(action, day_now), _face_reason(action)))


def _dial(action: chain.Action) -> tuple[Implementation | None, str, FormFace | None]:
    """
    Return how far the action has come, and the file's colour while no person has said; not started while nobody has.

    None where it was under way in the plan before: then nobody knows, and the words say who said so then.
    """
    if then := earlier_words(action):
        return None, then, None
    shown = implementation_of(action) or Implementation.NOT_STARTED
    if is_said_by_person(action):
        return shown, "", None
    if action.form_face:
        return shown, f"i filen: {action.form_face.label.lower()}", action.form_face
    return shown, "enligt filen" if action.implementation else "ingen har sagt", None


def _face_reason(action: chain.Action) -> str:
    if action.result is None:
        return ""
    if action.result.by_file:
        return "enligt filen"
    return date_words(local_day(action.result.at)) if action.result.at else ""
