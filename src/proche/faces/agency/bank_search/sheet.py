"""The bank as a sheet: one line a person, every fact the table can show."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from proche.common.choices import Archetype, Proof, Tier
from proche.common.regions import region_name
from proche.common.templatetags.ui import topic
from proche.common.words import language


def headings() -> list[str]:
    return [
        _("Given name"), _("Family name"), _("Email"), _("Language"), _("Region"), _("City"),
        _("Trade"), _("Talks about"), _("Tier"), _("Profile"), _("Followers"), _("Closeness"),
        _("Proof"), _("Last contact"), _("Tags"),
    ]  # fmt: skip


def cells(person: Any) -> list[Any]:
    """In the order of `headings`; None where it is not known."""
    return [
        person.given_name,
        person.family_name,
        person.email,
        person.language,
        region_name(person.region, language()),
        person.city,
        person.occupation,
        ", ".join(topic(code) for code in person.topics),
        person.tier and str(Tier(person.tier).label),
        person.signed_archetype and str(Archetype(person.signed_archetype).label),
        person.followers,
        None if person.closeness is None else round(person.closeness),
        person.proof and str(Proof(person.proof).label),
        person.last_contact and timezone.localdate(person.last_contact),
        ", ".join(tag.name for tag in person.tags.all()),
    ]
