"""Today: what is owed, the gesture that settles it, and the way back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.content.actions import approve, ask_correction
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, Recheck
from proche.areas.content.proving import Look, prove
from proche.areas.content.public_checks import turn_on
from proche.areas.messages.actions import ask_team
from proche.areas.messages.models import Message
from proche.areas.people.duplicates import DuplicatePair
from tests.cast import Cast, signed_in
from tests.factories.campaigns import a_campaign, an_exchange, an_offer, received, who_agreed
from tests.factories.content import BAD, a_post, good_caption
from tests.factories.events import a_guest, an_event


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def groups(client: Client) -> dict[str, list[Any]]:
    page = client.get("/bureau/")
    return {g.name: rows for column in page.context["columns"] for g, rows, _more in column}


def late(exchange: Exchange, days: int) -> None:
    due = timezone.localdate() - timedelta(days=days)
    Exchange.objects.filter(pk=exchange.pk).update(post_due_on=due)


def test_an_empty_day_owes_nothing_to_anybody(strategist: Client) -> None:
    page = strategist.get("/bureau/").content.decode()
    assert "Rien n’est dû à personne." in page
    assert "Tout le monde a été remercié." in page


def test_a_parcel_is_shipped_from_here_and_taken_back(cast: Cast, strategist: Client) -> None:
    an_exchange(who_agreed(cast.programme))
    (row,) = groups(strategist)["expedier"]
    answer = strategist.post("/bureau/agir/ship/", {"row": row.row}, follow=True)
    assert Parcel.objects.get().state == Parcel.State.SHIPPED
    assert groups(strategist)["expedier"] == []
    assert f"/bureau/agir/unship/?row={row.row}" in answer.content.decode()
    strategist.post(f"/bureau/agir/unship/?row={row.row}")
    assert Parcel.objects.get().state == Parcel.State.TO_PREPARE


def test_a_late_post_is_reminded_once_then_the_box_is_gone(cast: Cast, strategist: Client) -> None:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    late(exchange, days=7)
    (row,) = groups(strategist)["relancer"]
    assert (row.late, bool(row.row)) == (True, True)
    strategist.post("/bureau/agir/remind/", {"row": row.row})
    (after,) = groups(strategist)["relancer"]
    assert after.row == ""
    strategist.post("/bureau/agir/remind/", {"row": row.row})
    assert Message.objects.filter(kind="post_reminder").count() == 1


def test_an_offer_without_answer_is_reminded_from_the_third_day(
    cast: Cast, strategist: Client
) -> None:
    offer = an_offer(who_agreed(cast.programme))
    assert groups(strategist)["relancer"] == []
    Offer.objects.update(sent_at=timezone.now() - timedelta(days=4))
    (row,) = groups(strategist)["relancer"]
    strategist.post("/bureau/agir/remind/", {"row": row.row})
    offer.refresh_from_db()
    assert offer.reminded_at is not None


def test_a_guest_is_confirmed_and_taken_back(cast: Cast, strategist: Client) -> None:
    invitation = a_guest(an_event(cast.programme))
    (row,) = groups(strategist)["confirmer"]
    strategist.post("/bureau/agir/confirm/", {"row": row.row})
    invitation.refresh_from_db()
    assert invitation.state == "confirmed"
    strategist.post(f"/bureau/agir/unconfirm/?row={row.row}")
    invitation.refresh_from_db()
    assert invitation.state == "accepted"


def test_a_checked_post_is_thanked(cast: Cast, strategist: Client) -> None:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    post = a_post(exchange, caption=good_caption(exchange))
    assert len(groups(strategist)["verifier"]) == 1
    strategist.post(f"/bureau/publications/{post.pk}/approuver/")
    assert Post.objects.get().state == Post.State.CHECKED
    (row,) = groups(strategist)["remercier"]
    strategist.post("/bureau/agir/thank/", {"row": row.row})
    exchange.refresh_from_db()
    assert exchange.thanked_at is not None
    assert groups(strategist)["remercier"] == []


def test_a_post_to_check_says_what_was_found_in_it_last(cast: Cast, strategist: Client) -> None:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    post = a_post(exchange)
    ask_correction(post, text="À corriger.", by=cast.strategist)
    assert groups(strategist)["verifier"] == []
    a_post(exchange, caption=BAD)
    first, last = post.checks.order_by("pk")
    assert first.findings != last.findings
    (row,) = groups(strategist)["verifier"]
    assert row.what == f"Instagram\u00a0: {last.findings[0]['title_fr']}"


def test_a_post_the_network_does_not_show_is_not_called_deleted(
    cast: Cast, strategist: Client
) -> None:
    post = a_post(received(who_agreed(cast.programme), exchange="agreed", obligation=True))
    hidden = Look(Proof.Who.SERVER, Proof.Found.GONE, reason="not_found", source="api")
    prove(post, hidden)
    said = "Nous ne voyons pas cette publication\u00a0: retirée, ou montrée à certaines personnes"
    (row,) = groups(strategist)["verifier"]
    assert said in row.what
    assert said in strategist.get("/bureau/publications/").content.decode()
    prove(post, Look(Proof.Who.SERVER, Proof.Found.GONE, source="api"))
    (row,) = groups(strategist)["verifier"]
    assert row.what == "Instagram\u00a0: Cette publication n’est plus là."


def test_posts_to_look_at_again_wait_in_one_row_since_the_oldest(
    cast: Cast, strategist: Client
) -> None:
    two = [a_post(received(who_agreed(cast.programme))) for _ in range(2)]
    for post, days in zip(two, (3, 12), strict=True):
        approve(post, by=None)
        Recheck.objects.filter(post=post, day__in=[1, 7]).update(
            due_at=timezone.localtime() - timedelta(days=days)
        )
    (row,) = groups(strategist)["verifier"]
    assert (row.what, row.days) == ("2 publications à revoir", 12)
    # A count is nobody: it has a sign where people have initials.
    page = strategist.get("/bureau/").content.decode()
    line = page[: page.index("2 publications à revoir")].rpartition("<li ")[2]
    assert '<span class="initials tint-plain"><svg' in line
    listed = strategist.get(row.url).content.decode()
    assert all(f"/bureau/publications/{post.pk}/constater/" in listed for post in two)
    assert groups(signed_in(cast.stranger))["verifier"] == []
    turn_on(cast.programme, with_images=False, by=cast.strategist)
    assert groups(strategist)["verifier"] == []
    Recheck.objects.filter(post=two[0], day=1).update(asks_person=True)
    (row,) = groups(strategist)["verifier"]
    assert (row.what, row.days) == ("1 publication à revoir", 3)


def test_a_question_is_answered_from_here(cast: Cast, strategist: Client) -> None:
    question = ask_team(who_agreed(cast.programme), "Le parfum est-il fort?")
    (row,) = groups(strategist)["repondre"]
    assert "Le parfum est-il fort?" in strategist.get(row.url).content.decode()
    strategist.post(row.url, {"text": "Non, à peine."})
    question.refresh_from_db()
    assert question.state == Message.State.ANSWERED
    assert groups(strategist)["repondre"] == []


def test_pairs_of_records_wait_in_one_row_since_the_oldest(cast: Cast, strategist: Client) -> None:
    people = [who_agreed(cast.programme) for _ in range(3)]
    # Days by the calendar of here, where not all have 24 hours.
    now = timezone.localtime()
    for first, second, days in ((0, 1, 4), (1, 2, 9)):
        DuplicatePair.objects.create(
            programme=cast.programme,
            first=people[first],
            second=people[second],
            probability=0.9,
            found_at=now - timedelta(days=days),
        )
    (row,) = groups(strategist)["lire"]
    assert (row.what, row.days) == ("2 paires de fiches qui sont peut-être une seule personne", 9)
    assert strategist.get(row.url).status_code == 200
    assert groups(signed_in(cast.stranger))["lire"] == []


def test_a_stranger_can_do_nothing_to_these_rows(cast: Cast) -> None:
    an_exchange(who_agreed(cast.programme))
    stranger = signed_in(cast.stranger)
    row = Parcel.objects.get().pk
    assert stranger.post("/bureau/agir/ship/", {"row": row}).status_code == 404
    assert stranger.post("/bureau/agir/autre/", {"row": row}).status_code == 404
    assert groups(stranger)["expedier"] == []


def test_three_people_to_serve_cost_as_many_queries_as_one(
    cast: Cast, strategist: Client, django_assert_max_num_queries: Any
) -> None:
    campaign = a_campaign(cast.programme, quantity=9)
    for _ in range(3):
        an_exchange(who_agreed(cast.programme), campaign)
    with django_assert_max_num_queries(15):
        assert len(groups(strategist)["expedier"]) == 3
