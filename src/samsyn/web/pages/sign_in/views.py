"""Signing in and out, by address and password; one click for the cast of the demonstration town."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any
from uuid import uuid4

from allauth.account.views import LoginView, LogoutView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.records.access.reads import user_by_email, user_by_id
from samsyn.web.frame import is_demo, is_first_visit
from samsyn.web.gate import PageRequest, Public, SignedIn, is_local, page
from samsyn.web.parts.signing_in import let_in

CAST = (
    ("anna", "Anna", "samordnar i Granviken"), ("bo", "Bo", "ansvarar för åtgärder på Granvikshus"), ("carin", "Carin", "sitter i styrgruppen"),
    ("dana", "Dana", "enhetschef i socialtjänsten"), ("erik", "Erik", "samordnar i en annan kommun"),
)
log = logging.getLogger(__name__)
LINK_SALT, LINK_LASTS = "sign-in link", 15 * 60


class MailForm(forms.Form):
    email = forms.EmailField(label="E-post", widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page. Limits and timing are allauth's."""

    template_name = "sign_in/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_first_visit():
            return redirect("first_run")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]

    def get_form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = super().get_form(*args, **kwargs)
        form.fields["login"].label, form.fields["password"].label = "E-post", "Lösenord"
        form.fields["password"].help_text = ""
        for bound in form.fields.values():
            bound.widget.attrs.pop("placeholder", None)
        return form  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cast = CAST if can_enter_as_cast(self.request) else ()
        return {**super().get_context_data(**kwargs), "cast": cast, "sends_mail": settings.CONFIG.sends_mail, "mail_form": MailForm()}


def can_enter_as_cast(request: HttpRequest) -> bool:
    """Whether the cast's one click is open: a demonstration town, a server on loopback, and no proxy between."""
    return is_demo() and is_local(request)


sign_in = page(Public)(SignIn.as_view())
sign_out = page(Public)(method_decorator(require_POST, name="dispatch")(LogoutView).as_view(template_name="sign_in/sign_in.html"))


@page(Public)
@require_POST
def enter_as(request: HttpRequest, who: str) -> HttpResponse:
    """Sign in as one of the cast of the demonstration town."""
    if not can_enter_as_cast(request):
        raise Http404
    user = user_by_email(f"{who}@granviken.example") or user_by_email(f"{who}@norrangen.example")
    if user is None or who not in {key for key, _, _ in CAST}:
        raise Http404
    let_in(request, user)
    return redirect("/")


@page(Public)
@require_POST
def mail_link(request: HttpRequest) -> HttpResponse:
    """Mail a link that signs in, if mail can be sent. The answer is the same whether the address is known or not."""
    form = MailForm(request.POST)
    if not settings.CONFIG.sends_mail:
        raise Http404
    messages.info(request, "Om adressen finns hos oss är en länk på väg. Den gäller i 15 minuter och kan användas en gång.")
    if form.is_valid():
        link = _link(request, form.cleaned_data["email"])
        apart(lambda: _mail(link))
    return redirect("account_login")


def apart(act: Callable[[], None]) -> None:
    """Do something beside the answer, which does not wait: how long it takes must tell nobody anything."""
    Thread(target=act).start()


@dataclass(frozen=True, slots=True)
class Link:
    """A link that signs in, ready to mail."""

    to: str
    words: str


def _link(request: HttpRequest, email: str) -> Link | None:
    """Return a link for whoever has the address; None if nobody has, or too many were asked for. The work is the same."""
    from allauth.core import ratelimit

    user = user_by_email(email)
    may = ratelimit.consume(request, action="login_link", key=email.strip().lower())
    who, seen = (user.id, user.last_login) if user else (uuid4(), None)
    token = signing.dumps({"user": str(who), "seen": str(seen)}, salt=LINK_SALT)
    address = request.build_absolute_uri(reverse("sign_in_by_link", args=[token]))
    if user is None or not user.is_active or not may:
        return None
    return Link(user.email, f"Hej {user.name}!\n\nÖppna länken och tryck på Logga in:\n{address}\n\nDen gäller i 15 minuter.\n")


def _mail(link: Link | None) -> None:
    if link is None:
        return
    try:
        send_mail("Din länk till Samsyn", link.words, None, [link.to])
    except OSError:  # what smtplib raises too
        log.exception("A sign-in link could not be mailed.")


@page(Public)
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening a mailed link changes nothing (mail scanners open links); pressing the button signs in, once."""
    try:
        held = signing.loads(token, salt=LINK_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        held = {}
    user = user_by_id(held["user"]) if held else None
    if user is None or not user.is_active or str(user.last_login) != held["seen"]:
        messages.error(request, "Länken gäller inte längre. Be om en ny.")
        return redirect("account_login")
    if request.method == "POST":
        let_in(request, user)
        return redirect("/")
    return render(request, "sign_in/by_link.html", {"name": user.name})


@page(Public)
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """What the sign-in library may lead to but Samsyn does not have: nobody signs up, and an ended account stays out."""
    messages.error(request, "Det går bara att komma in med en inbjudan. Be samordnaren om en.")
    return redirect("account_login")


@page(SignedIn)
@require_GET
def no_partnership(request: PageRequest) -> HttpResponse:
    """For somebody who can sign in but no longer takes part anywhere."""
    if request.places:
        return redirect("/")
    return render(request, "sign_in/no_partnership.html")
