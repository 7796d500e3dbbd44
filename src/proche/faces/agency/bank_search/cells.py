"""The cells of the table, written once a row; drawings that many rows share are kept."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.common.choices import Archetype, Tier
from proche.common.regions import region_name
from proche.common.templatetags import ui
from proche.common.words import figure, language, short_day

Cell = Callable[[Any], str]


def quiet(words: str) -> SafeString:
    return format_html('<span class="quiet">{}</span>', words)


def _unknown() -> SafeString:
    return quiet(_("unknown"))


def _topics(person: Any) -> str:
    return ", ".join(ui.topic(code) for code in person.topics[:2]) or _unknown()


def _followers(person: Any) -> str:
    return _unknown() if person.followers is None else figure(person.followers)


def _closeness(person: Any) -> str:
    if person.closeness is None:
        return format_html(
            "{}<small>{}</small>", _interval(None, None, None, language()), _("no measure")
        )
    bounds = [round(x, 1) for x in (person.closeness, person.closeness_low, person.closeness_high)]
    known = person.closeness_from
    # The same words in English, not in French.
    said = ngettext("%(value)s, %(k)s of 6 measures", "%(value)s, %(k)s of 6 measures", known)
    said %= {"value": figure(person.closeness), "k": known}
    return format_html("{}<small>{}</small>", _interval(*bounds, language()), said)


@lru_cache(maxsize=4096)
def _interval(value: float | None, low: float | None, high: float | None, _read_in: str) -> str:
    return render_to_string("ui/interval.html", ui.interval(value, low, high, width="112"))


@lru_cache(maxsize=16)
def _badge(proof: str, _read_in: str) -> str:
    return render_to_string("ui/proof_badge.html", ui.proof_badge(proof))


def _proof(person: Any) -> str:
    return _badge(person.proof, language()) if person.proof else quiet(_("no account"))


def _contact(person: Any) -> str:
    if person.last_contact is None:
        return quiet(_("never"))
    return short_day(person.last_contact)


def _tier(person: Any) -> str:
    return str(Tier(person.tier).label) if person.tier else _unknown()


def _profile(person: Any) -> str:
    kind = person.signed_archetype
    return str(Archetype(kind).label) if kind else _unknown()


def _wishes(person: Any) -> str:
    wishes = ((person.tries_products, _("products")), (person.attends_events, _("events")))
    return ", ".join(words for wished, words in wishes if wished)


def _tags(person: Any) -> str:
    return ", ".join(tag.name for tag in person.tags.all()) or quiet(_("none"))


# By the code of the column.
CELLS: dict[str, Cell] = {
    "region": lambda person: region_name(person.region, language()),
    "topics": _topics,
    "followers": _followers,
    "closeness": _closeness,
    "proof": _proof,
    "contact": _contact,
    "tier": _tier,
    "profile": _profile,
    "language": lambda person: str(person.get_language_display()),
    "wishes": _wishes,
    "tags": _tags,
    "joined": lambda person: short_day(person.joined_at),
}


def cells_of(person: Any, codes: Sequence[str]) -> list[str]:
    return [CELLS[code](person) for code in codes]
