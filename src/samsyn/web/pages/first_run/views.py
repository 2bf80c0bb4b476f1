"""The first visitor of an empty installation: the name of the collaboration, one's own, and a password."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samsyn.flows.founding import AlreadyBegun, begin
from samsyn.web.clock import now
from samsyn.web.frame import forget, is_first_visit
from samsyn.web.gate import Public, is_local, page
from samsyn.web.parts.new_password import NewPasswordForm
from samsyn.web.parts.signing_in import let_in


class FirstForm(NewPasswordForm):
    """What is needed to begin."""

    field_order = ["partnership", "organisation", "name", "email", "password"]
    partnership = forms.CharField(label="Vad heter er samverkan?", help_text="Till exempel Trygga Granviken.", max_length=200)
    organisation = forms.CharField(label="Vilken organisation samordnar?", help_text="Oftast kommunen.", max_length=200)
    name = forms.CharField(label="Ditt namn", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="Din e-post", help_text="Den loggar du in med.", max_length=254,
                             widget=forms.EmailInput(attrs={"autocomplete": "email"}))


@page(Public)
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Begin. Open only while nobody can sign in, and only from the machine itself."""
    if not is_first_visit():
        return redirect("start")
    if not is_local(request):
        raise Http404
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            user = begin(partnership_name=sent["partnership"], organisation_name=sent["organisation"], name=sent["name"], email=sent["email"],
                         password=sent["password"], at=now())
        except AlreadyBegun:
            return redirect("start")
        forget()
        let_in(request, user)
        return redirect("start")
    return render(request, "first_run/first_run.html", {"form": form}, status=400 if request.POST else 200)
