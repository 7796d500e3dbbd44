"""`proche roster`: the accounts that together reach the most distinct persons."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from proche.cli.output import language, print_json, refusing, say
from proche.core.results import InputRefused, Sentence

if TYPE_CHECKING:
    from proche.core.roster import Audience, Roster

Accounts = Annotated[list[str] | None, typer.Option(help="Un compte; répétable. / Repeatable.")]


def register(app: typer.Typer) -> None:
    app.command(
        "roster", help="Choisir qui joint le plus de monde. / Choose who reaches the most people."
    )(refusing(roster))


def roster(
    audience: Annotated[
        Path, typer.Argument(metavar="AUDIENCE", help="CSV, Parquet: account_id, person_key")
    ],
    size: Annotated[
        int | None, typer.Option(min=1, help="Combien de comptes. / How many accounts.")
    ] = None,
    costs: Annotated[Path | None, typer.Option(help="Table account_id, cost.")] = None,
    budget: Annotated[
        float | None, typer.Option(min=0, help="Somme à ne pas dépasser. / Most to spend.")
    ] = None,
    caps: Annotated[
        list[Path] | None,
        typer.Option(help="Table account_id, group, cap, ou TOML [caps]; répétable."),
    ] = None,
    lock_in: Accounts = None,
    lock_out: Accounts = None,
    swaps: Annotated[
        bool, typer.Option(help="Échanger ensuite tant que cela ajoute du monde. / Then swap.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Un document JSON. / One JSON.")] = False,
) -> None:
    from proche.core.roster import choose
    from proche.core.roster.reading import read_audience, read_caps, read_costs

    if size is None and budget is None:
        raise typer.BadParameter("--size K, ou / or --costs FILE --budget B")
    if budget is not None and costs is None:
        raise typer.BadParameter("--budget demande --costs FILE. / --budget needs --costs FILE.")
    prices = read_costs(costs) if costs else None
    groups = read_caps(caps) if caps else None
    pairs = read_audience(audience)
    for name in (*(lock_in or ()), *(lock_out or ())):
        _check_known(pairs, audience, name)
    chosen = choose(
        pairs,
        size=size,
        costs=prices,
        budget=budget,
        caps=groups,
        locked_in=lock_in or (),
        locked_out=lock_out or (),
        swaps=swaps,
    )
    if size is not None and len(chosen.chosen) < size:
        say(_fewer(len(chosen.chosen), size))
    if chosen.lacking:
        say(_lacking(chosen))
    if json:
        print_json(_document(chosen))
    else:
        _show(chosen)


def _check_known(pairs: "Audience", path: Path, name: str) -> None:
    if name not in pairs.account_ids:
        raise InputRefused(
            Sentence(
                "unknown_account",
                f"{path.name} : le compte {name} n’y est pas. Vérifiez son identifiant.",
                f"{path.name}: the account {name} is not in it. Check its id.",
            )
        )


def _fewer(found: int, asked: int) -> Sentence:
    return Sentence(
        "fewer_than_asked",
        f"{found} comptes choisis sur {asked} : personne d’autre ne tient dans ce qui est demandé.",
        f"{found} accounts chosen of {asked}: nobody else fits what was asked.",
    )


def _lacking(chosen: "Roster") -> Sentence:
    short = ", ".join(f"{group} (−{missing})" for _at, group, missing in chosen.lacking)
    return Sentence(
        "floors_unmet",
        f"Planchers que rien ne permet de tenir ensemble\u00a0: {short}. Baissez-les, ou donnez "
        "plus de places, de budget ou de plafond.",
        f"Floors that nothing allowed can keep together: {short}. Lower them, or give more seats, "
        "budget or caps.",
    )


def _document(chosen: "Roster") -> dict[str, Any]:
    return {
        "chosen": list(chosen.chosen),
        "gains": list(chosen.gains),
        "reach": chosen.reach,
        "upper_bound": chosen.upper_bound,
        "proven": round(chosen.proven, 6),
        **({} if chosen.cost is None else {"cost": round(chosen.cost, 2)}),
        **({"lacking": _missing(chosen)} if chosen.lacking else {}),
    }


def _missing(chosen: "Roster") -> dict[str, int]:
    return {group: missing for _at, group, missing in chosen.lacking}


def _show(chosen: "Roster") -> None:
    for position, (name, gain) in enumerate(zip(chosen.chosen, chosen.gains, strict=True), start=1):
        typer.echo(f"{position:3}  {name}  +{gain}")
    # rounded down: a share that is said to be proven must be
    share = int(chosen.proven * 1000) / 10
    if language() == "en":
        typer.echo(f"{chosen.reach} distinct persons. At least {share}% of the best possible.")
    else:
        figure = str(share).replace(".", ",")
        typer.echo(
            f"{chosen.reach} personnes distinctes. Au moins {figure} % du meilleur possible."
        )
