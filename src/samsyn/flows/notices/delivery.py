"""What a mail server is to the posting, and what it can answer."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from typing import Protocol


class Outcome(Enum):
    """SENT the server has it; LATER it certainly does not have it; REFUSED it never takes it; UNCERTAIN it did not answer."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    What became of one letter.

    fault     what was wrong, in Swedish; "" when it was sent
    is_away   True if no other letter would fare better now: nobody answers, or the server takes nothing from us
    """

    outcome: Outcome
    fault: str = ""
    is_away: bool = False


class MailServer(Protocol):
    """
    A mail server that letters are handed to, one after another.

    sender   what stands in From: "samsyn@exempel.se" or "Samsyn <samsyn@exempel.se>"
    """

    @property
    def sender(self) -> str: ...

    def deliver(self, message: EmailMessage) -> Delivery:
        """Hand over one letter. Never raises for what a server or a network can do."""
        ...

    def close(self) -> None:
        """End the connection, if there is one."""
        ...
