"""`proche norms build`: a reference table of accounts in, the norms it gives out."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from proche.cli.output import language, print_json, refusing, say
from proche.core.results import InputRefused, Sentence
from proche.core.writing import write_file


def register(app: typer.Typer) -> None:
    noun = typer.Typer(
        help="À qui les comptes sont comparés. / Whom accounts are compared with.",
        no_args_is_help=True,
    )
    noun.callback()(lambda: None)
    noun.command(
        "build",
        help="Table de référence → normes, pour `proche qualify --norms`. / "
        "Reference table → norms, for `proche qualify --norms`.\n\n"
        "proche norms build tables/ --out norms.json --source 'Comptes suivis, printemps 2026'",
    )(refusing(build))
    app.add_typer(noun, name="norms")


def build(
    tables: Annotated[
        list[Path],
        typer.Argument(
            metavar="TABLES",
            help="Dossier ou fichiers accounts, posts, interactions, audience "
            "(.csv, .csv.gz, .parquet). / A folder or files.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Le fichier à écrire. / The file to write.")],
    source: Annotated[
        str,
        typer.Option(help="D’où viennent ces comptes, en mots. / Where they come from, in words."),
    ] = "",
    map: Annotated[
        Path | None,
        typer.Option("--map", help="Noms de colonnes, en TOML. / Column names, as TOML."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Date du relevé. / Date of the tables."),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Refuser ce qui serait compté puis corrigé\u00a0: ids en double, fuseaux mêlés, "
            "nombres négatifs ou hors limites. / Refuse what would be counted and set right: "
            "double ids, mixed time zones, numbers negative or out of range.",
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core.evidence import read_mapping
    from proche.core.tiers import counted_lines, doubts_of, qualify_files

    made = qualify_files(
        tables,
        latest_possible=datetime.now(UTC).replace(tzinfo=None),
        as_of=as_of.replace(tzinfo=UTC).date() if as_of else None,
        mapping=read_mapping(map) if map else None,
        strict=strict,
    )
    accounts = len(made.evidence.accounts)
    if not made.norms.groups:
        raise _too_few(accounts)
    norms = replace(made.norms, source=source.strip() or ", ".join(path.name for path in tables))
    _write(out, norms.to_json() + "\n")
    summary: dict[str, Any] = {
        "source": norms.source,
        "as_of": norms.as_of,
        "accounts": accounts,
        "groups": len(norms.groups),
        "measures": sorted({group.measure for group in norms.groups}),
        "skipped": dict(made.evidence.skipped),
        "doubts": doubts_of(made),
    }
    if json:
        print_json(summary)
        return
    for line in counted_lines(made):
        typer.echo(line.in_language(language()))
    say(
        Sentence(
            "norms_built",
            f"Normes écrites\u00a0: {out} ({accounts} comptes, {len(norms.groups)} groupes).",
            f"Norms written: {out} ({accounts} accounts, {len(norms.groups)} groups).",
        )
    )


def _write(out: Path, text: str) -> None:
    try:
        write_file(out, text.encode())
    except OSError as cause:
        raise InputRefused(
            Sentence(
                "cannot_write",
                f"{out}\u00a0: impossible d’y écrire. Donnez à --out un fichier d’un dossier où "
                "vous pouvez écrire.",
                f"{out}: cannot be written. Give --out a file in a folder you may write in.",
            )
        ) from cause


def _too_few(accounts: int) -> InputRefused:
    return InputRefused(
        Sentence(
            "too_few_for_norms",
            f"{accounts} comptes avec trop peu de mesures\u00a0: il en faut cinq au moins par "
            "plateforme, avec leurs publications ou leurs interactions.",
            f"{accounts} accounts with too few measures: five at least are needed on a platform, "
            "with their posts or interactions.",
        )
    )
