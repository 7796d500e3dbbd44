"""`proche backup`: the whole installation in one file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from proche.cli.output import refusing, say
from proche.core.results import Sentence


def register(app: typer.Typer) -> None:
    app.command("backup")(refusing(backup))


def backup(
    file: Annotated[Path, typer.Argument(help="Le fichier à écrire. / The file to write.")],
) -> None:
    """Sauvegarde base, fichiers et clé dans un fichier. / Save database, files and key in one file.

    Le serveur peut continuer. / The server may go on. Exemple / example: proche backup lundi.tar.gz
    """
    from proche.cli._django import set_up

    set_up()
    from proche.cli import _archive, _prepare

    _prepare.ensure_folder()
    _archive.write(file, now=datetime.now(UTC))
    size = file.stat().st_size / 1024**2
    say(
        Sentence(
            "backed_up",
            f"Sauvegarde écrite\u00a0: {file} ({size:.1f} Mio). Elle contient des renseignements "
            "personnels et la clé secrète\u00a0: gardez-la en lieu sûr.",
            f"Backup written: {file} ({size:.1f} MiB). It holds personal information and the "
            "secret key: keep it safe.",
        )
    )
