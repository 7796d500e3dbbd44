"""From a column of theirs to a column of ours: the SQL that casts it and the SQL that doubts it."""

from dataclasses import dataclass, replace

from proche.core.evidence.doubts import Kind
from proche.core.evidence.mapping import UNITS, Source
from proche.core.evidence.tables import FLAG_WORDS, Column, Type

# Larger counts are mistakes, and their squares would no longer be whole 64-bit numbers.
LARGEST_COUNT = 1_000_000_000
LARGEST_VIEWS = 1_000_000_000_000
# Before, no platform was there; 9999 is how many a program writes "no end". In microseconds, the
# last one is where 9999 begins.
FIRST_MOMENT, LAST_MOMENT = "TIMESTAMP '1970-01-01'", "TIMESTAMP '9999-01-01'"
LAST_MICROS = 253_370_764_800_000_000
# Above, a decimal number no longer tells two neighbouring ids apart.
LARGEST_FLOAT_ID = 2**53

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
    """How one column is read, as portable SQL over the raw table.

    `value` is the typed expression and never fails. `bad` is true where the cell cannot be
    understood: the table is refused. Each of `doubtful` is true where the cell is understood but
    cannot be: it is counted and left unknown. `zone` is the time zone as written, '' for none.
    `empty` is true where the cell says nothing; without it, where `settled` is unknown.
    """

    value: str
    bad: str | None = None
    shown: str = "NULL"
    doubtful: tuple[tuple[Kind, str], ...] = ()
    zone: str | None = None
    empty: str | None = None

    @property
    def settled(self) -> str:
        """`value`, unknown where it is in doubt."""
        if not self.doubtful:
            return self.value
        doubts = " OR ".join(f"({sql})" for _, sql in self.doubtful)
        return f"CASE WHEN NOT coalesce({doubts}, FALSE) THEN {self.value} END"


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
    return replace(
        made,
        value=f"CASE WHEN {kept} THEN {made.value} END",
        bad=made.bad and f"({kept}) AND ({made.bad})",
        doubtful=tuple((kind, f"({kept}) AND ({sql})") for kind, sql in made.doubtful),
        zone=made.zone and f"CASE WHEN {kept} THEN {made.zone} END",
        empty=None,
    )


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
    known = ", ".join(literal(word) for word, _ in column.words)
    return Cast(
        f"({value} = 'true')" if column.type is Type.FLAG else value,
        # Written for the dictionaries of a Parquet file: ten times as fast as `value` IS NULL.
        f"lower({text}) NOT IN ({known})",
        text,
        empty=f"{cell} IS NULL OR trim(CAST({cell} AS VARCHAR)) = ''",
    )


def _float_id(cell: str, kept: str, text: str) -> Cast:
    known = f"NOT isnan({cell})"
    small = f"abs({cell}) < {LARGEST_FLOAT_ID}"
    whole = f"CASE WHEN {known} AND {small} THEN TRY_CAST({cell} AS BIGINT) END"
    bad = f"{known} AND {small} AND {cell} <> floor({cell})"
    doubtful = ((Kind.IDS_OVER_LIMIT, f"{known} AND NOT {small}"),)
    return Cast(f"CAST({whole} AS {kept})", bad, text, doubtful)


def _count(column: Column, cell: str, native: str, text: str) -> Cast:
    most = LARGEST_VIEWS if column.name == "views" else LARGEST_COUNT
    if native in INTEGERS:
        return Cast(f"TRY_CAST({cell} AS BIGINT)", None, text, _beyond(cell, most))
    # Tables written by pandas show an unknown count as NaN and a known one as 12.0. A NaN in
    # a typed column is asked for as such: DuckDB 2.0 judges its text by the column's extremes.
    if native in FLOATS:
        number, known = f"CAST({cell} AS DOUBLE)", f"NOT isnan({cell})"
    else:
        number, known = f"TRY_CAST({text} AS DOUBLE)", f"lower({text}) <> 'nan'"
    fine = f"{known} AND {number} BETWEEN 0 AND {most} AND {number} = floor({number})"
    understood = f"{number} < 0 OR {number} > {most} OR {number} = floor({number})"
    bad = f"{text} IS NOT NULL AND {known} AND NOT coalesce({understood}, FALSE)"
    # By those extremes DuckDB may also find a NaN fine: it is then unknown, as it should be.
    value = f"CASE WHEN {fine} THEN TRY_CAST({number} AS BIGINT) END"
    return Cast(value, bad, text, _beyond(number, most, known))


def _beyond(number: str, most: int, known: str = "TRUE") -> tuple[tuple[Kind, str], ...]:
    return (
        (Kind.NEGATIVE, f"{known} AND {number} < 0"),
        (Kind.OVER_LIMIT, f"{known} AND {number} > {most}"),
    )


def _moment(cell: str, native: str, text: str, unit: str | None) -> Cast:
    if unit is not None:
        return _epoch(cell, native, text, unit)
    if native == "TIMESTAMP":
        stray = f"{cell} < {FIRST_MOMENT} OR {cell} >= {LAST_MOMENT}"
        return Cast(cell, None, text, ((Kind.OUT_OF_RANGE, stray),))
    if native.startswith(("TIMESTAMP", "DATE")):
        value = f"TRY_CAST({cell} AS TIMESTAMP)"
        within = f"{value} >= {FIRST_MOMENT} AND {value} < {LAST_MOMENT}"
        stray = f"{cell} IS NOT NULL AND NOT coalesce({within}, FALSE)"
        return Cast(value, None, text, ((Kind.OUT_OF_RANGE, stray),))
    # A moment without a zone is read as UTC; one with a zone is brought to UTC.
    value = f"CAST(TRY_CAST({text} AS TIMESTAMPTZ) AS TIMESTAMP)"
    # A year of six digits is no moment of the engine's, though anyone can read it.
    far = f"regexp_matches({text}, '^[0-9]{{5,}}-[0-9]+-[0-9]')"
    stray = f"{value} < {FIRST_MOMENT} OR {value} >= {LAST_MOMENT} OR ({value} IS NULL AND {far})"
    bad = f"{text} IS NOT NULL AND {value} IS NULL AND NOT {far}"
    # What follows the hour: '', 'Z', '-04:00', 'America/Toronto'.
    zone = f"regexp_extract(substr({text}, 12), '[A-Za-z+-].*$', 0)"
    return Cast(value, bad, text, ((Kind.OUT_OF_RANGE, stray),), zone)


def _epoch(cell: str, native: str, text: str, unit: str) -> Cast:
    known = f"NOT isnan({cell})" if native in FLOATS else f"lower({text}) <> 'nan'"
    micros = f"TRY_CAST({text} AS DOUBLE) * {UNITS[unit]}"
    # Platforms write 0 for a moment they do not know.
    fine = f"{known} AND {micros} > 0 AND {micros} < {LAST_MICROS}"
    value = f"CASE WHEN {fine} THEN make_timestamp(CAST({micros} AS BIGINT)) END"
    bad = f"{text} IS NOT NULL AND {known} AND {micros} IS NULL"
    stray = f"{known} AND ({micros} < 0 OR {micros} >= {LAST_MICROS})"
    return Cast(value, bad, text, ((Kind.OUT_OF_RANGE, stray),))


def _words(text: str, words: tuple[tuple[str, str], ...]) -> str:
    cases = " ".join(f"WHEN {literal(word)} THEN {literal(value)}" for word, value in words)
    return f"CASE lower(trim({text})) {cases} END"
