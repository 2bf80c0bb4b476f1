"""What holds for every form: nothing harmful is kept, nothing is doubled, nothing written is lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samsyn.records.access.models import Event
from tests.web.conftest import Town
from tests.web.form_walk import Found, forms_of, pages_of
from tests.web.html_page import Page, post_forms

Enter = Callable[..., Client]
NUMBER = "701063-2391"  # Skatteverket's own example
REFUSED = "Här står ett personnummer"
LOG = {"access_event", "access_change", "access_currentact", "access_idempotencykey", "django_session"}
SOUND = (200, 302)  # an invitation is answered with its link, everything else with "go on"


def sends(client: Client, found: Found, values: dict[str, Any]) -> Any:
    return client.post(found.address, values)


def counted() -> dict[str, int]:
    """Return how many rows every table has, apart from the log."""
    with connection.cursor() as cursor:
        counts = {}
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in LOG:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
                counts[table] = cursor.fetchone()[0]
    return counts


def faults_in(response: Any) -> list[str]:
    return re.findall('class="err".*?</p>', response.content.decode()) or [Page(response.content.decode()).title]


def written(queries: CaptureQueriesContext) -> str:
    return "\n".join(q["sql"] for q in queries if not q["sql"].startswith("SELECT"))


def test_the_walk_finds_the_forms(town: Town, anna: Client) -> None:
    names = {found.name for found in forms_of(anna, town)}
    assert {"quick_add", "add_action", "change_action", "add_problem", "change_problem", "add_cause", "change_cause", "add_goal", "change_goal",
            "new_plan", "change_plan", "check_in", "set_face", "add_step", "change_step", "silence", "ask_decision", "change_decision", "invite",
            "change_me", "save_report", "redact"} <= names


def test_every_form_can_be_sent(town: Town, anna: Client) -> None:
    for found in forms_of(anna, town):
        if found.name == "change_me" and "old" in found.form.fields:
            continue
        response = sends(anna, found, found.values())
        assert response.status_code in SOUND, f"{found.name}: {faults_in(response)}"


def test_a_personal_number_is_refused_in_every_text_and_stored_nowhere(town: Town, anna: Client) -> None:
    tried = 0
    for found in forms_of(anna, town):
        for field in found.texts:
            before = Event.objects.count()
            with CaptureQueriesContext(connection) as queries:
                response = sends(anna, found, found.values(**{field.name: f"Ring {NUMBER}"}))
            assert response.status_code in (200, 400, 422), f"{found.name}.{field.name} let it through"
            assert REFUSED in response.content.decode(), f"{found.name}.{field.name}"
            assert NUMBER not in written(queries) and Event.objects.count() == before, f"{found.name}.{field.name}"
            tried += 1
    assert tried > 60


def test_what_somebody_writes_is_never_markup(town: Town, anna: Client) -> None:
    tried = []
    for found in sorted(forms_of(anna, town), key=lambda one: one.name == "reassign"):  # last: it changes rows that other forms are open for
        texts = {f.name: f"x{len(tried) + n}<img src=x onerror=alert(1)>'\"</textarea></script>{{{{ 7 }}}}" for n, f in enumerate(found.texts)
                 if int(f.attributes.get("maxlength") or 999) > 80}
        if not texts or found.name == "redact":
            continue
        response = sends(anna, found, found.values(**texts))
        assert response.status_code in SOUND, f"{found.name}: {faults_in(response)}"
        assert "<img src=x" not in response.content.decode(), found.name
        tried += [(f"{found.name}.{name}", text[: text.index("<")]) for name, text in texts.items()]
    pages = pages_of(anna, town)
    everything = "".join(pages.values())
    for address, html in pages.items():
        assert "<img src=x" not in html and "onerror=alert(1)>" not in html, address
        assert not any(name.startswith("on") for _, given in Page(html).tags for name in given), address
    assert len(tried) > 60
    unseen = [name for name, mark in tried if f"{mark}&lt;img" not in everything]
    # what was taken over by a later form of the same row, or shows on a page that the walk does not open
    assert len(unseen) < len(tried) / 2, unseen


def test_the_same_form_sent_twice_adds_once(town: Town, anna: Client) -> None:
    for found in forms_of(anna, town):
        values = found.values()
        if found.name == "change_me":
            continue
        before = counted()
        assert sends(anna, found, values).status_code in SOUND, found.name
        once = counted()
        again = sends(anna, found, values)
        may_be_gone = bool({("act", "settle"), ("act", "dissolve"), ("act", "remove")} & set(found.form.buttons))
        assert again.status_code in SOUND or (may_be_gone and again.status_code == 404), found.name
        assert counted() == once, found.name
        if found.name.startswith(("add_", "quick", "new_", "ask", "save", "check_in", "invite")):
            assert once != before, f"{found.name} added nothing"


def test_something_wrong_keeps_what_was_written(town: Town, anna: Client) -> None:
    tried = 0
    for found in forms_of(anna, town):
        wrong = _wrong(found)
        if wrong is None:
            continue
        words = {f.name: f"ord{n}zz" for n, f in enumerate(found.texts) if f.name not in wrong}
        before = counted()
        response = sends(anna, found, {**found.values(**words), **wrong})
        html = response.content.decode()
        assert response.status_code in (200, 400, 422), found.name
        shown = {name: f.values for form in post_forms(html) for name, f in form.fields.items()}
        for name, text in {**words, **wrong}.items():
            assert not text or shown.get(name) == [text], f"{found.name}.{name}: {shown.get(name)}"
        assert 'role="alert"' in html or 'class="err"' in html, found.name
        assert 'aria-invalid="true"' in html and "_fault" in html, found.name
        assert counted() == before, found.name
        tried += 1
    assert tried > 14


def _wrong(found: Found) -> dict[str, str] | None:
    """Return a fault for the form: a date that is none, a number in words, an address without @, or nothing where something must be."""
    for field in found.form.fields.values():
        if field.kind == "date":
            return {field.name: "2026-13-45"}
        if field.attributes.get("inputmode") in ("decimal", "numeric"):
            return {field.name: "tolv"}
        if field.kind == "email":
            return {field.name: "inte en adress"}
    required = next((f for f in found.texts if "required" in f.attributes), None)
    return {required.name: ""} if required else None


@pytest.mark.parametrize("typed", ["12,5", "12.5", "1 000", "1\u00a0000", "1\u202f000", "0", "0,5"])
def test_numbers_are_read_as_people_here_write_them(typed: str, town: Town, anna: Client) -> None:
    response = anna.post(reverse("check_in", args=[town.plan, town.bo_action]), {"text": "x", "hours": typed})
    assert response.status_code == 302


@pytest.mark.parametrize("typed", ["1.234", "1_000", "١٢", "-3", "\u22123", "1e5", "NaN", "inf", "12,5,5", "tolv", "99999999999999", "0x10", "½"])
def test_numbers_that_could_mean_anything_are_asked_about(typed: str, town: Town, anna: Client) -> None:
    response = anna.post(reverse("check_in", args=[town.plan, town.bo_action]), {"text": "x", "hours": typed})
    assert response.status_code == 200
    assert "id_hours_fault" in response.content.decode()


@pytest.mark.parametrize("typed", ["2026-02-30", "21/11/2026", "0001-01-01", "9999-12-31", "imorgon", "2026-11-21T10:00", "20261121"])
def test_dates_that_cannot_be_meant_are_asked_about(typed: str, town: Town, anna: Client) -> None:
    response = anna.post(reverse("quick_add", args=[town.plan]), {"text": "En åtgärd", "due_on": typed})
    assert response.status_code == 400
    assert typed in response.content.decode()


@pytest.mark.parametrize("sent", [
    {"base": "{"}, {"base": "[]"}, {"base": "1"}, {"base": "null"}, {"base": '{"text": 5, "causes": "x", "due_on": [], "hours": {}}'},
    {"version": "tolv"}, {"version": "-1"}, {"version": "99999999999999999999"}, {"version": "1.5"}, {"causes": ["inte ett id", "inte ett id"]},
    {"causes": ["00000000-0000-0000-0000-000000000000"]}, {"track": "annat"}, {"text": "\x00"}, {"text": "x" * 6000}, {"once": "x" * 100},
    {"pick_text": "hack"}, {"pick_": "mine"}, {"pick_text": "mine"}])
def test_a_form_that_somebody_has_tampered_with_is_no_fault_page(sent: dict[str, Any], town: Town, anna: Client) -> None:
    address = reverse("change_action", args=[town.plan, town.bo_action])
    (form,) = [f for f in post_forms(anna.get(address).content.decode()) if "track" in f.fields]
    anna.post(address, {**form.values(), "text": "Någon annans ord", "once": "en-annan"})  # so that the version is old
    response = anna.post(address, {**form.values(), **sent})
    assert response.status_code in (200, 302, 400, 409)


@pytest.mark.parametrize("query", ["?orsak=x", "?problem=x", "?rattar=x", "?sedan=x", "?sedan=9999-12-31", "?sedan=0001-01-01",
                                   "?vy=x&lage=x&klart=x&sok=%00&ansvarig=%ff", "?sida=x", "?sida=-1", "?sida=99999999999999999999", "?plan=x"])
def test_an_address_that_somebody_has_tampered_with_is_no_fault_page(query: str, town: Town, anna: Client) -> None:
    from tests.web.rights import TABLE

    for row in TABLE:
        if row.method == "GET" and row.answers[-1] == 200 and "pdf" not in row.name:
            assert anna.get(reverse(row.name, kwargs=row.args(town)) + query).status_code in (200, 302, 400, 404), row


class TestTwoTexts:
    """Two people open the same form; the second to save meets the first one's words."""

    ROWS = {"change_plan": ("name", {}), "change_problem": ("title", {"row": "problem"}), "change_cause": ("text", {"row": "cause"}),
            "change_goal": ("text", {"row": "goal"}), "change_action": ("text", {"row": "bo_action"}),
            "change_step": ("text", {"row": "bo_action", "step": "step"}), "change_decision": ("text", {"row": "decision"})}

    def opened(self, client: Client, name: str, town: Town) -> tuple[str, dict[str, Any]]:
        address = reverse(name, kwargs={"plan": town.plan, **{key: getattr(town, attribute) for key, attribute in self.ROWS[name][1].items()}})
        (form,) = [f for f in post_forms(client.get(address).content.decode()) if "base" in f.fields]
        return address, {k: v for k, v in form.values().items() if v != []}

    def collided(self, name: str, town: Town, enter: Enter) -> tuple[Client, str, str]:
        field = self.ROWS[name][0]
        first, second = enter("Anna"), enter("Anna")
        address, one = self.opened(first, name, town)
        _, two = self.opened(second, name, town)
        first.post(address, {**one, field: "Den förstas ord"})
        response = second.post(address, {**two, field: "Den andras ord"})
        assert response.status_code == 409
        return second, address, response.content.decode()

    @pytest.mark.parametrize("name", ROWS)
    def test_both_texts_are_shown_and_nothing_is_saved(self, name: str, town: Town, enter: Enter) -> None:
        client, address, html = self.collided(name, town, enter)
        assert "Två har skrivit på samma ställe" in html
        assert "Den förstas ord" in html and "Den andras ord" in html and "Anna sparade medan du skrev" in html
        _, now = self.opened(client, name, town)
        assert now[self.ROWS[name][0]] == "Den förstas ord"

    @pytest.mark.parametrize("name", ROWS)
    @pytest.mark.parametrize(("pick", "expected"), [("theirs", "Den förstas ord"), ("mine", "Den andras ord"), ("together", "Båda får plats")])
    def test_the_chosen_text_is_saved(self, name: str, pick: str, expected: str, town: Town, enter: Enter) -> None:
        client, address, html = self.collided(name, town, enter)
        field = self.ROWS[name][0]
        (form,) = [f for f in post_forms(html) if f"pick_{field}" in f.fields]
        sent = {k: v for k, v in form.values().items() if v != []}
        response = client.post(form.action or address, {**sent, f"pick_{field}": pick, f"together_{field}": "Båda får plats"})
        assert response.status_code == 302, response.content.decode()[:3000]
        assert self.opened(client, name, town)[1][field] == expected

    def test_what_does_not_collide_is_saved_with_it(self, town: Town, enter: Enter) -> None:
        first, second = enter("Anna"), enter("Anna")
        address, one = self.opened(first, "change_action", town)
        first.post(address, {**one, "text": "Den förstas ord", "others": "Kim"})
        html = second.post(address, {**one, "text": "Den andras ord", "resources": "Två man", "once": "x"}).content.decode()
        (form,) = [f for f in post_forms(html) if "pick_text" in f.fields]
        sent = {k: v for k, v in form.values().items() if v != []}
        second.post(address, sent)
        _, now = self.opened(second, "change_action", town)
        assert (now["others"], now["resources"]) == ("Kim", "Två man")
        assert all(word in now["text"] for word in ("förstas", "andras"))

    def test_a_third_who_saves_meanwhile_is_not_overwritten(self, town: Town, enter: Enter) -> None:
        client, address, html = self.collided("change_action", town, enter)
        third = enter("Anna")
        _, values = self.opened(third, "change_action", town)
        third.post(address, {**values, "text": "Den tredjes ord"})
        (form,) = [f for f in post_forms(html) if "pick_text" in f.fields]
        sent = {k: v for k, v in form.values().items() if v != []}
        response = client.post(address, {**sent, "pick_text": "mine"})
        assert response.status_code == 409 and "Den tredjes ord" in response.content.decode()

    def test_different_fields_are_merged_and_it_is_said(self, town: Town, enter: Enter) -> None:
        first, second = enter("Anna"), enter("Anna")
        address, one = self.opened(first, "change_action", town)
        first.post(address, {**one, "others": "Kim"})
        response = second.post(address, {**one, "resources": "Två man", "once": "x"}, follow=True)
        assert "Någon annan ändrade samtidigt fler som medverkar; det är kvar." in response.content.decode()

    def test_a_row_removed_meanwhile_keeps_what_was_written(self, town: Town, enter: Enter) -> None:
        first, second = enter("Anna"), enter("Anna")
        address, one = self.opened(first, "change_action", town)
        first.post(reverse("remove_row", args=[town.plan, "action", town.bo_action]))
        response = second.post(address, {**one, "text": "Mina viktiga ord"})
        assert response.status_code == 404
        assert "Mina viktiga ord" in response.content.decode()


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "=HYPERLINK(\"https://elsewhere.example\")", "|cmd", "=cmd|' /C calc'!A0")


