"""Facts as people read them: their name, their value, and who said it when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person
from proche.areas.people.said import Fact
from proche.common.choices import Language
from proche.common.regions import region_name
from proche.common.words import figure, language
from proche.core.topics import taxonomy


@dataclass(frozen=True)
class FactLine:
    """One fact for a page. `correction` is the team's act that can be put back."""

    fact: Fact
    label: str
    value: str
    origin: str
    reason: str
    earlier: list[tuple[str, str]]
    correction: Said | None


def fact_name(name: str) -> str:
    """The name of a fact of a person or of an account, in the language of the page."""
    return str(_field(name).verbose_name)


def _field(name: str) -> "Field[Any, Any]":
    model = Account if name in ("handle", "followers") else Person
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field


def said_value(name: str, value: Any) -> str:
    """The value in words; empty where nothing is said."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "topics":
        known = taxonomy.by_code()
        names = (known[code].name(language()) if code in known else code for code in value)
        return ", ".join(names)
    if name == "content_languages":
        return ", ".join(str(Language(code).label) for code in value if code in Language.values)
    if name == "region":
        return region_name(value, language()) if value else ""
    if name == "handle":
        return f"@{value}"
    if name == "followers":
        return figure(value)
    choices = dict(_field(name).flatchoices)
    return str(choices.get(value, value))


def line_of(fact: Fact, *, to_member: bool = False) -> FactLine:
    label = capfirst(fact_name(fact.name))
    if fact.account:
        label = f"{fact.account.get_platform_display()}, {label.lower()}"
    act = fact.said
    corrected = act is not None and act.source == Said.Source.TEAM and bool(act.before)
    return FactLine(
        fact=fact,
        label=label,
        value=said_value(fact.name, fact.value),
        origin=origin(fact, to_member=to_member),
        reason=act.reason if act else "",
        # What somebody could not eat before is for them alone.
        earlier=[
            (said_value(fact.name, value), told(said, to_member=to_member) if said else "")
            for said, value in fact.earlier
            if to_member or fact.name != "limits"
        ],
        correction=act if corrected else None,
    )


def origin(fact: Fact, *, to_member: bool = False) -> str:
    if fact.said:
        return told(fact.said, to_member=to_member)
    account = fact.account
    if account is not None and account.as_of:
        proof = {"proof": account.get_proof_display(), "day": day(account.as_of)}
        return _("%(proof)s, as of %(day)s") % proof
    return _("who said it first was not noted")


def told(said: Said, *, to_member: bool = False) -> str:
    """« corrected by Maude Gagnon, 3 May 2026 »; the member reads « the team »."""
    when = {"day": day(timezone.localdate(said.at))}
    if said.source == Said.Source.TEAM and said.by and not to_member:
        return _("corrected by %(name)s, %(day)s") % {"name": said.by, **when}
    if said.source == Said.Source.MEMBER and to_member:
        return _("changed by me, %(day)s") % when
    return _("%(source)s, %(day)s") % {"source": said.get_source_display(), **when}


def day(when: date) -> str:
    return date_format(when, "DATE_FORMAT")
