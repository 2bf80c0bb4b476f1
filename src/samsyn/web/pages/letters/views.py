"""What is sent: ready texts to pass on by hand, what failed and what to do about it, what is uncertain, and what has gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.chain.wording import count_words, counted, in_sweden, local_day
from samsyn.records.editing import Gone
from samsyn.records.outbox import hand_reads as reads
from samsyn.records.outbox.hand_writes import TooLate, tick_letters, untick_letter
from samsyn.records.outbox.reads import LetterHead, WholeLetter
from samsyn.records.outbox.reads import letter as letter_of
from samsyn.records.outbox.reads import letters as all_letters
from samsyn.records.outbox.writes import drop_letter, try_again
from samsyn.records.partnership.rights import Right
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, page
from samsyn.web.parts.address_field import OneAddress
from samsyn.web.parts.download import table_download
from samsyn.web.parts.mailto import holds_text, mailto

BY_HAND_ROWS, SENT_ROWS, MOST_IN_FILE = 25, 50, 10_000
HEADERS = ("Till", "Adress", "Ärende", "Slag", "Läge", "Skriven", "Skickad", "Skickad av", "Osäker sedan", "Vad gick fel")
NOT_WAITING = "Det är redan skickat eller borttaget. Inget mer har ändrats."


@dataclass(frozen=True, slots=True)
class ReadyText:
    """A letter to pass on, with the link that opens it in a mail program. `fits` = its text goes into that link."""

    letter: WholeLetter
    mailto: str
    fits: bool


class AddressForm(forms.Form):
    """Another address for a letter."""

    email = OneAddress(label="Adress", required=False)


@page(Right.NUDGE)
@require_GET
def letters(request: PageRequest) -> HttpResponse:
    """Show what there is to do about what is sent, and what has gone."""
    where, has_server = request.member.partnership, settings.CONFIG.sends_mail
    counts = reads.post_counts(where, has_server=has_server)
    hand_page, hand_pages = _page_number(request, "sida", counts.by_hand, BY_HAND_ROWS)
    sent_page, sent_pages = _page_number(request, "skickade", counts.sent, SENT_ROWS)
    ready = reads.by_hand(where, has_server=has_server, first=(hand_page - 1) * BY_HAND_ROWS, most=BY_HAND_ROWS)
    sent = reads.gone_out(where, first=(sent_page - 1) * SENT_ROWS, most=SENT_ROWS)
    return render(request, "letters/letters.html", {
        "counts": counts, "has_server": has_server, "at": now(), "own_email": request.member.email.lower(), "title": _title(counts),
        "ready": [_ready_text(one) for one in ready],
        "failed": reads.failed(where), "uncertain": reads.uncertain(where), "on_the_way": reads.on_the_way(where, has_server=has_server),
        "sent": [(one, _may_untick(one)) for one in sent], "hand_page": hand_page, "hand_pages": hand_pages, "sent_page": sent_page,
        "sent_pages": sent_pages})


@page(Right.NUDGE)
@require_GET
def letters_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the list of what is and was to be sent, newest first. Without the texts: they hold personal links."""
    rows = [(one.name, one.email, one.subject, one.kind.label, one.state.label, in_sweden(one.made_at), in_sweden(one.sent_at) if one.sent_at else None,
             one.ticked_by, in_sweden(one.uncertain_at) if one.uncertain_at else None, one.fault)
            for one in all_letters(request.member.partnership, limit=MOST_IN_FILE)]
    return table_download(ending, f"Utskick {request.member.partnership_name}", HEADERS, rows)


