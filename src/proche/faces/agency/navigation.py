"""The side bar: the rooms of the workspace, with what waits in each, in one query."""

from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Offer, Parcel
from proche.areas.content.models import Post
from proche.areas.people.duplicates import DuplicatePair
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from proche.common.words import figure

State = Application.State
ROOMS = [
    (
        "",
        [
            ("agency:today", "sun", _("Today"), None),
            ("agency:bank", "users", _("Bank"), "members"),
            ("agency:applications", "inbox", _("Applications"), "applications"),
            ("agency:calls", "speakerphone", _("Calls"), None),
        ],
    ),
    (
        _("With the brands"),
        [
            ("agency:brands", "building-store", _("Brands and briefs"), None),
            ("agency:parcels", "gift", _("Parcels"), "parcels"),
            ("agency:events", "calendar-event", _("Events"), None),
            ("agency:posts", "photo-check", _("Posts"), "posts"),
            ("agency:studies", "chart-dots", _("Impact"), None),
        ],
    ),
]


# Counted no further than the side bar shows: every page asks, and counting a country's members
# takes PostgreSQL longer than all the rest of a page.
MOST = 10_000
MEMBERS = f"""(SELECT COUNT(*) FROM (SELECT 1 FROM {Person._meta.db_table}
    WHERE programme_id = %s AND state = %s LIMIT %s) few)"""  # noqa: S608


def _count(rows: QuerySet[Any], owner: QuerySet[Any]) -> Coalesce:
    """How many of these rows are the programme's; `owner` gives the programme of one row.

    Asked row by row, so that a database never begins with the programme and goes through all of
    its people and offers to find the few that wait."""
    ours = rows.annotate(ours=Subquery(owner)).filter(ours=OuterRef("pk")).order_by()
    return Coalesce(Subquery(ours.values("ours").annotate(n=Count("pk")).values("n")), 0)


def waiting(programme: Programme) -> dict[str, Any]:
    """How many rows wait in each room; of the pairs that may be one human, since when too."""
    person = Person.objects.filter(pk=OuterRef("person_id")).order_by().values("programme_id")
    offer = Offer.objects.filter(pk=OuterRef("exchange__offer_id")).order_by()
    brand = offer.values("campaign__brief__brand__programme_id")
    pairs = DuplicatePair.objects.waiting().filter(programme=OuterRef("pk")).order_by()
    per = pairs.filter(decision="").values("programme")
    found: dict[str, Any] = (
        Programme.objects.filter(pk=programme.pk)
        .values(
            members=RawSQL(MEMBERS, [programme.pk, Person.State.MEMBER, MOST + 1]),  # noqa: S611 (no word of it is anybody's)
            applications=_count(
                Application.objects.filter(state__in=[State.RECEIVED, State.REVIEW]), person
            ),
            parcels=_count(Parcel.objects.filter(state=Parcel.State.TO_PREPARE), brand),
            posts=_count(Post.objects.filter(state=Post.State.SUBMITTED), brand),
            pairs=Coalesce(Subquery(per.annotate(n=Count("pk")).values("n")), 0),
            pairs_since=Subquery(per.annotate(first=Min("found_at")).values("first")),
        )
        .get()
    )
    return found


def navigation(counts: dict[str, Any], path: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "items": [_item(room, counts, path) for room in rooms]}
        for label, rooms in ROOMS
    ]


def _shown(count: int) -> int | str:
    return count if count <= MOST else f"{figure(MOST)}+"


def _item(
    room: tuple[str, str, Any, str | None], counts: dict[str, Any], path: str
) -> dict[str, Any]:
    name, icon, label, counter = room
    url = reverse(name)
    here = path == url if name == "agency:today" else path.startswith(url)
    return {
        "url": url,
        "icon": icon,
        "label": label,
        "count": _shown(counts[counter]) if counter else None,
        "current": here,
    }
