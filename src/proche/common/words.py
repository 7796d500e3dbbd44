"""Words and figures as people here read them, in the language of the moment."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.formats import get_format, number_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def sentence(value: Any) -> str:
    """A {fr, en} pair, as a mapping or a core Sentence, in the reader's language."""
    side = "en" if language().startswith("en") else "fr"
    if isinstance(value, Mapping):
        return str(value.get(side, ""))
    return str(getattr(value, side, value))


def side(row: Any, field: str) -> str:
    """{{ brief|side:"title" }}: title_fr or title_en as the reader reads, else the other one."""
    first, other = ("en", "fr") if language().startswith("en") else ("fr", "en")
    return str(getattr(row, f"{field}_{first}") or getattr(row, f"{field}_{other}"))


def money(cents: int | None) -> str:
    """1 234,50 $ or $1,234.50; whole dollars without cents, as people write them."""
    if cents is None:
        return gettext("unknown")
    places = 0 if cents % 100 == 0 else 2
    figure = number_format(abs(cents) / 100, decimal_pos=places, force_grouping=True)
    sign = MINUS if cents < 0 else ""
    return f"{sign}${figure}" if language().startswith("en") else f"{sign}{figure}{NBSP}$"


def share(value: float | None, places: int = 0) -> str:
    """0.442 as 44 % (fr) or 44% (en); nothing known stays a word."""
    if value is None:
        return gettext("unknown")
    figure = number_format(_rounded(value * 100, places), decimal_pos=places)
    return f"{figure}%" if language().startswith("en") else f"{figure}{NBSP}%"


def figure(value: float | None, places: int = 0) -> str:
    """A grouped number with a true minus sign: {{ value|figure:1 }}."""
    return gettext("unknown") if value is None else _figure(value, places, language())


@lru_cache(maxsize=4096)
def _figure(value: float, places: int, _read_in: str) -> str:
    """Kept, since a page of counts writes hundreds."""
    text = number_format(_rounded(abs(value), places), decimal_pos=places, force_grouping=True)
    return f"{MINUS}{text}" if value < 0 and any(digit in "123456789" for digit in text) else text


def _rounded(value: float, places: int) -> Decimal:
    """Django's number_format cuts the digits it does not show: 9.38 would read 9.3."""
    return Decimal(f"{value:.{places}f}")


def signed(value: float | None, places: int = 1) -> str:
    if value is None:
        return gettext("unknown")
    return figure(value, places) if value <= 0 else f"+{figure(value, places)}"


def days_since(moment: date | datetime | int | None) -> int:
    """Whole local days from `moment` to now; a number is taken as it is."""
    if moment is None:
        return 0
    if isinstance(moment, int):
        return moment
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return max(0, (timezone.localdate() - day).days)


def long_day(moment: date | datetime | None) -> str:
    """Without the year: « mardi 21 octobre », “Tuesday, October 21”."""
    return _written_day(moment, pgettext("how a day is written", "l, F j"))


def month_day(moment: date | datetime | None) -> str:
    return _written_day(moment, pgettext("how a day is written", "F j"))


def short_day(moment: date | datetime | None) -> str:
    """« 3 nov. », “Nov 3”, with the year where it is not this one: for cells of tables."""
    said = _written_day(moment, get_format("MONTH_DAY_FORMAT"))
    year = _written_day(moment, "Y")
    if not moment or year == str(timezone.localdate().year):
        return said
    return f"{said}, {year}" if language().startswith("en") else f"{said} {year}"


def _written_day(moment: date | datetime | None, pattern: str) -> str:
    if moment is None:
        return ""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return first_of_month(written(day, pattern))


def first_of_month(day: str) -> str:
    """French says « 1er mai », and 2, 3 … for the days after."""
    return day if language().startswith("en") else re.sub(r"(?<!\d)1(?= [^\W\d])", "1er", day)


def age(moment: date | datetime | int | None) -> str:
    days = days_since(moment)
    if days == 0:
        return pgettext("age", "today")
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


IN_WORDS = {
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze "
    "quinze seize dix-sept dix-huit dix-neuf vingt vingt-et-un vingt-deux vingt-trois "
    "vingt-quatre vingt-cinq vingt-six vingt-sept vingt-huit vingt-neuf trente",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty twenty-one twenty-two twenty-three "
    "twenty-four twenty-five twenty-six twenty-seven twenty-eight twenty-nine thirty",
}


def in_words(number: int, case: str = "") -> str:
    """Up to thirty in words, as a sentence begins; {{ n|in_words:"small" }} inside a sentence."""
    words = IN_WORDS["en" if language().startswith("en") else "fr"].split()
    if not 0 <= number < len(words):
        return figure(number)
    return words[number] if case else words[number].capitalize()


FILTERS = (
    *(sentence, side, money, share, figure, signed, days_since, age, in_words),
    *(long_day, month_day, short_day),
)