@page(Right.NUDGE)
@require_POST
def tick(request: PageRequest) -> HttpResponse:
    """Say that letters have been passed on by hand: the one whose button was pressed, else those that are chosen."""
    wanted = [request.POST["one"]] if request.POST.get("one") else request.POST.getlist("letter")
    try:
        ids = [UUID(one) for one in wanted[:BY_HAND_ROWS * 4]]
        count = tick_letters(partnership=request.member.partnership, letters=ids, actor=request.actor, at=now()) if ids else 0
    except (ValueError, Gone):
        messages.info(request, NOT_WAITING)
        return redirect("letters")
    if count:
        ticked = "Ett utskick räknas nu som skickat" if count == 1 else f"{count_words(count).capitalize()} utskick räknas nu som skickade"
        messages.success(request, f"{ticked}. Du kan ta tillbaka {'krysset' if count == 1 else 'kryssen'} i dag.")
    else:
        messages.info(request, "Kryssa för dem som du har skickat.")
    return redirect("letters")


@page(Right.NUDGE)
@require_http_methods(["GET", "POST"])
def letter(request: PageRequest, letter: UUID) -> HttpResponse:
    """Show one letter; send it anew, also to another address, tick or untick it, or take it away."""
    found = letter_of(request.member.partnership, letter)
    if found is None:
        raise Http404
    form = AddressForm(request.POST if request.POST.get("act") == "again" else None, initial={"email": found.head.email})
    if request.method == "POST" and (request.POST.get("act") != "again" or form.is_valid()):
        _act(request, found.head, form)
        return redirect(reverse("letters") if request.POST.get("from") == "list" else request.path)
    return render(request, "letters/letter.html", {
        "ready": _ready_text(found), "letter": found, "head": found.head, "form": form, "has_server": settings.CONFIG.sends_mail,
        "waits": found.head.is_unfinished, "may_untick": _may_untick(found.head)},
        status=400 if request.method == "POST" else 200)


def _act(request: PageRequest, head: LetterHead, form: AddressForm) -> None:
    """Do what the pressed button says, and say what came of it."""
    given: dict[str, Any] = {"partnership": request.member.partnership, "letter": head.id, "actor": request.actor, "at": now()}
    try:
        match request.POST.get("act"):
            case "again":
                try_again(email=form.cleaned_data["email"], **given)
                messages.success(request, _again_words(form.cleaned_data["email"]))
            case "tick":
                tick_letters(partnership=request.member.partnership, letters=[head.id], actor=request.actor, at=now())
                messages.success(request, "Förkryssat som skickat. Du kan ta tillbaka det under dagen.")
            case "untick":
                untick_letter(**given)
                messages.success(request, "Krysset är borta. Det väntar på att skickas.")
            case "drop":
                drop_letter(**given)
                messages.success(request, "Det skickas inte. Det står kvar i historiken.")
            case _:
                raise Http404
    except Gone:
        messages.info(request, NOT_WAITING)
    except TooLate:
        messages.info(request, "Ett kryss kan tas tillbaka samma dag som det sattes, inte senare.")


def _again_words(email: str) -> str:
    return f"Det skickas igen till {email}." if settings.CONFIG.sends_mail and email else "Det väntar på att du skickar det för hand."


def _ready_text(found: WholeLetter) -> ReadyText:
    head = found.head
    return ReadyText(found, mailto(head.email, head.subject, found.text), holds_text(head.email, head.subject, found.text))


def _may_untick(head: LetterHead) -> bool:
    return head.state is reads.LetterState.TICKED and head.sent_at is not None and local_day(head.sent_at) == today()


def _title(counts: reads.PostCounts) -> str:
    """What the page found."""
    if counts.by_hand:
        return f"{counted(counts.by_hand, 'meddelande', 'meddelanden', neuter=True).capitalize()} att skicka"
    if counts.failed:
        return f"{counted(counts.failed, 'utskick', 'utskick', neuter=True).capitalize()} gick inte att skicka"
    return "Allt är skickat" if counts.sent or counts.on_the_way else "Inget att skicka"


def _page_number(request: HttpRequest, name: str, count: int, rows: int) -> tuple[int, int]:
    """Return the page that is asked for, and how many there are; what is no page is the first or the last."""
    pages = max(1, -(-count // rows))
    asked = request.GET.get(name, "1")
    return min(max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1), pages), pages
