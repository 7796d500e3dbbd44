"""What a cell says, as people write it in French or English. Each reader raises WrongCell."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.functional import Promise

from proche.areas.imports.columns import in_both_languages, plain_heading
from proche.areas.people.models import Person
from proche.common.choices import Archetype, Language
from proche.common.exports import FORMULA_STARTS
from proche.common.regions import REGIONS
from proche.core.topics import taxonomy


@dataclass(frozen=True)
class WrongCell(Exception):
    code: str
    hint: str = ""


# What people write in a cell they leave empty.
NOTHING = {"", "-", "–", "—", "n/a", "na", "n.a.", "s/o", "aucun", "aucune", "none", "null", "?"}
MOST_FOLLOWERS = 2_000_000_000
WORDS_OF_NUMBERS = re.compile(
    r"(?:abonnés?|abonnées?|abonnes?|followers?|fans?|subscribers?|environ|about|approx\.?|[~≈+])",
    re.I,
)
SCALES = {"k": 1_000, "m": 1_000_000, "mille": 1_000, "million": 1_000_000, "millions": 1_000_000}
MONTHS = {
    name: number
    for number, names in enumerate((
        "janvier janv january jan", "fevrier fevr february feb", "mars march mar",
        "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
        "aout august aug", "septembre sept september sep", "octobre oct october",
        "novembre nov november", "decembre dec december",
    ), 1)
    for name in names.split()
}  # fmt: skip


def text(value: str) -> str:
    """On one line. Raises WrongCell where a spreadsheet would run it."""
    said = " ".join(value.split())
    if said.casefold() in NOTHING:
        return ""
    if said.startswith(FORMULA_STARTS):
        raise WrongCell("formula")
    return unprotected(said)


def unprotected(value: str) -> str:
    """Without the apostrophe by which an export kept a spreadsheet from running the cell."""
    return value[1:] if re.match(r"'+[=+\-@]", value) else value


def email(value: str) -> str:
    said = value.strip().removeprefix("mailto:").removeprefix("'")
    inside = re.search(r"<([^<>]+)>\s*$", said)
    address = (inside[1] if inside else said).strip().lower()
    try:
        EmailValidator()(address)
    except ValidationError as wrong:
        raise WrongCell("email") from wrong
    return address


def number(value: str) -> int:
    """« 4,2 k », « 4 200 », “4,200”, “about 4.2K followers”: a whole number."""
    said = WORDS_OF_NUMBERS.sub("", value).casefold()
    said = re.sub(r"[\s\u00a0\u202f’']", "", said)
    found = re.fullmatch(r"(\d+(?:[.,]\d+)*)(k|m|mille|millions?)?", said)
    if not found:
        raise WrongCell("number")
    figures, scale = found[1], found[2]
    if scale:
        if len(re.findall("[.,]", figures)) > 1:
            raise WrongCell("number")
        counted = round(float(figures.replace(",", ".")) * SCALES[scale])
    elif re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figures):
        counted = int(re.sub("[.,]", "", figures))
    elif re.fullmatch(r"\d+(?:\.0+)?", figures):
        counted = int(figures.partition(".")[0])
    else:
        raise WrongCell("number")
    if counted > MOST_FOLLOWERS:
        raise WrongCell("number")
    return counted


def day(value: str) -> date:
    """Of a date written with figures, only one that cannot be two."""
    said = value.strip().partition("T")[0]
    said = re.sub(r"\s+\d{1,2}[:h]\d{2}.*$", "", said)
    try:
        if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", said):
            return _of_figures(int(found[1]), int(found[2]), int(found[3]))
        return _of_words(plain_heading(said).split())
    except ValueError as wrong:
        raise WrongCell("date") from wrong


def _of_figures(first: int, second: int, year: int) -> date:
    if first != second and first <= 12 and second <= 12:
        raise WrongCell("date", f"{date(year, second, first)}, {date(year, first, second)}")
    month, in_month = (first, second) if second > 12 else (second, first)
    return date(year, month, in_month)


def _of_words(words: list[str]) -> date:
    months = [MONTHS[word] for word in words if word in MONTHS]
    figures = [int(word.removesuffix("er")) for word in words if word not in MONTHS]
    if len(months) != 1 or len(figures) != 2:
        raise ValueError(words)
    in_month, year = sorted(figures)
    return date(year, months[0], in_month)


def _choices(
    words: Mapping[str, str], code: str, labels: Mapping[str, str | Promise]
) -> Callable[[str], str]:
    """By these words, or by the labels of our own pages and files."""

    @cache
    def known() -> dict[str, str]:
        ours = {word: one for one, label in labels.items() for word in in_both_languages(label)}
        return ours | {word: one for one, line in words.items() for word in line.split("|")}

    def read(value: str) -> str:
        found = known().get(plain_heading(value))
        if found is None:
            raise WrongCell(code)
        return found

    return read


language = _choices(
    {
        Language.FRENCH: "fr|fra|fre|francais|french|f|francophone|fr ca",
        Language.ENGLISH: "en|eng|anglais|english|a|e|anglophone|en ca",
    },
    "language",
    dict(Language.choices),
)
archetype = _choices(
    {
        Archetype.CONSUMER: "consumer|consommateur|consommatrice|consommateurs|c|grand public",
        Archetype.PROFESSIONAL: "professional|professionnel|professionnelle|pro|p|professionnels",
    },
    "archetype",
    dict(Archetype.choices),
)
yes_no = _choices(
    {"yes": "yes|oui|o|y|x|vrai|true|1|ok", "no": "no|non|n|faux|false|0"}, "yes_no", {}
)
seeks_living = _choices(
    {
        Person.SeeksLiving.YES: "yes|oui|o|y|vrai|true|1",
        Person.SeeksLiving.NO: "no|non|n|faux|false|0",
        Person.SeeksLiving.UNKNOWN: "unknown|inconnu|ne sait pas|pas encore|not sure yet|"
        "ne sait pas encore|peut etre|maybe",
    },
    "yes_no",
    dict(Person.SeeksLiving.choices),
)
ELSEWHERE = {
    "quebec": "03", "ville de quebec": "03", "quebec city": "03", "saguenay": "02",
    "lac saint jean": "02", "lac st jean": "02", "saguenay lac st jean": "02",
    "bas st laurent": "01", "cantons de l est": "05", "ile de montreal": "06", "mtl": "06",
    "montreal island": "06", "abitibi": "08", "temiscamingue": "08", "north shore": "09",
    "nord du quebec": "10", "gaspesie": "11", "iles de la madeleine": "11", "gaspe": "11",
    "magdalen islands": "11", "gaspesie iles de la madeleine": "11", "beauce": "12",
    "laurentians": "15", "rive sud": "16", "south shore": "16",
}  # fmt: skip
REGION_NAMES = {
    **{plain_heading(name): region.code for region in REGIONS for name in (region.fr, region.en)},
    **ELSEWHERE,
}
REGION_OF = {region.code: region for region in REGIONS}


@lru_cache(maxsize=4_096)
def region(value: str) -> str:
    said = plain_heading(value).removeprefix("region ").removeprefix("administrative ")
    numbered = re.match(r"(?:qc )?0?(\d{1,2})(?: |$)", said)
    if numbered and (code := numbered[1].zfill(2)) in REGION_OF:
        return code
    found = REGION_NAMES.get(said.removeprefix("de ").removeprefix("la ").removeprefix("l "))
    if found:
        return found
    near = get_close_matches(said, REGION_NAMES, n=1, cutoff=0.7)
    raise WrongCell("region", REGION_OF[REGION_NAMES[near[0]]].fr if near else "")


@lru_cache(maxsize=1)
def _topic_names() -> dict[str, str]:
    named: dict[str, str] = {}
    every = taxonomy.by_code().items()
    for code, topic in every:
        for name in (code, topic.fr, topic.en):
            named.setdefault(plain_heading(name), code)
    # Then what people also call it, wider topics first.
    for code, topic in every:
        for name in (*topic.names, *topic.terms_fr, *topic.terms_en):
            named.setdefault(plain_heading(name), code)
    return named


def several(value: str) -> list[str]:
    return [part for part in (one.strip() for one in re.split(r"[,;|\n]", value)) if part]


@lru_cache(maxsize=4_096)
def topics(value: str) -> tuple[str, ...]:
    names, found = _topic_names(), list[str]()
    for one in several(value):
        code = names.get(plain_heading(one))
        if code is None:
            near = get_close_matches(plain_heading(one), names, n=1, cutoff=0.75)
            raise WrongCell("topic", taxonomy.by_code()[names[near[0]]].fr if near else "")
        found.append(code)
    return tuple(dict.fromkeys(found))


def languages(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language(one) for one in re.split(r"[,;|/+&]| et | and ", value)))
