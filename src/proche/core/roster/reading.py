"""Read an audience, costs and caps from files, or refuse them in one line."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proche.core.evidence.tables import AUDIENCE
from proche.core.results import InputRefused, Sentence
from proche.core.roster.audience import Audience
from proche.core.roster.problem import Caps
from proche.core.tables import Column, Table, Type, read_table

COSTS = Table(
    "costs",
    (
        Column("account_id", Type.KEY, required=True, filled=True),
        Column("cost", Type.TEXT, required=True, filled=True),
    ),
    key=("account_id",),
)
GROUPS = Table(
    "groups",
    (
        Column("account_id", Type.KEY, required=True, filled=True),
        Column("group", Type.TEXT, required=True),
        Column("cap", Type.COUNT),
        Column("floor", Type.COUNT),
    ),
    key=("account_id",),
)


def read_audience(path: Path) -> Audience:
    """Raises InputRefused naming the file, the row and the column."""
    rows = read_table(path, AUDIENCE).rows
    return Audience.from_pairs(rows.column("account_id"), rows.column("person_key"))


def read_costs(path: Path) -> dict[str, float]:
    read = read_table(path, COSTS)
    costs = zip(read.column("account_id"), read.numbers("cost"), strict=True)
    return {str(account_id): cost for account_id, cost in costs if cost is not None}


@dataclass
class _Found:
    groups: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    floors: dict[str, int] = field(default_factory=dict)


def read_caps(paths: Iterable[Path]) -> Caps:
    """Groups from a table (`account_id`, `group`), bounds from its `cap` and `floor` columns or
    from TOML.

    A TOML file holds `[caps]` (group = most accounts), `[floors]` (at least), and
    `groups = "file.csv"` beside it or a table `[groups]` (account = "group") unless a table is
    given too.
    """
    found = _Found()
    names = []
    for path in paths:
        names.append(path.name)
        if path.suffix.lower() == ".toml":
            _read_toml(path, found)
        else:
            _read_groups(path, found)
    name = ", ".join(names)
    if not found.groups:
        raise _refused(
            "caps_without_groups",
            f"{name} : rien ne dit de quel groupe est chaque compte. Donnez aussi une table "
            "account_id, group.",
            f"{name}: nothing says which group each account is in. Give a table "
            "account_id, group as well.",
        )
    if not found.limits and not found.floors:
        raise _refused(
            "groups_without_caps",
            f"{name} : aucun plafond ni plancher. Ajoutez une colonne cap ou floor, ou un fichier "
            "TOML avec [caps] ou [floors].",
            f"{name}: no cap and no floor. Add a column cap or floor, or a TOML file with "
            "[caps] or [floors].",
        )
    return Caps(found.groups, found.limits, found.floors)


def _read_groups(path: Path, found: _Found) -> None:
    read = read_table(path, GROUPS)
    columns = (read.column(name) for name in ("source_row", "account_id", "group", "cap", "floor"))
    for row, account_id, group, cap, floor in zip(*columns, strict=True):
        if group is None:
            continue
        found.groups[str(account_id)] = group
        _bound(found.limits, group, cap, (read.name, row, "cap"))
        _bound(found.floors, group, floor, (read.name, row, "floor"))


def _bound(
    bounds: dict[str, int], group: str, given: int | None, place: tuple[str, int, str]
) -> None:
    if given is None or bounds.setdefault(group, given) == given:
        return
    name, row, column = place
    raise _refused(
        "two_bounds",
        f"{name}, rangée {row}, colonne {column} : {group} a déjà un autre nombre. "
        "Gardez le même pour tout le groupe.",
        f"{name}, row {row}, column {column}: {group} already has another number. "
        "Keep one for the whole group.",
    )


def _read_toml(path: Path, found: _Found) -> None:
    document = _document(path)
    groups = document.get("groups", {})
    for key, bounds in (("caps", found.limits), ("floors", found.floors)):
        given = document.get(key, {})
        if not isinstance(given, dict) or not all(map(_is_bound, given.values())):
            raise _refused(
                "bad_bounds",
                f"{path.name}, [{key}] : écrivez un nombre entier par groupe, comme estrie = 3.",
                f"{path.name}, [{key}]: write a whole number for each group, like estrie = 3.",
            )
        bounds.update(given)
    if isinstance(groups, str):
        _read_groups(path.parent / groups, found)
    elif isinstance(groups, dict) and all(isinstance(group, str) for group in groups.values()):
        found.groups.update(groups)
    else:
        raise _refused(
            "bad_groups",
            f'{path.name}, groups : donnez le nom d’une table, ou [groups] avec compte = "groupe".',
            f'{path.name}, groups: give the name of a table, or [groups] with account = "group".',
        )


def _is_bound(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _document(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise _refused(
            "not_found",
            f"{path.name} : fichier introuvable. Vérifiez le chemin.",
            f"{path.name}: not found. Check the path.",
        ) from cause
    except ValueError as cause:
        raise _refused(
            "caps_not_toml",
            f"{path.name} : ce n’est pas du TOML lisible. Écrivez [caps] puis estrie = 3.",
            f"{path.name}: this is not readable TOML. Write [caps] then estrie = 3.",
        ) from cause


def _refused(code: str, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence(code, fr, en))
