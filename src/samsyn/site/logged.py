"""What the log may hold: never a link that opens something for whoever has it."""

from __future__ import annotations

import logging
import re

LINKS = re.compile(r"(/(?:inbjudan|nytt-losenord|logga-in/lank|svar|kalender)/+)[^/\s\"'?#]+")


class WithoutTokens(logging.Formatter):
    """Writes a line of the log, traces too, with *** in place of the secret of an invitation, a password link, a sign-in link or a personal link."""

    def format(self, record: logging.LogRecord) -> str:
        return LINKS.sub(r"\1***", super().format(record))
