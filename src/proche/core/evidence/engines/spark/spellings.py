"""The numbers and moments that DuckDB reads in a text, read by Spark: no more, no fewer.

Spark's own casts accept `12d`, `2026` or a bare hour, and refuse `1_000` or a zone behind hours
and minutes; so a text is first held to a pattern of what DuckDB accepts, then cast.
"""

_DIGITS = "[0-9]+(_[0-9]+)*"
NUMBER = (
    rf"(?i)^\s*[+]?-?(({_DIGITS}([.]({_DIGITS})?)?|[.]{_DIGITS})(e[+-]?{_DIGITS})?"
    r"|inf|infinity|nan)\s*\z"
)
# The form nearly every table has, which Spark casts as it is.
PLAIN_MOMENT = (
    r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"([T ]([01]?[0-9]|2[0-3]):[0-9]{1,2}(:[0-9]{1,2}([.][0-9]{1,9})?)?)?\z"
)
# Year, separator, month, day, hour, minute, second; then an offset in parts, or a zone's name.
ANY_MOMENT = (
    r"^\s*([0-9]{1,4})([-/ \\])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:T|\s+)0*([0-9]{1,2}):([0-9]{0,2})(?::([0-9]{1,2}(?:[.][0-9]*)?))?"
    r"(?:Z|([+-])([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2}))?)?|\s+([A-Za-z][A-Za-z0-9_/+-]+))?)?\z"
)
_PARTS = "|".join(f"${place}" for place in range(1, 13))
YEAR, _, MONTH, DAY, HOUR, MINUTE, SECOND, SIGN, *OFFSET, ZONE = (f"m[{n}]" for n in range(12))


def number(text: str) -> str:
    """The SQL of the number a text spells, else NULL."""
    digits = f"REGEXP_REPLACE(REGEXP_REPLACE({text}, '_', ''), '[+]-', '-')"
    return f"CASE WHEN {text} RLIKE {_quoted(NUMBER)} THEN TRY_CAST({digits} AS DOUBLE) END"


def moment(text: str) -> str:
    """The SQL of the moment a text spells, in UTC and without a zone, else NULL."""
    parts = f"SPLIT(REGEXP_REPLACE({text}, {_quoted(ANY_MOMENT)}, {_quoted(_PARTS)}), '[|]')"
    # The list of one is how SQL names a value that is then read several times.
    any_form = f"TRANSFORM(ARRAY({parts}), m -> {_moment_of_parts()})[0]"
    return (
        f"CASE WHEN {text} RLIKE {_quoted(PLAIN_MOMENT)} THEN TRY_CAST({text} AS TIMESTAMP_NTZ) "
        f"WHEN {text} RLIKE {_quoted(ANY_MOMENT)} THEN {any_form} END"
    )


def _moment_of_parts() -> str:
    day = f"CONCAT(LPAD({YEAR}, 4, '0'), '-', {MONTH}, '-', {DAY})"
    second = f"COALESCE(NULLIF(RTRIM('.', {SECOND}), ''), '0')"
    minute, hour = (f"COALESCE(NULLIF({part}, ''), '0')" for part in (MINUTE, HOUR))
    midnight = f"{hour} = '24' AND CAST({minute} AS INT) = 0 AND CAST({second} AS DOUBLE) = 0"
    clock = f"CONCAT(' ', IF({midnight}, '0', {hour}), ':', {minute}, ':', {second})"
    local = f"CONCAT({day}, {clock})"
    named = f"CONCAT(' ', IF(LOWER({ZONE}) = 'utc', 'UTC', {ZONE}))"
    in_zone = f"CAST(TRY_CAST(CONCAT({local}, {named}) AS TIMESTAMP) AS TIMESTAMP_NTZ)"
    moment = f"IF({ZONE} = '', TRY_CAST({local} AS TIMESTAMP_NTZ), {in_zone})"
    offset = ", ".join(f"COALESCE(TRY_CAST({part} AS INT), 0)" for part in OFFSET)
    sign = f"IF({SIGN} = '-', 1, -1)"
    late = f"MAKE_DT_INTERVAL(IF({midnight}, 1, 0))"
    return f"{moment} + {sign} * MAKE_DT_INTERVAL(0, {offset}) + {late}"


def _quoted(pattern: str) -> str:
    return "'" + pattern.replace("\\", "\\\\") + "'"
