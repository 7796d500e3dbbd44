"""`proche resolve`: which records are the same person, surely or to be looked at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from proche.cli.output import language, print_json, refusing
from proche.core.results import InputRefused, Sentence
from proche.core.writing import write_file

if TYPE_CHECKING:
    from proche.core.identity import Resolution


def register(app: typer.Typer) -> None:
    app.command(
        "resolve",
        help="Réunir les fiches d’une même personne. / Bring together the records of one person.",
        epilog="proche resolve personnes.csv --out reunies.csv",
    )(refusing(resolve))


def resolve(
    people: Annotated[
        Path,
        typer.Argument(metavar="PEOPLE", help="CSV, CSV.gz, Parquet: record_id, given_name, …"),
    ],
    out: Annotated[
        Path, typer.Option(help="Le tableau à écrire, en CSV. / The table to write, as CSV.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core import identity
    from proche.core.identity.reading import read_people
    from proche.core.identity.writing import csv_of, document_of

    if not out.parent.is_dir():
        raise InputRefused(_no_folder(out))
    found = identity.resolve(read_people(people))
    write_file(out, csv_of(found))
    if json:
        print_json(document_of(found))
    else:
        _show(found, out)


def _no_folder(out: Path) -> Sentence:
    return Sentence(
        "no_folder",
        f"{out}\u00a0: ce dossier n’existe pas. Créez-le, ou écrivez ailleurs.",
        f"{out}: that folder does not exist. Create it, or write elsewhere.",
    )


def _show(found: "Resolution", out: Path) -> None:
    people = len({one.cluster_id for one in found.placed})
    records, queue = len(found.placed), len(found.queue)
    if language() == "en":
        typer.echo(
            f"{records} records, {people} people; {queue} pairs to look at. Written: {out.name}"
        )
    else:
        typer.echo(
            f"{records} fiches, {people} personnes; {queue} paires à regarder. "
            f"Écrit\u00a0: {out.name}"
        )
