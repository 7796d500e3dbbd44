import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Offer
from proche.areas.content.tasks import rank_bank
from proche.areas.matching import as_ranked
from proche.areas.matching.actions import answer_review, invite_review
from proche.areas.matching.models import BrandReview, RankingRun, Roster, Shortlist
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.factories.brands import BriefFactory, ContactFactory
from tests.factories.matching import a_member, a_roster, a_shortlist, signed_verdict

pytestmark = pytest.mark.django_db
WEIGHTS = ("relevance", "affinity", "closeness", "wishes", "reliability", "fairness")
PLAN = {"size": "9", "answer_days": "5", "limit": "places", "onward": "ask"}


@pytest.fixture
def brief(cast: Cast) -> Brief:
    """Three members: Camille reaches 100, Odile 90 of which half are new, Zoé 60 new ones."""
    brief: Brief = BriefFactory.create(brand__programme=cast.programme, quantity=2)
    a_member(cast.programme, given_name="Camille", reached=range(1, 101))
    a_member(cast.programme, given_name="Odile", reached=range(51, 141))
    a_member(cast.programme, given_name="Zoé", reached=range(101, 161))
    a_member(cast.programme, given_name="Loin", region="", refused_brands=brief.brand.name)
    return brief


def url(name: str, brief: Brief, *more: object) -> str:
    return reverse(f"agency:{name}", args=[brief.pk, *more])


def chosen(brief: Brief) -> list[str]:
    places = Roster.objects.get(shortlist__brief=brief).places.select_related("person")
    return [place.person.given_name for place in places]


def test_from_the_brief_to_the_offers(cast: Cast, brief: Brief) -> None:
    client = signed_in(cast.strategist)
    assert "Classer la banque" in client.get(url("brief", brief)).content.decode()
    client.post(url("rank", brief))
    page = client.get(url("brief", brief)).content.decode()
    assert "3 membres classés" in page
    assert "refusent cette marque" in page
    client.post(url("compose", brief), {"size": "2"})
    page = client.get(url("brief", brief)).content.decode()
    assert "160\u00a0personnes" in page or "160 personnes" in page
    assert "Le meilleur possible." in page
    assert chosen(brief) == ["Camille", "Zoé"]
    asked = client.get(url("ask", brief)).content.decode()
    assert "Envoyer 2 propositions?" in asked
    assert Offer.objects.count() == 0
    client.post(url("ask", brief), PLAN)
    assert {offer.person.given_name for offer in Offer.objects.all()} == {"Camille", "Zoé"}
    assert Message.objects.filter(kind="offer").count() == 2


def test_who_cannot_be_asked_is_named_with_the_reason_before_sending(
    cast: Cast, brief: Brief
) -> None:
    a_roster(brief)
    Person.objects.filter(given_name="Zoé").update(state=Person.State.ASLEEP)
    client = signed_in(cast.strategist)
    page = client.get(url("ask", brief))
    assert [person.given_name for person in page.context["asked"]] == ["Camille"]
    assert [person.given_name for person, _ in page.context["left_out"]] == ["Zoé"]
    assert "n’a pas vu cette distribution" in page.content.decode()
    client.post(url("ask", brief), PLAN)
    assert [offer.person.given_name for offer in Offer.objects.all()] == ["Camille"]


def test_what_the_brand_said_stands_on_the_page_that_sends(cast: Cast, brief: Brief) -> None:
    contact = ContactFactory.create(brand=brief.brand)
    review = invite_review(a_roster(brief), contact, by=None)
    answer_review(review, state="questioned", comment="Et une barbière?")
    client = signed_in(cast.strategist)
    assert "Et une barbière?" in client.get(url("ask", brief)).content.decode()
    assert "Et une barbière?" in client.get(url("brief", brief)).content.decode()


