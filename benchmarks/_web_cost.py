"""
What one page costs the server: CPU time of this process, number of queries and transactions, bytes of the answer.

The application is called as the web server calls it, without a network between.
Usage: python -m benchmarks._web_cost COOKIE TIMES PATH [PATH ...]     prints one JSON line, a cost for each path
       python -m benchmarks._web_cost --control                        the same for one write: transactions are seen
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

BEGINS = ("BEGIN", "SAVEPOINT")


@dataclass(frozen=True, slots=True)
class PageCost:
    """
    The cost of one page.

    milliseconds   of CPU, median, the first time it is seen after a change of anything: no plan is kept from the page before
    again          the same when nothing has changed since the page before
    queries        statements to the database for the first of them, BEGIN and the like included
    begins         of these, how many opened a transaction
    size           bytes of the answer, as it is sent to a browser that takes gzip
    """

    milliseconds: float
    again: float
    queries: int
    begins: int
    size: int


class NotServed(Exception):
    """A page answered with something else than 200, so that its figures would mean nothing."""


def ask(path: str, cookie: str) -> int:
    """Ask the application for a page and read it to its end; return its size in bytes. Raises NotServed."""
    from samsyn.site.wsgi import application

    where, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": where, "QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }
    said: list[str] = []
    body = application(environ, lambda answer, headers, fault=None: said.append(answer))
    size = sum(len(part) for part in body)
    body.close()
    if not said[0].startswith("200"):
        raise NotServed(f"{path} answered {said[0]}")
    return size


def cost_of_page(path: str, cookie: str, times: int) -> PageCost:
    """Measure a page: once for what it asks of the database, then `times` for the CPU."""
    asked: list[str] = []
    _forget()
    with _watched(asked):
        size = ask(path, cookie)
    again = [_milliseconds(path, cookie) for _ in range(times)]
    first = [_milliseconds(path, cookie, as_first=True) for _ in range(times)]
    return PageCost(median(first), median(again), len(asked), begins(asked), size)


def begins(asked: list[str]) -> int:
    """Return how many of the statements open a transaction."""
    return sum(sql.lstrip().upper().startswith(BEGINS) for sql in asked)


def begins_of_a_write() -> int:
    """Return how many transactions one act opens: the control that they are seen at all."""
    from datetime import UTC, datetime

    from samsyn.records.access.acts import Act, Actor, ActorKind
    from samsyn.records.access.writes import writing

    asked: list[str] = []
    with _watched(asked), writing(actor=Actor(ActorKind.JOB, "bench", "Prov"), at=datetime.now(UTC), act=Act(kind="x", words="x", partnership=None)):
        pass
    return begins(asked)


@contextmanager
def _watched(asked: list[str]) -> Iterator[None]:
    """Write down every statement that SQLite itself sees, those Django does not count included."""
    from django.db import connection

    connection.ensure_connection()
    connection.connection.set_trace_callback(asked.append)
    try:
        yield
    finally:
        connection.connection.set_trace_callback(None)


def _forget() -> None:
    """Let the process forget the plans and facts it has read, as any change would."""
    from samsyn.records.access.kept_facts import FACTS
    from samsyn.records.follow_up.kept import KEPT

    KEPT.forget()
    FACTS.forget()


def _milliseconds(path: str, cookie: str, *, as_first: bool = False) -> float:
    if as_first:
        _forget()
    started = time.process_time()
    ask(path, cookie)
    return (time.process_time() - started) * 1000


def main(cookie: str, times: str = "", *paths: str) -> None:
    """Ask for every page once, then measure each."""
    from samsyn.site.start import set_up

    set_up()
    if cookie == "--control":
        print(json.dumps({"begins": begins_of_a_write()}))
        return
    for path in paths:
        ask(path, cookie)
    print(json.dumps({path: asdict(cost_of_page(path, cookie, int(times))) for path in paths}))


if __name__ == "__main__":
    main(*sys.argv[1:])
