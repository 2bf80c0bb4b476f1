"""Four weeks between two meetings: a plan goes quiet, is brought back to life, and what did not move comes to the steering group."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, Server, _is_ready, free_port
from tests.mail_server import Mailbox, mail_server

Picture = Callable[[Page, str], None]
PASSWORD = "en mening som Vera minns"
PLAN = ("Problem;Orsak;Åtgärd;Operativa mål;När;Vem;Organisation;Uppföljning\n"
        "Oroligt vid torget;1. Mörkt på Parkvägen;1. Byt lamporna på Parkvägen;Ljust hela vägen;2027-01-15;Bo Berg, bo@vikenshus.example;Vikenshus;\n"
        "Oroligt vid torget;2. Ingen vuxen ute på fredagar;2. Nattvandra på fredagar;Vuxna ute varje fredag;2027-01-15;"
        "Nour Nilsson, nour@vikensif.example;Vikens IF;\n")
LINK = re.compile(r"http://localhost:\d+(/svar/[0-9a-f]{64}/?)")


@dataclass
class Weeks:
    """A served installation whose clock the journey moves, and the mail server that it writes to."""

    server: Server
    clock: Path
    box: Mailbox
    environment: dict[str, str]
    read: int = field(default=0)

    def go_to(self, moment: str) -> None:
        written = self.clock.with_suffix(".new")
        written.write_text(moment)
        written.replace(self.clock)  # at once: the server may be reading it

    def morning(self, day: str) -> list[EmailMessage]:
        """Let a day begin: what is due is worked out and sent. Returns the letters that came since the last time."""
        self.go_to(f"{day}T08:05:00+01:00")
        subprocess.run([sys.executable, "-m", "tests.journeys.in_time", "remind"], env=self.environment, check=True, stdout=subprocess.DEVNULL)
        return self.came()

    def came(self) -> list[EmailMessage]:
        new = self.box.letters[self.read:]
        self.read = len(self.box.letters)
        return new


@pytest.fixture
def weeks(tmp_path: Path) -> Iterator[Weeks]:
    """An installation that nobody has visited, one Monday in January 2027."""
    clock, folder, port = tmp_path / "clock.txt", tmp_path / "var", free_port()
    folder.mkdir()
    clock.write_text("2027-01-11T07:30:00+01:00")
    with mail_server() as box:
        environment = {
            **os.environ, "SAMSYN_FOLDER": str(folder), "SAMSYN_PORT": str(port), "SAMSYN_URL": f"http://localhost:{port}",
            "SAMSYN_SMTP_HOST": "127.0.0.1", "SAMSYN_SMTP_PORT": str(box.port), "JOURNEY_CLOCK": str(clock)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        with (folder / "said.txt").open("wb") as said:
            process = subprocess.Popen([sys.executable, "-m", "tests.journeys.in_time", "serve"], env=environment, stdout=said, stderr=subprocess.STDOUT)
        server = Server(folder, port, process)
        while not _is_ready(server.address):
            assert process.poll() is None, f"the server ended: {server.said()}"
            time.sleep(0.1)
        yield Weeks(server, clock, box, environment)
        process.send_signal(signal.SIGTERM)
        process.wait()


def test_a_plan_that_goes_quiet_is_brought_back_to_life(weeks: Weeks, open_browser: Open, tmp_path: Path, picture: Picture) -> None:
    vera = open_browser(weeks.server)
    begin_with_a_plan(vera, tmp_path)
    say_who_is_told(vera)
    make_the_steering_group(vera)

    asked = weeks.morning("2027-01-11")
    assert told(asked) == {("bo@vikenshus.example", "snart"), ("nour@vikensif.example", "snart")}

    late = weeks.morning("2027-01-18")
    assert told(late) == {("bo@vikenshus.example", "late"), ("nour@vikensif.example", "late")}
    assert weeks.morning("2027-01-19") == [], "nobody gets two letters in a week"

    again = weeks.morning("2027-01-25")
    assert told(again) == {("bo@vikenshus.example", "late"), ("nour@vikensif.example", "late"), ("stina@vikenshus.example", "late")}
    weeks.go_to("2027-01-25T12:10:00+01:00")
    nour = open_browser(weeks.server, width=390, height=844)
    answer_that_it_is_delayed(nour, letter_to(again, "nour@vikensif.example"), picture)
    sign_in(vera, weeks)
    accept_the_new_day(vera, picture)

    third = weeks.morning("2027-02-01")
    assert told(third) == {("vera@viken.example", "late")}, "what Nour answered is left alone; Bo's silence comes to the coordinator"
    weeks.go_to("2027-02-01T10:00:00+01:00")
    sign_in(vera, weeks)
    plan_the_meeting(vera)
    called = weeks.morning("2027-02-02")
    assert {one["To"].addresses[0].addr_spec for one in called} == {"vera@viken.example", "carin@vikenshus.example"}
    assert all(any(part.get_content_type() == "text/calendar" for part in one.walk()) for one in called)

    weeks.morning("2027-02-08")
    weeks.go_to("2027-02-08T13:00:00+01:00")
    sign_in(vera, weeks)
    hold_the_meeting(vera, weeks, picture)
    minutes = [one for one in weeks.morning("2027-02-09") if "rotokoll" in one["Subject"]]
    assert {one["To"].addresses[0].addr_spec for one in minutes} == {"vera@viken.example", "carin@vikenshus.example"}
    for one in minutes:
        assert "Stina ringer elbolaget" in words_of_pdf(attached(one, "application/pdf"))

    sign_in(vera, weeks)
    everything_sent_can_be_read(vera, weeks, picture)


def begin_with_a_plan(page: Page, folder: Path) -> None:
    page.get_by_label("Vad heter er samverkan?").fill("Trygga Viken")
    page.get_by_label("Vilken organisation samordnar?").fill("Vikens kommun")
    page.get_by_label("Ditt namn").fill("Vera Vik")
    page.get_by_label("Din e-post").fill("vera@viken.example")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Skapa och gå vidare").click()
    path = folder / "Trygg kväll vid torget 2027.csv"
    path.write_text(PLAN, encoding="utf-8")
    page.get_by_label("Välj en fil eller släpp den här").set_input_files(path)
    page.get_by_role("button", name="Läs filen").click()
    page.get_by_role("button", name="Läs in 2 rader").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Två åtgärder är inlästa")


def say_who_is_told(page: Page) -> None:
    """A party's contact needs the party, which comes with whoever is invited from it."""
    page.goto("/installningar/bjud-in/")
    page.get_by_label("Namn").fill("Carin Ceder")
    page.get_by_label("E-post").fill("carin@vikenshus.example")
    page.get_by_label("Organisation").fill("Vikenshus")
    page.get_by_role("radio", name="Styrgruppsledamot").check()
    page.get_by_role("button", name="Gör en inbjudan").click()
    page.goto("/installningar/paminnelser/")
    page.get_by_role("link", name=re.compile("kontakt hos Vikenshus")).click()
    page.get_by_label("Namn").fill("Stina Strand")
    page.get_by_label("E-post").fill("stina@vikenshus.example")
    page.get_by_role("button", name="Spara").click()
    page.goto("/installningar/paminnelser/")
    expect(page.get_by_role("main")).to_contain_text("Stina Strand")