def test_people_are_chosen_let_go_and_locked_by_hand(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    client = signed_in(cast.assistant)
    odile = Person.objects.get(given_name="Odile")
    client.post(url("place", brief, odile.key), {"act": "choose"})
    assert chosen(brief) == ["Camille", "Zoé", "Odile"]
    client.post(url("place", brief, odile.key), {"act": "lock"})
    client.post(url("compose", brief), {"size": "2"})
    assert chosen(brief)[0] == "Odile"
    page = client.get(url("brief", brief)).content.decode()
    assert "Garder Odile" in page
    assert "coûte 20 personnes (12,5\u00a0%)\u00a0: 140 au lieu de 160" in page
    client.post(url("place", brief, odile.key), {"act": "remove"})
    assert "Odile" not in chosen(brief)


def test_an_undo_puts_the_person_back(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    client = signed_in(cast.strategist)
    camille = Person.objects.get(given_name="Camille")
    client.post(url("place", brief, camille.key), {"act": "remove"})
    assert chosen(brief) == ["Zoé"]
    client.post(url("place", brief, camille.key) + "?act=bring_back")
    assert chosen(brief) == ["Zoé", "Camille"]


def test_somebody_chosen_then_set_aside_is_said_and_can_be_let_go(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    Person.objects.filter(given_name="Zoé").update(state=Person.State.ASLEEP)
    client = signed_in(cast.strategist)
    client.post(url("rank", brief))
    page = client.get(url("brief", brief))
    assert [place.person.given_name for place in page.context["dropped"]] == ["Zoé"]
    assert "Choisies, mais écartées depuis" in page.content.decode()


def test_the_shortlist_shows_only_the_chosen_and_leaves_as_a_file(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    client = signed_in(cast.assistant)
    page = client.get(url("shortlist", brief), {"choisies": ""})
    names = [row.entry.person.given_name for row in page.context["rows"]]
    assert sorted(names) == ["Camille", "Zoé"]
    lines = client.get(url("shortlist_export", brief)).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Rang,Nom,Région,Points,Choisie,Pourquoi,Contre"
    assert len(lines) == 4
    assert "Camille Ouellet,Bas-Saint-Laurent" in lines[1]


def test_each_row_says_what_the_person_adds_or_would_add(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    page = signed_in(cast.strategist).get(url("brief", brief))
    gains = {row.entry.person.given_name: row.gain for row in page.context["rows"]}
    assert gains == {"Camille": 100, "Zoé": 60, "Odile": 0}


def test_weights_rank_again_and_a_wrong_one_changes_nothing(cast: Cast, brief: Brief) -> None:
    signed_verdict(Person.objects.get(given_name="Odile"), closeness=99)
    a_shortlist(brief)
    client = signed_in(cast.strategist)
    weights = dict.fromkeys(("relevance", "affinity", "wishes", "reliability", "fairness"), "0") | {
        "closeness": "10",
        "weights": "1",
    }
    client.post(url("rank", brief), weights)
    shortlist = Shortlist.objects.get()
    assert shortlist.entries.first().person.given_name == "Odile"  # type: ignore[union-attr]
    assert shortlist.weights["closeness"] == 10
    said = client.post(url("rank", brief), weights | {"closeness": "-1"}, follow=True)
    assert "Un poids est un nombre de 0 à 10" in said.content.decode()
    client.post(url("rank", brief), weights | {"usual": "1"})
    shortlist.refresh_from_db()
    assert shortlist.weights["closeness"] == 2


def test_why_not_this_person_answers_for_anyone_of_the_bank(cast: Cast, brief: Brief) -> None:
    a_shortlist(brief)
    client = signed_in(cast.assistant)
    page = client.get(url("why_not", brief), {"q": "loin"}).content.decode()
    assert "refusent cette marque" in page
    page = client.get(url("why_not", brief), {"q": "camille"}).content.decode()
    assert "sur 3" in page
    assert (
        "Personne ne porte ce nom"
        in client.get(url("why_not", brief), {"q": "zz"}).content.decode()
    )


def test_the_set_aside_are_listed_by_reason(cast: Cast, brief: Brief) -> None:
    a_shortlist(brief)
    client = signed_in(cast.assistant)
    page = client.get(url("aside", brief), {"raison": "refused_brand"})
    assert [person.given_name for person, _ in page.context["page"]] == ["Loin"]
    page = client.get(url("aside", brief), {"raison": "region"})
    assert "Personne n’est écarté pour cette raison." in page.content.decode()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any bank counts as large."""
    monkeypatch.setattr(as_ranked, "AT_ONCE", 0)


@pytest.mark.usefixtures("large")
def test_a_large_bank_is_ranked_by_a_job_that_the_page_follows(cast: Cast, brief: Brief) -> None:
    client = signed_in(cast.strategist)
    first = client.post(url("rank", brief), follow=True).content.decode()
    assert "Le travail commence." in first
    assert f'hx-get="{url("rank_progress", brief)}"' in first
    assert "Classer la banque" not in first
    RankingRun.objects.update(done=2, total=3)
    part = client.get(url("rank_progress", brief))
    assert "2 membres lus sur 3." in part.content.decode()
    assert "HX-Refresh" not in part.headers
    weights = {"weights": "1", **dict.fromkeys(WEIGHTS, "5"), "closeness": "8"}
    again = client.post(url("rank", brief), weights, follow=True).content.decode()
    assert "Un classement était déjà en cours" in again
    assert RankingRun.objects.get().weights is None
    rank_bank(RankingRun.objects.get().pk)
    assert client.get(url("rank_progress", brief)).headers["HX-Refresh"] == "true"
    page = client.get(url("brief", brief)).content.decode()
    assert "3 membres classés" in page
    assert "Classement de la banque" not in page
    stranger = signed_in(cast.stranger)
    assert stranger.get(url("rank_progress", brief)).status_code == 404


@pytest.mark.usefixtures("large")
def test_a_ranking_broken_off_is_tried_again_with_the_weights_that_were_typed(
    cast: Cast, brief: Brief
) -> None:
    client = signed_in(cast.strategist)
    weights = {"weights": "1", **dict.fromkeys(WEIGHTS, "5"), "closeness": "8"}
    client.post(url("rank", brief), weights)
    why = {"code": "disk", "fr": "Le disque est plein.", "en": "The disk is full."}
    RankingRun.objects.update(failed_at=timezone.now(), failure=why)
    page = client.get(url("brief", brief)).content.decode()
    assert "Le disque est plein." in page
    assert "la présélection est comme elle était" in page
    client.post(url("rank", brief), {"again": "1"})
    run = RankingRun.objects.get()
    assert run.weights is not None
    assert (run.failed_at, run.weights["closeness"]) == (None, 8)


@pytest.mark.usefixtures("large")
def test_a_large_bank_is_asked_of_what_its_ranking_left(cast: Cast, brief: Brief) -> None:
    a_shortlist(brief)
    client = signed_in(cast.assistant)
    page = client.get(url("why_not", brief), {"q": "camille"}).content.decode()
    assert "sur 3" in page
    assert "est vrai maintenant" in page
    aside = client.get(url("aside", brief), {"raison": "refused_brand"})
    assert [person.given_name for person, _ in aside.context["page"]] == ["Loin"]
    assert "refusent cette marque" in aside.content.decode()
    late = a_member(cast.programme, given_name="Tardive")
    page = client.get(url("why_not", brief), {"q": "tardive"}).content.decode()
    assert "la place que la personne aurait eue" in page
    Brief.objects.update(adults_only=not brief.adults_only)
    Person.objects.filter(pk=late.pk).update(adult=True)
    page = client.get(url("why_not", brief), {"q": "tardive"}).content.decode()
    assert "pas classée selon le mandat d’aujourd’hui" in page


@pytest.mark.usefixtures("large")
def test_the_pages_of_a_large_bank_cost_as_many_queries_for_three_as_for_one(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    numbers: dict[str, list[int]] = {}
    for people in (1, 3):
        brief = BriefFactory.create(brand__programme=cast.programme, quantity=people)
        for _ in range(people):
            a_member(cast.programme, given_name="Camille")
            a_member(cast.programme, refused_brands=brief.brand.name)
        a_roster(brief)
        for name, asked in (("brief", {}), ("aside", {}), ("why_not", {"q": "camille"})):
            with CaptureQueriesContext(connection) as queries:
                client.get(url(name, brief), asked)
            numbers.setdefault(name, []).append(len(queries))
    assert {name: found for name, found in numbers.items() if len(set(found)) > 1} == {}
    assert max(max(found) for found in numbers.values()) <= 15


def test_the_brand_is_shown_the_roster_and_its_link_can_be_closed(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    client = signed_in(cast.strategist)
    assert "Personne ne parle encore" in client.get(url("show_brand", brief)).content.decode()
    contact = ContactFactory.create(brand=brief.brand)
    client.post(url("show_brand", brief), {"contact": contact.pk})
    review = BrandReview.objects.get()
    assert review.contact == contact
    assert "Envoyé" in client.get(url("brief", brief)).content.decode()
    closed = client.post(url("revoke", brief, review.pk), follow=True)
    review.refresh_from_db()
    assert review.revoked_at is not None
    assert url("reopen", brief, review.pk) in closed.content.decode()
    client.post(url("reopen", brief, review.pk))
    review.refresh_from_db()
    assert review.revoked_at is None


def test_the_contact_of_another_brand_cannot_be_chosen(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    ContactFactory.create(brand=brief.brand)
    client = signed_in(cast.strategist)
    client.post(url("show_brand", brief), {"contact": ContactFactory.create().pk})
    assert BrandReview.objects.count() == 0


def test_an_assistant_neither_sends_offers_nor_shows_the_brand(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    client = signed_in(cast.assistant)
    assert client.post(url("ask", brief)).status_code == 409
    assert client.post(url("show_brand", brief)).status_code == 409
    assert (Offer.objects.count(), BrandReview.objects.count()) == (0, 0)


def test_the_pages_cost_as_many_queries_for_three_people_as_for_one(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    numbers: dict[str, list[int]] = {}
    for people in (1, 3):
        brief = BriefFactory.create(brand__programme=cast.programme, quantity=people)
        ContactFactory.create(brand=brief.brand)
        for n in range(people):
            a_member(cast.programme, reached=range(100 * n, 100 * n + 50))
        a_roster(brief)
        for name in ("brief", "compose", "shortlist", "aside", "ask", "show_brand"):
            with CaptureQueriesContext(connection) as queries:
                client.get(url(name, brief))
            numbers.setdefault(name, []).append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("why_not", brief), {"q": "camille"})
        numbers.setdefault("why_not", []).append(len(queries))
    assert {name: found for name, found in numbers.items() if len(set(found)) > 1} == {}
    assert max(max(found) for found in numbers.values()) <= 15


def written(**more: str) -> dict[str, str]:
    return {"conditions": "1", "size": "2", "each": "29"} | more


def test_conditions_are_written_on_one_page_and_stay_there(cast: Cast, brief: Brief) -> None:
    a_shortlist(brief)
    odile, zoe = (Person.objects.get(given_name=name) for name in ("Odile", "Zoé"))
    client = signed_in(cast.strategist)
    said = written(budget="100", most_region_01="2", first=str(odile.pk), second=str(zoe.pk))
    client.post(url("compose", brief), said | {"who": str(odile.pk), "stand_new": "kept"})
    assert chosen(brief) == ["Odile", "Camille"]
    page = client.get(url("compose", brief))
    form = page.context["form"]
    assert (form["budget"].value(), form["most_region_01"].value()) == ("100", 2)
    assert "Odile Ouellet et Zoé Ouellet" in page.content.decode()
    assert {price.words: price.lost for price in page.context["prices"]}["Garder Odile"] == 20
    client.post(
        url("compose", brief), said | {f"stand_{odile.pk}": "out", "first": "", "second": ""}
    )
    assert chosen(brief) == ["Camille", "Zoé"]


def test_conditions_that_cannot_be_read_or_held_change_nothing_and_lose_nothing_typed(
    cast: Cast, brief: Brief
) -> None:
    a_roster(brief)
    client = signed_in(cast.strategist)
    page = client.post(url("compose", brief), written(budget="beaucoup", newcomers="30"))
    assert list(page.context["form"].errors) == ["budget"]
    assert 'value="beaucoup"' in page.content.decode()
    page = client.post(url("compose", brief), written(budget="20", least_region_01="1"))
    assert "la moins chère coûte 29\u00a0$" in page.content.decode()
    page = client.post(url("compose", brief), written(first=str(Person.objects.all()[0].pk)))
    assert list(page.context["form"].errors) == ["second"]
    assert chosen(brief) == ["Camille", "Zoé"]


def test_somebody_let_go_from_the_shortlist_gets_their_seat_back_by_the_undo(
    cast: Cast, brief: Brief
) -> None:
    a_roster(brief)
    client = signed_in(cast.assistant)
    camille = Person.objects.get(given_name="Camille")
    client.post(url("place", brief, camille.key), {"act": "remove"})
    client.post(url("compose", brief), {"size": "2"})
    assert "Camille" not in chosen(brief)
    for page in (url("brief", brief), url("why_not", brief) + "?q=camille"):
        said = client.get(page).content.decode()
        assert cast.assistant.name in said
        assert "Remettre" in said
    client.post(url("place", brief, camille.key) + "?act=choose")
    assert "Camille" in chosen(brief)


def test_the_roster_page_is_for_the_team_of_the_brief(cast: Cast, brief: Brief) -> None:
    a_roster(brief)
    assert signed_in(cast.stranger).get(url("compose", brief)).status_code == 404