def test_no_export_ever_has_a_formula(town: Town, anna: Client) -> None:
    for text in FORMULAS:
        assert anna.post(reverse("quick_add", args=[town.plan]), {"text": text, "responsible": text}).status_code == 302
        assert anna.post(reverse("add_goal", args=[town.plan]), {"text": text, "target": text}).status_code == 302
        anna.post(reverse("invite"), {"name": text, "email": "x@x.example", "organisation": text, "role": "reader"})
    anna.post(reverse("change_me"), {"which": "name", "name": FORMULAS[0]})
    for name, args in (("plan_file", [town.plan]), ("goals_file", [town.plan]), ("remarks_file", [town.plan]), ("plans_file", []), ("members_file", [])):
        book = anna.get(reverse(name, args=[*args, "xlsx"])).content
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            sheets = [parts.read(part).decode() for part in parts.namelist() if part.startswith("xl/worksheets/")]
            assert sheets and not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets), name
        text = anna.get(reverse(name, args=[*args, "csv"])).content.decode("utf-8-sig")
        assert dangerous_cells(text) == [], name
    assert dangerous_cells('a;"=1+1"\nb;-1\n') == ["=1+1", "-1"]


def dangerous_cells(text: str) -> list[str]:
    """Return the cells of a CSV that a spreadsheet would reckon with."""
    import csv

    delimiter = ";" if ";" in text.splitlines()[0] else ","
    return [cell for line in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in line if cell[:1] and cell[0] in "=+-@\t\r"]


