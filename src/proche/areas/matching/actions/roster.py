"""Composing the roster: who is chosen, what each one adds, how near it is to the best."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.matching.factors import keep_factors
from proche.areas.matching.models import Roster, RosterPlace, Shortlist
from proche.areas.matching.reach import (
    Keys,
    audiences,
    best_of,
    covered_by,
    pool_audiences,
    pool_of,
)
from proche.areas.people.models import Person
from proche.common.errors import Refusal

# Under this share of people with a known public, a proof over the others would mislead.
KNOWN_SHARE = 0.5


@dataclass(frozen=True)
class Seat:
    person_id: int
    locked: bool


@transaction.atomic
def choose_roster(
    shortlist: Shortlist,
    *,
    by: User | None,
    size: int | None = None,
    locked_in: Sequence[int] = (),
    locked_out: Sequence[int] = (),
) -> Roster:
    """Choose among the best ranked; people locked in keep their seat, those locked out get none."""
    shortlist = Shortlist.objects.select_for_update().select_related("brief").get(pk=shortlist.pk)
    seats = size or shortlist.brief.quantity
    pool = pool_of(shortlist, seats=seats, locked_out=locked_out)
    if not pool and not locked_in:
        raise Refusal(
            _("Nobody is left to choose from: widen the brief, then rank again."),
            code="nobody_to_choose",
        )
    method, order = _order(pool, seats, locked_in, locked_out)
    roster, _made = Roster.objects.update_or_create(
        shortlist=shortlist,
        defaults={"method": method, "made_at": timezone.now(), "made_by": by},
    )
    chosen = order[: max(seats, len(locked_in))]
    _seat(roster, [Seat(person_id, person_id in locked_in) for person_id in chosen], by)
    return roster


def _order(
    pool: list[int], seats: int, locked_in: Sequence[int], locked_out: Sequence[int]
) -> tuple[Roster.Method, list[int]]:
    """Those locked in, then by reach where it is known well enough, then by rank."""
    keys = audiences({*locked_in, *pool})
    order = list(locked_in)
    method = Roster.Method.RANK
    if sum(person_id in keys for person_id in pool) >= KNOWN_SHARE * len(pool):
        method = Roster.Method.COVERAGE
        unseen = sum(person_id not in keys for person_id in locked_in)
        best = best_of(
            keys, size=max(0, seats - unseen), locked_in=locked_in, locked_out=locked_out
        )
        order += best.order
    # Seats that reach cannot fill go by rank.
    return method, list(dict.fromkeys([*order, *pool]))


@transaction.atomic
def add_to_roster(roster: Roster, person: Person, *, by: User | None) -> None:
    """Seat one more person by hand; the reach is counted again."""
    seats = _locked_seats(roster)
    if any(seat.person_id == person.pk for seat in seats):
        return
    if not roster.shortlist.entries.filter(person=person).exists():
        raise Refusal(
            _("This person is not in the shortlist: they were set aside before the ranking."),
            code="not_ranked",
        )
    _seat(roster, [*seats, Seat(person.pk, False)], by)


@transaction.atomic
def remove_from_roster(roster: Roster, person: Person, *, by: User | None) -> None:
    seats = _locked_seats(roster)
    _seat(roster, [seat for seat in seats if seat.person_id != person.pk], by)


@transaction.atomic
def lock_place(roster: Roster, person: Person, *, locked: bool, by: User | None) -> None:
    """A locked person keeps their seat when the roster is composed again."""
    seats = _locked_seats(roster)
    changed = [Seat(person.pk, locked) if seat.person_id == person.pk else seat for seat in seats]
    _seat(roster, sorted(changed, key=lambda seat: not seat.locked), by)


def _locked_seats(roster: Roster) -> list[Seat]:
    """The seats as they are, with the roster locked: two people cannot change it at once."""
    Roster.objects.select_for_update().get(pk=roster.pk)
    places = roster.places.order_by("position").values_list("person", "locked")
    return [Seat(person_id, locked) for person_id, locked in places]


def _seat(roster: Roster, seats: list[Seat], by: User | None) -> None:
    """Write the seats in order with what each adds, and how near the whole is to the best."""
    people = [seat.person_id for seat in seats]
    keys = pool_audiences(roster.shortlist, seats=len(seats), also=people)
    covered = covered_by(people, keys)
    roster.places.all().delete()
    RosterPlace.objects.bulk_create(
        RosterPlace(
            roster=roster,
            person_id=seat.person_id,
            position=position,
            gain=gain,
            locked=seat.locked,
        )
        for position, (seat, gain) in enumerate(zip(seats, covered.gains, strict=True), start=1)
    )
    keep_factors(roster.shortlist, people, by=by)
    roster.without_audience = covered.gains.count(None)
    roster.reach = covered.reach if roster.without_audience < len(seats) else None
    roster.upper_bound = roster.proven = None
    if roster.method == Roster.Method.COVERAGE and roster.reach:
        roster.upper_bound = _bound(seats, keys)
        roster.proven = roster.reach / roster.upper_bound
    roster.made_at, roster.made_by = timezone.now(), by
    roster.save()


def _bound(seats: list[Seat], keys: dict[int, Keys]) -> int:
    """What no group of that many people, with the same ones locked, can exceed."""
    size = sum(seat.person_id in keys for seat in seats)
    locked = [seat.person_id for seat in seats if seat.locked]
    return best_of(keys, size=size, locked_in=locked).upper_bound
