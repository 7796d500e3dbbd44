"""Composing the roster: who is chosen, what each one adds, how near it is to the best."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.matching.composing import Board
from proche.areas.matching.conditions import (
    Conditions,
    conditions_of,
    facts_of,
    first_conditions,
    keep_about_people,
)
from proche.areas.matching.everybody import forget_parts
from proche.areas.matching.factors import keep_factors
from proche.areas.matching.models import (
    Roster,
    RosterConflict,
    RosterPlace,
    RosterTerm,
    Shortlist,
    ShortlistEntry,
)
from proche.areas.matching.reach import covered_by
from proche.areas.matching.refusing import nobody_fits, refuse_at_once, unmet
from proche.areas.people.models import Person
from proche.common.errors import Refusal


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
    """Choose among the best ranked under the conditions of last time; people locked in keep their
    seat, those locked out get none this time."""
    shortlist = _locked(shortlist)
    roster = getattr(shortlist, "roster", None)
    conditions = first_conditions(shortlist.brief) if roster is None else conditions_of(roster)
    conditions = replace(conditions, kept=tuple(locked_in), size=size or conditions.size)
    return _composed(shortlist, conditions, by, out_now=locked_out)


@transaction.atomic
def compose_roster(shortlist: Shortlist, conditions: Conditions, *, by: User | None) -> Roster:
    """Choose under these conditions and keep them with the roster. Refuses, and changes nothing,
    where they cannot all hold: the sentence says which, and what would do."""
    return _composed(_locked(shortlist), conditions, by)


def _locked(shortlist: Shortlist) -> Shortlist:
    rows = Shortlist.objects.select_for_update(of=("self",)).select_related("brief", "roster")
    found: Shortlist = rows.get(pk=shortlist.pk)
    return found


def _composed(
    shortlist: Shortlist,
    conditions: Conditions,
    by: User | None,
    *,
    out_now: Sequence[int] = (),
) -> Roster:
    refuse_at_once(conditions)
    asked = replace(conditions, left_out=conditions.left_out.union(out_now))
    board = Board.of(shortlist, asked)
    found = board.best(asked)
    if not found.chosen:
        raise nobody_fits(board, asked)
    if found.lacking:
        raise unmet(asked, *board.loosening(asked))
    roster, _made = Roster.objects.update_or_create(
        shortlist=shortlist,
        defaults={
            "method": board.method,
            "made_at": timezone.now(),
            "made_by": by,
            **facts_of(conditions, shortlist.brief),
        },
    )
    keep_about_people(roster, conditions)
    people = board.people(found)
    _write(roster, [Seat(one, one in conditions.kept) for one in people], board)
    _prove(roster, found.upper_bound)
    roster.prices, roster.broken = board.price_list(asked), []
    _signed(roster, by)
    return roster


@transaction.atomic
def add_to_roster(roster: Roster, person: Person, *, by: User | None) -> None:
    """Seat one more person by hand, also one left out; the reach is counted again."""
    seats = _locked_seats(roster)
    if any(seat.person_id == person.pk for seat in seats):
        return
    if not roster.shortlist.entries.filter(person=person).exists():
        raise Refusal(
            _("This person is not in the shortlist: they were set aside before the ranking."),
            code="not_ranked",
        )
    _let_in(roster, person)
    _seat(roster, [*seats, Seat(person.pk, False)], by)


@transaction.atomic
def let_go(roster: Roster, person: Person, *, by: User | None) -> None:
    """Somebody let go by hand gives up their seat, and neither another choice nor the reserve of
    the waves takes them, until somebody brings them back."""
    seats = _locked_seats(roster)
    staying = [seat for seat in seats if seat.person_id != person.pk]
    had_seat = len(staying) < len(seats)
    now = {"left_out": True, "let_go_at": timezone.now(), "let_go_by": by, "had_seat": had_seat}
    RosterTerm.objects.update_or_create(roster=roster, person=person, defaults=now)
    # Without a seat nothing that the brand was shown changes.
    if had_seat:
        _seat(roster, staying, by)


@transaction.atomic
def bring_back(roster: Roster, person: Person, *, by: User | None) -> None:
    """Undo of `let_go`: whoever had a seat has one again, the last; others may be asked again."""
    term = roster.terms.filter(person=person, left_out=True).first()
    if term is None:
        return
    if term.had_seat and roster.shortlist.entries.filter(person=person).exists():
        add_to_roster(roster, person, by=by)
        return
    seats = _locked_seats(roster)
    _let_in(roster, person)
    if f"left_out:{person.pk}" in roster.prices.get("without", {}):
        _seat(roster, seats, by)


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


def forget_choices(person: Person) -> None:
    """Somebody who leaves is no longer ranked anywhere, nor named by the conditions of a roster;
    their seats stay, without a name. Call it inside the transaction in which they leave."""
    ShortlistEntry.objects.filter(person=person).delete()
    forget_parts(person)
    RosterTerm.objects.filter(person=person).delete()
    RosterConflict.objects.filter(Q(first=person) | Q(second=person)).delete()


def _let_in(roster: Roster, person: Person) -> None:
    roster.terms.filter(person=person).update(
        left_out=False, let_go_at=None, let_go_by=None, had_seat=False
    )
    roster.terms.filter(left_out=False, cost_cents=None).delete()


def _seat(roster: Roster, seats: list[Seat], by: User | None) -> None:
    """Write the seats given by hand, with what each adds, and how near the whole is to the best."""
    people = [seat.person_id for seat in seats]
    kept = tuple(seat.person_id for seat in seats if seat.locked)
    conditions = replace(conditions_of(roster), size=len(seats), kept=kept)
    board = Board.of(roster.shortlist, conditions, seated=people, method=roster.method)
    _write(roster, seats, board)
    roster.broken = board.broken(conditions, people)
    # seats that do not keep the conditions are held against choices that need not either
    held = conditions.by_hand(len(seats)) if roster.broken else conditions
    _prove(roster, board.best(held, also=people).upper_bound if seats else 0)
    roster.prices = board.price_list(conditions, seated=people)
    _signed(roster, by)


def _write(roster: Roster, seats: list[Seat], board: Board) -> None:
    covered = covered_by([seat.person_id for seat in seats], board.known)
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
    roster.without_audience = covered.gains.count(None)
    roster.reach = covered.reach if roster.without_audience < len(seats) else None


def _prove(roster: Roster, upper_bound: int) -> None:
    roster.upper_bound = roster.proven = None
    if roster.method != Roster.Method.RANK and roster.reach:
        roster.upper_bound = upper_bound
        roster.proven = roster.reach / upper_bound


def _signed(roster: Roster, by: User | None) -> None:
    roster.made_at, roster.made_by = timezone.now(), by
    roster.save()
    keep_factors(roster.shortlist, roster.places.values_list("person", flat=True), by=by)
