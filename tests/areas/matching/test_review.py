import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from proche.areas.brands.models import Contact
from proche.areas.matching.actions import (
    answer_review,
    invite_review,
    note_opened,
    reopen_review,
    reply_to_review,
    revoke_review,
)
from proche.areas.matching.models import BrandReview, ReviewWord, Roster
from proche.areas.matching.queries import review_by_link, shown_to_brand
from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.models import Person, TimelineEntry
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.matching import a_member, a_roster
from tests.factories.people import consenting

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(cast: Cast) -> Roster:
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    consenting(a_member(cast.programme, given_name="Camille", reached=range(50)), "brands")
    a_member(cast.programme, given_name="Odile", reached=range(20))
    return a_roster(brief)


@pytest.fixture
def contact(roster: Roster) -> Contact:
    return ContactFactory.create(brand=roster.shortlist.brief.brand)


def token_in_mail() -> str:
    found = re.search(r"/marque/([^/\s]+)/", Message.objects.latest("pk").body)
    assert found
    return found[1]


def test_the_contact_receives_a_link_whose_secret_is_kept_nowhere_else(
    roster: Roster, contact: Contact, cast: Cast
) -> None:
    review = invite_review(roster, contact, by=cast.strategist)
    token = token_in_mail()
    assert token not in str(BrandReview.objects.values().get())
    assert review_by_link(token) == review
    assert review_by_link(token[:-1]) is None
    message = Message.objects.get()
    assert (message.to, message.kind, message.language) == (contact.email, "brand_review", "fr")
    assert timedelta(days=13, hours=23) < review.expires_at - timezone.now() < timedelta(days=14)


def test_once_delivered_the_link_lies_nowhere_in_the_database(
    roster: Roster, contact: Contact
) -> None:
    invite_review(roster, contact, by=None)
    token = token_in_mail()
    deliver_now(Message.objects.get().pk)
    assert token in str(mail.outbox[0].body)
    assert token not in Message.objects.get().body


def test_being_shown_to_a_brand_is_told_on_the_timeline_of_each_person(
    roster: Roster, contact: Contact, cast: Cast
) -> None:
    invite_review(roster, contact, by=cast.strategist)
    entries = TimelineEntry.objects.filter(verb="shown_to_brand")
    assert {entry.person for entry in entries} == set(Person.objects.all())
    assert {entry.details["brand"] for entry in entries} == {contact.brand.name}


def test_a_new_link_closes_the_one_before(roster: Roster, contact: Contact) -> None:
    first = invite_review(roster, contact, by=None)
    second = invite_review(roster, contact, by=None)
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert second.revoked_at is None


def test_an_empty_roster_and_the_contact_of_another_brand_are_refused(
    roster: Roster, contact: Contact
) -> None:
    with pytest.raises(Refusal) as other:
        invite_review(roster, ContactFactory.create(), by=None)
    roster.places.all().delete()
    with pytest.raises(Refusal) as empty:
        invite_review(roster, contact, by=None)
    assert (other.value.code, empty.value.code) == ("other_brand", "empty_roster")
    assert (BrandReview.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("state", "comment"),
    [("approved", ""), ("questioned", "Et Odile?"), ("refused", "Trop loin.")],
)
def test_an_answer_is_kept_and_may_change_while_the_link_works(
    roster: Roster, contact: Contact, state: str, comment: str
) -> None:
    review = invite_review(roster, contact, by=None)
    answer_review(review, state=state, comment=comment)
    review.refresh_from_db()
    assert (review.state, review.comment) == (state, comment)
    assert review.answered_at is not None
    answer_review(review, state="approved")
    review.refresh_from_db()
    assert (review.state, review.comment) == ("approved", "")


def test_a_question_or_a_refusal_says_why(roster: Roster, contact: Contact) -> None:
    review = invite_review(roster, contact, by=None)
    for state in ("questioned", "refused"):
        with pytest.raises(Refusal) as refused:
            answer_review(review, state=state, comment="  ")
        assert refused.value.field == "comment"
    with pytest.raises(Refusal):
        answer_review(review, state="waiting")
    review.refresh_from_db()
    assert (review.state, review.answered_at) == ("waiting", None)


def test_a_link_that_expired_or_was_closed_takes_no_answer(
    roster: Roster, contact: Contact
) -> None:
    closed = invite_review(roster, contact, by=None)
    revoke_review(closed, by=None)
    expired = invite_review(roster, contact, by=None)
    BrandReview.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    for review in (closed, expired):
        with pytest.raises(Refusal) as refused:
            answer_review(review, state="approved")
        assert refused.value.code == "link_closed"


