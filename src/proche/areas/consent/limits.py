"""Allergies, diets and other limits tell of health or belief: they are kept under a consent of
their own (Law 25, s. 12), and `Person.limits` holds words only while it stands.

What somebody wrote before there was such a consent lies in `Person.limits_to_ask`: nobody but the
person reads it, until they agree or have it erased."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.consent.models import Consent, Purpose
from proche.areas.people.actions import record
from proche.areas.people.kept import Said
from proche.areas.people.models import Person
from proche.areas.people.said import note
from proche.common.errors import Refusal

# The box beside the field, in every form.
BOX = "limits_agreed"
BOX_NEEDED = _("Tick this box so that we may keep what you wrote, or empty the field above.")
MOST = Person._meta.get_field("limits").max_length or 250


def agreed_to(person: Person) -> Consent | None:
    """The consent in force, with the words that were read."""
    consents = person.consents.filter(purpose=Purpose.LIMITS, withdrawn_at=None)
    found: Consent | None = consents.select_related("text").first()
    return found


def box_needed() -> Refusal:
    return Refusal(BOX_NEEDED, code="limits_consent_needed", field=BOX)


def written(person: Person) -> str:
    """What the person wrote, whether it may be used or not: for their own eyes."""
    return ", ".join(part for part in (person.limits, person.limits_to_ask) if part)


def take_up(person: Person) -> None:
    """What waited for the consent may be used now. Call it inside the transaction that gave it."""
    if not person.limits_to_ask:
        return
    whole, was = written(person), person.limits
    if len(whole) > MOST:
        raise Refusal(
            _("What you wrote is too long to be kept in one: shorten it in your answers."),
            code="limits_too_long",
        )
    person.limits, person.limits_to_ask = whole, ""
    person.save(update_fields=["limits", "limits_to_ask"])
    note(person, ["limits"], Said.Source.MEMBER, None, timezone.now(), before={"limits": was})


@transaction.atomic
def forget(person: Person) -> None:
    """Erase every word of them: now, of before, and of records that were merged."""
    had = bool(written(person))
    person.limits = person.limits_to_ask = ""
    person.save(update_fields=["limits", "limits_to_ask"])
    _forget_earlier(person)
    if had:
        note(person, ["limits"], Said.Source.MEMBER, None, timezone.now())
        record(person, "limits_erased")


@transaction.atomic
def forget_waiting(person: Person) -> None:
    """Erase what waits for a consent; what was agreed to stays."""
    if agreed_to(person) is None:
        forget(person)
    elif person.limits_to_ask:
        person.limits_to_ask = ""
        person.save(update_fields=["limits_to_ask"])
        record(person, "limits_erased")


FIELDS = ("limits", "limits_to_ask")


def _forget_earlier(person: Person) -> None:
    for said in person.said.filter(before__has_key="limits"):
        del said.before["limits"]
        said.save(update_fields=["before"])
    for merge in person.merges.filter(undone_at=None):
        merge.changes = [one for one in merge.changes if one["field"] not in FIELDS]
        for row in merge.removed:
            if row["model"] == "people.person":
                row["fields"] |= dict.fromkeys(FIELDS, "")
            elif row["model"] == "people.said":
                row["fields"]["before"].pop("limits", None)
        merge.save(update_fields=["changes", "removed"])
