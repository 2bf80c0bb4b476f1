"""
People in a meeting, each with the page open and writing: asks for news as the page's script does, and sees when each row is there.

Usage: python -m benchmarks._live_load PORT MEETING POINT WRITERS SECONDS COOKIE [COOKIE ...]     prints one JSON line
The first WRITERS of the cookies write; all of them look.
"""

from __future__ import annotations

import gzip
import http.client
import json
import re
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

EVERY = 0.8        # seconds between two questions, as in live.js
BETWEEN = 4.0      # seconds between two lines of the same person
PATIENCE = 10.0    # seconds that are waited for the last rows
MARK = re.compile(r"rad-([0-9a-f]{12})")


@dataclass(slots=True)
class Seen:
    """
    What came of a meeting.

    waits     of each row: seconds from the moment it was sent until the last of all had it
    saved     seconds until the server had answered the writer, of each row
    answers   status -> how many
    unseen    rows that somebody never saw
    """

    waits: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    unseen: int = 0


@dataclass(slots=True)
class Meeting:
    """What the threads share: when each row was sent, and who has seen it when."""

    sent: dict[str, float] = field(default_factory=dict)
    saved: dict[str, float] = field(default_factory=dict)
    seen: dict[str, dict[int, float]] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """One open page: a connection of its own for looking and one for writing."""

    def __init__(self, number: int, port: int, address: str, point: str, cookie: str, meeting: Meeting) -> None:
        self.number, self.port, self.address, self.point, self.cookie, self.meeting = number, port, address, point, cookie, meeting
        self.revision, self.stamp = "-1", ""
        self.token = ""

    def ask(self, line: http.client.HTTPConnection, method: str, path: str, body: str = "") -> tuple[int, str]:
        """Ask, note the status, and return it with the text. A connection that fell is a status of 0."""
        headers = {"Cookie": self.cookie + (f"; {self.token}" if self.token else ""), "X-Live": "1", "Accept-Encoding": "gzip",
                   "Host": f"localhost:{self.port}"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body=body or None, headers=headers)
            answer = line.getresponse()
            text = answer.read()
            status = answer.status
            if answer.getheader("Content-Encoding") == "gzip":
                text = gzip.decompress(text)
        except (OSError, http.client.HTTPException):
            line.close()
            status, text = 0, b""
        with self.meeting.lock:
            self.meeting.answers[status] = self.meeting.answers.get(status, 0) + 1
        return status, text.decode("utf-8", "replace")

    def open_page(self) -> None:
        """Open the page as a browser does, for the token of its forms."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET", self.address, headers={"Cookie": self.cookie, "Host": f"localhost:{self.port}"})
        answer = line.getresponse()
        page = answer.read().decode()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        self.form_token = found[1] if found else ""
        self.token = "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")
        line.close()

    def note(self, text: str) -> None:
        """Take in what was shown: revision, stamp, and the rows that are there."""
        now = time.perf_counter()
        if state := re.search(r'data-revision="(\d+)"', text):
            self.revision = state[1]
        if stamp := re.search(r'data-stamp="(\w+)"', text):
            self.stamp = stamp[1]
        with self.meeting.lock:
            for mark in set(MARK.findall(text)):
                self.meeting.seen.setdefault(mark, {}).setdefault(self.number, now)

    def look(self, until: float) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        time.sleep(EVERY * self.number / 10)
        while time.perf_counter() < until:
            began = time.perf_counter()
            status, text = self.ask(line, "GET", f"{self.address}nytt/?" + urlencode({"revision": self.revision, "fakta": self.stamp}))
            if status == 200:
                self.note(text)
            time.sleep(max(0.0, EVERY - (time.perf_counter() - began)))

    def write(self, until: float) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        time.sleep(1 + BETWEEN * self.number / 10)
        while time.perf_counter() < until:
            mark, began = uuid4().hex[:12], time.perf_counter()
            with self.meeting.lock:
                self.meeting.sent[mark] = began
            body = urlencode({"text": f"Person {self.number}: rad-{mark} före 15 mars", "point": self.point, "once": mark, "fakta": self.stamp,
                              "csrfmiddlewaretoken": self.form_token})
            status, text = self.ask(line, "POST", f"{self.address}rad/", body)
            if status == 200:
                with self.meeting.lock:
                    self.meeting.saved[mark] = time.perf_counter() - began
                self.note(text)
            time.sleep(max(0.0, BETWEEN - (time.perf_counter() - began)))


def hold(port: int, meeting: str, point: str, writers: int, seconds: float, cookies: list[str]) -> Seen:
    """Let everybody look, and some write, for so many seconds; then wait until everybody has seen everything, or PATIENCE is out."""
    shared = Meeting()
    people = [Person(number, port, f"/moten/{meeting}/live/", point, cookie, shared) for number, cookie in enumerate(cookies)]
    for person in people:
        person.open_page()
    end = time.perf_counter() + seconds
    threads = [threading.Thread(target=person.look, args=(end + PATIENCE,)) for person in people]
    threads += [threading.Thread(target=person.write, args=(end,)) for person in people[:writers]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = {mark: seen for mark, seen in shared.seen.items() if len(seen) == len(people)}
    return Seen([max(whole[mark].values()) - sent for mark, sent in shared.sent.items() if mark in whole], list(shared.saved.values()), shared.answers,
                sum(mark not in whole for mark in shared.sent))


if __name__ == "__main__":
    port, meeting, point, writers, seconds, *cookies = sys.argv[1:]
    print(json.dumps(asdict(hold(int(port), meeting, point, int(writers), float(seconds), cookies))))
