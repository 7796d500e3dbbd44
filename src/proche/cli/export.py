"""`proche export`: everything a programme keeps, in one file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from proche.cli.output import language, refusing, say
from proche.core.results import InputRefused, Sentence


def register(app: typer.Typer) -> None:
    app.command("export")(refusing(export))


def export(
    file: Annotated[
        Path, typer.Argument(help="Le fichier à écrire, .zip ou .xlsx. / The file to write.")
    ],
    kind: Annotated[
        str, typer.Option("--format", help="Dans un .zip\u00a0: csv ou json. / In a .zip.")
    ] = "csv",
    programme: Annotated[
        int, typer.Option(help="Numéro du programme, s’il y en a plusieurs. / Its number.")
    ] = 0,
    headings: Annotated[
        str, typer.Option(help="Langue des en-têtes\u00a0: fr ou en. / Language of headings.")
    ] = "",
) -> None:
    """Toutes les tables d’un programme dans un fichier. / Every table of a programme in one file.

    Le serveur peut continuer. / The server may go on. Exemple / example: proche export tout.zip
    """
    from proche.cli._django import set_up

    set_up()
    from proche.areas.takeout.actions import make_at
    from proche.areas.takeout.models import Takeout

    chosen = _kind(file, kind)
    if headings not in ("", "fr", "en"):
        raise InputRefused(
            Sentence("headings", "--headings\u00a0: fr ou en.", "--headings: fr or en.")
        )
    if not file.absolute().parent.is_dir():
        raise InputRefused(
            Sentence(
                "no_folder",
                f"Le dossier {file.absolute().parent} n’existe pas. Créez-le d’abord.",
                f"The folder {file.absolute().parent} does not exist. Make it first.",
            )
        )
    takeout = Takeout.objects.create(
        programme=_programme(programme), kind=chosen, language=headings or language()
    )
    try:
        make_at(takeout, file)
    except BaseException:
        takeout.delete()
        raise
    takeout.refresh_from_db()
    rows, size = takeout.total, file.stat().st_size / 1024**2
    say(
        Sentence(
            "exported",
            f"Export écrit\u00a0: {file} ({rows} rangées, {size:.1f} Mio). Il contient des "
            "renseignements personnels\u00a0: gardez-le en lieu sûr.",
            f"Export written: {file} ({rows} rows, {size:.1f} MiB). It holds personal "
            "information: keep it safe.",
        )
    )


def _kind(file: Path, kind: str) -> str:
    if file.suffix == ".xlsx":
        return "xlsx"
    if file.suffix == ".zip" and kind in ("csv", "json"):
        return kind
    raise InputRefused(
        Sentence(
            "unknown_format",
            f"{file.name}\u00a0: terminez le nom par .xlsx, ou par .zip avec --format csv ou json.",
            f"{file.name}: end its name with .xlsx, or with .zip and --format csv or json.",
        )
    )


def _programme(number: int) -> Any:
    from proche.areas.accounts.models import Programme

    found = list(Programme.objects.order_by("pk"))
    if number:
        found = [one for one in found if one.pk == number]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{one.pk} ({one.name})" for one in Programme.objects.order_by("pk")[:12])
    raise InputRefused(
        Sentence(
            "which_programme",
            f"Quel programme? Donnez --programme avec l’un de ces numéros\u00a0: {listed}.",
            f"Which programme? Give --programme with one of these numbers: {listed}.",
        )
    )
