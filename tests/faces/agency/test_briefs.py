"""Drafts, copies, rules of ranking, other weights and the past, by their pages."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from proche.areas.brands.models import Brand, Brief, BriefDraft, Contact
from proche.areas.campaigns.models import Campaign, Exchange, Offer
from proche.areas.content.leaving import leave
from proche.areas.content.own_data import own_data
from proche.areas.matching.actions import shortlist
from proche.areas.matching.models import EveryPart, RankingRules, Shortlist, ShortlistEntry
from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.faces.agency.test_brands import BRIEF
from tests.factories.brands import BrandFactory, BriefFactory, ContactFactory
from tests.factories.matching import a_member, a_shortlist, signed_verdict
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

WEIGHTS = dict.fromkeys(
    ("relevance", "affinity", "wishes", "reliability", "fairness", "closeness"), "0"
)


def test_a_brand_keeps_its_rivals_regions_languages_and_logo(cast: Cast) -> None:
    other = BrandFactory.create(programme=cast.programme, name="Boréale")
    BrandFactory.create(name="Ailleurs")
    client = signed_in(cast.strategist)
    out = BytesIO()
    Image.new("RGB", (900, 300), "navy").save(out, "JPEG")
    facts: dict[str, Any] = {
        "name": "Sapinelle", "categories": "coiffure, savon noir", "rivals": [other.pk],
        "other_rivals": "Épinette, @cedre", "regions": ["01"], "languages": ["fr"],
    }  # fmt: skip
    form = client.get(reverse("agency:brand_add")).context["form"]
    assert [str(brand) for brand in form.fields["rivals"].queryset] == ["Boréale"]
    photo = SimpleUploadedFile("logo.jpg", out.getvalue(), "image/jpeg")
    client.post(reverse("agency:brand_add"), facts | {"logo_file": photo})
    brand = Brand.objects.get(name="Sapinelle")
    assert (brand.categories, brand.regions) == (["hair", "savon noir"], ["01"])
    assert (list(brand.rivals.all()), brand.other_rivals) == ([other], ["Épinette", "@cedre"])
    logo = reverse("agency:brand_logo", args=[brand.pk, brand.logo_name])
    page = client.get(reverse("agency:brand", args=[brand.pk])).content.decode()
    assert logo in page
    assert "Boréale, Épinette, @cedre" in page
    served = client.get(logo)
    assert (served.status_code, served["Content-Type"]) == (200, "image/png")
    assert signed_in(cast.stranger).get(logo).status_code == 404
    change = reverse("agency:brand_change", args=[brand.pk])
    bad = SimpleUploadedFile("logo.svg", b"<svg/>", "image/svg+xml")
    refused = client.post(change, facts | {"name": "Autre nom", "logo_file": bad})
    assert refused.context["form"].errors["logo_file"]
    assert 'value="Autre nom"' in refused.content.decode()
    client.post(change, facts | {"without_logo": "on"})
    assert client.get(logo).status_code == 404


def test_a_contact_is_changed_removed_and_put_back(cast: Cast) -> None:
    contact = ContactFactory.create(brand__programme=cast.programme, name="Mireille")
    args = [contact.brand_id, contact.pk]
    client = signed_in(cast.assistant)
    change = reverse("agency:brand_contact_change", args=args)
    assert 'value="Mireille"' in client.get(change).content.decode()
    refused = client.post(change, {"name": "Mireille S.", "email": "pas une adresse"})
    assert 'value="Mireille S."' in refused.content.decode()
    client.post(change, {"name": "Mireille S.", "email": "m@s.example", "language": "en"})
    client.post(reverse("agency:brand_contact_remove", args=args))
    page = client.get(reverse("agency:brand", args=[contact.brand_id]))
    assert list(page.context["contacts"]) == []
    assert reverse("agency:brand_contact_back", args=args) in page.content.decode()
    client.post(reverse("agency:brand_contact_back", args=args))
    assert [c.name for c in Contact.objects.current()] == ["Mireille S."]
    stranger = signed_in(cast.stranger)
    assert stranger.post(reverse("agency:brand_contact_remove", args=args)).status_code == 404


def test_a_draft_keeps_even_what_is_wrong_and_its_page_gives_it_back(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme)
    client = signed_in(cast.strategist)
    url = reverse("agency:brief_write", args=[brand.pk])
    typed = BRIEF | {"fair_value": "vingt", "title_en": "", "for_children": "on", "draft": "1"}
    page = client.post(url, typed, follow=True)
    form = page.context["form"]
    for name in ("fair_value", "topics", "starts_on", "regions"):
        assert form[name].value() == typed[name]
    assert form["for_children"].value()
    assert not form.errors
    assert Brief.objects.count() == 0
    [draft] = BriefDraft.objects.all()
    again = typed | {"brouillon": draft.pk, "title_fr": "Autre"}
    client.post(url, again)
    assert [d.title for d in BriefDraft.objects.all()] == ["Autre"]
    shown = client.get(reverse("agency:brand", args=[brand.pk])).content.decode()
    assert f"?brouillon={draft.pk}" in shown
    refused = client.post(url, BRIEF | {"for_children": "on", "brouillon": draft.pk})
    assert "articles 248 et 249" in refused.context["form"].errors["for_children"][0]
    client.post(url, BRIEF | {"brouillon": draft.pk})
    assert (Brief.objects.count(), BriefDraft.objects.count()) == (1, 0)


def test_a_draft_is_removed_and_comes_back(cast: Cast) -> None:
    draft = BriefDraft.objects.create(
        brand=BrandFactory.create(programme=cast.programme), saved_at=timezone.now()
    )
    client = signed_in(cast.strategist)
    url = reverse("agency:brief_draft", args=[draft.brand_id, draft.pk])
    assert signed_in(cast.stranger).post(url).status_code == 404
    client.post(url)
    assert not BriefDraft.objects.current().exists()
    client.post(f"{url}?back")
    assert BriefDraft.objects.current().exists()


def test_a_brief_starts_from_its_brand_or_from_an_earlier_brief_without_its_days(
    cast: Cast,
) -> None:
    brief = BriefFactory.create(
        brand__programme=cast.programme, contains=["nuts", "avoine"], budget_cents=50000,
        regions=["06"], avoid_fr="Rien de médical.",
    )  # fmt: skip
    elsewhere = BriefFactory.create(title_fr="Secret")
    other = BrandFactory.create(programme=cast.programme, regions=["01"], languages=["fr"])
    client = signed_in(cast.strategist)
    url = reverse("agency:brief_write", args=[other.pk])
    blank = client.get(url)
    assert blank.context["form"]["regions"].value() == ["01"]
    assert list(blank.context["earlier"]) == [brief]
    form = client.get(url, {"copier": brief.pk}).context["form"]
    assert form["title_fr"].value() == brief.title_fr
    assert (form["contains"].value(), form["contains_more"].value()) == (["nuts"], "avoine")
    assert (str(form["budget"].value()), form["avoid_fr"].value()) == ("500.00", "Rien de médical.")
    assert form["starts_on"].value() is None
    assert client.get(url, {"copier": elsewhere.pk}).context["source"] is None
    assert client.get(url, {"copier": "x"}).status_code == 200


def test_the_words_of_a_brief_and_who_it_sets_aside_stand_on_its_page(cast: Cast) -> None:
    brand = BrandFactory.create(programme=cast.programme)
    client = signed_in(cast.strategist)
    facts = BRIEF | {
        "content_fr": "Vos mains.", "avoid_en": "No medicine.", "budget": "600",
        "contains": ["nuts"], "contains_more": "avoine", "alcohol": "on",
    }  # fmt: skip
    client.post(reverse("agency:brief_write", args=[brand.pk]), facts)
    brief = Brief.objects.get()
    assert (brief.contains, brief.budget_cents) == (["nuts", "avoine"], 60000)
    page = client.get(reverse("agency:brief", args=[brief.pk])).content.decode()
    for words in ("Vos mains.", "No medicine.", "noix ou arachides, avoine, alcool, 18 ans"):
        assert words in page
    # Why a member is told to say the link, as each of them reads it.
    for why in ("Un produit reçu est un lien à dire", "A product you received is a link to disc"):
        assert why in page


@pytest.fixture
def brief(cast: Cast) -> Brief:
    """Camille talks of hair; Odile is close to her community and talks of nothing."""
    brief: Brief = BriefFactory.create(brand__programme=cast.programme, quantity=1)
    signed_verdict(a_member(cast.programme, given_name="Camille"), closeness=10)
    far: dict[str, Any] = {"own_words": "", "occupation": "", "topics": []}
    signed_verdict(a_member(cast.programme, given_name="Odile", **far), closeness=99)
    return brief


def test_other_weights_show_who_would_move_and_keep_nothing(cast: Cast, brief: Brief) -> None:
    before = a_shortlist(brief)
    client = signed_in(cast.assistant)
    url = reverse("agency:what_if", args=[brief.pk])
    page = client.post(url, WEIGHTS | {"closeness": "10"})
    supposed = page.context["supposed"]
    assert [row.name for row in supposed.rows] == ["Odile Ouellet", "Camille Ouellet"]
    assert [row.up for row in supposed.rows] == [1, -1]
    assert (supposed.entering, supposed.leaving) == (["Odile Ouellet"], ["Camille Ouellet"])
    assert "monte d’une place" in page.content.decode()
    after = Shortlist.objects.get()
    assert (after.weights, after.made_at) == (before.weights, before.made_at)
    same = client.post(url, {name: str(value) for name, value in before.weights.items()})
    assert same.context["supposed"].entering == []
    wrong = client.post(url, WEIGHTS | {"closeness": "-1"})
    assert "Un poids est un nombre de 0 à 10" in wrong.content.decode()
    EveryPart.objects.all().delete()
    kept = client.post(url, WEIGHTS | {"closeness": "10"}).context["supposed"]
    assert (kept.entering, kept.beyond) == (["Odile Ouellet"], 0)
    ShortlistEntry.objects.update(parts={})
    old = client.post(url, WEIGHTS | {"closeness": "10"}).content.decode()
    assert "date d’avant que ses parts soient gardées" in old
    assert signed_in(cast.stranger).get(url).status_code == 404


def test_somebody_ranked_beyond_those_kept_may_come_in(
    cast: Cast, brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the best are kept with their reasons; with other weights anybody of the bank is first,
    and who has left is nobody."""
    monkeypatch.setattr(shortlist, "TOP", 1)
    a_shortlist(brief)
    assert [str(entry.person) for entry in ShortlistEntry.objects.all()] == ["Camille Ouellet"]
    client = signed_in(cast.assistant)
    url = reverse("agency:what_if", args=[brief.pk])
    page = client.post(url, WEIGHTS | {"closeness": "10"})
    why = reverse("agency:why_not", args=[brief.pk])
    assert f'href="{why}?q=Odile%20Ouellet"' in page.content.decode()
    supposed = page.context["supposed"]
    assert [(row.name, row.rank, row.up) for row in supposed.rows] == [
        ("Odile Ouellet", 1, 1), ("Camille Ouellet", 2, -1),
    ]  # fmt: skip
    assert (supposed.entering, supposed.leaving) == (["Odile Ouellet"], ["Camille Ouellet"])
    odile = Person.objects.get(given_name="Odile")
    [told] = own_data(odile)["rankings"]
    assert (told["rank"], told["ranked"], told["parts"]["closeness"]) == (2, 2, 0.99)
    leave(odile)
    supposed = client.post(url, WEIGHTS | {"closeness": "10"}).context["supposed"]
    assert [row.name for row in supposed.rows] == ["Camille Ouellet"]
    assert own_data(odile)["rankings"] == []


