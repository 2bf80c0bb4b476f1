"""
What a personal link opens: one question, without an account.

The link itself is all that is known of who answers. The page reads no session, sets no cookie and signs nobody in, also when
somebody is signed in; so it needs no protection against forged requests from other pages: whoever could forge one has the
link. Opening it changes nothing, since mail scanners open links; the form that is sent back carries a key made for the link.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samsyn.chain.answers import Press
from samsyn.chain.wording import listed, local_day
from samsyn.flows.answering import Asked, answer_by_link, asked_by
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.editing import Gone
from samsyn.records.outbox.link_reads import OpenLink, open_link
from samsyn.web.clock import now, today
from samsyn.web.gate import Public, page
from samsyn.web.parts.answering import AnswerForm, chosen_in, tiles
from samsyn.web.parts.base_url import base_url

HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-store, private"}
THANKS = "tack"
NOT_OURS = "Sidan hade blivit gammal. Läs igenom och skicka en gång till, så sparas svaret."
NOBODY, MANY = "Samordnaren", "Samordnarna"


@page(Public)
@csrf_exempt
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how it goes with one action or assignment, and take the answer. Opening it changes nothing; sending the form does."""
    opened = open_link(token, now())
    asked = asked_by(opened) if opened else None
    if opened is None or asked is None:
        return _closed(request)
    press = chosen_in(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and press:
        return _answered(request, opened, asked, press)
    form = AnswerForm(None, press=press, once=new_key(opened.id), today=today()) if press else None
    return _page(request, opened, asked, form, is_thanks=THANKS in request.GET and press is None and asked.last is not None)


def _answered(request: HttpRequest, opened: OpenLink, asked: Asked, press: Press) -> HttpResponse:
    key = _own_key(opened.id, request.POST.get("once", ""))
    form = AnswerForm(request.POST, press=press, once=new_key(opened.id), today=today())
    if not form.is_valid() or not key:
        if not key:
            form.add_error(None, NOT_OURS)
            form.data = {**{name: request.POST.get(name, "") for name in form.fields}, "once": new_key(opened.id)}
        return _page(request, opened, asked, form, http=400)
    try:
        answer_by_link(opened, form.answered(), once=key, at=now(), base_url=base_url(request))
    except AlreadyDone:
        return _thanks(request)
    except Gone:
        return _closed(request)
    return _thanks(request)


def _thanks(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{request.path}?{THANKS}=1", status=303, headers=HEADERS)


def _page(request: HttpRequest, opened: OpenLink, asked: Asked, form: AnswerForm | None, *, is_thanks: bool = False, http: int = 200) -> HttpResponse:
    chosen = form.press if form else None
    late = bool(asked.due_on and asked.due_on < today())
    return _plain("link/link.html", {
        "asked": asked, "who": opened.person.name, "asks": _who_asks(asked), "form": form, "is_thanks": is_thanks, "is_late": late,
        "tiles": tiles(request.path, chosen), "again": request.path, "until": local_day(opened.expires_at) if opened.expires_at else None}, http)


def _who_asks(asked: Asked) -> str:
    """Whom the page names: one or two by name, more as what they are."""
    return (listed(asked.asks) or NOBODY) if len(asked.asks) < 3 else MANY


def _closed(request: HttpRequest) -> HttpResponse:
    """Say the same whatever is wrong with the link. What somebody had written is given back to copy."""
    kept = [request.POST[name] for name in ("text", "proposed_due_on", "help_from") if request.POST.get(name, "").strip()]
    return _plain("link/closed.html", {"kept": "\n".join(kept)}, 404)


def _plain(template: str, context: dict[str, object], http: int) -> HttpResponse:
    """Return a page that is made without the request: no session is read, no name of a signed-in person is shown."""
    return HttpResponse(render_to_string(template, context), status=http, headers=HEADERS)


def _signer(link_id: UUID) -> Signer:
    return Signer(salt=f"answer form {link_id.hex}")


def new_key(link_id: UUID) -> str:
    return _signer(link_id).sign(uuid4().hex)


def _own_key(link_id: UUID, sent: str) -> str:
    """Return the form's own key, "" if the form was not made here for this link."""
    try:
        return _signer(link_id).unsign(sent)
    except BadSignature:
        return ""
