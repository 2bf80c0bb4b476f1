"""An export that is read in again: the difference is shown, chosen from and written, and nothing becomes double."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.flows.exported import edited, in_details, plan_now, replaced, with_row, without_row
from tests.web.conftest import NOW, Town

from samsyn.records.editing import Edit
from samsyn.records.follow_up.reads import editable
from samsyn.records.plan import writes
from samsyn.records.plan.reads import plan_heads
from samsyn.records.source import reads

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<input type="checkbox" name="([^"]+)" value="([^"]+)"[^>]*?( checked)?>')
RING = re.compile(r'<input type="radio" name="(ask:[^"]+)" value="([^"]+)"[^>]*?( checked)?>')


def taken_out(client: Client, plan: UUID) -> bytes:
    return bytes(client.get(reverse("plan_file", args=[plan, "xlsx"])).content)


def send(client: Client, content: bytes, name: str = "plan från Lo.xlsx", **more: Any) -> Any:
    return client.post(reverse("upload"), {"file": SimpleUploadedFile(name, content), **more}, follow=True)


def text_of(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def ticked(page: HttpResponse) -> dict[str, str]:
    return {name: value for name, value, is_on in BOX.findall(page.content.decode()) if is_on}


def take_in(client: Client, town: Town, page: Any, **more: str) -> Any:
    """Send the page's form as it stands, with what is given besides."""
    run = reads.runs(town.partnership)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(once|plan)" value="([^"]+)"', page.content.decode()))
    return client.post(reverse("preview", args=[run.id]), {**ticked(page), **hidden, "act": "apply", **more}, follow=True)


def one_action(town: Town) -> Any:
    """An action whose responsible and text stand on no other row."""
    plan = plan_now(town, town.plan)
    who = [action.responsible for action in plan.actions]
    return next(action for action in plan.actions if len(action.text) > 12 and action.responsible and who.count(action.responsible) == 1)


def change_responsible(town: Town, action: Any, name: str) -> None:
    from tests.flows.brought import actor

    held = editable(town.partnership, town.plan, "action", UUID(action.id))
    assert held is not None
    writes.change_action(partnership=town.partnership, action=held.id, edit=Edit(values={"responsible": name}, base={}, version=held.version),
                         actor=actor(town, "Bo"), at=NOW)


def responsible_of(town: Town, action: Any) -> str:
    return str(next(one.responsible for one in plan_now(town, town.plan).actions if one.id == action.id))


def test_an_untouched_export_has_nothing_to_accept_and_one_way_back(town: Town, anna: Client) -> None:
    before, files = len(plan_heads(town.partnership)), len(reads.runs(town.partnership))
    answer = send(anna, taken_out(anna, town.plan))
    body = answer.content.decode()
    main = body[body.index("<main"):body.index("</main")]
    assert "Inget är ändrat" in text_of(answer)
    assert re.findall(r'<a class="btn[^>]*href="([^"]+)"', main) == [reverse("board", args=[town.plan])]
    assert "<form" not in main
    assert (len(plan_heads(town.partnership)), len(reads.runs(town.partnership))) == (before, files)


def test_the_export_says_the_day_it_was_taken_out(town: Town, anna: Client) -> None:
    assert "2026-11-23" in text_of(send(anna, taken_out(anna, town.plan)))


def test_changes_are_shown_with_both_texts_and_go_in_with_one_click(town: Town, anna: Client) -> None:
    action = one_action(town)
    content = edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek"), with_row("1", "Städa kajen varje vecka", "", "", "Lo Ling", ""))
    page = send(anna, content)
    assert page.redirect_chain[-1][0].startswith(reverse("upload"))
    assert f">{action.responsible}</del>" in page.content.decode() and ">Ellen Ek</ins>" in page.content.decode()
    assert {name.rpartition(":")[2] for name in ticked(page) if name.startswith("change:")} == {"responsible"}
    assert [name.partition(":")[0] for name in ticked(page)].count("new") == 1
    done = take_in(anna, town, page)
    assert done.redirect_chain[-1][0].endswith("/klart/")
    assert "Planen är ändrad" in text_of(done) and "Ellen Ek" in text_of(done) and "Blad Plan, rad" in text_of(done)
    assert responsible_of(town, action) == "Ellen Ek"
    assert "Städa kajen varje vecka" in {one.text for one in plan_now(town, town.plan).actions}
    past = text_of(anna.get(reverse("action", args=[town.plan, action.id])))
    assert "läste in ändringar ur filen plan från Lo.xlsx" in past


def test_a_row_that_is_gone_is_not_ticked(town: Town, anna: Client) -> None:
    action = one_action(town)
    page = send(anna, edited(taken_out(anna, town.plan), without_row(action.text)))
    boxes = {name: is_on for name, _, is_on in BOX.findall(page.content.decode())}
    assert boxes[f"gone:action:{action.id}"] == ""
    assert "Borta ur filen" in text_of(page)


def test_a_field_both_have_changed_is_shown_with_three_texts_and_none_chosen(town: Town, anna: Client) -> None:
    action = one_action(town)
    content = edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek"))
    change_responsible(town, action, "Maj Moe")
    page = send(anna, content)
    rings = RING.findall(page.content.decode())
    assert [is_on for _, _, is_on in rings] == ["", ""]
    assert not ticked(page)
    assert f"När filen togs ut: {action.responsible}" in text_of(page)
    assert "Maj Moe" in text_of(page) and "Ellen Ek" in text_of(page)
    nothing = take_in(anna, town, page)
    assert (nothing.status_code, "Du har inte valt något" in text_of(nothing)) == (422, True)
    name, value, _ = rings[0]
    take_in(anna, town, page, **{name: value})
    assert responsible_of(town, action) == "Ellen Ek"


def test_a_plan_that_changed_while_somebody_read_is_shown_again(town: Town, anna: Client) -> None:
    action = one_action(town)
    page = send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek"),
                             with_row("1", "Städa kajen varje vecka", "", "", "Lo Ling", "")))
    change_responsible(town, action, "Maj Moe")
    again = take_in(anna, town, page)
    assert again.status_code == 409
    assert "Planen har ändrats medan du läste" in text_of(again)
    assert responsible_of(town, action) == "Maj Moe"
    assert [name.partition(":")[0] for name in ticked(again)] == ["new"]  # what still means the same is still chosen
    assert RING.findall(again.content.decode())
    take_in(anna, town, again)
    assert responsible_of(town, action) == "Maj Moe"
    assert "Städa kajen varje vecka" in {one.text for one in plan_now(town, town.plan).actions}


