"""`proche sample`: an invented programme to look around in, and its removal."""

from typing import Annotated

import typer

from proche.cli.output import refusing, say
from proche.core.results import Sentence


def register(app: typer.Typer) -> None:
    noun = typer.Typer(no_args_is_help=True, help="Le programme d’exemple. / The sample programme.")
    noun.command("load")(refusing(load))
    noun.command("clear")(refusing(clear))
    app.add_typer(noun, name="sample")


def load(
    beside: Annotated[
        bool,
        typer.Option("--beside", help="À côté d’un vrai programme. / Beside a real programme."),
    ] = False,
) -> None:
    """Charge le programme d’exemple. / Load the sample programme.

    Exemple / example: proche sample load
    """
    _set_up()
    from django.utils import timezone

    from proche import sample

    say(LOADED if sample.load(timezone.localdate(), beside=beside) else ALREADY)


def clear() -> None:
    """Retire le programme d’exemple, et rien d’autre. / Remove the sample, nothing else.

    Exemple / example: proche sample clear
    """
    _set_up()
    from proche import sample

    say(CLEARED if sample.clear() else ABSENT)


def _set_up() -> None:
    """The sample may be the first thing somebody asks for: the tables are made if need be."""
    from proche.cli._django import set_up

    set_up()
    from proche.cli._prepare import bring_up_to_date

    bring_up_to_date()


LOADED = Sentence(
    "sample_loaded",
    "Programme d’exemple chargé\u00a0: 500 membres inventés. "
    "Pour le retirer\u00a0: proche sample clear",
    "Sample programme loaded: 500 invented members. To remove it: proche sample clear",
)
ALREADY = Sentence(
    "sample_there",
    "Le programme d’exemple est déjà là. Rien n’a changé.",
    "The sample programme is already there. Nothing changed.",
)
CLEARED = Sentence(
    "sample_cleared",
    "Programme d’exemple retiré, avec tout ce qu’il contenait.",
    "Sample programme removed, with everything it held.",
)
ABSENT = Sentence(
    "no_sample",
    "Il n’y a pas de programme d’exemple ici. Rien n’a changé.",
    "There is no sample programme here. Nothing changed.",
)
