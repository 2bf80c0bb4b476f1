"""The commands `samsyn backup` and `samsyn restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer


def backup_command(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Filen som kopian skrivs till. Annars bland installationens egna.")] = None,
) -> None:
    """Gör en säkerhetskopia av allt, medan andra arbetar."""
    from samsyn.site.backup import make_copy, make_nightly_copy
    from samsyn.site.config import read_config

    folder = read_config().folder
    if not (folder / "samsyn.sqlite3").exists():
        typer.echo(f"Här finns ingen installation att kopiera: {folder}. Sätt SAMSYN_FOLDER till rätt mapp.", err=True)
        raise typer.Exit(1)
    at = datetime.now(UTC)
    if output:
        make_copy(folder, output, at)
    else:
        output = make_nightly_copy(folder, at)
    typer.echo(f"Säkerhetskopian ligger i {output}. Den innehåller allt: förvara den lika säkert som servern.")


def restore_command(
    file: Annotated[Path, typer.Argument(help="Säkerhetskopian.")],
    verify: Annotated[bool, typer.Option("--verify", help="Prova bara att kopian går att lägga tillbaka. Ingenting ändras.")] = False,
) -> None:
    """Lägg tillbaka en säkerhetskopia. Stäng Samsyn först. Det som fanns flyttas åt sidan."""
    from samsyn.site import backup
    from samsyn.site.config import read_config
    from samsyn.site.start import NotReady, refuse_taken_port

    config = read_config()
    try:
        if verify:
            copy = backup.verify(file)
            typer.echo(f"Kopian är hel: {sum(copy.rows.values())} rader i {len(copy.rows)} tabeller, gjord {copy.made_at[:16].replace('T', ' kl. ')} (UTC).")
            return
        refuse_taken_port(config.SAMSYN_BIND, config.SAMSYN_PORT)
        backup.restore(file, config.folder, datetime.now(UTC))
    except backup.NotACopy as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    except NotReady as fault:
        typer.echo("Samsyn verkar vara igång. Stäng det först, och försök igen.", err=True)
        raise typer.Exit(1) from fault
    typer.echo(f"Kopian är tillbaka i {config.folder}. Starta med samsyn serve.")
