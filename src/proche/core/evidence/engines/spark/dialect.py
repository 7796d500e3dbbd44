"""From the SQL of the steps and of casting, which is DuckDB's, to Spark's, without a difference.

sqlglot turns the grammar; the expressions below are those that mean something else in Spark: its
`trim` knows one kind of space, its `lower` follows the rules of whole words, its sums overflow,
its seconds are counted between moments instead of between clock seconds, its casts from text read
other spellings. Each becomes an expression of Spark that does what DuckDB does.
"""

from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.dialects.spark import Spark
from sqlglot.errors import ErrorLevel

from proche.core.evidence.engines.spark import spellings

# What Unicode calls a space (category Zs): DuckDB trims those and nothing else.
SPACES = "".join(
    chr(c) for c in (0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
)
Kind = exp.DataType.Type


def translate(sql: str) -> str:
    """One query. Raises sqlglot's errors."""
    return spoken(sqlglot.parse_one(sql, read="duckdb"), {})


def spoken(tree: exp.Expression, views: Mapping[str, str]) -> str:
    """`views` names the view that stands for each table."""
    for table in tree.find_all(exp.Table):
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.set("this", exp.to_identifier(views.get(table.name, table.name)))
    written: str = tree.sql(Proche, comments=False, unsupported_level=ErrorLevel.RAISE)
    return written


def _trim(self: "Proche.Generator", found: exp.Trim) -> str:
    return f"TRIM(BOTH {_text(SPACES)} FROM {self.sql(found, 'this')})"


def _lower(self: "Proche.Generator", found: exp.Lower) -> str:
    # Letter by letter: a capital sigma has one small letter wherever it stands in its word.
    return f"LOWER(TRANSLATE({self.sql(found, 'this')}, 'İΣ', 'iσ'))"


def _sum(self: "Proche.Generator", found: exp.Sum) -> str:
    # Whole numbers are added as decimals, which hold any sum; a double times one stays a double.
    return f"SUM(({self.sql(found, 'this')}) * CAST(1 AS DECIMAL(1, 0)))"


def _is_nan(self: "Proche.Generator", found: exp.IsNan) -> str:
    # Spark's isnan says false of NULL.
    return f"({self.sql(found, 'this')} = CAST('NaN' AS DOUBLE))"


def _concat_ws(self: "Proche.Generator", found: exp.ConcatWs) -> str:
    return f"CONCAT_WS({self.expressions(found, flat=True)})"


def _from_epoch(self: "Proche.Generator", found: exp.UnixToTime) -> str:
    return f"CAST(TIMESTAMP_MICROS({self.sql(found, 'this')}) AS TIMESTAMP_NTZ)"


def _difference(self: "Proche.Generator", found: exp.DateDiff) -> str:
    first, last = self.sql(found, "expression"), self.sql(found, "this")
    if found.text("unit").upper() == "SECOND":
        seconds = "UNIX_SECONDS(CAST({} AS TIMESTAMP))"
        return f"({seconds.format(last)} - {seconds.format(first)})"
    return f"DATEDIFF({found.text('unit')}, {first}, {last})"


def _replaced(self: "Proche.Generator", found: exp.RegexpReplace) -> str:
    pattern, by = found.text("expression"), found.text("replacement")
    if "g" not in found.text("modifiers") and not pattern.startswith("^"):
        self.unsupported("Spark replaces every match")
    # Java names a group $1, and lets $ stand before a last line break.
    pattern = pattern[:-1] + r"\z" if pattern.endswith("$") else pattern
    by = by.replace("\\", "$")
    return f"REGEXP_REPLACE({self.sql(found, 'this')}, {_text(pattern)}, {_text(by)})"


def _cast(self: "Proche.Generator", found: exp.Cast) -> str:
    value = self.sql(found, "this")
    if found.to.this == Kind.BIGINT and not isinstance(found.this, exp.Column):
        # DuckDB rounds to whole numbers where Spark cuts.
        return f"CAST(BROUND({value}) AS BIGINT)"
    return self.cast_sql(found)


def _try_cast(self: "Proche.Generator", found: exp.TryCast) -> str:
    value = self.sql(found, "this")
    if found.to.this == Kind.DOUBLE:
        return spellings.number(value)
    if found.to.this == Kind.TIMESTAMPTZ:
        return spellings.moment(value)
    if found.to.this == Kind.BIGINT and not isinstance(found.this, exp.Column):
        return f"TRY_CAST(BROUND({value}) AS BIGINT)"
    return self.trycast_sql(found)


def _text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


class Proche(Spark):
    """Spark's SQL, as `translate` writes it."""

    class Generator(Spark.Generator):
        TRANSFORMS: dict[type[exp.Expression], Callable[..., str]] = {
            **Spark.Generator.TRANSFORMS,
            exp.Cast: _cast,
            exp.ConcatWs: _concat_ws,
            exp.DateDiff: _difference,
            exp.IsNan: _is_nan,
            exp.Lower: _lower,
            exp.RegexpReplace: _replaced,
            exp.Sum: _sum,
            exp.Trim: _trim,
            exp.TryCast: _try_cast,
            exp.UnixToTime: _from_epoch,
        }
