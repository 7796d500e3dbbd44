"""Two records side by side: what each says, what differs, who said it and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proche.areas.brands.queries import topic_names
from proche.areas.people.duplicates import DuplicatePair
from proche.areas.people.merging import CHOSEN, in_order
from proche.areas.people.models import Person, TimelineEntry
from proche.areas.people.stories import story
from proche.common.choices import Language
from proche.common.regions import region_name
from proche.common.words import language

SAID = ("person_applied", "email_confirmed", "answers_changed", "person_member", "merged")
NEWEST = 3
NEARLY_SURE = 0.99
WHY: dict[str, str | Promise] = {
    "account": gettext_lazy("The same account."),
    "email": gettext_lazy("The same mailbox."),
}


@dataclass(frozen=True)
class Line:
    """One field as both records have it; `takes_other` where only the other one knows it."""

    name: str
    label: str
    kept: str
    other: str

    @property
    def differs(self) -> bool:
        return bool(self.kept and self.other and self.kept != self.other)

    @property
    def known(self) -> bool:
        return bool(self.kept or self.other)


@dataclass(frozen=True)
class Side:
    """`said` holds the newest things they said: the entry and its sentence."""

    person: Person
    said: Sequence[tuple[TimelineEntry, str]]


@dataclass(frozen=True)
class Compared:
    """The kept record on the left: the member, or the one who came first."""

    pair: DuplicatePair
    kept: Side
    other: Side
    lines: Sequence[Line]
    reasons: Sequence[str]

    @property
    def nearly_sure(self) -> bool:
        """Rounded, it would read as certain; nothing is."""
        return self.pair.probability >= NEARLY_SURE

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if line.differs]

    @property
    def agreeing(self) -> list[Line]:
        return [line for line in self.lines if line.known and not line.differs]


def compared(pair: DuplicatePair) -> Compared:
    kept, other = in_order(pair.first, pair.second)
    entries = TimelineEntry.objects.filter(person__in=[kept, other], verb__in=SAID)
    said = list(entries.select_related("by")[:50])
    return Compared(
        pair,
        _side(kept, said),
        _side(other, said),
        lines=[_line(name, kept, other) for name in CHOSEN],
        reasons=[str(WHY[key]) for key in pair.keys if key in WHY] or [_("Much alike.")],
    )


def _side(person: Person, entries: Sequence[TimelineEntry]) -> Side:
    own = [entry for entry in entries if entry.person_id == person.pk]
    return Side(person, [(entry, story(entry)) for entry in own[:NEWEST]])


def _line(name: str, kept: Person, other: Person) -> Line:
    field = Person._meta.get_field(name)
    label = str(getattr(field, "verbose_name", name))
    return Line(name, label[:1].upper() + label[1:], shown(kept, name), shown(other, name))


def shown(person: Person, name: str) -> str:
    """A field as a person reads it; "" where it is not known."""
    value: Any = getattr(person, name)
    if not value:
        return ""
    if name == "region":
        return region_name(person.region, language())
    if name == "topics":
        return ", ".join(topic_names(value))
    if name == "content_languages":
        labels = dict(Language.choices)
        return ", ".join(str(labels.get(code, code)) for code in value)
    display = getattr(person, f"get_{name}_display", None)
    return str(display()) if display else str(value)
