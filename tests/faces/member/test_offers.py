"""The offer page: what it says, the two answers, and who may open it."""

import pytest
from django.test import Client

from proche.areas.campaigns.actions import accept, decline, give_up, withdraw_offer
from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.events.models import Invitation
from proche.common.errors import Refusal
from tests.cast import Cast, signed_in
from tests.faces.member.conftest import Member
from tests.factories.campaigns import HOME, a_campaign, an_offer, who_agreed
from tests.factories.people import consenting

ADDRESS = {"street": "3, rue du Quai", "town": "Matane", "postal_code": "g4w2a2", "note": ""}


def text_of(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_offer_without_obligation_says_so_and_how_to_say_it(member: Member) -> None:
    offer = an_offer(member.person, fair_value_cents=3800)
    page = text_of(member.browser, f"/moi/propositions/{offer.key}/")
    brand = offer.campaign.brief.brand.name
    for said in (
        "Sans obligation de publier",
        "Juste valeur\N{NO-BREAK SPACE}: 38\N{NO-BREAK SPACE}$.",
        f"Publicité. Produit offert par {brand}. #pub",
        "Pourquoi il faut le dire\N{NO-BREAK SPACE}: Un produit reçu est un lien à dire",
        "Décliner ne change rien à la suite.",
    ):
        assert said in page


def test_an_offer_with_an_obligation_says_when_the_days_start(member: Member) -> None:
    offer = an_offer(member.person, exchange="agreed", obligation=True)
    page = text_of(member.browser, f"/moi/propositions/{offer.key}/")
    assert "Publication convenue" in page
    assert "14\N{NO-BREAK SPACE}jours après l’avoir en main" in page


def test_an_offer_reads_in_english_for_who_chose_it(member: Member) -> None:
    offer = an_offer(member.person)
    member.browser.cookies["django_language"] = "en"
    page = text_of(member.browser, f"/moi/propositions/{offer.key}/")
    for said in ("Fir bud oil", "Do I have to post?", "Fair value: $29.", "#ad"):
        assert said in page


@pytest.mark.parametrize("page", ["", "accepter/", "decliner/", "raison/", "reprendre/"])
def test_nobody_else_finds_the_offer(member: Member, cast: Cast, page: str) -> None:
    offer = an_offer(member.person)
    url = f"/moi/propositions/{offer.key}/{page}"
    for browser in (member.neighbour, signed_in(cast.strategist), signed_in(cast.stranger)):
        assert browser.get(url).status_code == 404
        assert browser.post(url, ADDRESS).status_code == 404
    offer.refresh_from_db()
    assert offer.state == Offer.State.SENT


def test_a_link_from_the_mail_asks_to_sign_in_and_comes_back(member: Member) -> None:
    offer = an_offer(member.person)
    answer = Client().get(f"/moi/propositions/{offer.key}/")
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next=/moi/propositions/{offer.key}/")


def test_a_draft_is_not_an_offer_yet(member: Member) -> None:
    offer = an_offer(member.person)
    Offer.objects.update(state="draft")
    assert member.browser.get(f"/moi/propositions/{offer.key}/").status_code == 404


def test_accepting_asks_for_an_address_and_nothing_before(member: Member) -> None:
    offer = an_offer(member.person)
    url = f"/moi/propositions/{offer.key}/accepter/"
    assert "Numéro et rue" in text_of(member.browser, url)
    assert Exchange.objects.count() == 0
    answer = member.browser.post(url, ADDRESS)
    assert answer["Location"] == f"/moi/echanges/{offer.key}/"
    parcel = Parcel.objects.get()
    assert (parcel.town, parcel.postal_code) == ("Matane", "G4W 2A2")


@pytest.mark.parametrize("wrong", ["", "12345", "D4W 2A2", "G4W 2A", "G4W 2A22"])
def test_a_wrong_postal_code_is_said_beside_the_field_and_the_rest_is_kept(
    member: Member, wrong: str
) -> None:
    offer = an_offer(member.person)
    answer = member.browser.post(
        f"/moi/propositions/{offer.key}/accepter/", {**ADDRESS, "postal_code": wrong}
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"postal_code"}
    assert "3, rue du Quai" in answer.content.decode()
    assert Exchange.objects.count() == 0


def test_the_last_place_gone_is_said_kindly_on_the_form(member: Member, cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    offer = an_offer(member.person, campaign)
    accept(an_offer(who_agreed(cast.programme), campaign), address=HOME)
    answer = member.browser.post(f"/moi/propositions/{offer.key}/accepter/", ADDRESS)
    assert "vous passez en premier" in answer.content.decode()
    page = text_of(member.browser, f"/moi/propositions/{offer.key}/")
    assert "Votre oui est gardé" in page


def test_each_of_those_in_line_reads_their_own_place(member: Member, cast: Cast) -> None:
    campaign = a_campaign(cast.programme, quantity=1)
    mine = an_offer(member.person, campaign)
    others = [an_offer(who_agreed(cast.programme), campaign) for _ in range(2)]
    exchange = accept(others[0], address=HOME)
    waiting = text_of(member.browser, f"/moi/propositions/{mine.key}/")
    assert "Un oui n’est pas perdu" in waiting
    with pytest.raises(Refusal):
        accept(others[1], address=HOME)
    answer = member.browser.post(f"/moi/propositions/{mine.key}/accepter/", ADDRESS)
    assert "au rang 2 de l’attente" in answer.content.decode()
    assert "au rang 2 de l’attente" in text_of(member.browser, f"/moi/propositions/{mine.key}/")
    give_up(exchange)
    decline(others[1])
    page = text_of(member.browser, f"/moi/propositions/{mine.key}/")
    assert "Une place s’est ouverte, et elle vous est gardée jusqu’au" in page
    assert "Une place s’est ouverte et vous est gardée." in text_of(member.browser, "/moi/")
    member.browser.post(f"/moi/propositions/{mine.key}/accepter/", ADDRESS)
    assert Exchange.objects.get().offer == mine


@pytest.mark.parametrize(
    ("state", "said"),
    [("withdrawn", "L’agence a retiré cette proposition."), ("expired", "est passée.")],
)
def test_an_offer_that_is_closed_says_so_kindly_and_asks_for_nothing(
    member: Member, state: str, said: str
) -> None:
    offer = an_offer(member.person)
    Offer.objects.update(state=state)
    page = text_of(member.browser, f"/moi/propositions/{offer.key}/")
    for words in (said, "ne change rien à la suite", "Écrire à l’équipe"):
        assert words in page
    for words in ("Décliner", "D’ici quand?", "Accepter<"):
        assert words not in page


def test_what_the_brand_would_see_is_said_before_a_yes(member: Member) -> None:
    offer = an_offer(member.person)
    url = f"/moi/propositions/{offer.key}/"
    assert "ne voit ni votre nom ni vos comptes" in text_of(member.browser, url)
    consenting(member.person, "brands")
    assert "voit votre nom et vos comptes, comme vous y avez consenti" in text_of(
        member.browser, url
    )


def test_an_invitation_is_accepted_in_one_tap(member: Member) -> None:
    offer = an_offer(member.person, format="event", exchange="invitation")
    url = f"/moi/propositions/{offer.key}/accepter/"
    assert member.browser.get(url)["Location"] == f"/moi/propositions/{offer.key}/"
    assert Exchange.objects.count() == 0
    assert member.browser.post(url)["Location"] == f"/moi/echanges/{offer.key}/"
    assert Exchange.objects.get().kind == "invitation"
    # The event has no date yet: planning it seats whoever accepted.
    assert Invitation.objects.count() == 0


def test_declining_is_one_tap_then_a_reason_if_one_wishes(member: Member) -> None:
    offer = an_offer(member.person)
    url = f"/moi/propositions/{offer.key}/"
    assert member.browser.post(f"{url}decliner/")["Location"] == url
    offer.refresh_from_db()
    assert offer.state == Offer.State.DECLINED
    assert "C’est non, et c’est très bien." in text_of(member.browser, url)
    member.browser.post(f"{url}raison/", {"reason": "Trop de shampoings."})
    offer.refresh_from_db()
    assert offer.decline_reason == "Trop de shampoings."
    member.browser.post(f"{url}reprendre/")
    offer.refresh_from_db()
    assert offer.state == Offer.State.SENT


def test_looking_at_decline_declines_nothing(member: Member) -> None:
    offer = an_offer(member.person)
    member.browser.get(f"/moi/propositions/{offer.key}/decliner/")
    offer.refresh_from_db()
    assert offer.state == Offer.State.SENT


def test_an_accepted_offer_leads_to_its_exchange(member: Member) -> None:
    offer = an_offer(member.person)
    accept(offer, address=HOME)
    answer = member.browser.get(f"/moi/propositions/{offer.key}/")
    assert answer["Location"] == f"/moi/echanges/{offer.key}/"


def test_an_answer_that_crosses_a_withdrawal_is_kept_and_the_page_says_so(member: Member) -> None:
    offer = an_offer(member.person)
    url = f"/moi/propositions/{offer.key}/"
    withdraw_offer(offer, by=None)
    answer = member.browser.post(f"{url}accepter/", ADDRESS)
    assert "Votre oui est gardé" in answer.content.decode()
    assert "3, rue du Quai" in answer.content.decode()
    assert (Exchange.objects.count(), Parcel.objects.count()) == (0, 0)
    assert "Votre oui est gardé" in text_of(member.browser, url)
    member.browser.post(f"{url}decliner/")
    assert "Votre non est gardé" in text_of(member.browser, url)
    offer.refresh_from_db()
    assert (offer.state, offer.meanwhile) == (Offer.State.WITHDRAWN, "no")
    assert offer.withdrawal_read_at is not None
    # The address would be typed for nothing.
    assert member.browser.get(f"{url}accepter/")["Location"] == url


def test_reading_an_offer_that_waits_notes_nothing(member: Member) -> None:
    offer = an_offer(member.person)
    text_of(member.browser, f"/moi/propositions/{offer.key}/")
    offer.refresh_from_db()
    assert offer.withdrawal_read_at is None
