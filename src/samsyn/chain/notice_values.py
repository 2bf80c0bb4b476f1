"""The shapes of what happens between meetings: what somebody has to do, what they are told, and how far a reminder has gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from samsyn.chain.choices import Choice, Implementation


class NoticeKind(Choice):
    """Why somebody is told something. The rules stand in catalog/notices, one file a kind."""

    DUE_SOON = "due_soon", "Snart dags"
    OVERDUE = "overdue", "Datumet har gått"
    SILENT = "silent", "Tyst sedan sist"
    FREE_NOW = "free_now", "Fritt fram"
    BLOCKS_OTHERS = "blocks_others", "Andra väntar"
    BEFORE_MEETING = "before_meeting", "Inför mötet"
    AFTER_MEETING = "after_meeting", "Efter mötet"
    STEERING_DATE = "steering_date", "Styrgruppens dag närmar sig"
    EFFECT_EXPECTED = "effect_expected", "Effekt går att vänta"
    HELP_ASKED = "help_asked", "Någon behöver hjälp"


class Level(Choice):
    """How far a reminder has gone. Each step waits some days after the one before; any sign of life begins anew."""

    NUDGE = "nudge", "Puff"
    REMINDER = "reminder", "Påminnelse"
    COORDINATOR = "coordinator", "Samordnaren"
    STEERING = "steering", "Styrgruppens lista"


class ToldAs(Choice):
    """Why somebody in particular is told: what they are to the thing."""

    RESPONSIBLE = "responsible", "Ansvarig"
    SUBSTITUTE = "substitute", "Ersättare"
    CONTACT = "contact", "Får veta när den ansvariga inte svarar"
    COORDINATOR = "coordinator", "Samordnare"
    MEMBER = "member", "Med i mötet"
    LIST = "list", "Styrgruppens lista"


STEERING_LIST = "styrgruppen"  # the key of a notice that nobody is mailed: it stands on the steering group's list
STEERING_NAME = "Styrgruppens lista"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be told something. `email` is "" when nobody knows it; `key` is the same for the same person everywhere."""

    name: str
    email: str = ""

    @property
    def key(self) -> str:
        if self.name == STEERING_NAME and not self.email:
            return STEERING_LIST
        folded = " ".join(self.name.casefold().split())
        return self.email.strip().lower() or f"namn:{sha256(folded.encode()).hexdigest()[:24]}"  # a name that is taken out stands nowhere else


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """
    What somebody has to do and has not ended: an action of a plan, or an assignment from a meeting.

    kind          "action" or "assignment"
    plan          id of its plan; "" for an assignment that belongs to none
    plan_name     the plan's name; of an assignment the name of the group whose meeting handed it out
    contact       the manager or contact of the responsible's organisation; None if nobody is named
    made_on       the day it was written down
    last_sign_on  the latest day a person said something about it: a check-in, a face, a ticked step, an answer by link
    waits_for     ids of actions it waits for that have not ended
    freed_on      the day the last of those it waited for ended; None if it waits for none or some have not ended
    waited_by     ids of actions that have not ended and wait for this one
    is_line       it is only followed (track LINE): silence is not asked about
    """

    kind: str
    id: str
    plan: str = ""
    plan_name: str = ""
    number: str = ""
    text: str = ""
    responsible: Person | None = None
    organisation: str = ""
    contact: Person | None = None
    start_on: date | None = None
    due_on: date | None = None
    effect_from: date | None = None
    how_far: Implementation | None = None
    made_on: date
    last_sign_on: date | None = None
    waits_for: tuple[str, ...] = ()
    freed_on: date | None = None
    waited_by: tuple[str, ...] = ()
    is_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An action that has ended, whose effect may be expected on a day."""

    id: str
    plan: str
    plan_name: str
    text: str
    effect_from: date | None
    has_result: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A meeting as the notices see it. `people` = whom it concerns; `closed_on` None until it is closed."""

    id: str
    group_name: str
    on: date
    people: tuple[Person, ...] = ()
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeringDay:
    """A day that the steering group has set for being informed about a plan."""

    plan: str
    plan_name: str
    on: date
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """
    How a plan's reminders go, in whole days.

    silent_days    without a sign of life before somebody asks; 1-365
    due_soon_days  before the due day; 1-60
    days_between   between the steps nudge, reminder, coordinator, steering list; 1-60
    paused_until   nothing is sent before this day; None = not paused
    """

    silent_days: int = 30
    due_soon_days: int = 7
    days_between: int = 7
    paused_until: date | None = None


QUIET_FROM, QUIET_TO = 18, 7  # whole hours of the Swedish clock, until somebody sets others


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """
    That somebody is away, first and last day included, and who answers meanwhile.

    person   Person.key of the one who is away
    by_name  the key of the name alone: counts for somebody of that name whose address nobody knows; "" = nobody else
    """

    person: str
    from_on: date
    until_on: date
    substitute: Person | None = None
    by_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That a notice has gone out (or stands on the list): what an escalation builds on. `on` = the day."""

    kind: NoticeKind
    level: Level
    subject: str
    period: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    """
    That a person is to be told something today.

    subject_kind, subject   "action", "assignment", "meeting" or "plan", and its id
    period                  the same for the same reason: the unique key of the outbox is kind, level, subject, person, period
    about_on                the day it is about
    """

    kind: NoticeKind
    level: Level
    subject_kind: str
    subject: str
    plan: str
    person: Person
    period: str
    about_on: date | None = None
    told_as: ToldAs = ToldAs.RESPONSIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """All that the notices of one partnership are derived from."""

    duties: tuple[Duty, ...] = ()
    ended: tuple[Ended, ...] = ()
    gatherings: tuple[Gathering, ...] = ()
    steering_days: tuple[SteeringDay, ...] = ()
    paces: dict[str, Pace]
    away: tuple[Away, ...] = ()
    coordinators: tuple[Person, ...] = ()
    told: tuple[Told, ...] = ()
    paused_until: date | None = None