def test_as_many_queries_for_other_weights_whatever_the_people(cast: Cast, brief: Brief) -> None:
    client = signed_in(cast.strategist)
    url = reverse("agency:what_if", args=[brief.pk])
    numbers = []
    for more in (0, 2):
        for _ in range(more):
            a_member(cast.programme)
        a_shortlist(brief)
        with CaptureQueriesContext(connection) as queries:
            client.post(url, WEIGHTS | {"closeness": "10"})
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 15


def test_the_past_is_read_beside_a_row_and_changes_no_rank(cast: Cast, brief: Brief) -> None:
    camille = Person.objects.get(given_name="Camille")
    other = BriefFactory.create(brand__programme=cast.programme, brand__name="Nordet")
    campaign = Campaign.objects.create(brief=other, opened_at=timezone.now())
    offer = Offer.objects.create(
        campaign=campaign, person=camille, state="declined", sent_at=timezone.now(),
        decline_reason="Trop loin de chez moi.",
    )  # fmt: skip
    a_shortlist(brief)
    client = signed_in(cast.strategist)
    page = client.get(reverse("agency:brief", args=[brief.pk]))
    rows = {row.entry.person.given_name: row.entry for row in page.context["rows"]}
    assert rows["Odile"].past == []
    [said] = rows["Camille"].past
    assert said.startswith("Nordet, ")
    assert said.endswith("déclinée. “Trop loin de chez moi.”")
    assert "aucune réponse ne pèse dans le classement" in page.content.decode()
    scores = dict(ShortlistEntry.objects.values_list("person", "score"))
    Offer.objects.filter(pk=offer.pk).update(state="accepted")
    Exchange.objects.create(
        offer=offer, kind="gift", obligation=False, fair_value_cents=1, agreed_at=timezone.now()
    )
    a_shortlist(brief)
    assert dict(ShortlistEntry.objects.values_list("person", "score")) == scores


