"""A merge carries every table that points at a person or an account; a new one is tried here."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Field, IntegerField, JSONField
from django.utils import timezone

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Campaign
from proche.areas.consent.models import Consent
from proche.areas.content.models import Undeclared
from proche.areas.events.actions import plan_event
from proche.areas.events.models import Invitation
from proche.areas.evidence.models import AudienceSample, Evidence
from proche.areas.imports.models import Basis, ImportBatch, ImportedRow, Origin
from proche.areas.matching.models import (
    Factors,
    Roster,
    RosterConflict,
    RosterPlace,
    RosterTerm,
    Shortlist,
    ShortlistEntry,
)
from proche.areas.messages.models import Message
from proche.areas.messages.team_letters import TeamLetter
from proche.areas.people.actions import record
from proche.areas.people.bank import TagAct
from proche.areas.people.bank_actions import tag_people, take_back, untag_people
from proche.areas.people.duplicates import Merge
from proche.areas.people.kept import Break, Departure, Look, PersonFile, Said, StillTrue
from proche.areas.people.merging import merge, undo
from proche.areas.people.models import Account, Person, Tag
from proche.areas.people.notes import write_note
from proche.areas.people.said import note
from proche.areas.recruitment.models import Application, Call, Nomination
from proche.areas.recruitment.settling import UNDECIDED
from tests.areas.people.merged import (
    everything,
    named,
    our_models,
    pair_of,
    relations_to,
    rows_pointing_at,
)
from tests.cast import Cast
from tests.factories.campaigns import a_brief, a_campaign, an_offer
from tests.factories.events import evening
from tests.factories.matching import signed_verdict
from tests.factories.people import AccountFactory, PersonFactory, consenting


class World:
    """What rows about a person also need, once for both records: one brief, one evening…"""

    def __init__(self, cast: Cast) -> None:
        now = timezone.now()
        self.cast, self.programme = cast, cast.programme
        self.third = PersonFactory.create(programme=self.programme)
        self.campaign: Campaign = a_campaign(self.programme)
        evening_out = a_campaign(self.programme, format=Brief.Format.EVENT, exchange="invitation")
        self.event = plan_event(evening_out, evening(), by=None)
        brief = a_brief(self.programme)
        self.shortlist = Shortlist.objects.create(brief=brief, made_at=now, considered=2)
        self.roster = Roster.objects.create(
            shortlist=self.shortlist, method=Roster.Method.RANK, made_at=now
        )
        self.call = Call.objects.create(
            programme=self.programme,
            slug="rives",
            partner_name="Rives",
            title_fr="Qui?",
            title_en="Who?",
            opens_on=now.date(),
            closes_on=now.date(),
        )
        self.batch = ImportBatch.objects.create(programme=self.programme, file_name="liste.csv")
        self.tag = Tag.objects.create(programme=self.programme, name="cheveux")


def _instagram(person: Person) -> Account:
    handle = "Lune" if person.pk % 2 else "lune"
    return person.accounts.first() or AccountFactory.create(person=person, handle=handle)


def _consented(world: World, person: Person) -> Any:
    return consenting(person)


def _written_to(world: World, person: Person) -> Any:
    return Message.objects.create(
        programme=world.programme,
        person=person,
        kind="welcome",
        language="fr",
        subject="Bonjour",
        body="Bonjour",
        once_key=f"welcome:{person.pk}",
    )


def _measured(world: World, person: Person) -> Any:
    for account in (_instagram(person), None):
        Evidence.objects.create(
            person=person, account=account, measure="n", proof="public", as_of="2026-01-01"
        )


def _heard(world: World, person: Person) -> Any:
    AudienceSample.objects.create(
        account=_instagram(person), keys=bytes([person.pk % 250] * 8), n=1, proof="archive",
        as_of="2026-01-01",
    )  # fmt: skip


def _applied(world: World, person: Person) -> Any:
    return Application.objects.create(
        person=person, language="fr", submitted_at=timezone.now(), state=UNDECIDED[1]
    )


def _named(world: World, person: Person) -> Any:
    now = timezone.now()
    return Nomination.objects.create(call=world.call, person=person, created_at=now, changed_at=now)


def _shortlisted(world: World, person: Person) -> Any:
    return ShortlistEntry.objects.create(
        shortlist=world.shortlist, person=person, rank=person.pk, score=1
    )


def _placed(world: World, person: Person) -> Any:
    return RosterPlace.objects.create(roster=world.roster, person=person, position=person.pk)


def _termed(world: World, person: Person) -> Any:
    return RosterTerm.objects.create(roster=world.roster, person=person, left_out=True)


def _kept_apart_first(world: World, person: Person) -> Any:
    return RosterConflict.objects.create(roster=world.roster, first=person, second=world.third)


def _kept_apart_second(world: World, person: Person) -> Any:
    return RosterConflict.objects.create(roster=world.roster, first=world.third, second=person)


def _offered(world: World, person: Person) -> Any:
    if not person.consents.filter(purpose="offers").exists():
        consenting(person, "offers")
    return an_offer(person, world.campaign)


def _invited(world: World, person: Person) -> Any:
    return Invitation.objects.create(event=world.event, person=person, changed_at=timezone.now())


def _alike_a_newer(world: World, person: Person) -> Any:
    newer, _made = Person.objects.get_or_create(
        programme=world.programme, email="newer@example.org", adult=True
    )
    return pair_of(person, newer)


def _alike_an_older(world: World, person: Person) -> Any:
    """A pair in which this person comes second."""
    older = Person.objects.order_by("pk").first()
    assert older is not None
    return pair_of(older, person)


def _merged_before(world: World, person: Person) -> Any:
    twin = PersonFactory.create(programme=world.programme, given_name="Jumelle")
    return merge(pair_of(person, twin), by=world.cast.owner)


def _told(world: World, person: Person) -> Any:
    now = timezone.now()
    note(person, ["city"], Said.Source.MEMBER, None, now, before={"city": "Gaspé"})
    note(person, ["handle"], Said.Source.MEMBER, None, now, account=_instagram(person))


def _chosen(world: World, person: Person) -> Any:
    made_at = world.shortlist.made_at
    return Factors.objects.create(
        brief=world.shortlist.brief, person=person, ranked_at=made_at, chosen_at=made_at,
        rank=1, considered=2, score=50,
    )  # fmt: skip


def _noted(world: World, person: Person) -> Any:
    return write_note(person, "Préfère le matin.", by=world.cast.owner)


def _filed(world: World, person: Person) -> Any:
    return PersonFile.objects.create(
        person=person, name="carte.pdf", kind="application/pdf", size=3, stored="people/x.pdf",
        why="Reçu", at=timezone.now(),
    )  # fmt: skip


def _looked_at(world: World, person: Person) -> Any:
    day = timezone.localdate()
    return Look.objects.create(person=person, user=world.cast.owner, what="page", day=day)


def _slept(world: World, person: Person) -> Any:
    return Break.objects.create(person=person, began_at=timezone.now())


def _asked_again(world: World, person: Person) -> Any:
    return StillTrue.objects.create(person=person, asked_at=timezone.now())


def _asked_of_a_post(world: World, person: Person) -> Any:
    return Undeclared.objects.create(
        person=person,
        brand=world.campaign.brief.brand,
        caption="x",
        trace="t",
        asked_at=timezone.now(),
    )


def _leaving(world: World, person: Person) -> Any:
    now = timezone.now()
    return Departure.objects.create(person=person, asked_at=now, erase_on=now.date(), sealed={})


def _listed(world: World, person: Person) -> Any:
    return Origin.objects.create(person=person, batch=world.batch, basis=Basis.NONE)


def _imported(world: World, person: Person) -> Any:
    return ImportedRow.objects.create(
        batch=world.batch, person=person, row=person.pk, created=False
    )


MAKE: dict[str, Callable[[World, Person], Any]] = {
    "people.Account.person": lambda world, person: _instagram(person),
    "people.TimelineEntry.person": lambda world, person: record(person, "data_exported"),
    "people.Tag_people.person": lambda world, person: world.tag.people.add(person),
    "people.DuplicatePair.first": _alike_a_newer,
    "people.DuplicatePair.second": _alike_an_older,
    "people.Merge.kept": _merged_before,
    "consent.Consent.person": _consented,
    "programme_messages.Message.person": _written_to,
    "evidence.Evidence.person": _measured,
    "evidence.Evidence.account": _measured,
    "evidence.AudienceSample.account": _heard,
    "evidence.Verdict.person": lambda world, person: signed_verdict(person),
    "recruitment.Application.person": _applied,
    "recruitment.Nomination.person": _named,
    "matching.ShortlistEntry.person": _shortlisted,
    "matching.RosterPlace.person": _placed,
    "matching.Factors.person": _chosen,
    "matching.RosterTerm.person": _termed,
    "matching.RosterConflict.first": _kept_apart_first,
    "matching.RosterConflict.second": _kept_apart_second,
    "campaigns.Offer.person": _offered,
    "events.Invitation.person": _invited,
    "people.Said.person": _told,
    "people.Said.account": _told,
    "people.Note.person": _noted,
    "people.PersonFile.person": _filed,
    "people.Look.person": _looked_at,
    "people.Break.person": _slept,
    "people.StillTrue.person": _asked_again,
    "people.Departure.person": _leaving,
    "content.Undeclared.person": _asked_of_a_post,
    "imports.Origin.person": _listed,
    "imports.ImportedRow.person": _imported,
}
# Columns that hold a person’s number without pointing at them, and what becomes of it.
NUMBERS = {
    "people.TagAct.people": "carried",
    "programme_messages.TeamLetter.people": "carried",
    "people.Merge.other_id_was": "the record that went, looked for only to undo",
    "people.BankChange.person_id": "a note that the triggers write anew",
    "evidence.BankNorms.accounts": "a count",
    "incidents.IncidentVersion.people": "a count",
    "imports.ImportedRow.accounts": "an account that a merge took out is passed over by the undo",
}
# One row each where a constraint says so: the twin of the kept record goes into the merge.
ONE_EACH = {
    "people.Account.person",
    "people.Tag_people.person",
    "people.DuplicatePair.first",
    "people.DuplicatePair.second",
    "recruitment.Application.person",
    "recruitment.Nomination.person",
    "matching.ShortlistEntry.person",
    "matching.RosterPlace.person",
    "matching.Factors.person",
    "matching.RosterTerm.person",
    "matching.RosterConflict.first",
    "matching.RosterConflict.second",
    "campaigns.Offer.person",
    "events.Invitation.person",
    "people.Look.person",
    "people.Break.person",
    "people.StillTrue.person",
    "people.Departure.person",
    "content.Undeclared.person",
    "imports.Origin.person",
}


@pytest.fixture
def world(cast: Cast) -> World:
    PersonFactory.create(programme=cast.programme, given_name="Aînée")
    return World(cast)


@pytest.fixture
def kept(world: World) -> Person:
    return PersonFactory.create(programme=world.programme, given_name="Julie")


@pytest.fixture
def other(world: World, kept: Person) -> Person:
    return PersonFactory.create(programme=world.programme, given_name="Ju")


def _number(field: "Field[Any, Any]") -> bool:
    words = ("person", "people", "account", "other_id")
    is_number = isinstance(field, JSONField | IntegerField) and not field.is_relation
    return is_number and any(word in field.name for word in words)


def test_every_relation_to_a_person_or_an_account_is_tried_here() -> None:
    found = {named(relation) for model in (Person, Account) for relation in relations_to(model)}
    assert found == set(MAKE)


def test_every_column_that_holds_a_person_s_number_is_accounted_for() -> None:
    fields = [field for model in our_models() for field in model._meta.concrete_fields]
    found = {f"{field.model._meta.label}.{field.name}" for field in fields if _number(field)}
    assert found == set(NUMBERS)


def of_account(name: str) -> bool:
    return name.endswith(".account")


@pytest.mark.parametrize("relation", sorted(MAKE))
@pytest.mark.parametrize("both", [False, True], ids=["of the other", "of both"])
def test_rows_are_carried_and_come_back(
    world: World, kept: Person, other: Person, relation: str, both: bool
) -> None:
    MAKE[relation](world, other)
    if both:
        MAKE[relation](world, kept)
    pair = pair_of(kept, other)
    before, gone = everything(merges=True), Person(pk=other.pk)
    done = merge(pair, by=world.cast.strategist)
    assert rows_pointing_at(gone) == {}
    target = kept.accounts.get() if of_account(relation) else kept
    held = rows_pointing_at(target)[relation]
    if both and relation in ONE_EACH:
        assert held == 1
    else:
        assert held >= 1
    undo(done, by=world.cast.owner)
    Merge.objects.filter(pk=done.pk).delete()
    assert everything(merges=True) == before


def test_all_of_it_at_once_comes_back_too(world: World, kept: Person, other: Person) -> None:
    for person in (kept, other):
        for make in dict.fromkeys(MAKE.values()):
            make(world, person)
    pair = pair_of(kept, other)
    before = everything(merges=True)
    done = merge(pair, by=world.cast.strategist, of_other=frozenset({"email", "given_name"}))
    assert rows_pointing_at(Person(pk=done.other_id_was)) == {}
    undo(done, by=world.cast.owner)
    Merge.objects.filter(pk=done.pk).delete()
    assert everything(merges=True) == before


def test_two_people_stay_two_whichever_record_came_first(
    world: World, kept: Person, other: Person
) -> None:
    """The kept record is the newest of the three, so that the pair is turned round."""
    Person.objects.filter(pk=kept.pk).update(state=Person.State.APPLIED)
    apart = pair_of(kept, other, decision="two")
    newest = PersonFactory.create(programme=world.programme, given_name="Julia")
    merge(pair_of(kept, newest), by=world.cast.owner)
    apart.refresh_from_db()
    assert (apart.first, apart.second) == (other, newest)


def test_a_tag_given_to_many_is_taken_back_from_the_kept_person(
    world: World, kept: Person, other: Person
) -> None:
    act = tag_people(world.programme, "barbe", [other.pk], by=world.cast.owner)
    merge(pair_of(kept, other), by=world.cast.owner)
    assert kept.tags.filter(name="barbe").exists()
    take_back(TagAct.objects.get(pk=act.pk))
    assert not kept.tags.filter(name="barbe").exists()


def test_a_tag_the_kept_person_had_before_outlives_the_undoing_of_the_act(
    world: World, kept: Person, other: Person
) -> None:
    Tag.objects.create(programme=world.programme, name="barbe").people.add(kept)
    act = tag_people(world.programme, "barbe", [other.pk], by=world.cast.owner)
    merge(pair_of(kept, other), by=world.cast.owner)
    take_back(TagAct.objects.get(pk=act.pk))
    assert kept.tags.filter(name="barbe").exists()


def test_a_tag_taken_from_many_is_given_back_to_the_kept_person(
    world: World, kept: Person, other: Person
) -> None:
    world.tag.people.add(other)
    act = untag_people(world.programme, "cheveux", [other.pk], by=world.cast.owner)
    merge(pair_of(kept, other), by=world.cast.owner)
    take_back(TagAct.objects.get(pk=act.pk))
    assert kept.tags.filter(name="cheveux").exists()


def test_a_letter_goes_to_the_kept_person_in_the_other_s_place_and_never_twice(
    world: World, kept: Person, other: Person
) -> None:
    third = world.third.pk
    theirs = TeamLetter.objects.create(programme=world.programme, people=[other.pk, third])
    to_both = TeamLetter.objects.create(programme=world.programme, people=[kept.pk, other.pk])
    done = merge(pair_of(kept, other), by=world.cast.owner)
    theirs.refresh_from_db()
    to_both.refresh_from_db()
    assert (theirs.people, to_both.people.count(kept.pk)) == ([kept.pk, third], 1)
    undo(done, by=world.cast.owner)
    theirs.refresh_from_db()
    assert theirs.people == [done.other_id_was, third]


def test_an_application_of_a_member_leaves_the_board_and_comes_back(
    world: World, kept: Person, other: Person
) -> None:
    Person.objects.filter(pk=other.pk).update(state=Person.State.APPLIED)
    _applied(world, other)
    done = merge(pair_of(kept, other), by=world.cast.owner)
    assert kept.application.state == Application.State.ACCEPTED
    undo(done, by=world.cast.owner)
    assert Application.objects.get(person=done.other_id_was).state in UNDECIDED
    assert Consent.objects.count() == 0


def test_sign_in_follows_the_address_that_is_kept(
    world: World, kept: Person, other: Person
) -> None:
    kept.user, other.user = world.cast.assistant, world.cast.owner
    kept.save()
    other.save()
    done = merge(pair_of(kept, other), by=world.cast.owner, of_other=frozenset({"email"}))
    assert Person.objects.get(pk=kept.pk).user == world.cast.owner
    undo(done, by=world.cast.owner)
    users = {kept.pk: world.cast.assistant, done.other_id_was: world.cast.owner}
    assert {person.pk: person.user for person in Person.objects.filter(pk__in=users)} == users
