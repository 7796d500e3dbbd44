"""The pages of waves: the plan, what it foresees, each gesture, and who may do it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from proche.areas.brands.models import Brief
from proche.areas.campaigns.actions import accept, decline, go_on, prepare_wave, send_offers
from proche.areas.campaigns.models import Campaign, Offer, Wave, WavePlan
from proche.areas.matching.actions import answer_review, invite_review
from proche.areas.matching.models import BrandReview
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.campaigns import HOME, a_campaign, an_offer, who_agreed
from tests.factories.matching import a_member, a_roster

pytestmark = pytest.mark.django_db
PLAN = {"size": "9", "answer_days": "5", "limit": "places", "onward": "ask"}


def a_brief_with(cast: Cast, people: int, *, quantity: int = 2) -> Brief:
    brief: Brief = BriefFactory.create(brand__programme=cast.programme, quantity=quantity)
    for n in range(people):
        a_member(cast.programme, given_name=f"Anne{n}", reached=range(500 * n, 500 * n + 90))
    a_roster(brief, size=people)
    return brief


@pytest.fixture
def brief(cast: Cast) -> Brief:
    return a_brief_with(cast, 4)


@pytest.fixture
def desk(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def url(name: str, brief: Brief, *more: object) -> str:
    return reverse(f"agency:{name}", args=[brief.pk, *more])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_seeing_whom_a_plan_asks_keeps_what_was_typed_and_sends_nothing(
    desk: Client, brief: Brief
) -> None:
    page = desk.post(url("ask", brief), PLAN | {"size": "1", "see": "1"})
    assert (len(page.context["asked"]), page.context["later"]) == (1, 3)
    assert 'value="1"' in page.content.decode()
    assert (Offer.objects.count(), Campaign.objects.count()) == (0, 0)


@pytest.mark.parametrize("wrong", [{"size": "0"}, {"answer_days": "99"}, {"limit": "all"}])
def test_a_plan_that_cannot_be_is_said_by_its_field(
    desk: Client, brief: Brief, wrong: dict[str, str]
) -> None:
    page = desk.post(url("ask", brief), PLAN | wrong)
    assert set(page.context["form"].errors) == set(wrong)
    assert Offer.objects.count() == 0


def test_without_a_history_the_page_says_so(desk: Client, brief: Brief) -> None:
    assert "Pas encore d’historique." in text_of(desk, url("ask", brief))


def test_with_a_history_the_page_says_how_many_to_ask_and_from_what(
    cast: Cast, desk: Client, brief: Brief
) -> None:
    past = a_campaign(cast.programme, quantity=40)
    for n in range(40):
        offer = an_offer(who_agreed(cast.programme), past)
        _ = decline(offer) if n % 4 == 0 else accept(offer, address=HOME)
    Offer.objects.update(respond_by=timezone.localdate() - timedelta(days=1))
    page = text_of(desk, url("ask", brief))
    assert "Demandez-en 3 pour en avoir 2, 8 fois sur 10." in page
    assert "30 oui sur 40 propositions, en une campagne" in page
    assert "même type d’échange" in page


def test_a_wave_from_its_plan_to_the_next(cast: Cast, desk: Client, brief: Brief) -> None:
    desk.post(url("ask", brief), PLAN)
    page = text_of(desk, url("offers", brief))
    assert "La vague 1 attend ses réponses" in page
    assert f"par {cast.strategist.name}" in page
    for offer in Offer.objects.all():
        decline(offer)
    Offer.objects.update(answered_at=timezone.now() - timedelta(hours=1))
    assert go_on() == 1
    assert "La vague 2 est prête\N{NO-BREAK SPACE}: 2 personnes" in text_of(
        desk, url("offers", brief)
    )
    assert "La vague 2 est prête" in text_of(desk, reverse("agency:today"))
    desk.post(url("wave_send", brief), {"wave": "2"})
    assert Offer.objects.filter(state="sent").count() == 2
    again = desk.post(url("wave_send", brief), {"wave": "2"})
    assert again.status_code == 409
    assert Message.objects.filter(kind="offer").count() == 4


def test_pause_stop_and_start_again_stand_on_the_page(desk: Client, brief: Brief) -> None:
    desk.post(url("ask", brief), PLAN)
    paused = desk.post(url("waves_pause", brief), follow=True).content.decode()
    assert url("waves_resume", brief) in paused
    assert "En pause depuis" in paused
    desk.post(url("waves_resume", brief))
    assert "Retirer les propositions" in text_of(desk, url("waves_stop", brief))
    stopped = desk.post(url("waves_stop", brief), {"withdraw": "on"}, follow=True)
    assert "Arrêté le" in stopped.content.decode()
    assert set(Offer.objects.values_list("state", flat=True)) == {"withdrawn"}
    desk.post(url("waves_resume", brief))
    assert WavePlan.objects.get().stopped_at is None


def test_a_stop_is_undone_from_its_toast_and_later_from_the_page(
    desk: Client, brief: Brief
) -> None:
    desk.post(url("ask", brief), PLAN)
    page = desk.post(url("waves_stop", brief), {"withdraw": "on"}, follow=True).content.decode()
    # Once as the undo of the toast, once as a button that stays.
    assert page.count(url("waves_restore", brief)) == 2
    assert "2 propositions sont retirées" in text_of(desk, url("offers", brief))
    again = desk.post(url("waves_restore", brief), follow=True).content.decode()
    assert "2 propositions attendent de nouveau une réponse" in again
    assert set(Offer.objects.values_list("state", flat=True)) == {"sent"}
    assert url("waves_restore", brief) not in text_of(desk, url("offers", brief))
    # Paused before the stop, they are paused after it.
    desk.post(url("waves_pause", brief))
    desk.post(url("waves_stop", brief), {"withdraw": "on"})
    undone = desk.post(url("waves_restore", brief), follow=True).content.decode()
    assert "Les vagues sont en pause, comme avant." in undone
    desk.post(url("waves_resume", brief))
    # Started again without them, they can still be offered again.
    desk.post(url("waves_stop", brief), {"withdraw": "on"})
    desk.post(url("waves_resume", brief))
    assert set(Offer.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert url("waves_restore", brief) in text_of(desk, url("offers", brief))


def test_somebody_of_a_prepared_wave_is_let_go_and_brought_back_in_one_click(
    cast: Cast, desk: Client, brief: Brief
) -> None:
    desk.post(url("ask", brief), PLAN)
    for offer in Offer.objects.all():
        decline(offer)
    Offer.objects.update(answered_at=timezone.now() - timedelta(hours=1))
    assert go_on() == 1
    gone, other = (draft.person for draft in Offer.objects.filter(state="draft").order_by("pk"))
    seat = url("wave_seat", brief, gone.key)
    assert signed_in(cast.assistant).post(seat).status_code == 409
    assert signed_in(cast.stranger).post(seat).status_code == 404
    page = desk.post(seat, follow=True).content.decode()
    assert [draft.person for draft in Offer.objects.filter(state="draft")] == [other]
    for said in (f"{seat}?back", "Remettre", cast.strategist.name):
        assert said in page
    assert desk.post(seat).status_code == 409
    desk.post(f"{seat}?back")
    back = {draft.person for draft in Offer.objects.filter(state="draft")}
    assert back == {gone, other}
    assert "Retirées à la main" not in text_of(desk, url("offers", brief))


def test_what_anybody_asked_before_is_read_before_asking(
    cast: Cast, desk: Client, brief: Brief
) -> None:
    first, second = Person.objects.order_by("pk")[:2]
    earlier = a_campaign(cast.programme)
    done = send_offers(earlier, [first, second], by=cast.owner)
    decline(done.sent[0])
    page = desk.get(url("ask", brief))
    told = {str(person): person.past for person in page.context["asked"]}
    brand = earlier.brief.brand.name
    assert brand in told[str(first)][0]
    assert cast.owner.name in told[str(first)][0]
    # Still under way: seen, and refused.
    reasons = {str(person): str(why) for person, why in page.context["left_out"]}
    assert set(reasons) == {str(second)}
    assert brand in reasons[str(second)]
    assert cast.owner.name in reasons[str(second)]
    desk.post(url("ask", brief), PLAN)
    assert not Offer.objects.filter(campaign__brief=brief, person=second).exists()


def test_only_who_decides_moves_the_waves_and_a_stranger_finds_none(
    cast: Cast, desk: Client, brief: Brief
) -> None:
    desk.post(url("ask", brief), PLAN | {"size": "1"})
    verbs = ["wave_prepare", "wave_send", "waves_pause", "waves_resume", "waves_stop"]
    verbs += ["waves_restore"]
    for verb in verbs:
        assert signed_in(cast.assistant).post(url(verb, brief), {"wave": "1"}).status_code == 409
        refused = signed_in(cast.stranger).post(url(verb, brief), {"wave": "1"})
        assert refused.status_code == 404
    page = text_of(signed_in(cast.assistant), url("offers", brief))
    assert url("waves_pause", brief) not in page
    plan = WavePlan.objects.get()
    assert (plan.paused_at, plan.stopped_at, Offer.objects.count()) == (None, None, 1)


def test_a_colleague_who_asks_the_same_people_reads_when_and_by_whom(
    cast: Cast, desk: Client, brief: Brief
) -> None:
    desk.post(url("ask", brief), PLAN)
    colleague = signed_in(cast.owner)
    assert colleague.post(url("ask", brief), PLAN).status_code == 302
    assert Message.objects.filter(kind="offer").count() == 2
    page = colleague.get(url("ask", brief))
    reasons = {str(person): str(why) for person, why in page.context["left_out"]}
    assert len(reasons) == 2
    assert all(cast.strategist.name in why for why in reasons.values())


def test_the_question_of_a_brand_is_answered_from_its_page(
    cast: Cast, desk: Client, brief: Brief
) -> None:
    contact = ContactFactory.create(brand=brief.brand)
    review = invite_review(brief.shortlist.roster, contact, by=cast.owner)
    address = url("reply", brief, review.pk)
    assert desk.get(address).status_code == 302
    answer_review(review, state="questioned", comment="Qui cuisine?")
    assert address in text_of(desk, reverse("agency:today"))
    assert desk.post(url("ask", brief), PLAN).status_code == 200
    assert Offer.objects.count() == 0
    assert "Qui cuisine?" in text_of(desk, address)
    empty = desk.post(address, {"text": ""})
    assert empty.context["form"].errors
    assert signed_in(cast.stranger).post(address, {"text": "Moi."}).status_code == 404
    desk.post(address, {"text": "La troisième."})
    assert BrandReview.objects.get().state == "waiting"
    page = text_of(desk, url("brief", brief))
    for said in ("Qui cuisine?", "La troisième.", cast.owner.name, "Pas encore ouvert."):
        assert said in page


def test_the_pages_cost_as_many_queries_for_three_people_as_for_one(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    numbers: dict[str, list[int]] = {}
    for people in (1, 3):
        brief = a_brief_with(cast, people * 2, quantity=people)
        client.post(url("ask", brief), PLAN)
        for name in ("ask", "offers", "waves_stop"):
            numbers.setdefault(name, []).append(queries(client, url(name, brief)))
        campaign = Campaign.objects.get(brief=brief)
        for offer in campaign.offers.all():
            decline(offer)
        Offer.objects.update(answered_at=timezone.now() - timedelta(hours=1))
        Person.objects.update(state="member")
        assert prepare_wave(campaign, by=None) is not None
        numbers.setdefault("prepared", []).append(queries(client, url("offers", brief)))
        Wave.objects.filter(sent_at=None).delete()
    assert {name: found for name, found in numbers.items() if len(set(found)) > 1} == {}
    assert max(max(found) for found in numbers.values()) <= 15, numbers


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        text_of(client, address)
    return len(captured)
