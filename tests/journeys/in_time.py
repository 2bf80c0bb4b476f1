"""
The application at another time than now, in a process of its own: a journey over several weeks moves the clock between its steps.

Usage: python -m tests.journeys.in_time serve|remind
Reads   JOURNEY_CLOCK   a file that holds the moment, as "2027-01-11T07:30:00+01:00"; it is read anew each time somebody asks
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server


def now() -> datetime:
    """Return the moment that the journey has come to."""
    return datetime.fromisoformat(Path(os.environ["JOURNEY_CLOCK"]).read_text().strip())


class ManyAtOnce(ThreadingMixIn, WSGIServer):
    """A server with a thread for each request, as the real one has."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def remind(at: datetime) -> None:
    """Do what `samsyn remind` does, at a moment."""
    from django.conf import settings

    from samsyn.chain.wording import local_day, sweden
    from samsyn.cli.post_round import morning_since, post_round
    from samsyn.cli.remind import morning_words, post_words

    said = [*morning_words(morning_since(datetime.combine(local_day(at), time(), sweden()), at)),
            *post_words(post_round(settings.CONFIG, at), sends_mail=settings.CONFIG.sends_mail)]
    sys.stdout.write("\n".join([*said, ""]))


def main() -> None:
    """Serve the application, or do what is due, at the journey's time."""
    from samsyn.site.start import bring_database_up_to_date, bring_up_to_date, set_up

    set_up()
    from django.conf import settings
    from django.utils import timezone

    timezone.now = now
    if sys.argv[1] == "remind":
        bring_database_up_to_date()
        remind(now())
        return
    bring_up_to_date()
    from samsyn.site.wsgi import application

    make_server("127.0.0.1", settings.CONFIG.SAMSYN_PORT, application, ManyAtOnce, Quiet).serve_forever()


if __name__ == "__main__":
    main()
