"""`samsyn remind` as processes of their own: two at once, one that is killed with a letter in its hands, and the clocks of the server."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.mail_server import Gate, Mailbox, mail_server

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "tests" / "cli" / "remind_room.py"
MONDAY = "2024-01-15T08:00:00+00:00"
LATER = "2024-01-15T08:30:00+00:00"
PEOPLE = 12

Run = Callable[..., "subprocess.Popen[str]"]


def environment(folder: Path, port: int = 0) -> dict[str, str]:
    more = {"SAMSYN_SMTP_HOST": "127.0.0.1" if port else "", "SAMSYN_SMTP_PORT": str(port), "SAMSYN_MAIL_FROM": "samsyn@granvik.example"}
    found = {**os.environ, "SAMSYN_FOLDER": str(folder), "SAMSYN_URL": "https://samsyn.granvik.example/", **more}
    found.pop("DJANGO_SETTINGS_MODULE", None)
    return found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    subprocess.run([sys.executable, str(ROOM), "fill", str(PEOPLE)], cwd=ROOT, env=environment(folder), check=True)
    return folder


@pytest.fixture
def folder(town: Path, tmp_path: Path) -> Path:
    shutil.copytree(town, tmp_path / "town")
    return tmp_path / "town"


@pytest.fixture
def run(folder: Path, box: Mailbox) -> Run:
    def start(*command: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, *(command or (str(ROOM), "remind", MONDAY))], cwd=ROOT, env=environment(folder, box.port),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as found:
        yield found


def kept(folder: Path) -> list[tuple[str, bool, str]]:
    """Return (state, whether it is uncertain, Message-ID) of every letter."""
    with closing(sqlite3.connect(folder / "samsyn.sqlite3")) as database:
        return list(database.execute("SELECT state, uncertain_at IS NOT NULL, message_id FROM outbox_letter"))


def said(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out


def test_several_at_once_send_nothing_twice_and_leave_nothing(run: Run, box: Mailbox, folder: Path) -> None:
    box.while_taking = lambda letter: time.sleep(0.02)
    for process in [run(), run(), run()]:
        said(process)
    said(run())
    assert all(box.to.count(f"person{number}@granvik.example") == 2 for number in range(PEOPLE))  # what somebody asked for, and the reminder
    assert len(set(box.ids)) == len(box.ids) == len(kept(folder)) and {state for state, _, _ in kept(folder)} == {"sent"}
    letter = next(letter for letter in box.letters if "väntar på svar" in str(letter["Subject"]))
    assert "https://samsyn.granvik.example/svar/" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_two_at_once_without_a_lock_between_them_send_nothing_twice(run: Run, box: Mailbox, folder: Path) -> None:
    """The claims in the database are enough, as on a system that has no locks of files."""
    box.while_taking = lambda letter: time.sleep(0.02)
    without = f"import sys; sys.modules['fcntl'] = None; sys.path.insert(0, '.'); from tests.cli.remind_room import main; main('remind', '{MONDAY}')"
    told = [said(process) for process in [run("-c", without), run("-c", without)]]
    assert not any("En annan process" in words for words in told)
    assert len(box.ids) == len(set(box.ids)) and {state for state, _, _ in kept(folder)} == {"sent"}
    assert all(box.to.count(f"person{number}@granvik.example") == 2 for number in range(PEOPLE))


def test_a_process_that_is_killed_with_a_letter_in_its_hands_loses_nothing(run: Run, box: Mailbox, folder: Path) -> None:
    box.while_taking = gate = Gate()
    process = run()
    assert gate.has_letter.wait(60)
    process.kill()
    process.communicate()
    gate.may_answer.set()
    assert [state for state, _, _ in kept(folder)].count("sending") == 1
    assert "avbrutits" in said(run(str(ROOM), "remind", LATER))
    found = kept(folder)
    assert {state for state, _, _ in found} == {"sent"} and len(box.ids) == len(found) + 1
    uncertain = [message_id for _, is_uncertain, message_id in found if is_uncertain]
    assert [message_id for message_id in set(box.ids) if box.ids.count(message_id) > 1] == uncertain and len(uncertain) == 1


def test_the_command_says_in_swedish_what_it_did(run: Run, box: Mailbox) -> None:
    box.refuses["person0@granvik.example"] = "550 Ingen sådan"
    first = said(run())
    assert "Gick igenom 1 samverkan: tolv nya påminnelser." in first and "Skrev tolv utskick." in first
    assert "Skickade 22 utskick." in first and "Gick inte att skicka: två utskick. Se Utskick." in first
    assert said(run()).splitlines() == ["Dagens genomgång är redan gjord.", "Inget att skicka just nu."]


def test_the_command_itself_says_where_the_letters_lie_when_there_is_no_mail_server(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "samsyn.cli.main", "remind"], cwd=ROOT, env=environment(folder), check=True, capture_output=True, text=True)
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("Gick igenom 1 samverkan") and last == "Ingen mejlserver är inställd. Utskicken ligger färdiga under Utskick."


def test_the_clocks_do_their_work_and_end_with_the_process_that_started_them(run: Run, box: Mailbox) -> None:
    starter = (
        "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-m', 'samsyn.cli.clocks']); print(child.pid, flush=True); "
        "time.sleep(600)")
    parent = run("-c", starter)
    assert parent.stdout is not None
    clocks = Path(f"/proc/{int(parent.stdout.readline())}")
    until(lambda: len(box.to) >= PEOPLE)  # what somebody asked for goes at any hour
    assert clocks.exists()
    parent.kill()
    parent.communicate()
    until(lambda: not clocks.exists())


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("It did not happen")
