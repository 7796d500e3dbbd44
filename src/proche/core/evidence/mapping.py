"""A mapping file: which file and which column hold each of ours."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proche.core.evidence.refusals import bad_mapping, listed
from proche.core.evidence.tables import TABLES, Table

UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1}


@dataclass(frozen=True, slots=True)
class Source:
    """Where one of our columns comes from: columns of theirs, a constant, or the row's number."""

    columns: tuple[str, ...] = ()
    value: str | None = None
    unit: str | None = None
    unless: str | None = None
    row: bool = False

    @property
    def read(self) -> tuple[str, ...]:
        return self.columns + ((self.unless,) if self.unless else ())


@dataclass(frozen=True, slots=True)
class TableMapping:
    file: str | None = None
    columns: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    name: str = ""
    tables: Mapping[str, TableMapping] = field(default_factory=dict)

    def of(self, table: Table) -> TableMapping:
        return self.tables.get(table.name, TableMapping())


def read_mapping(path: Path) -> ColumnMapping:
    """Raises InputRefused when the file is not TOML or names what does not exist."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise bad_mapping(
            path.name, "fichier introuvable. Vérifiez le chemin.", "not found. Check the path."
        ) from cause
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise bad_mapping(
            path.name,
            "ce n’est pas du TOML lisible. Suivez un exemple de docs/mappings.",
            "this is not readable TOML. Follow an example in docs/mappings.",
        ) from cause
    known = {table.name: table for table in TABLES}
    for name in document:
        if name not in known:
            raise _unknown_name(path.name, name, list(known))
    tables = {
        name: _read_table(path.name, known[name], content) for name, content in document.items()
    }
    return ColumnMapping(path.name, tables)


def _read_table(mapping: str, table: Table, content: Any) -> TableMapping:
    if not isinstance(content, dict):
        raise _unknown_name(mapping, table.name, [f"[{table.name}]"])
    columns: dict[str, Source] = {}
    for name, given in content.items():
        if name == "file":
            continue
        if name not in table.names:
            raise _unknown_name(mapping, f"[{table.name}] {name}", table.names)
        columns[name] = _read_source(mapping, f"[{table.name}] {name}", given)
    file = content.get("file")
    if file is not None and not isinstance(file, str):
        raise _bad_value(mapping, f"[{table.name}] file")
    return TableMapping(file, columns)


def _read_source(mapping: str, place: str, given: Any) -> Source:
    if isinstance(given, str):
        return Source(columns=(given,))
    if not isinstance(given, dict):
        raise _bad_value(mapping, place)
    match given:
        case {"value": str() | int() | bool() as value, **rest} if not rest:
            return Source(value=str(value).lower() if isinstance(value, bool) else str(value))
        case {"row": True, **rest} if not rest:
            return Source(row=True)
        case {"columns": list() as names, **rest} if not rest and _are_names(names):
            return Source(columns=tuple(names))
        case {"column": str() as name, **rest} if _are_options(rest):
            return Source((name,), unit=rest.get("unit"), unless=rest.get("unless"))
    raise _bad_value(mapping, place)


def _are_names(names: list[Any]) -> bool:
    return bool(names) and all(isinstance(name, str) for name in names)


def _are_options(rest: Mapping[str, Any]) -> bool:
    return (
        set(rest) <= {"unit", "unless"}
        and rest.get("unit", "s") in UNITS
        and isinstance(rest.get("unless", ""), str)
    )


def _unknown_name(mapping: str, name: str, known: Any) -> Exception:
    return bad_mapping(
        mapping,
        f"{name} n’existe pas. Noms possibles : {listed(known)}.",
        f"{name} does not exist. Possible names: {listed(known)}.",
    )


def _bad_value(mapping: str, place: str) -> Exception:
    return bad_mapping(
        mapping,
        f'{place} : écrivez "colonne", {{ value = "…" }}, {{ column = "…", unit = "s" }}, '
        '{ columns = ["…", "…"] } ou { row = true }.',
        f'{place}: write "column", {{ value = "…" }}, {{ column = "…", unit = "s" }}, '
        '{ columns = ["…", "…"] } or { row = true }.',
    )
