"""Who acts, and what an act is. Plain values: every write takes an Actor and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from samsyn.chain.choices import Choice


class ActorKind(Choice):
    USER = "user", "Person"
    LINK = "link", "Personlig länk"
    IMPORT = "import", "Inläsning"
    JOB = "job", "Återkommande jobb"
    MIGRATION = "migration", "Uppgradering"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: kind, id (a string, never a foreign key) and the name as it was then."""

    kind: ActorKind
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """
    What somebody does, as the event log will say it.

    kind     area and verb, "action.changed"
    words    a Swedish sentence without its subject: "ändrade åtgärden Ny belysning"
    once     the form's own key; the same key again raises AlreadyDone and changes nothing
    """

    kind: str
    words: str
    partnership: UUID | None
    organisation: UUID | None = None
    subject_kind: str = ""
    subject: UUID | None = None
    once: str = ""


class AlreadyDone(Exception):
    """The same form has been received before. `answer` is what it gave then."""

    def __init__(self, answer: str) -> None:
        super().__init__("Det här formuläret har redan tagits emot.")
        self.answer = answer


class NoActor(TypeError):
    """A write was tried without saying who acts or when."""
