"""Mending from the plan check leads back to the check; nobody can be led anywhere else."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.catalog.load import rules
from samsyn.chain.check import check
from samsyn.records.follow_up.reads import plan_values
from samsyn.records.plan.reads import plan_head
from samsyn.web.parts.returning import RETURN_TO, own_address, returning
from tests.web.conftest import TODAY, Town
from tests.web.html_page import Page

HOSTILE = [
    "", "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "/%5cevil.example", "javascript:alert(1)",
    "/planer/\n", "/planer/\r\nSet-Cookie: x=1", "http:/planer/", " /planer/", "/logga-ut/", "/installningar/", "/planer/../logga-ut/", "/.//evil.example",
    "/planer/é", "//[", "/?" + "a=1&" * 40, "/" + "a" * 900, "/@evil.example", "/#<script>", "/?x#" + "a" * 90, "/planer/ny/", "/healthz", "evil.example",
    "/planer/not-a-plan/kollen/", "\x00/", "/\t/evil.example", "data:text/html,x", "/;//evil.example",
]


@pytest.mark.parametrize("asked", HOSTILE)
def test_an_address_that_is_not_one_of_ours_counts_as_nothing(asked: str) -> None:
    assert own_address(asked, None) == ""


@pytest.mark.parametrize("plan", [None, UUID(int=7)])
def test_an_address_of_ours_is_kept_with_its_query_and_place(plan: UUID | None) -> None:
    address = reverse("plan_check", args=[UUID(int=7)]) + "?rattat=atgard-utan-mal&rad=1#rattat"
    assert own_address(address, plan) == address
    assert own_address("/?sida=2", plan) == "/?sida=2"
    assert own_address("/?x=%0d%0aSet-Cookie:y", plan) == "/?x=%0D%0ASet-Cookie%3Ay"
    assert own_address(address, UUID(int=8)) == "", "the same page of another plan"


def test_a_way_back_is_never_carried_within_a_way_back() -> None:
    assert own_address("/?tillbaka=//evil.example&a=1", None) == "/?a=1"


def test_every_page_that_may_be_returned_to_is_one() -> None:
    from samsyn.site.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} >= RETURN_TO


def test_the_way_back_stands_before_the_place_on_the_page() -> None:
    assert returning("/a/?orsak=1#id_text", "/b/?c=d#e") == "/a/?orsak=1&tillbaka=%2Fb%2F%3Fc%3Dd%23e#id_text"
    assert returning("/a/#id_text", "") == "/a/#id_text"


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_saved_form_never_leads_away(town: Town, anna: Client, asked: str) -> None:
    page = reverse("add_problem", args=[town.plan]) + f"?tillbaka={quote(asked)}"
    answer = anna.post(page, {"title": "Ett nytt problem", "once": uuid4().hex})
    assert answer.status_code == 302 and answer["Location"] == reverse("board", args=[town.plan])


def test_saving_from_the_check_leads_back_to_it_and_says_how_much_is_left(town: Town, anna: Client) -> None:
    head = plan_head(town.partnership, town.plan)
    assert head
    before = check(plan_values(head), TODAY)
    remark = next(r for r in before.remarks if r.kind == "action" and r.field == "late_reason")
    links = [given.get("href") or "" for tag, given in Page(anna.get(reverse("plan_check", args=[town.plan])).content.decode()).tags if tag == "a"]
    link = next(one for one in links if remark.id in one and one.endswith("#id_late_reason"))
    page = link.partition("#")[0]
    shown = anna.get(page)
    form = shown.context["form"]
    sent = {name: value for name, value in ((n, form[n].value()) for n in form.fields) if value not in (None, "")}
    answer = anna.post(page, {**sent, "late_reason": "Leveransen dröjde", "once": uuid4().hex})
    assert answer.status_code == 302
    slug = rules()[remark.rule].slug
    assert answer["Location"] == reverse("plan_check", args=[town.plan]) + f"?rattat={slug}&rad={remark.id}#rattat"
    told = anna.get(answer["Location"].partition("#")[0]).content.decode()
    assert "Åtgärden är sparad." not in told, "said once"
    assert f"Rättat. {len(before.remarks) - 1} anmärkningar kvar." in told and told.count('id="rattat"') == 1


def test_coming_back_without_having_mended_says_so(town: Town, anna: Client) -> None:
    head = plan_head(town.partnership, town.plan)
    assert head
    remark = check(plan_values(head), TODAY).remarks[0]
    told = anna.get(reverse("plan_check", args=[town.plan]), {"rattat": rules()[remark.rule].slug, "rad": remark.id}).content.decode()
    assert "Det saknas fortfarande något här." in told and "Rättat." not in told


def test_a_rule_that_does_not_exist_is_not_answered(town: Town, anna: Client) -> None:
    assert 'id="rattat"' not in anna.get(reverse("plan_check", args=[town.plan]), {"rattat": "<b>x</b>"}).content.decode()


def test_the_old_english_address_of_a_rule_leads_on_for_good(town: Town, anna: Client) -> None:
    answer = anna.get(reverse("plan_rule", args=[town.plan, "action-without-cause"]))
    assert answer.status_code == 301 and answer["Location"].endswith("/kollen/atgard-utan-orsak/")
    assert anna.get(answer["Location"]).status_code == 200
    assert anna.get(reverse("plan_rule", args=[town.plan, "atgard-utan-nagot"])).status_code == 404
