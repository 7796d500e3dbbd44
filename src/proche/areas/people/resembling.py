"""Find who may be the same human, in the whole bank or for one arrival, and queue it.

What a key of one human settles is merged at once, and can be undone; everything else waits for a
person. Running it again changes nothing that was decided.
"""

from collections.abc import Iterable, Sequence

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
from proche.core.identity import Bank, Link, Profile, Record, resolve

# Somebody who left or was refused is not compared: nothing would be done for them.
COMPARED = (Person.State.APPLIED, Person.State.MEMBER, Person.State.ASLEEP)
# The platform itself said whose account it is.
OWN_ACCOUNT = (Proof.ARCHIVE, Proof.API)
SHORTEST_WORD = 3


def look_for(person: Person) -> None:
    """Ask, once this transaction is kept, who an arrival may be."""
    transaction.on_commit(
        lambda: async_task("proche.areas.people.tasks.recognise_arrival", person.pk)
    )


def look_through(programme: Programme) -> None:
    """Ask, once this transaction is kept, to compare the whole bank: after an import."""
    transaction.on_commit(
        lambda: async_task("proche.areas.people.tasks.resolve_bank", programme.pk)
    )


def resolve_bank(programme: Programme) -> list[DuplicatePair]:
    found = resolve([record_of(person) for person in _compared(programme)])
    return queue(programme, (*found.merged, *found.queue))


def recognise(arrival: Person) -> list[DuplicatePair]:
    """Compare one person with those of the bank who share a word with them."""
    if arrival.state not in COMPARED:
        return []
    everyone = _compared(arrival.programme)
    near = everyone.filter(_shares_a_word(arrival)).exclude(pk=arrival.pk).distinct()
    bank = Bank.of([record_of(person) for person in near], size=everyone.count())
    return queue(arrival.programme, bank.links_of(record_of(arrival)))


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


def queue(programme: Programme, links: Iterable[Link]) -> list[DuplicatePair]:
    """Keep what is new to ask; merge what a key settles. Gives the pairs that wait for a person."""
    asked = [pair for link in links if (pair := _asked_once(programme, link)) is not None]
    return [pair for pair in asked if not _settled(pair)]


def _asked_once(programme: Programme, link: Link) -> DuplicatePair | None:
    """The row of this pair; None where somebody said that they are two people."""
    first, second = sorted((int(link.left), int(link.right)))
    pair, _fresh = DuplicatePair.objects.get_or_create(
        first_id=first,
        second_id=second,
        defaults={
            "programme": programme,
            "probability": link.probability,
            "keys": list(link.keys) if link.sure else [],
            "found_at": timezone.now(),
        },
    )
    return None if pair.decision == DuplicatePair.Decision.TWO_PEOPLE else pair


def _settled(pair: DuplicatePair) -> bool:
    """Merge at once if a key of one human agrees and nobody ever undid it."""
    people = list(Person.objects.filter(pk__in=[pair.first_id, pair.second_id]))
    if len(people) < 2:
        return True
    if not (_same_account(pair, people) or _same_mailbox(pair, people)) or _undone(people):
        return False
    merge(pair, by=None)
    return True


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
