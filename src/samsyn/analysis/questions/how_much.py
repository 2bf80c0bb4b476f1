"""Question 6: how large are the changes?"""

from __future__ import annotations

from samsyn.analysis import effect_size
from samsyn.analysis.answer import Finding
from samsyn.analysis.change import change_in_important_differences
from samsyn.analysis.loke_settings import LokeSettings
from samsyn.analysis.loke_tables import GroupTables
from samsyn.analysis.questions.finding import Found

NO_IMPORTANT = "Ingen minsta förändring som betyder något är angiven."
EFFECTS = (
    ("g_av", effect_size.g_av, "förändring / standardavvikelse (start och slut), rättad för små grupper"),
    ("d_av", effect_size.d_av, "förändring / standardavvikelse (start och slut)"),
    ("d_z", effect_size.d_z, "förändring / förändringens standardavvikelse"),
    ("d_pre", effect_size.d_pre, "förändring / startens standardavvikelse"),
)


def findings(tables: GroupTables, settings: LokeSettings) -> tuple[Finding, ...]:
    """Return the standardised changes, each with its denominator named, and the change against the least that matters."""
    found, pairs = Found(6, tables.group), tables.start_end
    return (
        *(found.effect(name, of(pairs, settings.level), label) for name, of, label in EFFECTS),
        _important(found, tables, settings),
    )


def _important(found: Found, tables: GroupTables, settings: LokeSettings) -> Finding:
    name, label = "change_in_important_differences", "förändring i medel / minsta förändring som betyder något"
    if settings.important is None:
        return found.untold(name, NO_IMPORTANT, label, unit="ratio", n=tables.start_end.n)
    return found.plain(name, change_in_important_differences(tables.start_end, settings.important, settings.level), label)
