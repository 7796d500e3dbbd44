"""A break, a return, a copy of one's data, and leaving: what is erased and what stays."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.core.serializers import serialize
from django.core.serializers.json import DjangoJSONEncoder

from proche.areas.accounts.models import Role, User
from proche.areas.campaigns.actions import feedback, report_broken
from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.campaigns.tasks import tell_shipped
from proche.areas.consent.models import Consent
from proche.areas.content.leaving import come_back, leave, take_break
from proche.areas.content.models import Post
from proche.areas.content.own_data import as_table, own_data
from proche.areas.messages.actions import ask_team, deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.models import Account, Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import an_exchange, an_offer, received, shipped, who_agreed
from tests.factories.content import a_post

SECRETS = ("Quenneville", "Zoélie", "zoelie@", "zoe.coupe", "tatouages", "Percé", "Migraine")


def somebody(cast: Cast) -> Person:
    cast.programme.asks_per_quarter = 9
    cast.programme.save()
    person = who_agreed(
        cast.programme,
        given_name="Zoélie",
        family_name="Quenneville",
        email="zoelie@example.org",
        city="Percé",
        own_words="Je fais des tatouages.",
    )
    person.accounts.update(handle="zoe.coupe")
    return person


def everything_kept() -> str:
    """Every row of every area, as text: where a leak would show."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("proche.")]
    return "".join(serialize("json", model._default_manager.all()) for model in ours)


def test_a_break_stops_offers_and_a_return_opens_them_again(cast: Cast) -> None:
    person = somebody(cast)
    take_break(person)
    person.refresh_from_db()
    assert person.state == Person.State.ASLEEP
    come_back(person)
    person.refresh_from_db()
    assert person.state == Person.State.MEMBER
    verbs = person.timeline.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["person_asleep", "person_came_back"]
    assert an_offer(person).person == person


def test_only_a_member_takes_a_break_and_only_a_sleeper_comes_back(cast: Cast) -> None:
    person = somebody(cast)
    with pytest.raises(Refusal):
        come_back(person)
    Person.objects.update(state="applied")
    person.refresh_from_db()
    with pytest.raises(Refusal):
        take_break(person)


def test_the_copy_holds_everything_and_is_plain_json(cast: Cast) -> None:
    person = somebody(cast)
    exchange = shipped(person)
    feedback(exchange, "Migraine.")
    ask_team(person, "Puis-je l’offrir à ma sœur?")
    document = own_data(person)
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False)
    for told in (*SECRETS, "12, rue de la Gare", "ma sœur", "offers", "parcel_shipped"):
        assert told in text
    assert set(document) == {
        "person",
        "accounts",
        "application",
        "import",
        "nomination",
        "consents",
        "evidence",
        "verdicts",
        "shortlists",
        "offers",
        "exchanges",
        "parcels",
        "invitations",
        "posts",
        "messages",
        "tags",
        "timeline",
    }


def test_every_table_that_points_at_a_person_was_thought_of() -> None:
    """A new table must be added to the copy and to leaving; then to this list."""
    pointing = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model in {Person, Account, Offer, Exchange, Post}
    }
    assert pointing - {"Person_tags", "Tag_people"} == {
        "Account",
        "Application",
        "AudienceSample",
        "Check",
        "Consent",
        "Evidence",
        "Exchange",
        "Invitation",
        "Message",
        "ImportedRow",
        "Nomination",
        "Origin",
        "Offer",
        "Parcel",
        "Post",
        "RosterPlace",
        "ShortlistEntry",
        "Tag",
        "TimelineEntry",
        "Verdict",
    }


def test_the_copy_holds_nobody_else(cast: Cast) -> None:
    mine, other = somebody(cast), who_agreed(cast.programme, given_name="Bao", family_name="Tran")
    feedback(an_exchange(other), "Secret de Bao.")
    text = json.dumps(own_data(mine), cls=DjangoJSONEncoder, ensure_ascii=False)
    assert "Bao" not in text
    assert other.email not in text


def test_the_table_has_one_line_for_each_fact(cast: Cast) -> None:
    person = somebody(cast)
    document = own_data(person)
    lines: list[tuple[str, int, str, Any]] = list(as_table(document))
    assert ("person", 1, "given_name", "Zoélie") in lines
    assert len(lines) == sum(len(row) for rows in document.values() for row in rows)


def test_leaving_erases_who_the_person_was_everywhere(cast: Cast) -> None:
    person = somebody(cast)
    user = person.user
    assert user is not None
    user.email, user.name = "zoelie@example.org", "Zoélie Quenneville"
    user.save()
    exchange = received(person, exchange="agreed", obligation=True)
    feedback(exchange, "Migraine.")
    a_post(exchange, caption="Zoélie Quenneville parle de tatouages à Percé.")
    report_broken(shipped(person).parcel, what="Migraine de colis.")
    an_exchange(person)
    ask_team(person, "Zoélie ici, de Percé.")
    assert all(secret in everything_kept() for secret in SECRETS)
    leave(person)
    kept = everything_kept()
    assert [secret for secret in (*SECRETS, "sonner deux fois") if secret in kept] == []


def test_leaving_keeps_the_totals(cast: Cast) -> None:
    person = somebody(cast)
    a_post(received(person))
    an_offer(person)
    leave(person)
    assert (Offer.objects.count(), Exchange.objects.count(), Post.objects.count()) == (2, 1, 1)
    assert set(Offer.objects.values_list("state", flat=True)) == {"accepted", "withdrawn"}
    person.refresh_from_db()
    assert (person.state, person.region, str(person)) == ("left", "01", "Compte effacé")
    assert list(person.timeline.values_list("verb", flat=True)) == ["person_left"]


def test_leaving_stops_what_is_under_way(cast: Cast) -> None:
    person = somebody(cast)
    received(person, exchange="agreed", obligation=True)
    an_exchange(person)
    leave(person)
    assert set(Parcel.objects.values_list("state", flat=True)) == {"received"}
    assert set(Post.objects.values_list("state", flat=True)) == {"waived"}
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_leaving_takes_the_sign_in_away_unless_they_work_here(cast: Cast) -> None:
    person = somebody(cast)
    user = person.user
    assert user is not None
    leave(person)
    assert not User.objects.filter(pk=user.pk).exists()
    colleague = somebody_who_works(cast)
    leave(colleague)
    assert Role.objects.filter(user=cast.assistant).exists()
    assert not Person.objects.filter(user=cast.assistant).exists()


def somebody_who_works(cast: Cast) -> Person:
    person = who_agreed(cast.programme)
    person.user = cast.assistant
    person.save()
    return person


def test_a_message_still_queued_when_the_person_leaves_goes_nowhere(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    person = somebody(cast)
    exchange = shipped(person)
    queued = Message.objects.get(person=person, kind="offer").pk
    leave(person)
    deliver_now(queued)
    tell_shipped(exchange.parcel.pk)
    assert (mailoutbox, Message.objects.filter(person=person).count()) == ([], 0)


def test_two_people_may_leave_the_same_programme(cast: Cast) -> None:
    first, second = somebody(cast), who_agreed(cast.programme)
    leave(first)
    leave(second)
    assert Person.objects.filter(state="left").count() == 2
