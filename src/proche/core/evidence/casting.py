"""From a column of theirs to a column of ours: the SQL that casts it and the SQL that doubts it."""

from dataclasses import dataclass

from proche.core.evidence.mapping import UNITS, Source
from proche.core.evidence.tables import FLAG_WORDS, Column, Type

# Larger counts are mistakes, and their squares would no longer be whole 64-bit numbers.
LARGEST_COUNT = 1_000_000_000
LARGEST_VIEWS = 1_000_000_000_000
LAST_MOMENT = 253_402_300_800_000_000

INTEGERS = {
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"),
}

FLOATS = {"FLOAT", "DOUBLE"}

WHOLE_ID = ("d’un identifiant entier", "a whole-number id")
WANTED = {
    Type.ACCOUNT: WHOLE_ID,
    Type.KEY: WHOLE_ID,
    Type.COUNT: (
        "d’un nombre entier de 0 à un milliard",
        "a whole number from 0 to one billion",
    ),
    Type.FLAG: ("de oui ou non", "yes or no"),
    Type.MOMENT: (
        "d’une date (2026-05-31 18:00; pour un nombre, donnez unit dans --map)",
        "a date (2026-05-31 18:00; for a number, give unit in --map)",
    ),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """`value` is the typed SQL expression; `bad` is true where the cell cannot be understood."""

    value: str
    bad: str | None = None
    shown: str = "NULL"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def wanted(column: Column) -> tuple[str, str]:
    if column.type is Type.CHOICE:
        words = ", ".join(dict.fromkeys(word for word, _ in column.words))
        return f"d’un de ces mots ({words})", f"one of these words ({words})"
    return WANTED[column.type]


def cast(
    column: Column, source: Source, types: dict[str, str], row: str, account_type: str
) -> Cast:
    """`types` are the native types of their columns; `row` the SQL of the row's number."""
    text, native = _cell(source, types, row)
    made = _typed(column, text, native, source.unit, account_type)
    if source.unless is None:
        return made
    hidden = _words(f"CAST({quoted(source.unless)} AS VARCHAR)", FLAG_WORDS)
    kept = f"coalesce({hidden}, 'false') = 'false'"
    bad = made.bad and f"({kept}) AND ({made.bad})"
    return Cast(f"CASE WHEN {kept} THEN {made.value} END", bad, made.shown)


def _cell(source: Source, types: dict[str, str], row: str) -> tuple[str, str]:
    if source.row:
        return f"({row})", "BIGINT"
    if source.value is not None:
        return literal(source.value), "VARCHAR"
    if len(source.columns) == 1:
        (name,) = source.columns
        if types[name].endswith("[]"):
            return f"array_to_string({quoted(name)}, ' ')", "VARCHAR"
        return quoted(name), types[name]
    parts = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in source.columns)
    return f"concat_ws('-', {parts})", "VARCHAR"


def _typed(column: Column, cell: str, native: str, unit: str | None, account_type: str) -> Cast:
    text = f"nullif(trim(CAST({cell} AS VARCHAR)), '')"
    match column.type:
        case Type.ACCOUNT | Type.KEY if native in FLOATS:
            kept = "BIGINT" if column.type is Type.KEY else account_type
            return _float_id(cell, kept, text)
        case Type.ACCOUNT if account_type == "BIGINT":
            return Cast(f"CAST({cell} AS BIGINT)")
        case Type.KEY if native in INTEGERS:
            return Cast(cell)
        case Type.ACCOUNT if native == "VARCHAR":
            # 12.0 is how pandas writes the id 12 in a column that has unknown ones too.
            return Cast(f"regexp_replace({text}, '^([0-9]+)[.]0$', '\\1')")
        case Type.TEXT if column.blank_is_none:
            return Cast(f"trim(CAST({cell} AS VARCHAR))")
        case Type.TEXT | Type.KEY | Type.ACCOUNT:
            return Cast(text)
        case Type.COUNT:
            return _count(column, cell, native, text)
        case Type.MOMENT:
            return _moment(cell, native, text, unit)
    value = _words(text, column.words)
    bad = f"{text} IS NOT NULL AND {value} IS NULL"
    return Cast(f"({value} = 'true')" if column.type is Type.FLAG else value, bad, text)


def _float_id(cell: str, kept: str, text: str) -> Cast:
    known = f"NOT isnan({cell})"
    whole = f"CASE WHEN {known} THEN CAST({cell} AS BIGINT) END"
    return Cast(f"CAST({whole} AS {kept})", f"{known} AND {cell} <> floor({cell})", text)


def _count(column: Column, cell: str, native: str, text: str) -> Cast:
    most = LARGEST_VIEWS if column.name == "views" else LARGEST_COUNT
    if native in INTEGERS:
        return Cast(f"CAST({cell} AS BIGINT)", f"{cell} < 0 OR {cell} > {most}", text)
    # Tables written by pandas show an unknown count as NaN and a known one as 12.0. A NaN in
    # a typed column is asked for as such: DuckDB 2.0 judges its text by the column's extremes.
    if native in FLOATS:
        number, known = f"CAST({cell} AS DOUBLE)", f"NOT isnan({cell})"
    else:
        number, known = f"TRY_CAST({text} AS DOUBLE)", f"lower({text}) <> 'nan'"
    fine = f"{known} AND {number} BETWEEN 0 AND {most} AND {number} = floor({number})"
    bad = f"{text} IS NOT NULL AND {known} AND NOT coalesce({fine}, FALSE)"
    return Cast(f"CASE WHEN {fine} THEN CAST({number} AS BIGINT) END", bad, text)


def _moment(cell: str, native: str, text: str, unit: str | None) -> Cast:
    if unit is not None:
        micros = f"TRY_CAST({text} AS DOUBLE) * {UNITS[unit]}"
        # Platforms write 0 for a moment they do not know.
        value = f"CASE WHEN {micros} > 0 THEN make_timestamp(CAST({micros} AS BIGINT)) END"
        fine = f"{micros} >= 0 AND {micros} < {LAST_MOMENT}"
        bad = f"{text} IS NOT NULL AND NOT coalesce({fine}, FALSE)"
        guarded = f"CASE WHEN {fine} THEN {value} END"
        return Cast(guarded, bad, text)
    if native.startswith(("TIMESTAMP", "DATE")):
        return Cast(f"CAST({cell} AS TIMESTAMP)")
    # A moment without a zone is read as UTC; one with a zone is brought to UTC.
    value = f"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
    return Cast(value, f"{text} IS NOT NULL AND {value} IS NULL", text)


def _words(text: str, words: tuple[tuple[str, str], ...]) -> str:
    cases = " ".join(f"WHEN {literal(word)} THEN {literal(value)}" for word, value in words)
    return f"CASE lower(trim({text})) {cases} END"
