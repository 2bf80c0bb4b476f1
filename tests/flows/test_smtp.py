"""A real mail server that takes, refuses, delays, drops and is away: each end is told from the others."""

from __future__ import annotations

import ssl
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from samsyn.flows.notices.delivery import Outcome
from samsyn.flows.notices.smtp import SmtpServer
from tests.mail_server import OK, free_port, mail_server, trusting


def letter(to: str = "bo@granvikshus.example", text: str = "Hej Bo!\n.\n..två punkter\nslut") -> EmailMessage:
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"], message["To"], message["Subject"], message["Message-ID"] = "samsyn@granvik.example", to, "Två saker väntar på svar", "<1@granvik.example>"
    message.set_content(text, cte="quoted-printable")
    return message


def server(port: int, **more: object) -> SmtpServer:
    return SmtpServer("127.0.0.1", port, "Samsyn <samsyn@granvik.example>", patience=5, **more)  # type: ignore[arg-type]


def test_letters_arrive_whole_on_one_connection() -> None:
    with mail_server() as box:
        ours = server(box.port)
        assert [ours.deliver(letter(to)).outcome for to in ("bo@granvikshus.example", "dana@soc.example")] == [Outcome.SENT] * 2
        ours.close()
    assert (box.to, box.connections) == (["bo@granvikshus.example", "dana@soc.example"], 1)
    assert box.envelopes[0].mail_from == "samsyn@granvik.example"
    assert box.letters[0].get_content().splitlines() == ["Hej Bo!", ".", "..två punkter", "slut"] and box.letters[0]["Subject"] == "Två saker väntar på svar"


@pytest.mark.parametrize(("where", "answer", "outcome", "is_away"), [
    ("at_rcpt", "550 Ingen sådan", Outcome.REFUSED, False), ("at_rcpt", "451 Försök senare", Outcome.LATER, False),
    ("at_rcpt", "452 Full", Outcome.LATER, False), ("at_rcpt", "421 Stänger", Outcome.LATER, True),
    ("at_mail", "550 Avsändaren får inte", Outcome.LATER, True), ("at_mail", "451 Inte nu", Outcome.LATER, True),
    ("at_mail", "552 För stort", Outcome.REFUSED, False),
    ("at_data", "554 Skräp", Outcome.REFUSED, False), ("at_data", "451 Försök senare", Outcome.LATER, False),
    ("at_mail", "drop", Outcome.LATER, True), ("at_rcpt", "drop", Outcome.LATER, True),
    ("at_data", "drop", Outcome.UNCERTAIN, True), ("at_data", "take and drop", Outcome.UNCERTAIN, True),
])
def test_what_a_server_answers_decides_what_becomes_of_a_letter(where: str, answer: str, outcome: Outcome, is_away: bool) -> None:
    with mail_server() as box:
        setattr(box, where, answer)
        ours = server(box.port)
        found = ours.deliver(letter())
        assert (found.outcome, found.is_away) == (outcome, is_away) and found.fault
        if "drop" not in answer:
            assert answer[:3] in found.fault
        setattr(box, where, OK)
        assert ours.deliver(letter()).outcome is Outcome.SENT  # also after a connection that was dropped
        ours.close()


def test_one_receiver_that_is_refused_does_not_stop_the_next() -> None:
    with mail_server() as box:
        box.refuses["bo@granvikshus.example"] = "550 Ingen sådan"
        ours = server(box.port)
        assert [ours.deliver(letter(to)).outcome for to in ("bo@granvikshus.example", "dana@soc.example")] == [Outcome.REFUSED, Outcome.SENT]
        ours.close()
    assert box.to == ["dana@soc.example"]


def test_a_server_that_is_away_is_said_to_be_away_and_used_when_it_is_back() -> None:
    port = free_port()
    ours = server(port)
    found = ours.deliver(letter())
    assert (found.outcome, found.is_away) == (Outcome.LATER, True) and "går inte att nå" in found.fault
    with mail_server(port=port) as box:
        assert ours.deliver(letter()).outcome is Outcome.SENT
        ours.close()
    assert len(box.letters) == 1


def test_a_server_that_closes_an_idle_connection_is_connected_to_again() -> None:
    port = free_port()
    ours = server(port)
    for _ in range(2):
        with mail_server(port=port) as box:
            assert ours.deliver(letter()).outcome is Outcome.SENT
        assert len(box.letters) == 1
    ours.close()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server of the tests, of its own settings
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_server_that_wants_tls_and_a_password_gets_them(tls: str) -> None:
    with mail_server(tls=tls, password="hemligt") as box:
        ours = SmtpServer("localhost", box.port, "samsyn@granvik.example", tls, "samsyn", "hemligt", context=trusting(), patience=5)
        assert ours.deliver(letter()).outcome is Outcome.SENT
        ours.close()
        assert "hemligt" not in repr(ours)
    assert len(box.letters) == 1


@pytest.mark.parametrize(("user", "password", "said"), [("samsyn", "fel", "användarnamn och lösenord"), ("", "", "avsändaren")])
def test_a_server_that_knows_us_not_takes_nothing_and_nothing_is_lost(user: str, password: str, said: str) -> None:
    with mail_server(tls="starttls", password="hemligt") as box:
        ours = SmtpServer("localhost", box.port, "samsyn@granvik.example", "starttls", user, password, context=trusting(), patience=5)
        found = ours.deliver(letter())
        ours.close()
    assert (found.outcome, found.is_away, box.letters) == (Outcome.LATER, True, []) and said in found.fault


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_password_is_never_sent_to_a_server_that_cannot_do_tls_or_that_nobody_vouches_for() -> None:
    with mail_server(password="hemligt") as plain:
        found = SmtpServer("127.0.0.1", plain.port, "samsyn@granvik.example", "starttls", "samsyn", "hemligt", patience=5).deliver(letter())
    assert (found.outcome, found.is_away, plain.letters) == (Outcome.LATER, True, [])
    with mail_server(tls="starttls", password="hemligt") as unknown:
        machines_own = ssl.create_default_context()
        stranger = SmtpServer("localhost", unknown.port, "samsyn@granvik.example", "starttls", "samsyn", "hemligt", context=machines_own, patience=5)
        found = stranger.deliver(letter())
    assert (found.outcome, found.is_away, unknown.letters) == (Outcome.LATER, True, [])
