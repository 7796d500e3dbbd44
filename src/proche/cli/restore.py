"""`proche restore`: put a backup in the place of what is here, which is saved first."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from proche.cli.output import language, refusing, say
from proche.core.results import InputRefused, Sentence

QUESTION = Sentence(
    "replace",
    "Remplacer tout ce que contient cette installation? Une sauvegarde en est d’abord prise.",
    "Replace everything in this installation? A backup of it is taken first.",
)


def register(app: typer.Typer) -> None:
    app.command("restore")(refusing(restore))


def restore(
    file: Annotated[Path, typer.Argument(help="La sauvegarde. / The backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Sans demander. / Do not ask.")] = False,
) -> None:
    """Remet une sauvegarde en place. / Put a backup back in place.

    Arrêtez d’abord «\u00a0proche run\u00a0». / Stop proche run first.
    Exemple / example: proche restore lundi.tar.gz
    """
    from proche.cli._django import set_up

    set_up()
    from proche.cli import _archive, _prepare

    _prepare.ensure_folder()
    with _archive.opened(file) as folder:
        if not _prepare.is_new_database():
            _ask(yes)
            _keep_what_is_here()
        _archive.lay_out(folder)
    _prepare.bring_up_to_date()
    say(Sentence("restored", f"{file} est en place.", f"{file} is in place."))


def _ask(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputRefused(
            Sentence(
                "not_empty",
                "Cette installation n’est pas vide\u00a0: ajoutez --yes pour la remplacer.",
                "This installation is not empty: add --yes to replace it.",
            )
        )
    typer.confirm(QUESTION.in_language(language()), abort=True, err=True)


def _keep_what_is_here() -> None:
    from django.conf import settings

    from proche.cli import _archive

    now = datetime.now(UTC)
    kept = Path(settings.DATA_DIR) / f"before-restore-{now:%Y%m%d-%H%M%S-%f}.tar.gz"
    _archive.write(kept, now=now)
    say(
        Sentence(
            "kept",
            f"Ce qui était ici est gardé dans {kept}.",
            f"What was here is kept in {kept}.",
        )
    )