def test_a_double_click_writes_once(town: Town, anna: Client) -> None:
    page = send(anna, edited(taken_out(anna, town.plan), with_row("1", "Städa kajen varje vecka", "", "", "Lo Ling", "")))
    first, second = take_in(anna, town, page), take_in(anna, town, page)
    assert first.redirect_chain[-1] == second.redirect_chain[-1]
    assert [one.text for one in plan_now(town, town.plan).actions].count("Städa kajen varje vecka") == 1


def test_it_is_taken_back_for_thirty_days(town: Town, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    action = one_action(town)
    take_in(anna, town, send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek"))))
    run = reads.runs(town.partnership)[0].id
    shown = anna.get(reverse("import_done", args=[run]))
    assert "Du kan ångra hela inläsningen till och med 2026-12-23" in text_of(shown)
    after = anna.post(reverse("take_back", args=[run]), {"once": "b1"}, follow=True)
    assert "Planen är som före inläsningen" in text_of(after)
    assert responsible_of(town, action) == action.responsible


def test_another_plan_of_the_same_partnership_is_named_and_asked_about(town: Town, anna: Client) -> None:
    from tests.flows.brought import actor

    other = writes.add_plan(partnership=town.partnership, values={"name": "Hamnen 2027"}, actor=actor(town), at=NOW)
    action = one_action(town)
    content = edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek"))
    asked = send(anna, content, plan=str(other.id))
    assert "Vilken plan gäller filen?" in text_of(asked)
    run = reads.runs(town.partnership)[0].id
    address = reverse("preview", args=[run])
    there = anna.get(address, {"plan": str(town.plan), "vald": "1"})
    assert ">Ellen Ek</ins>" in there.content.decode()
    here = anna.get(address, {"plan": str(other.id), "vald": "1"})
    assert "Raderna har id från en annan plan" in text_of(here)


def test_a_file_from_another_town_says_nothing_of_that_town(town: Town, anna: Client, enter: Any) -> None:
    erik = enter("Erik")
    theirs = taken_out(erik, town.elsewhere_plan)
    invented = edited(theirs, in_invented_plan)
    pages = [text_of(send(anna, content)) for content in (theirs, invented)]
    assert "Filen kommer från en annan plan" in pages[0]
    assert "finns inte här" in pages[0] or "inte finns här" in pages[0]
    without_times = [re.sub(r"\S*\d{2}[.:]\d{2}\S*", "", page) for page in pages]
    assert without_times[0] == without_times[1]
    run = reads.runs(town.partnership)[0].id
    assert anna.post(reverse("preview", args=[run]), {"act": "apply", "plan": str(town.elsewhere_plan)}).status_code == 404


def in_invented_plan(book: Any) -> None:
    """Give the plan of an export an id that no plan has."""
    for row in book["Detaljer"].iter_rows():
        if row[0].value == "Planens id":
            row[1].value = "abcdefghijklmnopabcdefghijklmnop"


def test_its_rows_can_still_become_a_new_plan(town: Town, anna: Client) -> None:
    action = one_action(town)
    send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek")))
    run = reads.runs(town.partnership)[0].id
    body = anna.get(reverse("preview", args=[run]), {"ny": "1"}).content.decode()
    assert "Vad ska planen heta?" in body


def test_an_import_whose_rows_are_all_known_says_so_and_leads_to_the_plan(town: Town, anna: Client) -> None:
    plan = plan_now(town, town.plan)
    rows = "\n".join(f"{next(c.text for c in plan.causes if c.id == action.causes[0])}\t{action.text}"
                     for action in plan.actions if action.causes and "\n" not in action.text)
    answer = anna.post(reverse("upload"), {"paste": f"Orsak\tÅtgärd\n{rows}", "plan": str(town.plan)}, follow=True)
    body = answer.content.decode()
    assert "Alla rader finns redan i planen" in text_of(answer)
    assert "Raderna hamnar i" not in text_of(answer)
    main = body[body.index("<main"):]
    assert f'href="{reverse("board", args=[town.plan])}">Öppna' in main


def test_the_pages_say_how_long_a_file_waits(town: Town, anna: Client) -> None:
    action = one_action(town)
    shown = send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek")))
    assert "2026-12-07" in text_of(shown) and "14 dagar" in text_of(shown)
    ordinary = anna.post(reverse("upload"), {"paste": "Orsak\tÅtgärd\n1. Mörkt\tByt lampor"}, follow=True)
    assert "2026-12-07" in text_of(ordinary) and "14 dagar" in text_of(ordinary)


def test_a_file_nobody_took_in_is_dropped_after_fourteen_days_and_no_sooner(town: Town, anna: Client) -> None:
    from samsyn.cli.nightly import drop_old_files
    from samsyn.records.source.models import SourceFile

    send(anna, edited(taken_out(anna, town.plan), in_details("Plan", "Kort om planen", "En ny sammanfattning")))
    run = reads.runs(town.partnership)[0]
    drop_old_files(NOW + timedelta(days=13, hours=23))
    assert reads.original(town.partnership, run.id) is not None
    assert drop_old_files(NOW + timedelta(days=14, minutes=1)) >= 1
    dropped = reads.run(town.partnership, run.id)
    assert dropped is not None
    assert (reads.original(town.partnership, run.id), dropped.reading, dropped.sha256) == (None, None, run.sha256)
    assert SourceFile.objects.within(town.partnership).get(runs=run.id).content is None
    assert drop_old_files(NOW + timedelta(days=15)) == 0
    assert anna.get(reverse("import_done", args=[run.id])).status_code == 200


def test_what_has_gone_into_a_plan_is_never_dropped(town: Town, anna: Client) -> None:
    from samsyn.cli.nightly import drop_old_files

    action = one_action(town)
    take_in(anna, town, send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek"))))
    run = reads.runs(town.partnership)[0].id
    drop_old_files(NOW + timedelta(days=400))
    assert reads.original(town.partnership, run) is not None


@pytest.mark.parametrize(("name", "status"), [("Rut", 403), ("Carin", 403), ("Bo", 403), ("Erik", 404)])
def test_only_who_may_bring_files_sees_and_takes_in_a_difference(town: Town, anna: Client, enter: Any, name: str, status: int) -> None:
    action = one_action(town)
    page = send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek")))
    run = reads.runs(town.partnership)[0].id
    other = enter(name)
    assert other.get(reverse("preview", args=[run])).status_code == status
    assert other.post(reverse("preview", args=[run]), {**ticked(page), "act": "apply", "plan": str(town.plan)}).status_code == status
    assert responsible_of(town, action) == action.responsible


def test_a_made_up_choice_writes_nothing(town: Town, anna: Client) -> None:
    action = one_action(town)
    page = send(anna, edited(taken_out(anna, town.plan), replaced(action.responsible, "Ellen Ek")))
    answer = take_in(anna, town, page, **{f"change:action:{town.other_action}:text": "0" * 12, "ask:x": "y.z"})
    assert answer.status_code == 409
    assert responsible_of(town, action) == action.responsible
