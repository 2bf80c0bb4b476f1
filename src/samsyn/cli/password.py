"""The command `samsyn password`."""

from __future__ import annotations

import typer


def password_command(email: str = typer.Argument(help="E-postadressen som personen loggar in med.")) -> None:
    """Skriv ut en länk där en person väljer ett nytt lösenord. För den som sköter servern."""
    from samsyn.site.start import NotReady, set_up

    try:
        set_up()
    except NotReady as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    from django.conf import settings
    from django.urls import reverse

    from samsyn.records.access.reads import user_by_email
    from samsyn.web.parts.password_link import LASTS_WORDS, password_token

    user = user_by_email(email)
    if user is None:
        typer.echo(f"Ingen loggar in med {email}. Kontrollera stavningen.", err=True)
        raise typer.Exit(1)
    address = reverse("new_password", args=[password_token(user)])
    typer.echo(f"http://localhost:{settings.CONFIG.SAMSYN_PORT}{address}")
    typer.echo(f"Länken gäller i {LASTS_WORDS} och kan användas en gång.")
