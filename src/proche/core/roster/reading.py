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


def read_caps(paths: Iterable[Path]) -> Caps:
    """Groups from a table (`account_id`, `group`), limits from its `cap` column or from TOML.

    A TOML file holds `[caps]` (group = most accounts), and `groups = "file.csv"` beside it or a
    table `[groups]` (account = "group") unless a table is given too.
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
    if not found.limits:
        raise _refused(
            "groups_without_caps",
            f"{name} : aucun plafond. Ajoutez une colonne cap, ou un fichier TOML avec [caps].",
            f"{name}: no cap. Add a column cap, or a TOML file with [caps].",
        )
    return Caps(found.groups, found.limits)


def _read_groups(path: Path, found: _Found) -> None:
    read = read_table(path, GROUPS)
    columns = (read.column(name) for name in ("source_row", "account_id", "group", "cap"))
    for row, account_id, group, cap in zip(*columns, strict=True):
        if group is None:
            continue
        found.groups[str(account_id)] = group
        if cap is not None and found.limits.setdefault(group, cap) != cap:
            raise _refused(
                "two_caps",
                f"{read.name}, rangée {row}, colonne cap : {group} a déjà un autre plafond. "
                "Gardez le même pour tout le groupe.",
                f"{read.name}, row {row}, column cap: {group} already has another cap. "
                "Keep one for the whole group.",
            )


def _read_toml(path: Path, found: _Found) -> None:
    document = _document(path)
    limits, groups = document.get("caps", {}), document.get("groups", {})
    if not isinstance(limits, dict) or not all(map(_is_cap, limits.values())):
        raise _refused(
            "bad_caps",
            f"{path.name}, [caps] : écrivez un nombre entier par groupe, comme estrie = 3.",
            f"{path.name}, [caps]: write a whole number for each group, like estrie = 3.",
        )
    found.limits.update(limits)
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


def _is_cap(value: Any) -> bool:
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