def make_the_steering_group(page: Page) -> None:
    page.goto("/moten/")
    page.get_by_role("link", name="Gör styrgruppen").click()
    page.get_by_label("Gruppens namn").fill("Styrgruppen")
    page.get_by_label("Styrgrupp", exact=True).check()
    page.get_by_label("Trygg kväll vid torget 2027").check()
    page.get_by_label("Vera Vik, Vikens kommun").check()
    page.get_by_role("button", name="Gör gruppen").click()
    page.get_by_text("Skriv in någon utan konto").click()
    form = page.locator("#skriv-in form")
    form.get_by_label("Namn").fill("Carin Ceder")
    form.get_by_label("Befattning").fill("Bostadschef")
    form.get_by_label("E-post").fill("carin@vikenshus.example")
    form.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("main")).to_contain_text("Bostadschef")


def sign_in(page: Page, weeks: Weeks) -> None:
    """Sign in again: a week has gone."""
    page.goto("/")
    if page.get_by_label("Lösenord").count():
        page.locator("#id_login").fill("vera@viken.example")
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name=re.compile("Logga in")).click()
        page.wait_for_url(f"{weeks.server.address}/")


def answer_that_it_is_delayed(page: Page, letter: EmailMessage, picture: Picture) -> None:
    """Open the link of a letter on a phone, and answer. Whoever only opens it changes nothing."""
    address = LINK.search(words_of(letter))
    assert address
    page.goto(address[1])
    expect(page.get_by_role("main")).to_contain_text("Nattvandra på fredagar")
    expect(page.get_by_role("main")).not_to_contain_text("Byt lamporna")
    picture(page, "svara")
    page.get_by_role("link", name="Försenad").or_(page.get_by_role("button", name="Försenad")).click()
    page.get_by_label(re.compile("datum|klar", re.IGNORECASE)).first.fill("2027-02-26")
    page.get_by_role("textbox", name=re.compile("varför|hänt", re.IGNORECASE)).first.fill("Vi saknar två vuxna, men de börjar i februari.")
    page.get_by_role("button", name=re.compile("Skicka")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack")


def accept_the_new_day(page: Page, picture: Picture) -> None:
    main = page.get_by_role("main")
    expect(main).to_contain_text("Nattvandra på fredagar")
    expect(main).to_contain_text("2027-02-26")
    picture(page, "min-vecka")
    page.get_by_role("link", name="Svara på förslaget").click()
    page.get_by_role("button", name=re.compile("Godkänn")).click()
    page.goto("/planer/")
    page.get_by_role("link", name="Trygg kväll vid torget 2027").first.click()
    expect(page.get_by_role("table").first).to_contain_text("2027-02-26")


def plan_the_meeting(page: Page) -> None:
    page.goto("/moten/nytt/")
    page.get_by_label("När börjar mötet?").fill("2027-02-08T13:00")
    page.get_by_role("button", name="Planera mötet").click()
    page.get_by_role("link", name="Skicka kallelse").click()
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.get_by_role("main")).to_contain_text("Kallelsen skrevs")


