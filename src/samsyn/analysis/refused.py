"""Why the analysis refuses an input: named exceptions whose text says, in plain Swedish, what is wrong and what to do."""

from __future__ import annotations


class Refused(ValueError):
    """The input cannot be used. The message is Swedish and is meant for the person who gave it."""


class NothingToCount(Refused):
    """There is nothing in the denominator: a share or a mean of nobody."""


class OutOfRange(Refused):
    """A number lies outside what it can be: a count below 0, a share above 1, a level of confidence outside 0 to 1."""


class UnequalLengths(Refused):
    """Columns that belong together do not have the same length."""


class NotANumber(Refused):
    """A value is NaN or infinite where a number is needed. Missing values are counted apart, never sent in."""


class TooFewPoints(Refused):
    """A series, or a group, is too short for the method to be defined."""


class SettingMissing(Refused):
    """A method needs a setting that no sheet holds (direction, reliability, cut-off, norm); nothing of it is guessed."""
