"""What the episodes are parted by: sex, target group, unit or the period of the start."""

from __future__ import annotations

from enum import Enum

UNSAID = "uppgift saknas"


class Split(Enum):
    """A way to part the episodes; `label` is Swedish."""

    NOTHING = "nothing"
    UNIT = "unit"
    SEX = "sex"
    TARGET_GROUP = "target_group"
    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"

    @property
    def label(self) -> str:
        """What a person reads above the groups."""
        return _LABELS[self]

    @property
    def sql(self) -> str:
        """The expression, over the columns of an episode, that gives the group's label."""
        return _SQL[self]


_LABELS = {
    Split.NOTHING: "alla",
    Split.UNIT: "enhet",
    Split.SEX: "kön",
    Split.TARGET_GROUP: "målgrupp",
    Split.YEAR: "startår",
    Split.HALF_YEAR: "halvår för start",
    Split.QUARTER: "kvartal för start",
}
_YEAR = 'CAST(year("start") AS VARCHAR)'
_SQL = {
    Split.NOTHING: "''",
    Split.UNIT: f"coalesce(unit, '{UNSAID}')",
    Split.SEX: f"coalesce(sex, '{UNSAID}')",
    Split.TARGET_GROUP: f"coalesce(target_group, '{UNSAID}')",
    Split.YEAR: f"coalesce({_YEAR}, '{UNSAID}')",
    Split.HALF_YEAR: f"coalesce({_YEAR} || CASE WHEN month(\"start\") <= 6 THEN ' vår' ELSE ' höst' END, '{UNSAID}')",
    Split.QUARTER: f"coalesce({_YEAR} || ' kv. ' || CAST(quarter(\"start\") AS VARCHAR), '{UNSAID}')",
}
