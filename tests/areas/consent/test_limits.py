"""Allergies, diets and other limits: kept under a consent of their own, erased with it."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from proche.areas.consent.actions import answer, decide_limits, give, withdraw
from proche.areas.consent.models import Consent, Purpose
from proche.areas.content.leaving import leave, stay
from proche.areas.people.correcting import correct
from proche.areas.people.kept import Departure, Said
from proche.areas.people.merging import merge, undo
from proche.areas.people.models import Person
from proche.areas.people.said import note
from proche.common.errors import Refusal
from tests.areas.people.merged import everything, pair_of
from tests.cast import Cast
from tests.factories.people import PersonFactory, consenting

pytestmark = pytest.mark.django_db


def a_person(cast: Cast, **fields: Any) -> Person:
    person: Person = PersonFactory.create(programme=cast.programme, **fields)
    return person


def agree(person: Person) -> None:
    source, now = Consent.Source.MEMBER_PAGE, timezone.now()
    give(person, [Purpose.LIMITS], source=source, language="fr", french_shown_at=now)


def kept(person: Person) -> tuple[str, str]:
    person.refresh_from_db()
    return person.limits, person.limits_to_ask


def everywhere() -> str:
    """Each table as it stands, in one text."""
    return json.dumps(everything(merges=True), default=str, ensure_ascii=False)


def test_limits_are_not_kept_without_the_box_beside_them(cast: Cast) -> None:
    person = a_person(cast)
    person.limits, person.city = "noix", "Percé"
    with pytest.raises(Refusal) as refused:
        answer(person, agrees=False, language="fr")
    assert (refused.value.code, refused.value.field) == ("limits_consent_needed", "limits_agreed")
    assert kept(person) == ("", "")
    person.limits = "noix"
    answer(person, agrees=True, language="en")
    assert kept(person) == ("noix", "")
    consent = person.consents.get()
    assert (consent.purpose, consent.language, consent.text.version) == ("limits", "en", 1)
    # Once given it is not asked at each change.
    person.limits = "noix, lait"
    answer(person, agrees=False, language="fr")
    assert kept(person) == ("noix, lait", "")
    assert person.consents.count() == 1


def test_taking_the_consent_back_erases_every_word_of_limits(cast: Cast) -> None:
    person = consenting(a_person(cast, limits="zibeline"), Purpose.LIMITS)
    note(person, ["limits"], Said.Source.MEMBER, None, timezone.now(), before={"limits": "zircon"})
    merge(pair_of(person, a_person(cast, limits="zoanthaire")), by=None)
    told = everywhere()
    assert all(word in told for word in ("zibeline", "zircon", "zoanthaire"))
    withdraw(person, Purpose.LIMITS)
    told = everywhere()
    assert [word for word in ("zibeline", "zircon", "zoanthaire") if word in told] == []
    assert person.timeline.filter(verb="limits_erased").count() == 1
    # The proof that it was given and taken back stays.
    assert person.consents.get(purpose="limits").withdrawn_at is not None


def test_the_team_writes_no_limits_for_anybody(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        correct(a_person(cast), "limits", "noix", reason="au téléphone", by=cast.strategist)
    assert refused.value.code == "theirs"


def test_what_was_written_before_waits_and_is_agreed_to_or_erased(cast: Cast) -> None:
    person = a_person(cast, limits="zibeline")
    gone = a_person(cast, limits="zircon")
    departure = leave(gone)
    kept_one, other = a_person(cast), a_person(cast, limits="zoanthaire")
    merged = merge(pair_of(kept_one, other), by=None)
    migration = import_module("proche.areas.people.migrations.0009_ask_again_for_limits")
    migration.set_aside(apps, None)
    assert Consent.objects.count() == 0
    assert kept(person) == ("", "zibeline")
    stay(Departure.objects.get(pk=departure.pk))
    assert kept(gone) == ("", "zircon")
    # No merge before the consent existed left limits in use; undone, none comes back in use.
    assert kept(undo(merged, by=cast.strategist)) == ("", "zoanthaire")
    agree(person)
    assert kept(person) == ("zibeline", "")
    assert person.said.latest("id").fields == ["limits"]
    decide_limits(gone, keeps=False, language="fr")
    assert kept(gone) == ("", "")
    assert "zircon" not in everywhere()


def test_two_records_made_one_keep_limits_only_where_the_consent_stands(cast: Cast) -> None:
    first = consenting(a_person(cast), Purpose.LIMITS)
    second = consenting(a_person(cast, limits="noix"), Purpose.LIMITS)
    third = a_person(cast, limits_to_ask="lait")
    withdraw(first, Purpose.LIMITS)
    # The last word is a no, though the other record said yes before.
    done = merge(pair_of(first, second), by=None)
    assert kept(first) == ("", "")
    assert kept(undo(done, by=cast.strategist)) == ("noix", "")
    merge(pair_of(second, third), by=None)
    assert kept(second) == ("noix", "lait")
    decide_limits(second, keeps=True, language="fr")
    assert kept(second) == ("noix, lait", "")


def test_what_waits_comes_back_with_somebody_who_stays(cast: Cast) -> None:
    person = a_person(cast, limits_to_ask="noix")
    departure = leave(person)
    assert kept(person) == ("", "")
    stay(departure)
    assert kept(person) == ("", "noix")