@pytest.mark.parametrize("name", ["å", "../../etc/passwd", 'a"b\r\nSet-Cookie: x=1', "CON", "." * 200, "💡"])
def test_a_file_to_keep_has_a_safe_name(name: str, town: Town, anna: Client) -> None:
    address = reverse("new_plan")
    response = anna.post(address, {"name": name})
    plan = response["location"].split("/")[2]
    for ending in ("xlsx", "csv"):
        said = anna.get(reverse("plan_file", args=[plan, ending]))["Content-Disposition"]
        assert re.fullmatch(rf'attachment; filename="[a-z0-9_-]+\.{ending}"', said), said


def test_a_report_is_given_as_pdf_with_the_saved_content(town: Town, anna: Client) -> None:
    anna.get(reverse("start"))
    before = anna.get(reverse("saved_report", args=[town.plan, town.report])).content
    for name, args in (("report_pdf", [town.plan]), ("saved_report_pdf", [town.plan, town.report])):
        response = anna.get(reverse(name, args=args))
        assert response.content.startswith(b"%PDF-") and response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment;")
    anna.post(reverse("change_action", args=[town.plan, town.bo_action]), {"text": "Ett helt annat ord", "track": "line", "version": 1, "base": "{}"})
    assert "Ett helt annat ord" in anna.get(reverse("report", args=[town.plan])).content.decode()
    after = anna.get(reverse("saved_report", args=[town.plan, town.report])).content
    assert re.sub(rb'value="[^"]*"', b"", before) == re.sub(rb'value="[^"]*"', b"", after)
