"""Two records of one human made one, and undone: nothing is lost either way.

Every row that points at the other record is pointed at the kept one, whatever its model. Where a
constraint allows one row only, the kept person's stays, takes what hung on its twin, and the twin
is taken out; what was changed and taken out is written in the merge, which is how it is undone.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.people.actions import record, searchable
from proche.areas.people.duplicates import DuplicatePair, Merge
from proche.areas.people.ledger import Ledger, plain, put_back, rows
from proche.areas.people.models import Account, Person
from proche.areas.people.settling import CARRY, SETTLE
from proche.areas.people.twins import twin_of
from proche.common.choices import Proof
from proche.common.errors import Refusal

# What each of the two may say differently; the rest of a person is not a matter of choice.
CHOSEN = (
    "given_name",
    "family_name",
    "email",
    "region",
    "city",
    "language",
    "archetype",
    "occupation",
    "seeks_living",
    "own_words",
    "topics",
    "content_languages",
    "refused_brands",
    "limits",
)
FIGURES = ("followers", "following", "posts_total", "bio", "proof", "as_of")
PROOFS = list(Proof.values)
STANDING = ("member", "asleep", "applied", "refused", "left")


def in_order(one: Person, other: Person) -> tuple[Person, Person]:
    """The record to keep, then the other: a member before an applicant, then the older one."""
    ranked = sorted((one, other), key=lambda p: (STANDING.index(p.state), p.created_at, p.pk))
    return ranked[0], ranked[1]


@transaction.atomic
def merge(pair: DuplicatePair, *, by: User | None, of_other: frozenset[str] = frozenset()) -> Merge:
    """Make one person of the two. `of_other` names the fields of CHOSEN to take from the other.

    An empty field of the kept record takes what the other says. Raises Refusal if one is gone.
    """
    kept, other = in_order(*_locked(pair))
    programme, probability = pair.programme, pair.probability
    ledger = Ledger()
    values = _values(kept, other, of_other)
    was = other.pk
    for label in sorted(CARRY):
        for row, name, value in CARRY[label](kept, other):
            ledger.change(row, name, value)
    _absorb(ledger, kept, other)
    for name, value in values.items():
        ledger.change(kept, name, value)
    # Last, so that what two records say together is set right.
    for label in sorted(SETTLE):
        for row, name, value in SETTLE[label](kept):
            ledger.change(row, name, value)
    ledger.change(kept, "search_text", searchable(kept))
    record(kept, "merged", by=by)
    found: Merge = Merge.objects.create(
        programme=programme,
        kept=kept,
        other_id_was=was,
        probability=probability,
        by=by,
        at=timezone.now(),
        changes=ledger.changes,
        removed=plain(ledger.removed),
    )
    return found


def _locked(pair: DuplicatePair) -> list[Person]:
    people = list(Person.objects.select_for_update().filter(pk__in=[pair.first_id, pair.second_id]))
    if len(people) != 2 or any(person.state == Person.State.LEFT for person in people):
        raise Refusal(_("One of the two records is no longer there."), code="gone")
    return people


def _values(kept: Person, other: Person, of_other: frozenset[str]) -> dict[str, Any]:
    """What the kept person will say: chosen, or what was empty and is known on the other side."""
    values = {
        name: getattr(other, name)
        for name in CHOSEN
        if name in of_other or getattr(kept, name) in ("", [])
    }
    # Nobody of the team reads what waits for a consent: it is carried, never chosen.
    waiting = ", ".join(p.limits_to_ask for p in (kept, other) if p.limits_to_ask)
    if len(waiting) <= (Person._meta.get_field("limits_to_ask").max_length or 0):
        values["limits_to_ask"] = waiting
    # One signs in with the address one is written to.
    if other.user_id is not None and (kept.user_id is None or "email" in values):
        values["user"] = other.user_id
    return values


def _absorb(ledger: Ledger, kept: models.Model, other: models.Model) -> None:
    """Point every row of `other` at `kept`, then take `other` out."""
    if isinstance(kept, Account) and isinstance(other, Account):
        _keep_best_proof(ledger, kept, other)
    for row, name in _rows_of(other):
        if _points_at_itself(row, name, kept, other):
            ledger.remove(row)
            continue
        twin = twin_of(row, name, kept)
        if twin is None:
            ledger.change(row, name, kept.pk)
            if isinstance(row, DuplicatePair):
                _turn_round(ledger, row)
        else:
            _absorb(ledger, twin, row)
    ledger.remove(other)


def _keep_best_proof(ledger: Ledger, kept: Account, other: Account) -> None:
    """Of one account known twice, the figures with the better proof, then the newer, stay."""

    def worth(account: Account) -> tuple[int, str]:
        return PROOFS.index(account.proof), str(account.as_of or "")

    if worth(other) > worth(kept):
        for name in FIGURES:
            ledger.change(kept, name, getattr(other, name))


def _rows_of(one: models.Model) -> Iterator[tuple[models.Model, str]]:
    """Each row that points at this one, with the name of its field; many-to-many by their rows."""
    for relation in one._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.concrete:
            model: Any = relation.related_model
            name = relation.field.name
            for row in list(rows(model).filter(**{name: one.pk}).order_by("pk")):
                yield row, name


def _turn_round(ledger: Ledger, pair: DuplicatePair) -> None:
    """A pair is looked for by its older record first."""
    if pair.first_id > pair.second_id:
        newer, older = pair.first_id, pair.second_id
        ledger.change(pair, "first", older)
        ledger.change(pair, "second", newer)


def _points_at_itself(
    row: models.Model, name: str, kept: models.Model, other: models.Model
) -> bool:
    """Whether the row ties the two records together, as their own pair does."""
    if not isinstance(row, DuplicatePair):
        return False
    return {row.first_id, row.second_id} == {kept.pk, other.pk}


@transaction.atomic
def undo(merge: Merge, *, by: User) -> Person:
    """Both records as they were; what came after the merge stays with the kept one."""
    merge = Merge.objects.select_for_update().select_related("kept").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Refusal(_("This merge was undone already."), code="already_undone")
    later = Merge.objects.filter(kept=merge.kept, undone_at=None, pk__gt=merge.pk)
    if later.exists():
        raise Refusal(_("A later merge holds this one: undo that one first."), code="later_merge")
    put_back(merge)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.changes, merge.removed = [], []
    merge.save()
    other = Person.objects.get(pk=merge.other_id_was)
    for person in (merge.kept, other):
        record(person, "merge_undone", by=by)
    return other


def became(programme: Programme) -> dict[int, int]:
    """Whom each record merged away is now, by number; a merge undone is none."""
    merges = Merge.objects.filter(programme=programme, undone_at=None)
    return dict(merges.values_list("other_id_was", "kept"))


def numbers_of(person: Person) -> list[int]:
    """The number of the person, and those of the records that became them."""
    merges = Merge.objects.filter(kept=person, undone_at=None)
    return [person.pk, *merges.values_list("other_id_was", flat=True)]


def keep_apart(pair: DuplicatePair, *, by: User) -> None:
    """Two people: never asked again."""
    _decide(pair, DuplicatePair.Decision.TWO_PEOPLE, by)


def put_off(pair: DuplicatePair, *, by: User) -> None:
    """Later: after every pair nobody has looked at."""
    _decide(pair, DuplicatePair.Decision.LATER, by)


def ask_again(pair: DuplicatePair, *, by: User) -> None:
    _decide(pair, "", by)


def _decide(pair: DuplicatePair, decision: str, by: User) -> None:
    pair.decision, pair.decided_by, pair.decided_at = decision, by, timezone.now()
    pair.save(update_fields=["decision", "decided_by", "decided_at"])
