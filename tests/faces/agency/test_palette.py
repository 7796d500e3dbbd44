"""The palette: a few letters lead anywhere, within what the person may do."""

import pytest
from django.utils import translation

from tests.cast import Cast, signed_in
from tests.factories.brands import BrandFactory, BriefFactory
from tests.factories.people import PersonFactory

PAGE = "/bureau/aller/"


def found(cast: Cast, typed: str, *, by: str = "strategist", language: str = "fr") -> list[str]:
    client = signed_in(getattr(cast, by))
    client.cookies["django_language"] = language
    page = client.get(PAGE, {"q": typed}, headers={"HX-Target": "palette-found"})
    assert page.status_code == 200
    with translation.override(language):
        return [str(place.label) for _, places in page.context["groups"] for place in places]


@pytest.fixture(autouse=True)
def _bank(cast: Cast) -> None:
    PersonFactory.create(programme=cast.programme, given_name="Geneviève", family_name="Roy")
    brand = BrandFactory.create(programme=cast.programme, name="Érablière du Lac")
    BriefFactory.create(brand=brand, title_fr="Sirop d’automne", title_en="Autumn syrup")
    PersonFactory.create(given_name="Geneviève", family_name="Ailleurs")


def test_people_brands_and_briefs_answer_accents_and_slips_aside(cast: Cast) -> None:
    assert found(cast, "genevive") == ["Geneviève Roy"]
    assert found(cast, "erabliere") == ["Érablière du Lac", "Sirop d’automne"]
    assert found(cast, "syrup", language="en") == ["Autumn syrup"]


def test_pages_and_actions_answer_in_the_language_of_the_moment(cast: Cast) -> None:
    assert found(cast, "evenements") == ["Événements"]
    assert found(cast, "events", language="en") == ["Events"]


def test_what_one_may_not_do_is_not_offered(cast: Cast) -> None:
    assert "Préparer un appel" in found(cast, "appel")
    assert "Préparer un appel" not in found(cast, "appel", by="assistant")
    assert "Ajouter quelqu’un à l’équipe" in found(cast, "equipe", by="owner")
    assert "Ajouter quelqu’un à l’équipe" not in found(cast, "equipe")


def test_nothing_found_is_said(cast: Cast) -> None:
    page = signed_in(cast.strategist).get(PAGE, {"q": "zzzz"})
    assert "Rien ne répond à «\xa0zzzz\xa0»." in page.content.decode()


def test_the_stranger_finds_their_own_only(cast: Cast) -> None:
    assert found(cast, "genevieve", by="stranger") == []
