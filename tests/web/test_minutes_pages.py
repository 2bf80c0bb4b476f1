"""A meeting is closed in the browser, its minutes are read and kept, and a steering group's decisions do what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.records.access.models import Event
from samsyn.records.follow_up.decision_reads import open_decisions
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.meeting import line_writes, writes
from samsyn.records.meeting.line_reads import lines
from samsyn.records.meeting.models import Minutes
from samsyn.records.meeting.reads import meeting_head
from samsyn.records.outbox.models import Letter, LetterKind
from samsyn.records.plan.reads import plan_head
from tests.web.a_steering_meeting import closed_meeting, say, steering_meeting
from tests.web.conftest import NOW, Town
from tests.web.html_page import Page
from tests.web.live_meeting import given, live_meeting, planned_meeting

pytestmark = pytest.mark.django_db
Enter = Callable[..., Client]


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samsyn.flows.closing.minutes_pdf", lambda content: b"%PDF-1.7 minutes")
    monkeypatch.setattr("samsyn.records.follow_up.adoption_paper.report_pdf", lambda report: b"%PDF-1.7 adopted")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def letters(town: Town) -> list[str]:
    return sorted(Letter.objects.within(town.partnership).filter(kind=LetterKind.MINUTES).values_list("name", flat=True))


def close(client: Client, meeting: UUID, **sent: Any) -> Any:
    return client.post(reverse("close_meeting", args=[meeting]), {"once": uuid4().hex, **sent}, follow=True)


def test_the_minutes_are_read_before_the_meeting_is_closed_and_nothing_is_saved_by_looking(town: Town, anna: Client) -> None:
    meeting = steering_meeting(town)
    say(town, meeting, "Bo: lampan före 15 mars")
    before = Event.objects.count()
    html = text(anna.get(reverse("close_meeting", args=[meeting])))
    assert "Ett uppdrag, inga beslut" in html and "Uppdrag till Bo:" in html
    assert "Alla punkter är inte klara" in html
    for name, why in (("Carin", "är med i gruppen"), ("Bo", "har fått ett uppdrag"), ("Nour", "Ingen adress: du skickar texten själv")):
        assert name in html and why in html, name
    assert Event.objects.count() == before and not Minutes.objects.within(town.partnership).filter(meeting_id=meeting).exists()


def test_who_is_unticked_gets_no_letter_and_who_came_meanwhile_does(town: Town, anna: Client) -> None:
    meeting = steering_meeting(town)
    page = Page(anna.get(reverse("close_meeting", args=[meeting])).content.decode())
    shown = [given.get("value") for _, given in page.tags if given.get("name") == "shown"]
    assert len(shown) == 2
    say(town, meeting, "Bo: lampan före 15 mars")
    html = text(close(anna, meeting, shown=shown, to=[key for key in shown if key and "carin" in key]))
    assert letters(town) == ["Bo", "Carin"]
    assert "Mötet är avslutat och protokollet är sparat. Det ligger bland utskicken till två personer." in html


def test_the_second_who_closes_is_told_and_nothing_more_is_sent(town: Town, anna: Client, enter: Enter) -> None:
    meeting = steering_meeting(town)
    close(anna, meeting)
    sent = letters(town)
    html = text(close(anna, meeting))
    assert "Mötet är redan avslutat av Anna 2026-11-23 kl. 09.14. Inget mer har skickats." in html
    assert letters(town) == sent and "redan avslutat" in text(anna.get(reverse("close_meeting", args=[meeting]), follow=True))


def test_the_same_form_twice_closes_once(town: Town, anna: Client) -> None:
    meeting, once = steering_meeting(town), uuid4().hex
    for _ in range(2):
        assert close(anna, meeting, once=once).status_code == 200
    assert len(letters(town)) == 2


def test_a_meeting_that_is_not_open_says_what_to_do(town: Town, anna: Client) -> None:
    meeting = planned_meeting(town).meeting
    assert "Mötet har inte öppnats" in text(anna.get(reverse("close_meeting", args=[meeting])))
    writes.cancel_meeting(meeting=meeting, **given(town))
    assert "Mötet är inställt" in text(anna.get(reverse("close_meeting", args=[meeting])))
    assert "Det blev inget protokoll" in text(anna.get(reverse("minutes", args=[meeting])))
    assert close(anna, meeting).status_code == 409


def test_the_minutes_are_there_as_page_pdf_word_and_list(town: Town, enter: Enter) -> None:
    made = closed_meeting(town)
    meeting, reader = made["meeting"], enter("Rut")
    line_writes.set_due(line=made["row"], due_on=date(2026, 11, 20), **given(town))
    html = text(reader.get(reverse("minutes", args=[meeting])))
    assert "<h1>Ett beslut och ett uppdrag</h1>" in html and "Beslut:</b> Mer ljus." in html
    assert '<span class="late">Klart senast' in html and "Lägg in i planen" not in html and "Till utskicken" not in html
    pdf, word = (reader.get(reverse(name, args=[meeting])) for name in ("minutes_pdf", "minutes_docx"))
    assert pdf.content.startswith(b"%PDF") and word.content.startswith(b"PK")
    assert pdf["Content-Disposition"] == 'attachment; filename="protokoll-styrgruppen-2026-11-23.pdf"'
    rows = reader.get(reverse("assignments_file", args=[meeting, "csv"])).content.decode("utf-8-sig").splitlines()
    assert rows[1].split(";")[:4] == ["Bo", "lampan", "2026-11-20", "Öppet"]


def test_how_an_assignment_has_gone_is_shown_and_the_minutes_stay_as_they_were(town: Town, anna: Client) -> None:
    from samsyn.chain.answers import Answer

    made = closed_meeting(town)
    line_writes.add_answer(line=made["row"], answer=Answer.DONE_AS_INTENDED, text="Den lyser", **given(town, "Bo"))
    html = text(anna.get(reverse("minutes", args=[made["meeting"]])))
    assert "Klart 2026-11-23" in html and "Senaste svaret: Klar, som tänkt: Den lyser" in html
    assert "Klart senast 2027-03-15" in html.split("Protokollet</h2>")[1]


def test_the_next_meeting_is_proposed_by_the_rhythm_until_there_is_one(town: Town, anna: Client) -> None:
    made = closed_meeting(town)
    head = meeting_head(town.partnership, made["meeting"])
    assert head is not None
    page = reverse("minutes", args=[head.id])
    assert "Er rytm ger" in text(anna.get(page)) and f"?grupp={head.group}" in text(anna.get(page))
    writes.plan_meeting(group=head.group, starts_at=NOW.replace(month=12), minutes=60, **given(town))
    assert "Er rytm ger" not in text(anna.get(page))


def test_minutes_whose_words_were_taken_out_say_so(town: Town, anna: Client) -> None:
    made = closed_meeting(town)
    anna.post(reverse("take_out_words"), {"words": "lampan", "why": "Ett namn stod där", "act": "remove"})
    html = text(anna.get(reverse("minutes", args=[made["meeting"]])))
    assert "[borttaget]" in html and "lampan" not in html.lower() and "tog bort ord därför att" in html


def decide(client: Client, name: str, meeting: UUID, subject: UUID, **sent: Any) -> Any:
    return client.post(reverse(name, args=[meeting, subject]), {"words": "Vi beslutar så", "point": "", "once": uuid4().hex, **sent}, follow=True)


def head_of(town: Town) -> Any:
    found = plan_head(town.partnership, town.plan)
    assert found is not None
    return found


def test_what_a_steering_group_decides_is_done(town: Town, anna: Client) -> None:
    meeting = steering_meeting(town)
    assert "planen är antagen" in text(decide(anna, "adopt_in_meeting", meeting, town.plan)).lower()
    decide(anna, "set_aside", meeting, town.plan, money="60 000", staff_hours="40,5")
    decide(anna, "set_reporting_days", meeting, town.plan, opened=opened(anna, meeting, town), on_1="2027-03-01", what_1="Läget")
    decide(anna, "settle_in_meeting", meeting, town.decision)
    values = plan_values(head_of(town))
    assert (head_of(town).adopted_on, values.follow_up.money, float(values.follow_up.staff_hours)) == (date(2026, 11, 23), 60_000, 40.5)
    assert [(one.on, one.what) for one in values.follow_up.informed_on] == [(date(2027, 3, 1), "Läget")]
    assert town.decision not in {one.id for one in open_decisions(town.partnership)}
    assert len(lines(town.partnership, meeting)) == 4
    assert "Vi beslutar så" in text(anna.get(reverse("outcomes", args=[meeting])))


def opened(client: Client, meeting: UUID, town: Town) -> str:
    html = client.get(reverse("set_reporting_days", args=[meeting, town.plan])).content.decode()
    return next(given.get("value") or "" for _, given in Page(html).tags if given.get("name") == "opened")


def test_days_that_somebody_else_has_changed_are_not_written_over(town: Town, anna: Client) -> None:
    meeting = steering_meeting(town)
    before = [one.on for one in plan_values(head_of(town)).follow_up.informed_on]
    html = text(decide(anna, "set_reporting_days", meeting, town.plan, opened="2020-01-01", on_1="2027-03-01"))
    assert "Någon annan har ändrat dagarna" in html
    assert [one.on for one in plan_values(head_of(town)).follow_up.informed_on] == before and not lines(town.partnership, meeting)


@pytest.mark.parametrize(("name", "sent"), [
    ("adopt_in_meeting", {"words": ""}), ("adopt_in_meeting", {"words": "x" * 2001}), ("adopt_in_meeting", {"point": str(uuid4())}),
    ("adopt_in_meeting", {"words": "Ring 19811218-9876"}), ("set_aside", {}), ("set_aside", {"money": "mycket"}), ("set_aside", {"money": "-1"}),
    ("set_reporting_days", {"on_1": "i mars"}), ("set_reporting_days", {"what_1": "Läget"})])
def test_a_decision_that_is_not_whole_is_shown_again_and_does_nothing(name: str, sent: dict[str, str], town: Town, anna: Client) -> None:
    meeting = steering_meeting(town)
    before = Event.objects.count()
    assert decide(anna, name, meeting, town.plan, **sent).status_code == 400
    assert Event.objects.count() == before


def test_a_working_group_or_a_closed_meeting_decides_nothing(town: Town, anna: Client) -> None:
    for meeting, words in ((live_meeting(town).meeting, "Bara en styrgrupp"), (closed_meeting(town)["meeting"], "Mötet pågår inte")):
        before = Event.objects.count()
        assert words in text(decide(anna, "adopt_in_meeting", meeting, town.plan))
        assert Event.objects.count() == before and "Anta planen" not in text(anna.get(reverse("outcomes", args=[meeting])))


def test_a_plan_of_another_partnership_is_not_adopted_here(town: Town, anna: Client) -> None:
    meeting = steering_meeting(town)
    assert decide(anna, "adopt_in_meeting", meeting, town.elsewhere_plan).status_code == 404
    assert anna.get(reverse("settle_in_meeting", args=[meeting, uuid4()])).status_code == 404


def test_a_decision_that_was_settled_meanwhile_is_told_and_no_word_is_lost(town: Town, anna: Client) -> None:
    meeting, other = steering_meeting(town), steering_meeting(town)
    form = {"words": "Ja, gör det", "point": "", "once": uuid4().hex}
    for _ in range(2):
        assert anna.post(reverse("settle_in_meeting", args=[meeting, town.decision]), form).status_code == 302
    assert len(lines(town.partnership, meeting)) == 1
    assert "redan avgjort" in text(anna.get(reverse("settle_in_meeting", args=[other, town.decision]), follow=True))
    late = decide(anna, "settle_in_meeting", other, town.decision, words="Nej, vänta")
    assert late.status_code == 400 and "Nej, vänta" in text(late) and not lines(town.partnership, other)


def test_an_assignment_goes_into_the_plan_and_is_followed_there(town: Town, anna: Client) -> None:
    made = closed_meeting(town)
    address = reverse("put_in_plan", args=[made["meeting"], made["row"]])
    assert "Bo blir ansvarig" in text(anna.get(address))
    sent = {"plan": str(town.plan), "cause": str(town.cause), "text": "Byt lampan", "once": uuid4().hex}
    assert "Byt lampan" in text(anna.post(address, sent, follow=True))
    assert "ligger redan i planen" in text(anna.post(address, {**sent, "once": uuid4().hex}, follow=True))
    assert sum(one.text == "Byt lampan" for one in plan_values(head_of(town)).actions) == 1
    assert "Ligger i planen" in text(anna.get(reverse("minutes", args=[made["meeting"]])))


def test_an_assignment_of_another_meeting_or_with_another_plans_cause_is_refused(town: Town, anna: Client) -> None:
    made, other = closed_meeting(town), live_meeting(town).meeting
    assert anna.get(reverse("put_in_plan", args=[other, made["row"]])).status_code == 404
    plans = [str(one) for one in (town.plan, town.elsewhere_plan)]
    for plan, cause in ((plans[1], ""), (plans[0], str(uuid4()))):
        answer = anna.post(reverse("put_in_plan", args=[made["meeting"], made["row"]]), {"plan": plan, "cause": cause, "text": "X", "once": uuid4().hex})
        assert answer.status_code == 400
