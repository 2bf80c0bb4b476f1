"""What the cast does in the invented town: follows, checks in, invites, writes at the same time."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Server, Watched

Picture = Callable[[Page, str], None]
PLAN = "Trygg kväll i centrum"


def go_to_board(page: Page) -> None:
    page.goto("/planer/")
    page.get_by_role("link", name=PLAN).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)


def go_to_action(page: Page, name: str) -> None:
    go_to_board(page)
    page.get_by_role("rowheader").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_handbook_pictures_of_the_town(town: Server, open_browser: Open, picture: Picture) -> None:
    """First of all, while the town is as it was filled."""
    page = open_browser(town, "Anna")
    expect(page.get_by_role("heading", name="Gör nu")).to_be_visible()
    picture(page, "start")
    go_to_board(page)
    picture(page, "tavlan")
    page.get_by_role("link", name="Se hela plankollen").click()
    expect(page.get_by_role("heading", name="Rätta först")).to_be_visible()
    picture(page, "plankollen")
    go_to_action(page, "Belysning från stationen till torget")
    picture(page, "atgarden")
    go_to_board(page)
    page.get_by_role("link", name="Rapport").click()
    expect(page.get_by_role("heading", name="Vad behöver ni besluta?")).to_be_visible()
    picture(page, "rapporten")


def test_anna_sees_what_to_do_now_and_finds_what_is_late(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Anna")
    expect(page.get_by_role("heading", name="Gör nu")).to_be_visible()
    expect(page.get_by_role("heading", name="Vi väntar på")).to_be_visible()
    go_to_board(page)
    everything = page.locator("tr.act").count()
    page.get_by_role("link", name=re.compile(r"^Sena \d")).click()
    assert 0 < page.locator("tr.act").count() < everything
    expect(page.get_by_role("status")).to_contain_text(f"av {everything} åtgärder")
    page.get_by_role("link", name="Visa alla").click()
    page.get_by_text("Sök och filtrera").click()
    page.get_by_role("searchbox", name="Sök").fill("BELYSNING")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("tr.act")).to_have_count(1)
    page.get_by_role("searchbox", name="Sök").fill("finns inte alls")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.get_by_text("Ingen åtgärd passar urvalet.")).to_be_visible()
    page.get_by_role("link", name="Visa alla").click()
    page.get_by_role("link", name="Visa som lista").click()
    assert page.locator("tr.act").count() == everything
    assert page.locator("tr.cause").count() == 0


def test_anna_checks_in_for_somebody_sets_the_face_and_sees_the_history(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Anna")
    go_to_action(page, "Röj sly och flytta cykelställen")
    page.get_by_role("link", name="Stäm av").click()
    words = f"Slyet är borta {uuid4().hex[:6]}"
    page.get_by_label("Vad har hänt sedan sist?").fill(words)
    page.get_by_text("Tid, kostnad, vad som hjälpte och hindrade").click()
    page.get_by_label("Tid", exact=True).fill("12,5")
    page.get_by_label("Skrivs för").fill("Iris")
    page.get_by_role("button", name="Spara avstämningen").click()
    expect(page.get_by_role("status")).to_contain_text("Avstämningen är sparad")
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("12,5")
    expect(page.locator("main")).to_contain_text("Anna för Iris")
    page.get_by_role("link", name="Sätt gubben").click()
    page.get_by_label("Oförändrat", exact=True).check(force=True)
    page.get_by_label("Varför?").fill(f"Lika många som förut {words}")
    page.get_by_role("button", name="Sätt gubben").click()
    expect(page.get_by_role("alert")).to_contain_text("Säg vad det bygger på.")
    expect(page.get_by_label("Varför?")).to_have_value(f"Lika många som förut {words}")
    page.get_by_label("Vad bygger resultatet på?").select_option(label="Sett på plats")
    page.get_by_role("button", name="Sätt gubben").click()
    past = page.locator("section").filter(has=page.get_by_role("heading", name="Gubbens historia"))
    expect(past.get_by_role("listitem").first).to_contain_text(f"Lika många som förut {words}")


def test_a_check_in_is_corrected_and_the_old_one_stays(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Anna")
    go_to_action(page, "Fältare ute fredag och lördag 20–01")
    page.get_by_role("link", name="Stäm av").click()
    page.get_by_label("Vad har hänt sedan sist?").fill("Fem kvällar")
    page.get_by_role("button", name="Spara avstämningen").click()
    page.get_by_role("link", name=re.compile("Rätta")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rätta avstämningen")
    expect(page.get_by_label("Vad har hänt sedan sist?")).to_have_value("Fem kvällar")
    page.get_by_label("Vad har hänt sedan sist?").fill("Sex kvällar")
    page.get_by_role("button", name="Spara avstämningen").click()
    expect(page.locator("main")).to_contain_text("Sex kvällar")
    expect(page.locator("del").get_by_text("Fem kvällar", exact=True)).to_be_visible()


def test_a_row_that_is_taken_out_can_be_taken_back(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Anna")
    go_to_board(page)
    name = f"Prova något {uuid4().hex[:6]}"
    page.get_by_role("form", name="Ny åtgärd").get_by_label("Ny åtgärd").fill(name)
    page.get_by_role("button", name="Lägg till", exact=True).click()
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="Ändra", exact=True).click()
    page.get_by_role("link", name="Ta bort åtgärden").click()
    page.get_by_role("button", name=re.compile("Ta bort")).click()
    expect(page.locator("tr.act").filter(has_text=name)).to_have_count(0)
    page.get_by_role("link", name="Planens uppgifter").click()
    page.locator("li").filter(has_text=name).get_by_role("button", name="Ta tillbaka").click()
    expect(page.locator("tr.act").filter(has_text=name)).to_have_count(1)


def test_a_double_click_adds_one_row(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Anna", js=False)
    go_to_board(page)
    name = f"Dubbelt {uuid4().hex[:6]}"
    page.get_by_role("form", name="Ny åtgärd").get_by_label("Ny åtgärd").fill(name)
    page.get_by_role("button", name="Lägg till", exact=True).dblclick(no_wait_after=True)
    expect(page.locator("tr.act").filter(has_text=name).first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("tr.act").filter(has_text=name)).to_have_count(1)


def test_anna_invites_and_somebody_joins_by_the_link(town: Server, open_browser: Open, picture: Picture, watched: Watched) -> None:
    watched.expected += ["400", "404"]  # a password that is too short, and a link that has been used
    anna = open_browser(town, "Anna")
    anna.goto("/installningar/")
    anna.get_by_role("link", name="Bjud in").click()
    anna.get_by_label("Namn", exact=True).fill("Olle")
    anna.get_by_label("E-post").fill(f"{uuid4().hex[:8]}@granviken.example")
    anna.get_by_label("Organisation").fill("Vikskolan")
    anna.get_by_label("Läsare").check()
    anna.get_by_role("button", name="Gör en inbjudan").click()
    text = anna.get_by_label("Text att skicka").input_value()
    picture(anna, "inbjudan")
    link = re.search(r"http://\S+/inbjudan/\S+/", text)
    assert link is not None and text.startswith("Hej Olle!")
    anna.get_by_role("button", name="Kopiera texten").click()
    expect(anna.get_by_role("status")).to_contain_text(re.compile("Kopierat|markerad"))

    olle = open_browser(town)
    olle.goto(link.group())
    expect(olle.get_by_role("heading", level=2).first).to_contain_text("Granviken")
    olle.get_by_label("Välj ett lösenord").fill("kort")
    olle.get_by_role("button", name="Gå med").click()
    expect(olle.get_by_role("alert")).to_contain_text("minst 12")
    olle.get_by_label("Välj ett lösenord").fill("en mening som Olle minns")
    olle.get_by_role("button", name="Gå med").click()
    expect(olle.get_by_text("Välkommen till Granviken")).to_be_visible()
    go_to_board(olle)
    expect(olle.get_by_role("link", name="Ny åtgärd")).to_have_count(0)
    stranger = open_browser(town)
    stranger.goto(link.group())
    expect(stranger.get_by_role("button", name="Gå med")).to_have_count(0)


def test_bo_checks_in_on_his_own_action_on_the_phone(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Bo", width=390, height=844, has_touch=True, is_mobile=True)
    page.locator("#fraga").get_by_role("link").tap()
    page.get_by_role("link", name="Stäm av").first.tap()
    page.get_by_label("Pågår", exact=True).check(force=True)
    words = f"Vi har mätt upp {uuid4().hex[:6]}"
    page.get_by_label("Vad har hänt sedan sist?").fill(words)
    page.get_by_role("button", name="Spara avstämningen").tap()
    expect(page.get_by_text("Avstämningen är sparad")).to_be_visible()
    expect(page.locator("main")).to_contain_text(words)
    expect(page.get_by_role("link", name="Ändra", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Instruktionskort").tap()
    expect(page.get_by_role("heading", name="Så gör du")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    go_to_action(page, "Röj sly och flytta cykelställen")
    expect(page.get_by_role("link", name="Stäm av")).to_have_count(0)


def test_two_write_in_the_same_place_and_no_word_is_lost(town: Server, open_browser: Open, picture: Picture, watched: Watched) -> None:
    watched.expected.append("409")  # the browser says of every answer of 400 and above that it is a fault
    first, second = open_browser(town, "Anna"), open_browser(town, "Anna")
    pages = (first, second)
    for page in pages:
        go_to_action(page, "Trygghetsvandring med boende två gånger om året")
        page.get_by_role("link", name="Ändra", exact=True).click()
    first.get_by_label("Så görs den").fill("Samling vid stationen klockan 19. Alla får en ficklampa.")
    first.get_by_role("button", name="Spara", exact=True).click()
    expect(first.get_by_text("Åtgärden är sparad.")).to_be_visible()
    second.get_by_label("Så görs den").fill("Samling vid torget klockan 20. Kaffe efteråt.")
    second.get_by_text("Mer", exact=True).click()  # folded: the plan check asks for nothing there
    second.get_by_label(re.compile("^Resurser")).fill("Trettio ficklampor")
    second.get_by_role("button", name="Spara", exact=True).click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Två har skrivit på samma ställe")
    expect(second.locator("main")).to_contain_text("Alla får en ficklampa.")
    expect(second.locator("main")).to_contain_text("Kaffe efteråt.")
    picture(second, "tva-texter")
    together = second.get_by_label("Så görs den, hopskriven text")
    assert all(word in together.input_value() for word in ("ficklampa.", "Kaffe"))
    together.fill("Samling vid stationen klockan 19. Alla får en ficklampa. Kaffe efteråt.")
    second.get_by_role("button", name="Spara den valda texten").click()
    expect(second.get_by_text("Åtgärden är sparad.")).to_be_visible()
    expect(second.locator("main")).to_contain_text("Alla får en ficklampa. Kaffe efteråt.")
    expect(second.locator("main")).to_contain_text("Trettio ficklampor")


def test_somebody_removed_the_row_and_the_words_come_back(town: Server, open_browser: Open, watched: Watched) -> None:
    watched.expected.append("404")
    first, second = open_browser(town, "Anna"), open_browser(town, "Anna")
    go_to_board(first)
    name = f"Tas bort {uuid4().hex[:6]}"
    first.get_by_role("form", name="Ny åtgärd").get_by_label("Ny åtgärd").fill(name)
    first.get_by_role("button", name="Lägg till", exact=True).click()
    for page in (first, second):
        go_to_action(page, name)
        page.get_by_role("link", name="Ändra", exact=True).click()
    second.get_by_label("Så görs den").fill("Ord som tog en timme att skriva")
    first.get_by_role("link", name="Ta bort åtgärden").click()
    first.get_by_role("button", name=re.compile("Ta bort")).click()
    second.get_by_role("button", name="Spara", exact=True).click()
    expect(second.get_by_role("heading", name="Det du skrev är kvar")).to_be_visible()
    assert "Ord som tog en timme att skriva" in second.get_by_label("Din text").input_value()


def test_erik_sees_nothing_of_granviken(town: Server, open_browser: Open, watched: Watched) -> None:
    watched.expected.append("404")
    anna, erik = open_browser(town, "Anna"), open_browser(town, "Erik")
    go_to_board(anna)
    for address in ("/", "/planer/", "/installningar/"):
        erik.goto(address)
        expect(erik.locator("main")).not_to_contain_text("Granvik")
    erik.goto(anna.url)
    expect(erik.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")


def test_with_the_keyboard_alone_somebody_signs_in_and_adds_an_action(town: Server, open_browser: Open) -> None:
    page = open_browser(town)
    press_to(page, lambda: "Anna" in focused(page, "innerText"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{town.address}/")
    page.keyboard.press("Tab")
    assert focused(page, "innerText") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert focused(page, "id") == "innehall"
    press_to(page, lambda: focused(page, "innerText") == PLAN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PLAN)
    press_to(page, lambda: focused(page, "innerText").strip() == "Ny åtgärd")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad ska göras?")
    press_to(page, lambda: focused(page, "name") == "text")
    name = f"Med tangenterna {uuid4().hex[:6]}"
    page.keyboard.type(name)
    press_to(page, lambda: focused(page, "name") == "causes")
    page.keyboard.press("Space")
    press_to(page, lambda: focused(page, "name") == "due_typed")  # how a day is typed depends on the language of the browser
    page.keyboard.type("innan skolan slutar")
    press_to(page, lambda: focused(page, "innerText") == "Spara")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Åtgärden är tillagd.")).to_be_visible()
    expect(page.locator("tr.act").filter(has_text=name)).to_contain_text("innan skolan slutar")


def focused(page: Page, what: str) -> str:
    return str(page.evaluate(f"document.activeElement.{what} ?? ''"))


# A part inside a control (the calendar of a date) has a ring that the browser draws itself
SEEN = """(() => { const e = document.activeElement, near = [e, e.closest('label'), e.closest('summary')].filter(Boolean);
    return e === document.body || !e.matches(':focus') || near.some(x => getComputedStyle(x).outlineStyle !== 'none') })()"""


def press_to(page: Page, is_there: Callable[[], bool]) -> None:
    """Press Tab until the right place has focus, and see at each stop that focus is seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), f"focus cannot be seen: {focused(page, 'outerHTML')[:200]}"
        if is_there():
            return
    raise AssertionError("the keyboard does not reach it")


def test_leaving_with_words_unsaved_is_asked_about(town: Server, open_browser: Open) -> None:
    page = open_browser(town, "Anna")
    go_to_action(page, "Röj sly och flytta cykelställen")
    page.get_by_role("link", name="Ändra", exact=True).click()
    page.get_by_label("Så görs den").press_sequentially("Ord")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/planer/")
    assert asked == ["beforeunload"]
