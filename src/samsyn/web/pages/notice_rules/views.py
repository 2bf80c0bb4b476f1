"""How the reminders go, explained: the steps with this partnership's own days, and every rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samsyn.catalog.load_notices import notice_rules
from samsyn.chain.notice_values import Level, Pace
from samsyn.chain.wording import days_words
from samsyn.records.partnership.reads import Member
from samsyn.records.partnership.rhythm_reads import rhythm
from samsyn.records.partnership.rights import Right
from samsyn.records.plan.notice_reads import PlanPace, plan_paces
from samsyn.web.clock import today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.download import table_download

HEADERS = ("Påminnelse", "När", "Vem får den", "Varför", "Vad den säger", "Vad den frågar", "Går vidare utan svar", "Källa")
TO_WHOM = {
    Level.NUDGE: "Den ansvariga får en fråga med en egen länk. Ett tryck räcker.",
    Level.REMINDER: "Den ansvariga igen, och den som parten har sagt ska få veta.",
    Level.COORDINATOR: "Samordnaren får veta att ingen har svarat.",
    Level.STEERING: "Frågan står på styrgruppens lista till nästa möte. Inget brev går ut.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the row that is drawn: its name, when it comes, and whom it reaches."""

    name: str
    when: str
    to_whom: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of those plans that go at the same pace."""

    plans: tuple[str, ...]
    days_between: str
    steps: tuple[Step, ...]


@page(Right.READ)
@require_GET
def notice_rules_page(request: PageRequest) -> HttpResponse:
    """Explain every rule, with the steps drawn."""
    rows = plan_paces(request.member.partnership)
    return render(request, "notice_rules/notice_rules.html", {
        "rules": notice_rules(), "rows": rows, "all_steps": steps_of(rows), "rhythm": rhythm(request.member.partnership), "today": today(),
        "may_change": _may_change(request.member)})


@page(Right.READ)
@require_GET
def notice_rules_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the rules as a list."""
    rows = [(rule.title, rule.when, rule.to_whom, rule.why, rule.sentence, rule.question, "ja" if rule.escalates else "nej", rule.source)
            for rule in notice_rules()]
    return table_download(ending, "Så går påminnelserna till", HEADERS, rows)


def steps_of(rows: Iterable[PlanPace]) -> list[Steps]:
    """Return the steps of each pace that some plan has, the quickest first; of the default pace if there are no plans."""
    by_days: dict[int, list[str]] = {}
    for row in rows:
        by_days.setdefault(row.pace.days_between, []).append(row.plan_name)
    return [Steps(tuple(names), days_words(days), _steps(days)) for days, names in sorted(by_days.items() or {Pace().days_between: []}.items())]


def _steps(days_between: int) -> tuple[Step, ...]:
    return tuple(Step(level.label, f"efter {days_words(number * days_between)}" if number else "genast", TO_WHOM[level])
                 for number, level in enumerate(Level))


def _may_change(member: Member) -> bool:
    return member.may(Right.NUDGE)
