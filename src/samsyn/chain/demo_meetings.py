"""The groups and meetings of the demonstration town as plain values. The content is YAML in `catalog/demo/`; nothing in it is real."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

from samsyn.chain.answers import Answer
from samsyn.chain.meeting_rhythm import swedish_moment
from samsyn.chain.meeting_values import Every, GroupKind, Here, PointKind
from samsyn.chain.public_holidays import working_day_from
from samsyn.chain.wording import date_words

OFFSET = re.compile(r"\{([+-]\d+)\}")
Raw = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoGroup:
    """A group. `values` as GroupWords has them, with starts_at; `people` as PersonWords; `plans` are names."""

    key: str
    values: Mapping[str, Any]
    plans: tuple[str, ...]
    people: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPoint:
    """A point of a meeting that has been. `plan` and `action` (its number) say what it is about, or are ""."""

    title: str
    kind: PointKind
    minutes: int
    plan: str = ""
    action: str = ""
    is_parked: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAnswer:
    """What somebody answered about an assignment; `line` is a part of its words."""

    line: str
    by: str
    at: datetime
    answer: Answer
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMeeting:
    """A meeting of a group. One without points is planned; `here` says who was absent or on a link, all others were there."""

    group: str
    starts_at: datetime
    here: Mapping[str, Here]
    points: tuple[DemoPoint, ...] = ()
    answers: tuple[DemoAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMeetings:
    """All that one invented collaboration has of groups and meetings."""

    partnership: str
    groups: tuple[DemoGroup, ...]
    held: tuple[DemoMeeting, ...]
    planned: tuple[DemoMeeting, ...]


def demo_meetings(today: date) -> DemoMeetings:
    """Return the groups and meetings of the demonstration town as they are on a given day. Raises KeyError, TypeError or ValueError for a misspelt key."""
    import yaml

    text = (resources.files("samsyn.catalog") / "demo" / "granviken_moten.yaml").read_text(encoding="utf-8")
    raw: Raw = yaml.safe_load(text)
    groups = tuple(_group(each) for each in raw["groups"])
    begins = {group.key: group.values["starts_at"] for group in groups}
    return DemoMeetings(partnership=raw["partnership"], groups=groups, held=tuple(_meeting(each, begins, today) for each in raw["held"]),
                        planned=tuple(_meeting(each, begins, today) for each in raw["planned"]))


def _group(raw: Raw) -> DemoGroup:
    raw = dict(raw)
    key, plans, people = raw.pop("key"), tuple(raw.pop("plans")), tuple(raw.pop("people"))
    values = {**raw, "kind": GroupKind(raw["kind"]), "every": Every(raw["every"]), "starts_at": time.fromisoformat(raw["starts_at"])}
    return DemoGroup(key=key, values=values, plans=plans, people=people)


def _meeting(raw: Raw, begins: Mapping[str, time], today: date) -> DemoMeeting:
    raw = dict(raw)
    here = {**dict.fromkeys(raw.pop("absent", ()), Here.ABSENT), **dict.fromkeys(raw.pop("remote", ()), Here.REMOTE)}
    return DemoMeeting(
        starts_at=swedish_moment(working_day_from(today + timedelta(days=raw.pop("day"))), begins[raw["group"]]), here=here,
        points=tuple(_point(each, today) for each in raw.pop("points", ())), answers=tuple(_answer(each, today) for each in raw.pop("answers", ())), **raw)


def _point(raw: Raw, today: date) -> DemoPoint:
    lines = tuple(OFFSET.sub(lambda found: date_words(today + timedelta(days=int(found[1]))), line) for line in raw.get("lines", ()))
    return DemoPoint(**{**raw, "kind": PointKind(raw["kind"]), "lines": lines})


def _answer(raw: Raw, today: date) -> DemoAnswer:
    raw = dict(raw)
    at = swedish_moment(today + timedelta(days=raw.pop("day")), time(15, 20))
    return DemoAnswer(**{**raw, "answer": Answer(raw["answer"])}, at=at)
