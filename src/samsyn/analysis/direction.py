"""Which way is better on an instrument: said by a setting, never guessed."""

from __future__ import annotations

from enum import Enum


class Direction(Enum):
    """Which way is better; `value` is what a settings file says."""

    HIGHER_IS_BETTER = "higher is better"
    LOWER_IS_BETTER = "lower is better"

    @property
    def sign(self) -> int:
        """1 if a rise is an improvement, -1 if a fall is."""
        return 1 if self is Direction.HIGHER_IS_BETTER else -1