def hold_the_meeting(page: Page, weeks: Weeks, picture: Picture) -> None:
    page.goto("/moten/")
    page.get_by_role("link", name=re.compile("2027-02-08|8 februari|Styrgruppen")).first.click()
    page.get_by_role("button", name=re.compile("nya förslag", re.IGNORECASE)).click()
    expect(page.get_by_role("main")).to_contain_text("Byt lamporna på Parkvägen")
    picture(page, "dagordning")
    page.get_by_role("link", name=re.compile("Starta mötet")).click()
    page.get_by_role("button", name="Öppna mötet").click()
    page.get_by_text("Närvaro", exact=True).click()
    page.get_by_role("button", name=re.compile("På länk.*Carin Ceder")).click()
    expect(page.get_by_role("button", name=re.compile("På länk.*Carin Ceder"))).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Alla andra är på plats").click()
    for minute, line in ((5, "Beslut: lamporna går före annat underhåll"), (9, "Stina: Stina ringer elbolaget om lamporna före 19 februari")):
        weeks.go_to(f"2027-02-08T13:{minute:02}:00+01:00")
        page.get_by_label(re.compile("Skriv en rad")).fill(line)
        page.get_by_role("button", name="Spara").first.click()
        expect(page.locator("#live-utfall")).to_contain_text(line.split(": ", 1)[1].split(" före 19")[0], ignore_case=True)
    page.goto(page.url.split("/live/")[0] + "/avsluta/")
    page.get_by_role("button", name="Avsluta mötet").click()
    expect(page.get_by_role("main")).to_contain_text("Lamporna går före annat underhåll")
    expect(page.get_by_role("main")).to_contain_text("Bostadschef")
    picture(page, "protokoll")


def everything_sent_can_be_read(page: Page, weeks: Weeks, picture: Picture) -> None:
    """What the page says has been sent is what lies in the mailbox, letter for letter, and each of them can be read."""
    page.goto("/utskick/")
    picture(page, "utskick")
    csv = page.request.get("/utskick.csv").body().decode("utf-8-sig")
    sent = [line for line in csv.splitlines()[1:] if "Skickad" in line]
    assert len(sent) == len(weeks.box.letters) > 10
    ids = [one["Message-ID"] for one in weeks.box.letters]
    assert len(set(ids)) == len(ids), "nothing is sent twice"
    for one in weeks.box.letters:
        said = words_of(one)
        assert "Hälsningar" in said and "None" not in said and "{" not in said
        assert any(one["Subject"] in line for line in sent)


def told(letters: list[EmailMessage]) -> set[tuple[str, str]]:
    """Return whom letters went to, and whether they say that a day has passed or is near."""
    return {(one["To"].addresses[0].addr_spec, "late" if "kulle ha varit klar" in words_of(one) else "snart") for one in letters}


def letter_to(letters: list[EmailMessage], address: str) -> EmailMessage:
    return next(one for one in letters if one["To"].addresses[0].addr_spec == address)


def words_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def attached(letter: EmailMessage, kind: str) -> bytes:
    return next(part.get_payload(decode=True) for part in letter.walk() if part.get_content_type() == kind)  # type: ignore[return-value]


def words_of_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
