"""Settings: oneself, who takes part, and invitations."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.flows.inviting import Responsible, people_without_account
from samsyn.flows.leaving import leave
from samsyn.chain.wording import counted, in_sweden
from samsyn.flows.reports.everything import write_everything
from samsyn.records.access import writes as access
from samsyn.records.access.acts import AlreadyDone
from samsyn.records.access.reads import user_by_email
from samsyn.records.editing import Gone
from samsyn.records.outbox.leaving_writes import LetGo
from samsyn.records.partnership import writes
from samsyn.records.partnership.reads import OpenInvitation, has_ended, invitation_by_token, invitations, members, members_of_user, organisations
from samsyn.records.partnership.rights import ROLES, Right, Role
from samsyn.records.plan.writes import adopt_responsibility
from samsyn.web.clock import now, today
from samsyn.web.gate import PageRequest, Public, SignedIn, actor_of, page
from samsyn.web.parts.download import download, table_download
from samsyn.web.parts.new_password import NewPasswordForm, new_password_field
from samsyn.web.parts.password_link import LASTS_WORDS, password_token, user_of_password_token
from samsyn.web.parts.row_form import OpenForm
from samsyn.web.parts.signing_in import let_in

ROLE_CHOICES = [(role.value, role.label) for role in ROLES]


class InviteForm(OpenForm):
    """Whom to invite, from where and as what."""

    unread = ("once",)

    name = forms.CharField(label="Namn", max_length=200)
    email = forms.EmailField(label="E-post", max_length=254)
    organisation = forms.CharField(label="Organisation", max_length=200, widget=forms.TextInput(attrs={"list": "parter"}))
    role = forms.ChoiceField(label="Roll", choices=ROLE_CHOICES, widget=forms.RadioSelect, initial=Role.RESPONSIBLE.value)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def key(self) -> str:
        """Return the form's own key, another for another address: somebody may go back in the browser and invite the next person."""
        sent = self.cleaned_data
        return sha256(f"{sent['once']}:{sent['email'].lower()}".encode()).hexdigest()[:40] if sent["once"] else ""


