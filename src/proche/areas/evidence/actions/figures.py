"""The figures of an account as its network gives them: the strongest level of proof."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.evidence.models import Evidence
from proche.areas.people.actions import record
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person
from proche.areas.people.said import note
from proche.common.choices import Platform, Proof

FOLLOWERS = "followers"


@dataclass(frozen=True)
class Figures:
    """None where the network hides one; what was known of it before then stays."""

    followers: int
    following: int | None = None
    posts_total: int | None = None


@transaction.atomic
def confirm(account: Account, figures: Figures, *, at: datetime, by: User | None) -> bool:
    """Write them as evidence of that day, with who gave them. False where they stand already, so
    that a job delivered twice writes once. No verdict changes: the next qualifying reads them."""
    person = Person.objects.select_for_update().get(pk=account.person_id)
    held: Account = Account.objects.get(pk=account.pk, person=person)
    day = timezone.localdate(at)
    if (held.proof, held.as_of, held.followers) == (Proof.API, day, figures.followers):
        return False
    before = {FOLLOWERS: held.followers}
    for name, value in vars(figures).items():
        if value is not None:
            setattr(held, name, value)
    held.proof, held.as_of = Proof.API, day
    held.save(update_fields=[*vars(figures), "proof", "as_of"])
    Evidence.objects.update_or_create(
        person=person,
        account=held,
        measure=FOLLOWERS,
        as_of=day,
        defaults={"value": figures.followers, "n": 1, "proof": Proof.API, "note": ""},
    )
    note(person, [FOLLOWERS], Said.Source.INTERFACE, by, at, account=held, before=before)
    record(person, "figures_confirmed", by=by, network=Platform(held.platform).label)
    return True
