"""`proche qualify`: tables of accounts in, evidence and proposed verdicts out."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from proche.cli.output import language, print_json, refusing

if TYPE_CHECKING:
    from proche.core.evidence.engines.counting import Count


class Engine(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"


# Less would only be spent on writing to disk and reading back.
LEAST_MEMORY = 1 << 30


def register(app: typer.Typer) -> None:
    app.command(
        "qualify",
        help="Tables de comptes → preuves et verdicts proposés. / "
        "Tables of accounts → evidence and proposed verdicts.\n\n"
        "proche qualify tables/ --out verdicts/",
    )(refusing(qualify))


def _size(text: str) -> int:
    from proche.core.evidence.engines.memory import in_bytes

    try:
        size = in_bytes(text)
    except ValueError:
        size = 0
    if size < LEAST_MEMORY:
        raise typer.BadParameter("--memory 6GiB (1GiB ou plus / or more)")
    return size


def qualify(
    tables: Annotated[
        list[Path],
        typer.Argument(
            metavar="TABLES",
            help="Dossier ou fichiers accounts, posts, interactions, audience "
            "(.csv, .csv.gz, .parquet). / A folder or files.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="Dossier des résultats. / Output folder.")],
    map: Annotated[
        Path | None,
        typer.Option("--map", help="Noms de colonnes, en TOML. / Column names, as TOML."),
    ] = None,
    thresholds: Annotated[
        Path | None, typer.Option(help="Seuils du programme. / The programme’s thresholds.")
    ] = None,
    norms: Annotated[
        Path | None, typer.Option(help="norms.json d’un autre calcul. / From another run.")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Date du relevé. / Date of the tables."),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="Moteur de calcul. / Engine.")] = Engine.DUCKDB,
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Spark : local[2], spark://…, yarn, k8s://…, sc://…"),
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
    memory: Annotated[
        int | None,
        typer.Option(
            parser=_size,
            metavar="SIZE",
            help="Mémoire à ne pas dépasser, p. ex. 6GiB (sinon, celle de la machine). / "
            "Memory not to exceed, e.g. 6GiB (else, the machine’s).",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core.evidence import read_mapping
    from proche.core.tiers import (
        qualify_files,
        read_norms,
        read_thresholds,
        summarise,
        summary_lines,
        write_results,
    )

    made = qualify_files(
        tables,
        latest_possible=datetime.now(UTC).replace(tzinfo=None),
        as_of=as_of.replace(tzinfo=UTC).date() if as_of else None,
        mapping=read_mapping(map) if map else None,
        thresholds=read_thresholds(thresholds) if thresholds else None,
        norms=read_norms(norms) if norms else None,
        strict=strict,
        memory=memory,
        count=_count(engine, master, memory),
    )
    summary = summarise(made)
    write_results(made, out, dumps(summary, ensure_ascii=False, indent=2) + "\n")
    if json:
        print_json(summary)
        return
    for line in summary_lines(made):
        typer.echo(line.in_language(language()))


def _count(engine: Engine, master: str | None, memory: int | None) -> "Count":
    from proche.core.evidence.engines import duckdb, spark

    if engine is Engine.DUCKDB:
        if master:
            raise typer.BadParameter("--master : --engine spark")
        return duckdb.count
    master = master or "local[*]"
    if memory and not master.startswith("local"):
        raise typer.BadParameter("--memory : --master local[*] (spark.executor.memory)")
    return partial(spark.count, master=master)
