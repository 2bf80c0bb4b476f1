"""An export that is read in again without saying where does not become a second plan."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samsyn.records.plan.reads import plan_heads
from tests.web.conftest import Town


def test_the_plan_it_came_from_is_chosen_and_a_new_one_must_be_asked_for(town: Town, anna: Client) -> None:
    made = anna.get(reverse("plan_file", args=[town.plan, "xlsx"])).content
    before = len(plan_heads(town.partnership))
    answer = anna.post(reverse("upload"), {"file": SimpleUploadedFile("plan.xlsx", made)}, follow=True)
    html = answer.content.decode()
    assert "Raderna finns redan i en plan" in html and str(town.plan) in html
    assert "Raderna finns redan i en plan" not in anna.get(answer.redirect_chain[-1][0] + "?ny=1").content.decode()
    assert len(plan_heads(town.partnership)) == before