class MeForm(OpenForm):
    name = forms.CharField(label="Ditt namn", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class PasswordForm(forms.Form):
    """A new password, with the old one to be sure that it is the right person."""

    WRONG = "Det stämmer inte med ditt nuvarande lösenord."

    old = forms.CharField(label="Nuvarande lösenord", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    new = new_password_field("Nytt lösenord")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        if not self.user.check_password(old):
            raise forms.ValidationError(self.WRONG)
        return old

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        password_validation.validate_password(new, self.user)
        return new


class JoinForm(NewPasswordForm):
    """A new person's name and password."""

    field_order = ["name", "password"]
    name = forms.CharField(label="Ditt namn", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))


@page(Right.READ)
@require_GET
def settings(request: PageRequest) -> HttpResponse:
    """Show oneself, the members and (to those who may) the invitations."""
    return _show(request)


@page(Right.READ)
@require_GET
def members_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the list of members."""
    rows = [(m.name, m.organisation_name, m.role_label, m.email) for m in members(request.member.partnership)]
    return table_download(ending, f"Med i {request.member.partnership_name}", ("Namn", "Organisation", "Roll", "E-post"), rows)


@page(Right.INVITE)
@require_GET
def invitations_file(request: PageRequest, ending: str) -> HttpResponse:
    """Give the list of invitations that wait."""
    rows = [(i.name, i.organisation_name, i.role_label, i.email, in_sweden(i.made_at), i.made_by, in_sweden(i.expires_at))
            for i in _waiting(request)]
    return table_download(ending, "Inbjudningar", ("Namn", "Organisation", "Roll", "E-post", "Gjord", "Av", "Gäller till"), rows)


@page(Right.BRING_FILES)
@require_GET
def everything(request: PageRequest) -> HttpResponse:
    """Give everything the partnership has in one zip."""
    target = BytesIO()
    write_everything(request.member.partnership, today(), target)
    return download(target.getvalue(), "zip", f"samsyn {today().isoformat()}")


@page(SignedIn)
@require_POST
def change_me(request: PageRequest) -> HttpResponse:
    """Change one's own name or password."""
    which = request.POST.get("which")
    me = MeForm(request.POST if which == "name" else None, initial={"name": request.user.name})
    password = PasswordForm(request.POST if which == "password" else None, user=request.user)
    if which == "name" and me.is_valid():
        access.rename_user(user=request.user, name=me.cleaned_data["name"], actor=request.actor, at=now())
        messages.success(request, "Ditt namn är ändrat.")
    elif which == "password" and password.is_valid():
        try:
            access.set_password(user=request.user, password=password.cleaned_data["new"], actor=request.actor, at=now())
        except Gone:
            password.add_error("old", PasswordForm.WRONG)
            return _show(request, me=me, password=password, http=400)
        update_session_auth_hash(request, request.user)
        messages.success(request, "Lösenordet är bytt. Andra inloggningar är avslutade.")
    else:
        return _show(request, me=me, password=password, http=400)
    return redirect("settings")


@page(SignedIn)
@require_POST
def choose_partnership(request: PageRequest) -> HttpResponse:
    """Go to another of the partnerships one takes part in."""
    wanted = request.POST.get("partnership", "")
    if not any(str(place.partnership) == wanted for place in request.places):
        raise Http404
    request.session["partnership"] = wanted
    return redirect("start")


@page(Right.INVITE)
@require_http_methods(["GET", "POST"])
def invite(request: PageRequest) -> HttpResponse:
    """Make an invitation; the ready text with its link is shown once, and again only to a second click on the same form."""
    waiting = people_without_account(request.member.partnership)
    form = InviteForm(request.POST or None, initial={"once": uuid4().hex, **_asked_for(request, waiting)})
    parties = [name for _, name in organisations(request.member.partnership)]
    if request.POST and form.is_valid():
        sent, once = form.cleaned_data, form.key()
        try:
            row, token = writes.invite(
                partnership=request.member.partnership, organisation_name=sent["organisation"], name=sent["name"], email=sent["email"],
                role=Role(sent["role"]), actor=request.actor, at=now(), once=once)
        except AlreadyDone as done:
            again = writes.invitation_again(partnership=request.member.partnership, invitation=done.answer, actor=request.actor, once=once, at=now())
            if again is None:
                messages.info(request, "Den inbjudan är redan gjord, och länken gäller inte längre. Gör en ny om den behövs.")
                return redirect("settings")
            row, token = again
        address = request.build_absolute_uri(reverse("join", args=[token]))
        text = _invitation_text(row.name, request, address, Role(row.role))
        mailto = f"mailto:{quote(row.email, safe='@')}?subject={quote('Inbjudan till ' + request.member.partnership_name)}&body={quote(text)}"
        return render(request, "settings/invited.html", {"text": text, "mailto": mailto, "only_here": _only_here(request)})
    return render(request, "settings/invite.html", {
        "form": form, "parties": parties, "roles": ROLES.items(), "waiting": waiting}, status=400 if request.POST else 200)


@page(Right.INVITE)
@require_POST
def change_member(request: PageRequest, member: UUID) -> HttpResponse:
    """Give a member another role, or end their place."""
    given: dict[str, Any] = {"partnership": request.member.partnership, "member": member, "actor": request.actor, "at": now()}
    try:
        if request.POST.get("act") == "end":
            messages.success(request, _left_words(leave(**given)))
        elif request.POST.get("role") in {role.value for role in Role}:
            writes.change_role(role=Role(request.POST["role"]), **given)
            messages.success(request, "Rollen är ändrad.")
        else:
            raise Http404
    except writes.LastCoordinator:
        messages.error(request, "Samverkan måste ha minst en samordnare. Gör först någon annan till samordnare.")
    except Gone as gone:
        if not has_ended(request.member.partnership, member):
            raise Http404 from gone
        messages.info(request, "Personen är redan avslutad. Inget mer har ändrats.")
    return redirect("settings")


def _left_words(gone: LetGo) -> str:
    said = ["Personen är inte längre med. Det hen har gjort står kvar."]
    if gone.links:
        said.append("Personens länkar till frågor och kalendrar slutar gälla.")
    if gone.letters:
        said.append(f"{counted(gone.letters, 'utskick', 'utskick', neuter=True).capitalize()} till personen skickas inte.")
    return " ".join(said)


@page(Right.INVITE)
@require_POST
def password_link(request: PageRequest, member: UUID) -> HttpResponse:
    """Show a link where a member chooses a new password. Only for those who take part nowhere else."""
    place = next((m for m in members(request.member.partnership) if m.id == member), None)
    if place is None:
        raise Http404
    if len(members_of_user(place.user_id)) > 1:
        messages.error(request, f"{place.name} är med i mer än en samverkan. Då får bara den som sköter servern göra en länk: samsyn password {place.email}.")
        return redirect("settings")
    user = user_by_email(place.email)
    address = request.build_absolute_uri(reverse("new_password", args=[password_token(user)]))
    text = (f"Hej {place.name}!\n\nHär väljer du ett nytt lösenord till Samsyn:\n{address}\n\n"
            f"Länken gäller i {LASTS_WORDS} och kan användas en gång.\n\nHälsningar\n{request.member.name}")
    return render(request, "settings/password_link.html", {"text": text, "only_here": _only_here(request)})


@page(Public)
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password. Opening the link changes nothing."""
    user = user_of_password_token(token)
    if user is None:
        return _closed(request, is_password=True)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            access.set_password(user=user, password=form.cleaned_data["password"], actor=actor_of(user), at=now())
        except Gone:
            return _closed(request, is_password=True)
        let_in(request, user)
        messages.success(request, "Ditt nya lösenord gäller nu.")
        return redirect("start")
    return render(request, "settings/new_password.html", {"form": form, "name": user.name}, status=400 if request.POST else 200)


@page(Right.INVITE)
@require_POST
def revoke(request: PageRequest, invitation: UUID) -> HttpResponse:
    """Make an invitation's link worthless."""
    try:
        writes.revoke_invitation(partnership=request.member.partnership, invitation=invitation, actor=request.actor, at=now())
    except Gone as gone:
        found = next((one for one in invitations(request.member.partnership) if one.id == invitation), None)
        if found is None:
            raise Http404 from gone
        messages.info(request, "Inbjudan är redan indragen." if found.revoked_at else f"{found.name} har redan tackat ja. Avsluta hellre medlemskapet.")
        return redirect("settings")
    messages.success(request, "Inbjudan är indragen.")
    return redirect("settings")


@page(Public)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: opening it changes nothing, pressing the button does."""
    invitation = invitation_by_token(token, now())
    if invitation is None:
        return _closed(request)
    user: Any = request.user if request.user.is_authenticated else None
    known = user_by_email(invitation.email)
    if user is None and known is not None:
        return _has_account(request)
    if user is not None and user.email != invitation.email:
        return render(request, "settings/join_other.html", status=409)
    form = JoinForm(request.POST or None, initial={"name": invitation.name}) if user is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _joined(request, token, user, form)
    return render(request, "settings/join.html", {"form": form, "invitation": invitation}, status=400 if request.POST else 200)


def _joined(request: HttpRequest, token: str, user: Any, form: JoinForm | None) -> HttpResponse:
    given = form.cleaned_data if form else {"name": user.name, "password": ""}
    try:
        person = writes.accept_invitation(token=token, user=user, name=given["name"], password=given["password"],
                                          actor=actor_of(user) if user else None, at=now())
    except writes.AlreadyMember:
        messages.info(request, "Du är redan med.")
        return redirect("start")
    except writes.HasAccount:
        return _has_account(request)
    except Gone:
        return _closed(request)
    place = members_of_user(person.id)[-1]
    adopt_responsibility(partnership=place.partnership, email=person.email, member=place.id, actor=actor_of(person), at=now())
    if user is None:
        let_in(request, person)
    request.session["partnership"] = str(place.partnership)
    messages.success(request, f"Välkommen till {place.partnership_name}.")
    return redirect("start")


def _has_account(request: HttpRequest) -> HttpResponse:
    messages.info(request, "Du har redan ett konto. Logga in, så är du med.")
    return redirect(reverse("account_login") + "?next=" + request.path)


def _closed(request: HttpRequest, *, is_password: bool = False) -> HttpResponse:
    return render(request, "settings/join_closed.html", {"is_password": is_password}, status=404)


def _show(request: PageRequest, me: MeForm | None = None, password: PasswordForm | None = None, http: int = 200) -> HttpResponse:
    may_invite = bool(request.member) and request.member.may(Right.INVITE)
    return render(request, "settings/settings.html", {
        "me_form": me or MeForm(initial={"name": request.user.name}), "password_form": password or PasswordForm(user=request.user),
        "members": members(request.member.partnership) if request.member else (), "roles": ROLES.items(), "may_invite": may_invite,
        "may_nudge": bool(request.member) and request.member.may(Right.NUDGE),
        "invitations": _waiting(request) if may_invite else [],
        "now": now(), "places": request.places, "role_choices": ROLE_CHOICES}, status=http)


def _waiting(request: PageRequest) -> list[OpenInvitation]:
    """Return the invitations that nobody has used or taken back, also those that are too old."""
    return [i for i in invitations(request.member.partnership) if not i.used_at and not i.revoked_at]


def _asked_for(request: PageRequest, waiting: tuple[Responsible, ...]) -> dict[str, str]:
    """What is filled in beforehand: the person of the plans whose name was pressed."""
    asked = next((who for who in waiting if who.key == request.GET.get("ansvarig")), None)
    return {"name": asked.name, "email": asked.email, "organisation": asked.organisation} if asked else {}


def _only_here(request: HttpRequest) -> str:
    """Return the first part of our links if nobody at another machine can open them, "" if they can."""
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    is_here = name in ("localhost", "[::1]", "::1") or name.endswith(".localhost") or name.startswith("127.")
    return request.build_absolute_uri("/") if is_here else ""


def _invitation_text(name: str, request: PageRequest, address: str, role: Role) -> str:
    return (f"Hej {name}!\n\nDu är inbjuden till {request.member.partnership_name} i Samsyn som {role.label.lower()}. "
            f"Där följer vi vår gemensamma åtgärdsplan.\n\nÖppna länken och välj ett lösenord:\n{address}\n\n"
            f"Länken gäller i {writes.INVITATION_LASTS.days} dagar och kan användas en gång.\n\nHälsningar\n{request.member.name}")