def test_an_owner_sets_how_the_bank_is_ranked_and_the_team_reads_it(cast: Cast) -> None:
    url = reverse("agency:ranking_rules")
    typed = dict.fromkeys(WEIGHTS, "1") | {
        "closeness": "4.5", "exclusivity_months": "6", "asks_per_quarter": "3",
    }  # fmt: skip
    assert "Combien pèse" not in signed_in(cast.strategist).get(url).content.decode()
    assert signed_in(cast.strategist).post(url, typed).status_code == 409
    assert RankingRules.objects.count() == 0
    owner = signed_in(cast.owner)
    wrong = owner.post(url, typed | {"exclusivity_months": "99"})
    assert wrong.context["form"].errors["exclusivity_months"]
    assert wrong.context["form"]["closeness"].value() == "4.5"
    owner.post(url, typed)
    rules = RankingRules.objects.get()
    assert (rules.weights["closeness"], rules.exclusivity_months) == (4.5, 6)
    cast.programme.refresh_from_db()
    assert cast.programme.asks_per_quarter == 3
    page = signed_in(cast.assistant).get(url).content.decode()
    assert "Proximité : 4,5 (Proche : 2)" in page.replace("\u00a0", " ")
    assert cast.owner.name in page


def test_why_not_names_a_limit(cast: Cast) -> None:
    brief = BriefFactory.create(brand__programme=cast.programme, contains=["nuts"])
    a_member(cast.programme, given_name="Odile", limits="Allergie aux noix")
    PersonFactory.create(programme=cast.programme)
    a_shortlist(brief)
    url = reverse("agency:why_not", args=[brief.pk])
    page = signed_in(cast.strategist).get(url, {"q": "odile"}).content.decode()
    assert "ne peuvent prendre ce produit" in page


@pytest.mark.parametrize(
    ("word", "told", "also_asked"),
    [
        ("#collab", "on peut prendre #collab pour la mention du lien", True),
        ("#MonÉtéSapinelle", "Ces mots ne disent pas le lien à eux seuls.", True),
        ("#pub", "Les règles acceptent ces mots.", False),
    ],
)
def test_the_brief_says_what_its_own_words_are_worth(
    cast: Cast, word: str, told: str, also_asked: bool
) -> None:
    brief = BriefFactory.create(
        brand__programme=cast.programme, required_words=[word], languages=["fr"]
    )
    page = signed_in(cast.strategist).get(reverse("agency:brief", args=[brief.pk]))
    words = page.content.decode()
    assert told in words
    assert f"Chaque publication doit contenir\u00a0: {word}." in words
    assert ("Les membres devront aussi écrire d’abord" in words) == also_asked
    assert ("Publicité." in words) == also_asked
