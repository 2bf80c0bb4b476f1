"""The decision stands on the paper of the adopted version, and its wording can be corrected with a reason."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.records.follow_up.reads import adopted_plan, adoptions
from samsyn.records.plan.reads import plan_head
from tests.web.conftest import TODAY, Town

EARLIER = date(2026, 11, 20)


@pytest.fixture
def adopted(town: Town, anna: Client) -> Any:
    """An adoption whose decision was written wrongly."""
    anna.post(reverse("adopt", args=[town.plan]), {"adopted_on": TODAY.isoformat(), "body": "Styrgruppen", "decision": "§ 7", "once": uuid4().hex})
    return next(one for one in adoptions(town.partnership, town.plan) if one.decision == "§ 7")


def on_paper(content: bytes) -> str:
    from pypdf import PdfReader

    return " ".join((PdfReader(io.BytesIO(content)).pages[0].extract_text() or "").split())


def corrects(anna: Client, town: Town, adoption: Any, **said: str) -> Any:
    sent = {"adopted_on": EARLIER.isoformat(), "body": "Kommunstyrelsen", "decision": "§ 14", "why": "Fel paragraf", "once": uuid4().hex, **said}
    return anna.post(reverse("correct_adoption", args=[town.plan, adoption.id]), sent)


def test_the_paper_begins_with_the_decision(town: Town, anna: Client, adopted: Any) -> None:
    paper = on_paper(anna.get(reverse("adopted_pdf", args=[town.plan, adopted.id])).content)
    before_the_finding = paper.partition("Var står vi?")[0]
    assert "Antagen 2026-11-23 av Styrgruppen" in before_the_finding
    assert "Beslut: § 7" in before_the_finding and "Inskrivet i Samsyn 2026-11-23 av Anna" in before_the_finding


def test_so_does_the_word_file_but_no_other_report(town: Town, anna: Client, adopted: Any) -> None:
    from docx import Document

    def words(address: str) -> str:
        return "\n".join(p.text for p in Document(io.BytesIO(anna.get(address).content)).paragraphs)

    said = words(reverse("adopted_docx", args=[town.plan, adopted.id]))
    assert "Antagen 2026-11-23 av Styrgruppen" in said and "Beslut: § 7" in said
    assert "Antagen 2026-11-23" not in words(reverse("report_docx", args=[town.plan]))


def test_a_corrected_decision_is_on_the_paper_and_the_old_wording_is_kept(town: Town, anna: Client, adopted: Any) -> None:
    before = adopted_plan(town.partnership, town.plan, adopted.id)
    assert corrects(anna, town, adopted).status_code == 302
    (newest,) = [one for one in adoptions(town.partnership, town.plan) if one.corrects == adopted.id]
    paper = on_paper(anna.get(reverse("adopted_pdf", args=[town.plan, newest.id])).content)
    assert "Antagen 2026-11-20 av Kommunstyrelsen" in paper and "Rättat 2026-11-23 av Anna: Fel paragraf." in paper
    page = anna.get(reverse("adopted", args=[town.plan])).content.decode()
    assert "§ 14" in page and "§ 7" in page.partition("Så stod det förut")[2] and "Fel paragraf" in page
    assert adopted_plan(town.partnership, town.plan, adopted.id) == before, "the row that is corrected stays as it was"
    head = plan_head(town.partnership, town.plan)
    assert head is not None and head.adopted_on == EARLIER


def test_a_correction_says_why(town: Town, anna: Client, adopted: Any) -> None:
    assert corrects(anna, town, adopted, why="").status_code == 400
    assert not [one for one in adoptions(town.partnership, town.plan) if one.corrects]


def test_what_is_corrected_already_is_not_corrected_twice(town: Town, anna: Client, adopted: Any) -> None:
    corrects(anna, town, adopted)
    again = corrects(anna, town, adopted, why="En gång till")
    assert again.status_code == 302
    assert len([one for one in adoptions(town.partnership, town.plan) if one.corrects]) == 1
    assert anna.get(reverse("correct_adoption", args=[town.plan, uuid4()])).status_code == 404


def test_words_taken_out_leave_the_decision_on_the_paper_too(town: Town, anna: Client) -> None:
    from samsyn.flows.redacting import take_out
    from samsyn.records.access.acts import Actor, ActorKind
    from tests.web.conftest import NOW

    anna.post(reverse("adopt", args=[town.plan]), {"adopted_on": TODAY.isoformat(), "body": "Styrgruppen", "decision": "§ 7, mot Glenn Hysteriks röst",
                                                   "once": uuid4().hex})
    adoption = next(one for one in adoptions(town.partnership, town.plan) if "Glenn" in one.decision)
    take_out(partnership=town.partnership, words=["Glenn Hysterik"], originals=(), why="Fel person", actor=Actor(ActorKind.JOB, "test", "Test"), at=NOW)
    found = adopted_plan(town.partnership, town.plan, adoption.id)
    assert found is not None
    paper = on_paper(found[1])
    assert "Glenn" not in paper and "Antagen 2026-11-23 av Styrgruppen" in paper and "[borttaget]" in paper
