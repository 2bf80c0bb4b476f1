"""What the board shows: all, or some, ordered by cause or as one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict

from samsyn.chain.choices import Implementation, Result
from samsyn.chain.face import implementation_of, result_shown
from samsyn.chain.late import is_late
from samsyn.chain.plan import Action
from samsyn.chain.swedish import fold, sort_key
from samsyn.records.partnership.reads import Member

SOON = timedelta(days=30)
DUE = {"sena": "Sena", "snart": "Klart inom 30 dagar", "utan": "Utan datum"}
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """
    A choice of actions; empty = all of them.

    owner    a responsible's name, or "-" for those without
    state    code of an implementation or of a result
    due      key of DUE
    words    text that must stand in the action, its responsible or its organisation
    as_list  True: one list in order of due day; False: under the causes
    mine     True: only the actions of the one who looks
    """

    owner: str = ""
    state: str = ""
    due: str = ""
    words: str = ""
    as_list: bool = False
    mine: bool = False

    @property
    def is_set(self) -> bool:
        return bool(self.owner or self.state or self.due or self.words or self.mine)


def filter_from(query: QueryDict) -> BoardFilter:
    """Read a filter from an address; unknown values are taken as not set."""
    states = {v.value for v in Implementation} | {v.value for v in Result}
    due, state = query.get("klart", ""), query.get("lage", "")
    return BoardFilter(
        owner=query.get("ansvarig", "")[:300], state=state if state in states else "", due=due if due in DUE else "",
        words=query.get("sok", "")[:200], as_list=query.get("vy") == "lista", mine=query.get("mina") == "1")


def matches(action: Action, wanted: BoardFilter, today: date, member: Member) -> bool:
    """Return whether an action is among those wanted."""
    return (
        _owner_matches(action, wanted.owner)
        and (not wanted.mine or member.is_responsible_for(action))
        and (not wanted.state or wanted.state in (state_of(action), str(result_shown(action, today))))
        and _due_matches(action, wanted.due, today)
        and _words_match(action, wanted.words)
    )


def state_of(action: Action) -> str:
    """Return the code of how far the action has come; not started if nobody has said."""
    return str(implementation_of(action) or Implementation.NOT_STARTED)


def by_due_day(actions: list[Action]) -> list[Action]:
    """Return actions in order of due day; those without last, in Swedish order."""
    return sorted(actions, key=lambda a: (a.due_on is None, a.due_on or date.max, sort_key(a.text)))


def _owner_matches(action: Action, owner: str) -> bool:
    return not owner or (not action.responsible if owner == NOBODY else fold(action.responsible) == fold(owner))


def _due_matches(action: Action, due: str, today: date) -> bool:
    if due == "sena":
        return is_late(action, today)
    if due == "snart":
        return action.due_on is not None and today <= action.due_on <= today + SOON
    return due != "utan" or action.due_on is None


def _words_match(action: Action, words: str) -> bool:
    if not words:
        return True
    text = fold(" ".join((action.number, action.text, action.responsible, action.responsible_organisation, action.others)))
    return all(word in text for word in fold(words).split())
