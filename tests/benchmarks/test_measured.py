"""The benchmark harness tells the truth: memory of children is counted, a promise not held is said."""

from __future__ import annotations

import sys

import pytest
from benchmarks import run as harness
from benchmarks.measured import CommandFailed, Figure, cost_of

HOLD_60_MB = "x = bytearray(60_000_000); import time; time.sleep(0.3)"
IN_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD_60_MB!r}])"


def test_the_memory_of_a_child_process_is_counted() -> None:
    nothing = cost_of([sys.executable, "-c", "pass"], times=1)
    assert cost_of([sys.executable, "-c", IN_A_CHILD], times=1).megabytes > nothing.megabytes + 50


def test_a_command_that_fails_gives_no_figure() -> None:
    with pytest.raises(CommandFailed, match="ended with 3"):
        cost_of([sys.executable, "-c", "import sys; sys.exit(3)"], times=1)


def test_a_command_that_does_not_say_what_it_should_gives_no_figure() -> None:
    with pytest.raises(CommandFailed):
        cost_of([sys.executable, "-c", "print('rejected')"], times=1, says="accepted")


def test_an_exit_status_that_is_expected_gives_a_figure() -> None:
    assert cost_of([sys.executable, "-c", "import sys; sys.exit(1)"], times=1, exits=(0, 1)).seconds > 0


@pytest.mark.parametrize(("figure", "held"), [
    (Figure("a", 2.0, "s", limit=2.5), True),
    (Figure("a", 2.6, "s", limit=2.5), False),
    (Figure("a", 59, "pages/s", limit=60, at_least=True), False),
    (Figure("a", 60, "pages/s", limit=60, at_least=True), True),
    (Figure("a", 1e9, "s"), True),
])
def test_a_promise_is_held_or_not(figure: Figure, held: bool) -> None:
    assert figure.is_held is held


def test_a_figure_is_shown_beside_its_baseline() -> None:
    line = harness.shown(Figure("help", 0.08, "s", 0.02, "python -c pass", 0.4))
    assert " ".join(line.split()) == "help 0.08 s 4.0 x 0.02 s (python -c pass) at most 0.4: held"


def test_every_benchmark_found_has_a_run_function() -> None:
    from importlib import import_module

    names = harness.found()
    assert names
    assert all(callable(import_module(f"benchmarks.{name}").run) for name in names)


def test_a_promise_not_held_ends_with_status_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks import terminal

    monkeypatch.setattr(terminal, "run", lambda: [Figure("slow", 9, "s", limit=1)])
    assert harness.main(["terminal"]) == 1
    assert "NOT HELD" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["files", "measured", "_web_town", "nothing-like-it", "../tools/suite"])
def test_a_name_that_is_no_benchmark_is_answered_with_those_there_are(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert harness.main([name]) == 2
    said = capsys.readouterr()
    assert said.err == f"There is no benchmark {name}. Choose from {', '.join(harness.found())}.\n" and said.out == ""


def test_nothing_is_run_when_one_name_of_several_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks import terminal

    monkeypatch.setattr(terminal, "run", lambda: pytest.fail("it was run"))
    assert harness.main(["terminal", "files"]) == 2
    assert "no benchmark files." in capsys.readouterr().err
