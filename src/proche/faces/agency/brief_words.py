"""A brief as it was written, in both languages, for the team to read."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.brands.queries import limit_names
from proche.areas.content.rules import link_offered, places_of, why_to_say
from proche.common.choices import Language

PARTS = (
    ("title", _("Title")),
    ("gets", _("What the member gets")),
    ("asks", _("What is asked")),
    ("content", _("Content wished for")),
    ("avoid", _("What not to say")),
)


@dataclass(frozen=True)
class Side:
    """One language: the words of each part that has some, with its label; and why a post must say
    the link, as a member is told."""

    code: str
    name: str
    parts: list[tuple[str, str]]


def sides_of(brief: Brief) -> list[Side]:
    return [Side(code, str(name), _parts(brief, code)) for code, name in Language.choices]


def _parts(brief: Brief, side: str) -> list[tuple[str, str]]:
    found = [(str(label), getattr(brief, f"{part}_{side}")) for part, label in PARTS]
    why = " ".join(
        one.in_language(side) for one in why_to_say(link_offered(brief), places_of(brief))
    )
    found.append((gettext("Why say the link"), why))
    return [(label, words) for label, words in found if words]


def limits_of(brief: Brief) -> list[str]:
    """Who cannot be asked because of what the product is."""
    said = limit_names(brief.contains)
    if brief.alcohol:
        said.append(gettext("alcohol"))
    if brief.adults_only:
        said.append(gettext("18 or older"))
    return said
