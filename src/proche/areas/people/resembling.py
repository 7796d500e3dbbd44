"""Find who may be the same human as an arrival, and queue what was found here or in the bank.

What a key of one human settles is merged at once, and can be undone; everything else waits for a
person. Running it again changes nothing that was decided.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_q.tasks import async_task

from proche.areas.accounts.models import Programme
from proche.areas.people.actions import fold
from proche.areas.people.duplicates import DuplicatePair, Merge
from proche.areas.people.merging import merge
from proche.areas.people.models import Account, Person, TimelineEntry
from proche.common.choices import Proof
from proche.core.identity import Bank, Link, Profile, Record

# Somebody who left or was refused is not compared: nothing would be done for them.
COMPARED = (Person.State.APPLIED, Person.State.MEMBER, Person.State.ASLEEP)
# The platform itself said whose account it is.
OWN_ACCOUNT = (Proof.ARCHIVE, Proof.API)
SHORTEST_WORD = 3
# A database takes so many values in one question.
CHUNK = 500

Progress = Callable[[int, int], None]


def silently(done: int, total: int) -> None:
    """For whoever need not know how far it is."""


def look_for(person: Person) -> None:
    """Ask, once this transaction is kept, who an arrival may be."""
    transaction.on_commit(
        lambda: async_task("proche.areas.people.tasks.recognise_arrival", person.pk)
    )


def records_of(programme: Programme, tell: Progress = silently) -> list[Record]:
    """Everybody who is compared, in the order of their rows."""
    people = _compared(programme)
    total, found = people.count(), []
    for person in people.iterator(chunk_size=CHUNK):
        found.append(record_of(person))
        if len(found) % (10 * CHUNK) == 0:
            tell(len(found), total)
    return found


@transaction.atomic
def recognise(arrival: Person) -> list[DuplicatePair]:
    """Compare one person with those of the bank who share a word with them."""
    if arrival.state not in COMPARED:
        return []
    everyone = _compared(arrival.programme)
    near = everyone.filter(_shares_a_word(arrival)).exclude(pk=arrival.pk).distinct()
    bank = Bank.of([record_of(person) for person in near], size=everyone.count())
    return queue(arrival.programme, bank.links_of(record_of(arrival))).waiting


def _compared(programme: Programme) -> QuerySet[Person]:
    people = Person.objects.in_programme(programme).filter(state__in=COMPARED)
    return people.prefetch_related("accounts").order_by("pk")


def _shares_a_word(arrival: Person) -> Q:
    """A family name or its part, the mailbox's own part, a handle: what the search words hold."""
    words = {*fold(arrival.family_name).replace("-", " ").split(), fold(arrival.given_name)}
    words |= {arrival.email.partition("@")[0].partition("+")[0].casefold()}
    words |= {fold(account.handle) for account in arrival.accounts.all()}
    found = Q(email__iexact=arrival.email)
    for word in words:
        if len(word) >= SHORTEST_WORD:
            found |= Q(search_text__contains=word)
    return found


def record_of(person: Person) -> Record:
    return Record(
        str(person.pk),
        person.given_name,
        person.family_name,
        person.email,
        person.city,
        person.region,
        person.occupation,
        tuple(Profile(account.platform, account.handle) for account in person.accounts.all()),
    )


@dataclass
class Queued:
    """The pairs that wait for a person; how many of them are new, and how many were merged."""

    waiting: list[DuplicatePair]
    fresh: int = 0
    merged: int = 0


def queue(programme: Programme, links: Sequence[Link], tell: Progress = silently) -> Queued:
    """Keep what is new to ask; merge what a key of one human settles."""
    queued = Queued([])
    for start in range(0, len(links), CHUNK):
        tell(start, len(links))
        _place(programme, links[start : start + CHUNK], queued)
    return queued


@transaction.atomic
def _place(programme: Programme, links: Sequence[Link], queued: Queued) -> None:
    known, gone = _rows(links), set[int]()
    _ask(programme, [link for link in links if _numbers(link) not in known])
    for numbers, pair in sorted(_rows(links).items()):
        if pair.decision == DuplicatePair.Decision.TWO_PEOPLE or gone & set(numbers):
            continue
        merged = _settled(pair)
        if merged:
            gone.add(merged.other_id_was)
            queued.merged += 1
        else:
            queued.waiting.append(pair)
            queued.fresh += numbers not in known


def _numbers(link: Link) -> tuple[int, int]:
    one, other = int(link.left), int(link.right)
    return min(one, other), max(one, other)


def _rows(links: Sequence[Link]) -> dict[tuple[int, int], DuplicatePair]:
    wanted = {_numbers(link) for link in links}
    near = DuplicatePair.objects.filter(first__in={first for first, _second in wanted})
    found = {(pair.first_id, pair.second_id): pair for pair in near}
    return {numbers: pair for numbers, pair in found.items() if numbers in wanted}


def _ask(programme: Programme, links: Sequence[Link]) -> None:
    """Somebody merged or erased since they were read is not asked about."""
    there = set(
        Person.objects.filter(pk__in={pk for link in links for pk in _numbers(link)})
        .select_for_update()
        .values_list("pk", flat=True)
    )
    now = timezone.now()
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(
                programme=programme,
                first_id=first,
                second_id=second,
                probability=link.probability,
                keys=list(link.keys) if link.sure else [],
                found_at=now,
            )
            for link in links
            for first, second in [_numbers(link)]
            if {first, second} <= there
        ],
        ignore_conflicts=True,
    )


def _settled(pair: DuplicatePair) -> Merge | None:
    """Merge at once if a key of one human agrees and nobody ever undid it."""
    if not pair.keys:
        return None
    people = list(Person.objects.filter(pk__in=[pair.first_id, pair.second_id]))
    if not (_same_account(pair, people) or _same_mailbox(pair, people)) or _undone(people):
        return None
    return merge(pair, by=None)


def _same_account(pair: DuplicatePair, people: Sequence[Person]) -> bool:
    """The platform itself gave this account to both."""
    if "account" not in pair.keys:
        return False
    owned = [
        {
            (account.platform, account.handle.casefold())
            for account in Account.objects.filter(person=person, proof__in=OWN_ACCOUNT)
        }
        for person in people
    ]
    return bool(owned[0] & owned[1])


def _same_mailbox(pair: DuplicatePair, people: Sequence[Person]) -> bool:
    """Both opened a message at this address."""
    confirmed = TimelineEntry.objects.filter(verb="email_confirmed", person__in=people)
    return "email" in pair.keys and confirmed.values("person").distinct().count() == 2


def _undone(people: Sequence[Person]) -> bool:
    ids = [person.pk for person in people]
    return Merge.objects.filter(
        kept__in=ids, other_id_was__in=ids, undone_at__isnull=False
    ).exists()
