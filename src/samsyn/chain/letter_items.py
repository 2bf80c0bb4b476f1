"""The things a letter is about: notices of the same thing become one item, with the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samsyn.catalog.load_notices import NoticeRule, notice_rule
from samsyn.chain.letter_values import LetterLine
from samsyn.chain.notice_values import Level, NoticeKind, ToldAs
from samsyn.chain.wording import capitalised, clipped, count_words, date_words

LONGEST_TITLE = 160
SAYS_DUE = frozenset({NoticeKind.DUE_SOON, NoticeKind.OVERDUE})
ORDER = tuple(NoticeKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of a letter, in ready words. `is_asked` = an answer is waited for."""

    title: str
    text: str
    says: str
    because: str
    plan_name: str
    is_handed_out: bool
    is_asked: bool
    url: str
    answer_url: str

    @property
    def comes_from(self) -> str:
        """Where it stands, in words: "Plan: Trygg kväll", "Uppdrag från Arbetsgruppen"; "" where nothing is known."""
        return (f"Uppdrag från {self.plan_name}" if self.is_handed_out else f"Plan: {self.plan_name}") if self.plan_name else ""


def items_of(lines: Sequence[LetterLine], today: date | None) -> list[Item]:
    """Return what the lines are about, one item a thing: what is asked first, then by due day, then as they came."""
    groups: dict[tuple[str, ...], list[LetterLine]] = {}
    for line in lines:
        groups.setdefault((line.answer_url or line.url, line.text, line.plan_name, line.number), []).append(line)
    found = [sorted(group, key=lambda line: ORDER.index(line.kind)) for group in groups.values()]
    found.sort(key=lambda group: (not _is_asked(group), group[0].due_on or group[0].about_on or date.max))
    return [_item(group, today) for group in found]


def _item(group: Sequence[LetterLine], today: date | None) -> Item:
    first = group[0]
    text = capitalised(clipped(first.text, LONGEST_TITLE))
    title = text + (f" (nr {first.number})" if first.number else "")
    return Item(title=title, text=text, says=_says(group, today), because=_because(group),
                plan_name=clipped(first.plan_name, LONGEST_TITLE), is_handed_out=first.is_handed_out, is_asked=_is_asked(group), url=first.url,
                answer_url=next((line.answer_url for line in group if line.answer_url), ""))


def _is_asked(group: Sequence[LetterLine]) -> bool:
    return any(_question(line) for line in group)


def _question(line: LetterLine) -> str:
    """Return what is asked of the one who gets the letter; "" of those who are only told that somebody else has not answered."""
    is_anothers = line.told_as is ToldAs.COORDINATOR or (line.told_as is ToldAs.CONTACT and line.responsible is not None)
    return "" if is_anothers else notice_rule(line.kind).question


def _says(group: Sequence[LetterLine], today: date | None) -> str:
    """Return all that is said of a thing: each notice's sentence, the due day if none has said it, and one question."""
    rules = [notice_rule(line.kind) for line in group]
    said = [_sentence(line, rule, today) for line, rule in zip(group, rules, strict=True)]
    due = group[0].due_on
    if due is not None and not any(line.kind in SAYS_DUE for line in group):
        said.append(f"Skulle ha varit klar {day_words(due, today)}." if today and due < today else f"Ska vara klar {day_words(due, today)}.")
    question = next((asked for line in group if (asked := _question(line))), "")
    return " ".join(part for part in (*said, question) if part)


def _sentence(line: LetterLine, rule: NoticeRule, today: date | None) -> str:
    words = rule.for_others if rule.for_others and line.told_as is not ToldAs.RESPONSIBLE else rule.sentence
    waiting = "En annan åtgärd" if line.waiting == 1 else f"{count_words(line.waiting).capitalize()} andra åtgärder"
    return words.format(day=day_words(line.about_on, today) if line.about_on else "", who=_who(line), waiting=waiting)


def _because(group: Sequence[LetterLine]) -> str:
    """Return one line: why just this person is told."""
    line = max(group, key=lambda one: (list(Level).index(one.level), notice_rule(one.kind).escalates))
    who, escalates = _who(line), notice_rule(line.kind).escalates
    match line.told_as:
        case ToldAs.RESPONSIBLE if line.level is Level.REMINDER:
            return "Du är ansvarig. Vi har frågat en gång tidigare."
        case ToldAs.RESPONSIBLE if line.is_handed_out:
            return "Du får brevet för att du fick uppdraget."
        case ToldAs.RESPONSIBLE:
            return "Du får brevet för att du är ansvarig."
        case ToldAs.SUBSTITUTE:
            return f"Du får brevet för att du svarar medan {who} är borta."
        case ToldAs.CONTACT if line.responsible is None:
            return "Du får brevet för att ingen är utsedd som ansvarig hos er."
        case ToldAs.CONTACT:
            return f"Du får brevet för att {who} är ansvarig och inte har svarat.{_reach(line)}"
        case ToldAs.MEMBER:
            return "Du får brevet för att du är med i gruppen."
    if line.level is Level.COORDINATOR and line.responsible is not None:
        return f"Du får brevet som samordnare: {who} är ansvarig och har inte svarat.{_reach(line)}"
    if line.responsible is not None:
        return f"Du får brevet som samordnare: {who} är borta och har ingen ersättare."
    return "Du får brevet som samordnare: ingen är ansvarig." if escalates else "Du får brevet för att du är samordnare."


def _reach(line: LetterLine) -> str:
    email = line.responsible.email if line.responsible else ""
    return f" Hör gärna av dig: {clipped(email, 200)}." if email else ""


def _who(line: LetterLine) -> str:
    return clipped(line.responsible.name, 120) if line.responsible else "ingen"


def day_words(day: date, today: date | None) -> str:
    """Return a day, and how near it is when it is near: "2026-11-24 (i morgon)"."""
    away = (day - today).days if today else None
    near = {-1: "i går", 0: "i dag", 1: "i morgon"}.get(away) if away is not None else None
    return f"{date_words(day)} ({near})" if near else date_words(day)
