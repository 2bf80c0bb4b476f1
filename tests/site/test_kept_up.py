"""A server whose workers are killed comes back, however fast they die; one that can never stand is given up."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from samsyn.site.kept_up import LONGEST_REST, MOST_FALLS, PEACE, Fell, keep_up


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """Leave what listens to Ctrl+C and to a request to end as it was."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@dataclass
class Clock:
    """A clock that goes only when it is told to. `rests` are the seconds rested."""

    now: float = 0.0
    rests: tuple[float, ...] = ()

    def read(self) -> float:
        return self.now

    def rest(self, seconds: float) -> None:
        self.rests = (*self.rests, seconds)
        self.now += seconds


@dataclass
class FallingServer:
    """A server that stands for some seconds; then its workers die, or somebody has asked it to stop."""

    clock: Clock
    stands: float
    falls: bool = True
    interrupt_signal: bool = False

    def serve(self) -> None:
        self.clock.now += self.stands
        if self.falls:
            raise SystemExit(1)


def made(clock: Clock, *servers: FallingServer) -> Callable[[], FallingServer]:
    waiting = iter(servers)
    return lambda: next(waiting)


def test_a_server_that_falls_is_followed_by_another() -> None:
    clock, said = Clock(), []
    keep_up(made(clock, FallingServer(clock, 1), FallingServer(clock, 5), FallingServer(clock, 9, falls=False)),
            told=said.append, clock=clock.read, rest=clock.rest)
    assert said == ["Serverns processer dog. Samsyn startar dem igen."] * 2
    assert clock.rests == (0.2, 0.4)


def test_a_server_that_can_never_stand_is_given_up_after_longer_and_longer_rests() -> None:
    clock = Clock()
    with pytest.raises(Fell, match=r"^Samsyn stannade: .*starta igen\.$"):
        keep_up(lambda: FallingServer(clock, 1), told=lambda _: None, clock=clock.read, rest=clock.rest)
    assert len(clock.rests) == MOST_FALLS - 1
    assert list(clock.rests) == sorted(clock.rests) and clock.rests[-1] == LONGEST_REST


def test_a_server_that_has_stood_in_peace_between_is_never_given_up() -> None:
    clock = Clock()
    falls = [FallingServer(clock, PEACE + 1) for _ in range(3 * MOST_FALLS)]
    keep_up(made(clock, *falls, FallingServer(clock, 1, falls=False)), told=lambda _: None, clock=clock.read, rest=clock.rest)
    assert set(clock.rests) == {0.2}


def test_a_server_that_was_asked_to_stop_while_it_fell_is_not_started_again() -> None:
    clock = Clock()
    keep_up(made(clock, FallingServer(clock, 1, interrupt_signal=True)), told=pytest.fail, clock=clock.read, rest=clock.rest)
    assert clock.rests == ()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_stop_between_two_servers_is_heard(asked: signal.Signals) -> None:
    clock = Clock()
    keep_up(made(clock, FallingServer(clock, 1)), told=lambda _: None, clock=clock.read, rest=lambda _: os.kill(os.getpid(), asked))


def test_what_a_server_itself_raises_is_not_taken_for_dead_workers() -> None:
    class Broken(FallingServer):
        def serve(self) -> None:
            raise OSError("no such address")

    with pytest.raises(OSError, match="no such address"):
        keep_up(lambda: Broken(Clock(), 0), told=pytest.fail)
