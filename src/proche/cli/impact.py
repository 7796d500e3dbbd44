"""`proche impact`: what a campaign was worth, and how many units a fair test takes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from proche.cli.output import language, print_json, refusing
from proche.core.results import Sentence

RESULTS = "results"


class ResultsFirst(TyperGroup):
    """`proche impact FILE` reads results: the contract names no word before the file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [RESULTS, *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        cls=ResultsFirst,
        no_args_is_help=True,
        help="Retombées : proche impact RESULTATS.csv, ou proche impact plan. / "
        "Impact: proche impact RESULTS.csv, or proche impact plan.",
    )
    group.command(RESULTS, help="Mesurer les retombées. / Measure impact.")(refusing(results))
    group.command("plan", help="Prévoir la taille d’un essai. / Size a test.")(refusing(plan))
    app.add_typer(group, name="impact")


def results(
    path: Annotated[
        Path, typer.Argument(metavar="RESULTS", help="CSV, CSV.gz, Parquet: unit, arm, period, …")
    ],
    start: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Premier jour. / First day of the campaign."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core.impact import analyse, read_results
    from proche.core.impact.document import as_document, as_lines

    reading = read_results(path, start=start.replace(tzinfo=UTC).date() if start else None)
    impact = analyse(reading.accepted())
    show(as_document(impact), as_lines(impact), json)


def plan(
    star: Annotated[
        float, typer.Option(help="Effet attendu de la vedette. / Expected star lift.")
    ] = 3.0,
    nano: Annotated[
        float | None,
        typer.Option(help="Effet attendu des membres, sinon celui de la vedette. / Members’ lift."),
    ] = None,
    baseline: Annotated[
        float,
        typer.Option(min=0.01, help="Compte habituel par période. / Usual count per period."),
    ] = 23.0,
    dispersion: Annotated[
        float,
        typer.Option(min=0.05, help="k binomial négatif. / Negative-binomial k."),
    ] = 4.0,
    spread: Annotated[
        float, typer.Option(min=0.0, max=3.0, help="Écart entre unités (log). / Between units.")
    ] = 0.5,
    before: Annotated[int, typer.Option(min=1, max=1000, help="Périodes avant. / Before.")] = 6,
    after: Annotated[int, typer.Option(min=1, max=1000, help="Périodes après. / After.")] = 6,
    units: Annotated[
        str | None,
        typer.Option(help="Unités par groupe à essayer : 10,20,40. / Units per arm to try."),
    ] = None,
    power: Annotated[
        float, typer.Option(min=0.5, max=0.99, help="Chance de voir l’effet. / Target power.")
    ] = 0.8,
    simulations: Annotated[int, typer.Option(min=100, max=20_000, help="Essais simulés.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Graine du hasard. / Seed.")] = 4417,
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core.impact import Study, plan_study
    from proche.core.impact.document import plan_document, plan_lines

    study = Study(
        lift_star=star,
        lift_nano=star if nano is None else nano,
        baseline=baseline,
        dispersion=dispersion,
        spread=spread,
        before=before,
        after=after,
    )
    table = plan_study(study, units=sizes(units), power=power, simulations=simulations, seed=seed)
    show(plan_document(table), plan_lines(table), json)


def sizes(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    parts = text.replace(";", ",").split(",")
    if not all(part.strip().isdecimal() for part in parts):
        raise typer.BadParameter("--units 10,20,40", param_hint="--units")
    return tuple(int(part) for part in parts)


def show(document: dict[str, Any], lines: list[Sentence], as_json: bool) -> None:
    if as_json:
        print_json(document)
        return
    for line in lines:
        typer.echo(line.in_language(language()))
