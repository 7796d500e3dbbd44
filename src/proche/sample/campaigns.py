"""Three campaigns under way: offers, exchanges and parcels in every state, each on the day its
path in paths.toml says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.people.models import Person
from proche.sample.calendar import Calendar
from proche.sample.draw import Draw, table
from proche.sample.waves import make_waves

# The ceiling of the programme, for a quarter.
MOST_ASKS = 2
# The address is erased by then.
GONE = {Parcel.State.RECEIVED, Parcel.State.BROKEN, Parcel.State.RETURNED}


@dataclass(frozen=True)
class Path:
    """How one offer went; each figure is a number of days ago."""

    offer: str
    count: int = 1
    who: str = ""
    asked: int | None = None
    answered: int | None = None
    reason: str = ""
    # The one reminder of an offer without an answer.
    nudged: int | None = None
    parcel: str = ""
    shipped: int | None = None
    received: int | None = None
    broken: int | None = None
    replaced: int | None = None
    problem: str = ""
    no_address: bool = False
    post: str = ""
    posted: int | None = None
    state: str = ""
    closed: int | None = None
    thanked: int | None = None
    reminded: int | None = None
    feedback: str = ""
    guest: str = ""

    @property
    def language(self) -> str:
        return str(table("captions")[self.post]["language"]) if self.post else ""


@dataclass(frozen=True)
class Step:
    """One person on their path, with the rows it made."""

    path: Path
    offer: Offer
    exchange: Exchange | None = None
    parcel: Parcel | None = None

    @property
    def person(self) -> Person:
        return self.offer.person


@dataclass
class Walkers:
    """Who can be put on a path: the cast by name, then those of the roster in its order."""

    cast: dict[str, Person]
    asked: Counter[int] = field(default_factory=Counter)
    # Those who have their path in the campaign at hand.
    seated: set[int] = field(default_factory=set)

    def taken(self, here: Sequence[Person]) -> list[int]:
        """Who a campaign leaves alone: those asked often enough, and the cast of the others."""
        elsewhere = {person.pk for person in self.cast.values()} - {person.pk for person in here}
        return sorted(elsewhere | {pk for pk, asks in self.asked.items() if asks >= MOST_ASKS})

    def on(self, path: Path, roster: Sequence[Person]) -> Iterator[Person]:
        if path.who:
            yield self.cast[path.who]
            return
        reserved = {person.pk for person in self.cast.values()}
        free = [p for p in roster if p.pk not in self.seated | reserved]
        # A caption is written by somebody who posts in its language.
        free.sort(key=lambda p: bool(path.language) and path.language not in p.content_languages)
        for person in free[: path.count]:
            self.seated.add(person.pk)
            self.asked[person.pk] += 1
            yield person


def paths(name: str) -> list[Path]:
    return [Path(**entry) for entry in table("paths")[name]]


def make_campaign(
    name: str,
    brief: Brief,
    roster: Sequence[Person],
    walkers: Walkers,
    calendar: Calendar,
    by: User,
) -> list[Step]:
    opened = max(path.asked or 0 for path in paths(name))
    campaign = Campaign.objects.create(brief=brief, opened_at=calendar.at(opened, 10), opened_by=by)
    draw = Draw(f"campaign {name}")
    walkers.seated.clear()
    planned = [
        (path, _offer(draw, campaign, person, path, calendar, by))
        for path in paths(name)
        for person in walkers.on(path, roster)
    ]
    make_waves(campaign, [(path.asked, offer) for path, offer in planned], calendar, by)
    Offer.objects.bulk_create([offer for _, offer in planned])
    exchanges = {
        offer.pk: _exchange(offer, path, calendar)
        for path, offer in planned
        if path.offer == Offer.State.ACCEPTED
    }
    Exchange.objects.bulk_create(exchanges.values())
    parcels = {
        offer.pk: _parcel(draw, exchanges[offer.pk], path, calendar)
        for path, offer in planned
        if path.parcel
    }
    Parcel.objects.bulk_create(parcels.values())
    return [
        Step(path, offer, exchanges.get(offer.pk), parcels.get(offer.pk)) for path, offer in planned
    ]


def _offer(
    draw: Draw, campaign: Campaign, person: Person, path: Path, calendar: Calendar, by: User
) -> Offer:
    days = campaign.brief.brand.programme.answer_days
    offer = Offer(campaign=campaign, person=person, key=draw.key(), state=path.offer)
    if path.asked is not None:
        offer.sent_at, offer.sent_by = calendar.at(path.asked, 10, 5), by
        offer.respond_by = calendar.day(path.asked - days)
    if path.nudged is not None:
        offer.reminded_at, offer.reminded_by = calendar.at(path.nudged, 9, 15), by
    if path.answered is not None:
        offer.answered_at = calendar.at(path.answered, draw.randint(17, 21), draw.randint(0, 59))
    if path.offer == Offer.State.DECLINED:
        offer.decline_reason = path.reason if draw.chance(0.5) else ""
    return offer


def _exchange(offer: Offer, path: Path, calendar: Calendar) -> Exchange:
    brief = offer.campaign.brief
    assert offer.answered_at is not None
    due = path.received is not None and brief.obligation
    return Exchange(
        offer=offer,
        kind=brief.exchange,
        obligation=brief.obligation,
        fair_value_cents=brief.fair_value_cents,
        agreed_at=offer.answered_at,
        post_due_on=_due(offer, path, calendar) if due else None,
        feedback=path.feedback,
        reminded_at=_at(calendar, path.reminded, 10, 30),
        thanked_at=_at(calendar, path.thanked, 14),
        closed_at=None if path.state == "asked" else _at(calendar, path.closed, 11, 20),
    )


def _due(offer: Offer, path: Path, calendar: Calendar) -> Any:
    assert path.received is not None
    days = offer.campaign.brief.brand.programme.posting_days
    return calendar.day(path.received) + timedelta(days=days)


def _parcel(draw: Draw, exchange: Exchange, path: Path, calendar: Calendar) -> Parcel:
    parcel = Parcel(exchange=exchange, state=path.parcel, problem=path.problem)
    # Another one is being prepared: the days of the first are kept on the timeline only.
    if path.replaced is None:
        parcel.shipped_at = _at(calendar, path.shipped, 11, 40)
        parcel.received_at = _at(calendar, path.received, 18, 10)
    if parcel.shipped_at:
        parcel.tracking = f"EXEMPLE-{draw.randint(100_000, 999_999)}"
    # The address is asked on acceptance and erased at receipt.
    if path.parcel not in GONE and not path.no_address:
        parcel.street = f"{draw.randint(1, 980)}, rue de l’Exemple"
        parcel.town = exchange.offer.person.city
        parcel.postal_code = "G0G 0G0"
    return parcel


def _at(calendar: Calendar, ago: int | None, hour: int, minute: int = 0) -> datetime | None:
    return None if ago is None else calendar.at(ago, hour, minute)
