"""The side bar: the rooms of the workspace, with what waits in each, in one query."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
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


class Waiting(NamedTuple):
    """Rows that wait in each room; of the pairs that may be one human, since when too."""

    members: int
    applications: int
    parcels: int
    posts: int
    pairs: int
    pairs_since: datetime | None


def _count(rows: QuerySet[Any], owner: QuerySet[Any]) -> Coalesce:
    """How many of these rows are the programme's; `owner` gives the programme of one row.

    Asked row by row, so that a database never begins with the programme and goes through all of
    its people and offers to find the few that wait."""
    ours = rows.annotate(ours=Subquery(owner)).filter(ours=OuterRef("pk")).order_by()
    return Coalesce(Subquery(ours.values("ours").annotate(n=Count("pk")).values("n")), 0)


# Stand for the programme, and for how far members are counted, in the statement.
NOBODY, FAR = -1, -2


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Every page of the workspace asks it: putting it together costs more than its answer."""
    person = Person.objects.filter(pk=OuterRef("person_id")).order_by().values("programme_id")
    offer = Offer.objects.filter(pk=OuterRef("exchange__offer_id")).order_by()
    brand = offer.values("campaign__brief__brand__programme_id")
    pairs = DuplicatePair.objects.waiting().filter(programme=OuterRef("pk")).order_by()
    per = pairs.filter(decision="").values("programme")
    asked = Programme.objects.filter(pk=NOBODY).values_list(
        RawSQL(MEMBERS, [NOBODY, Person.State.MEMBER, FAR]),  # noqa: S611 (nobody's words)
        _count(Application.objects.filter(state__in=[State.RECEIVED, State.REVIEW]), person),
        _count(Parcel.objects.filter(state=Parcel.State.TO_PREPARE), brand),
        _count(Post.objects.filter(state=Post.State.SUBMITTED), brand),
        Coalesce(Subquery(per.annotate(n=Count("pk")).values("n")), 0),
        Subquery(per.annotate(first=Min("found_at")).values("first")),
    )
    return asked.query.sql_with_params()


def waiting(programme: Programme) -> Waiting:
    """How many rows wait in each room, and since when the oldest pair does."""
    statement, values = _statement()
    told = {NOBODY: programme.pk, FAR: MOST + 1}
    with connection.cursor() as cursor:
        cursor.execute(statement, [told.get(value, value) for value in values])
        members, applications, parcels, posts, pairs, since = cursor.fetchone()
    # SQLite gives a moment as text, in UTC.
    oldest = datetime.fromisoformat(since) if isinstance(since, str) else since
    if oldest and oldest.tzinfo is None:
        oldest = oldest.replace(tzinfo=UTC)
    return Waiting(members, applications, parcels, posts, pairs, oldest)


def navigation(counts: Waiting, path: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "items": [_item(room, counts, path) for room in rooms]}
        for label, rooms in ROOMS
    ]


def _shown(count: int) -> int | str:
    return count if count <= MOST else f"{figure(MOST)}+"


def _item(room: tuple[str, str, Any, str | None], counts: Waiting, path: str) -> dict[str, Any]:
    name, icon, label, counter = room
    url = reverse(name)
    here = path == url if name == "agency:today" else path.startswith(url)
    return {
        "url": url,
        "icon": icon,
        "label": label,
        "count": _shown(getattr(counts, counter)) if counter else None,
        "current": here,
    }
