import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.campaigns.actions import accept, open_campaign
from proche.areas.campaigns.models import Offer
from proche.areas.matching.actions import invite_review, reply_to_review, revoke_review
from proche.areas.matching.models import BrandReview
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.faces.brand import previews
from tests.cast import Cast
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.campaigns import HOME, an_offer
from tests.factories.matching import a_member, a_roster, signed_verdict
from tests.factories.people import consenting

pytestmark = pytest.mark.django_db

SECRETS = {
    "family_name": "Ouellet-Zebulon",
    "email": "camille.secrete@example.org",
    "city": "Sainte-Luce-sur-Mer",
    "occupation": "coiffeuse-barbière",
    "own_words": "Mes cheveux, ma rue des Érables.",
    "limits": "arachides",
    "refused_brands": "Autrechose",
}


def opened(cast: Cast, *, language: str = "fr", people: int = 1) -> tuple[BrandReview, str]:
    """A review of people whose every private field is set, and the address sent by mail."""
    brief = BriefFactory.create(brand__programme=cast.programme, quantity=people + 1)
    for n in range(people):
        named = a_member(
            cast.programme,
            given_name="Camille",
            reached=range(100 * n, 100 * n + 60),
            **SECRETS | {"email": f"camille.secrete{people}{n}@example.org"},
        )
        consenting(named, "brands")
        signed_verdict(named)
        named.accounts.update(handle=f"identifiant_secret{n}", followers=4321)
    silent = a_member(cast.programme, given_name="Prénomtu", reached=range(900, 950), region="11")
    silent.accounts.update(handle="autre_secret")
    contact = ContactFactory.create(brand=brief.brand, language=language)
    review = invite_review(a_roster(brief), contact, by=None)
    found = re.search(r"/marque/\S+", Message.objects.latest("pk").body)
    assert found
    return review, found[0]


def test_the_page_shows_first_names_regions_topics_and_reasons(cast: Cast, client: Client) -> None:
    _, address = opened(cast)
    page = client.get(address).content.decode()
    assert "Camille" in page
    assert "Bas-Saint-Laurent" in page
    assert "Une personne membre" in page
    assert "Bas-Saint-Laurent · coiffure" in page
    assert "Très proche de sa communauté" in page


def test_nothing_that_identifies_anybody_leaves(cast: Cast, client: Client) -> None:
    _, address = opened(cast)
    page = client.get(address).content.decode()
    hidden = [*SECRETS.values(), "camille.secrete10", "identifiant_secret", "autre_secret"]
    hidden += ["Prénomtu", "Gaspésie", "4321", "4 321", "Chiffres déclarés", "jamais reçu"]
    # A number so short may well stand in what is drawn at random.
    said = re.sub(r"[\w-]{30,}", "", page).replace("\N{NO-BREAK SPACE}", " ")
    assert [secret for secret in hidden if secret in said] == []
    # No picture of anybody, and no address where one could be asked for.
    assert "<img" not in page
    assert "/personnes/" not in page


def test_who_accepted_is_named_with_their_accounts_only_with_their_consent(
    cast: Cast, client: Client
) -> None:
    review, address = opened(cast)
    campaign = open_campaign(review.roster.shortlist.brief, by=None)
    people = {person.given_name: person for person in Person.objects.filter(accounts__gt=0)}
    for person in people.values():
        person.accounts.update(handle=f"compte.{person.given_name}")
        an_offer(person, campaign)
    waiting = client.get(address).content.decode()
    assert "compte." not in waiting
    for offer in Offer.objects.all():
        accept(offer, address=HOME)
    page = client.get(address).content.decode()
    assert "Camille Ouellet-Zebulon" in page
    assert "@compte.Camille" in page
    assert "Une autre personne a dit oui" in page
    hidden = ["Prénomtu", "compte.Prénomtu", "Sainte-Luce-sur-Mer", "camille.secrete10", "Rimouski"]
    assert [secret for secret in hidden if secret in page] == []
    people["Camille"].consents.filter(purpose="brands").update(withdrawn_at=timezone.now())
    page = client.get(address).content.decode()
    assert "Ouellet-Zebulon" not in page
    assert "2 autres personnes ont dit oui" in page


def test_the_contact_reads_the_answer_to_their_question(cast: Cast, client: Client) -> None:
    review, address = opened(cast)
    client.post(address, {"state": "questioned", "comment": "Et une barbière?"})
    reply_to_review(review, "Oui, la deuxième.", by=cast.strategist)
    page = client.get(address).content.decode()
    assert page.index("Et une barbière?") < page.index("Oui, la deuxième.")
    assert review.roster.shortlist.brief.brand.programme.agency_name in page
    assert cast.strategist.name not in page


BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sent(review: BrandReview, *, seconds: int) -> datetime | None:
    """As if the link had left so many seconds ago."""
    moment = timezone.now() - timedelta(seconds=seconds)
    BrandReview.objects.filter(pk=review.pk).update(created_at=moment)
    review.words.update(at=moment)
    review.refresh_from_db()
    return review.opened_at