def test_a_brand_sees_name_and_region_only_with_the_consent_of_today(
    roster: Roster, contact: Contact
) -> None:
    review = invite_review(roster, contact, by=None)
    assert [(shown.given_name, shown.region) for shown in shown_to_brand(review)] == [
        ("Camille", "01"),
        ("", ""),
    ]
    camille = Person.objects.get(given_name="Camille")
    camille.consents.filter(purpose="brands").update(withdrawn_at=timezone.now())
    assert [shown.given_name for shown in shown_to_brand(review)] == ["", ""]
    Person.objects.filter(given_name="Odile").update(state=Person.State.LEFT)
    assert len(shown_to_brand(review)) == 1


def test_a_question_is_answered_by_mail_with_a_link_that_opens(
    roster: Roster, contact: Contact, cast: Cast
) -> None:
    review = invite_review(roster, contact, by=cast.strategist)
    first = token_in_mail()
    answer_review(review, state="questioned", comment="Qui cuisine?")
    BrandReview.objects.update(expires_at=timezone.now() + timedelta(days=1))
    reply_to_review(review, " La troisième. ", by=cast.strategist)
    letter = Message.objects.get(kind="review_reply")
    assert (letter.to, letter.by) == (contact.email, cast.strategist)
    assert "Qui cuisine?" in letter.body
    assert "La troisième." in letter.body
    second = token_in_mail()
    assert second != first
    assert review_by_link(first) == review_by_link(second) == review
    review.refresh_from_db()
    assert (review.state, review.answered_at) == ("waiting", None)
    assert review.expires_at - timezone.now() > timedelta(days=6, hours=23)
    deliver_now(letter.pk)
    assert second not in Message.objects.get(pk=letter.pk).body
    said = ReviewWord.objects.values_list("state", "text", "by")
    assert list(said) == [
        ("questioned", "Qui cuisine?", None),
        ("", "La troisième.", cast.strategist.pk),
    ]


def test_a_question_is_answered_once_and_not_through_a_closed_link(
    roster: Roster, contact: Contact, cast: Cast
) -> None:
    review = invite_review(roster, contact, by=None)
    answer_review(review, state="questioned", comment="Qui cuisine?")
    revoke_review(review, by=None)
    refusals = []
    for words in ("Camille.", ""):
        with pytest.raises(Refusal) as refused:
            reply_to_review(review, words, by=cast.owner)
        refusals.append(refused.value.code)
        reopen_review(review, by=None)
    assert refusals == ["link_closed", "no_words"]
    reply_to_review(review, "Camille.", by=cast.owner)
    with pytest.raises(Refusal) as twice:
        reply_to_review(review, "Odile.", by=cast.strategist)
    assert twice.value.code == "already_answered"
    assert Message.objects.filter(kind="review_reply").count() == 1


def test_a_closed_link_opens_again_unless_a_newer_one_was_sent(
    roster: Roster, contact: Contact
) -> None:
    first = invite_review(roster, contact, by=None)
    revoke_review(first, by=None)
    reopen_review(first, by=None)
    answer_review(first, state="approved")
    invite_review(roster, contact, by=None)
    with pytest.raises(Refusal) as newer:
        reopen_review(first, by=None)
    assert newer.value.code == "newer_link"


def test_the_same_answer_sent_twice_is_said_once(roster: Roster, contact: Contact) -> None:
    review = invite_review(roster, contact, by=None)
    for _ in range(2):
        answer_review(review, state="refused", comment="Trop loin.")
    assert ReviewWord.objects.count() == 1


def test_looking_again_within_ten_minutes_writes_nothing(roster: Roster, contact: Contact) -> None:
    review = invite_review(roster, contact, by=None)
    note_opened(review)
    review.refresh_from_db()
    # Nobody opens what left this very second.
    assert BrandReview.objects.filter(opened_at=None).count() == 1
    review.created_at -= timedelta(minutes=1)
    review.save()
    note_opened(review)
    review.refresh_from_db()
    seen = review.opened_at
    assert seen is not None
    note_opened(review)
    review.refresh_from_db()
    assert review.opened_at == seen
    review.opened_at = seen - timedelta(minutes=11)
    review.save()
    note_opened(review)
    review.refresh_from_db()
    assert review.opened_at >= seen
