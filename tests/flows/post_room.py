"""A partnership whose reminders go out: what is written into it, and its mornings and minutes at the moments a test says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samsyn.chain.wording import sweden
from samsyn.flows.notices.attachments import attaching
from samsyn.flows.notices.morning import MorningResult, morning
from samsyn.flows.notices.posting import PostResult, post
from samsyn.flows.notices.smtp import SmtpServer
from samsyn.records.access.acts import Actor, ActorKind
from samsyn.records.outbox.reads import LetterHead, letters
from samsyn.records.plan import writes as plan
from tests.flows.brought import Room
from tests.mail_server import Mailbox

MONDAY = date(2026, 11, 23)
URL = "https://samsyn.granvik.example"
BO = {"responsible": "Bo Berg", "responsible_email": "bo@flows.example"}


def swedish(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment by the Swedish clock."""
    return datetime.combine(day, time(hour, minute), sweden()).astimezone(UTC)


def day(after: int) -> date:
    """Return the day so many days after the first Monday."""
    return MONDAY + timedelta(days=after)


@dataclass
class Post:
    """The post of a room. `box` is the mailbox of the mail server; None = none is set up."""

    room: Room
    box: Mailbox | None = None
    alone: bool = True
    given: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.given = {"partnership": self.room.partnership, "actor": Actor(ActorKind.USER, str(self.room.users["Anna"]), "Anna"), "at": swedish(day(-40))}

    def action(self, text: str, **values: Any) -> UUID:
        """Add an action of Bo's, written down forty days ago."""
        made: UUID = plan.add_action(plan=self.room.plan, values={"text": text, **BO, **values}, causes=[], goals=[], **self.given).id
        return made

    def check_in(self, action: UUID, on: date, **values: Any) -> None:
        from samsyn.flows.following import check_in

        check_in(action=action, organisation=self.room.organisation, values={"text": "Det går framåt.", **values}, **{**self.given, "at": swedish(on)})

    def morning(self, on: date) -> MorningResult:
        found = morning(on, swedish(on, 7))
        assert not found.failed
        return found

    def minute(self, at: datetime) -> PostResult:
        server = SmtpServer("127.0.0.1", self.box.port, "Samsyn <samsyn@granvik.example>", patience=5) if self.box else None
        return post(at, server, URL, attach=attaching(URL, at), alone=self.alone)

    def whole_day(self, on: date) -> PostResult:
        """Do a morning, and the post at nine."""
        self.morning(on)
        return self.minute(swedish(on))

    @property
    def letters(self) -> tuple[LetterHead, ...]:
        """The letters, oldest first."""
        return letters(self.room.partnership)[::-1]