def test_opening_the_page_is_noted_for_the_agency(cast: Cast, client: Client) -> None:
    review, address = opened(cast)
    assert sent(review, seconds=16) is None
    client.get(address, HTTP_USER_AGENT=BROWSER)
    review.refresh_from_db()
    assert review.opened_at is not None


@pytest.mark.parametrize(
    "agent",
    [
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "WhatsApp/2.23.20.0",
        "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "",
    ],
)
def test_a_preview_opens_the_page_and_is_not_taken_for_the_contact(
    cast: Cast, client: Client, agent: str
) -> None:
    review, address = opened(cast)
    sent(review, seconds=600)
    assert client.get(address, HTTP_USER_AGENT=agent).status_code == 200
    assert client.head(address, HTTP_USER_AGENT=BROWSER).status_code == 200
    client.get(address, HTTP_USER_AGENT=BROWSER, HTTP_SEC_PURPOSE="prefetch;prerender")
    review.refresh_from_db()
    assert review.opened_at is None


def test_what_opens_at_the_heels_of_a_sending_is_a_scanner_unless_it_answers(
    cast: Cast, client: Client
) -> None:
    review, address = opened(cast)
    client.get(address, HTTP_USER_AGENT=BROWSER)
    assert sent(review, seconds=600) is None
    # The letter waited for its turn, and has just left.
    Message.objects.update(sent_at=timezone.now())
    client.get(address, HTTP_USER_AGENT=BROWSER)
    assert sent(review, seconds=600) is None
    Message.objects.update(sent_at=timezone.now() - timedelta(minutes=10))
    client.post(address, {"state": "questioned", "comment": "Et une barbière?"})
    assert sent(review, seconds=600) is not None
    BrandReview.objects.update(opened_at=None)
    reply_to_review(review, "Oui, la deuxième.", by=cast.strategist)
    review.refresh_from_db()
    client.get(address, HTTP_USER_AGENT=BROWSER)
    review.refresh_from_db()
    assert review.opened_at is None


def test_every_preview_left_out_has_its_source() -> None:
    table = tomllib.loads(Path(previews.__file__).with_suffix(".toml").read_text("utf-8"))
    assert len(table["preview"]) == len(previews.known())
    assert all(one["source"].startswith("https://") and one["who"] for one in table["preview"])


def test_the_page_is_kept_by_no_search_engine_cache_or_other_site(
    cast: Cast, client: Client
) -> None:
    _, address = opened(cast)
    for response in (client.get(address), client.get("/marque/nexistepas/")):
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"


def test_an_answer_is_sent_and_can_be_changed(cast: Cast, client: Client) -> None:
    review, address = opened(cast)
    client.post(address, {"state": "questioned", "comment": "Et une barbière?"})
    review.refresh_from_db()
    assert (review.state, review.comment) == ("questioned", "Et une barbière?")
    page = client.post(address, {"state": "approved", "comment": ""}, follow=True)
    review.refresh_from_db()
    assert review.state == "approved"
    assert "Vous pouvez encore la changer" in page.content.decode()


def test_a_refusal_without_words_is_asked_for_them_and_keeps_the_choice(
    cast: Cast, client: Client
) -> None:
    review, address = opened(cast)
    page = client.post(address, {"state": "refused", "comment": ""})
    review.refresh_from_db()
    assert review.state == "waiting"
    assert "Dites en quelques mots" in page.content.decode()
    assert re.search(r'value="refused"[^>]*checked', page.content.decode())


@pytest.mark.parametrize("how", ["expired", "revoked", "unknown"])
def test_a_link_that_no_longer_opens_says_so_kindly_and_shows_nobody(
    cast: Cast, client: Client, how: str
) -> None:
    review, address = opened(cast)
    if how == "expired":
        past = timezone.now() - timedelta(minutes=1)
        BrandReview.objects.filter(pk=review.pk).update(expires_at=past)
    elif how == "revoked":
        revoke_review(review, by=None)
    else:
        address = "/marque/unautrelien/"
    response = client.get(address)
    assert response.status_code == (404 if how == "unknown" else 410)
    page = response.content.decode()
    assert "Ce lien n’ouvre plus" in page
    assert "Camille" not in page
    assert client.post(address, {"state": "approved"}).status_code == response.status_code
    review.refresh_from_db()
    assert review.state == "waiting"


def test_the_page_speaks_the_language_of_the_contact_until_they_choose(
    cast: Cast, client: Client
) -> None:
    _, address = opened(cast, language="en")
    assert "Who is proposed" in client.get(address).content.decode()
    client.cookies["django_language"] = "fr"
    assert "Qui est proposé" in client.get(address).content.decode()


def test_as_many_queries_for_one_person_as_for_three(cast: Cast, client: Client) -> None:
    addresses = [opened(cast, people=1)[1], opened(cast, people=3)[1]]
    numbers = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 15
