"""The rules of the house hold, each guard looked at something, and each catches the fault planted for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.architecture import code_guards, page_guards, paper_guards
from tests.architecture.looking import Guard

ROOT = Path(__file__).resolve().parents[2]
GUARDS = (*code_guards.GUARDS, *page_guards.GUARDS, *paper_guards.GUARDS)
EVERY_RULE = {guard.look: guard for guard in GUARDS}.values()


@pytest.mark.parametrize("guard", EVERY_RULE, ids=lambda guard: guard.look.__name__)
def test_the_house_keeps_the_rule(guard: Guard) -> None:
    seen = guard.look(ROOT)
    assert seen.places, f"{guard.look.__name__} looked at nothing"
    assert not seen.wrong, f"{guard.look.__doc__}\n  " + "\n  ".join(seen.wrong)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.rule)
def test_the_guard_catches_a_planted_fault(guard: Guard, tmp_path: Path) -> None:
    for name, text in guard.planted.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    seen = guard.look(tmp_path)
    planted = next(iter(guard.planted))
    assert any(planted in line for line in seen.wrong), f"{planted} was not caught: {seen.wrong}"
