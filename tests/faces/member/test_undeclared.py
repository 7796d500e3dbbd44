"""My other posts: asked about only if I agreed, and answered by me."""

import pytest

from proche.areas.content.models import Undeclared
from tests.areas.content.test_undeclared import QUIET, SELLS, willing
from tests.faces.member.conftest import Member
from tests.factories.brands import BrandFactory

PAGE = "/moi/publications/"


@pytest.fixture
def agreed(member: Member) -> Member:
    BrandFactory.create(programme=member.person.programme, name="Lumifeu")
    willing(member.person)
    return member


def paste(member: Member, caption: str) -> str:
    answer = member.browser.post(PAGE, {"caption": caption, "platform": "tiktok"}, follow=True)
    return answer.content.decode()


def test_without_consent_the_page_says_so_and_a_post_sent_is_not_read(member: Member) -> None:
    BrandFactory.create(programme=member.person.programme, name="Lumifeu")
    assert "aucune ne l’est" in member.browser.get(PAGE).content.decode()
    assert "lues que si vous l’acceptez" not in paste(member, SELLS)
    assert Undeclared.objects.count() == 0


def test_a_pasted_post_without_signs_is_not_kept(agreed: Member) -> None:
    assert "Elle n’a pas été gardée." in paste(agreed, QUIET)
    assert Undeclared.objects.count() == 0


def test_a_sign_makes_a_question_that_the_member_answers(agreed: Member) -> None:
    page = paste(agreed, SELLS)
    row = Undeclared.objects.get()
    assert "Cette publication sur Lumifeu est-elle publicitaire?" in page
    assert "Un prix et une invitation à acheter se suivent" in page
    assert "est-elle publicitaire?" in agreed.browser.get("/moi/").content.decode()
    nothing = agreed.browser.post(f"{PAGE}{row.pk}/reponse/", {f"q{row.pk}-note": "Moi."})
    assert "Choisissez une des trois réponses." in nothing.content.decode()
    assert "Moi." in nothing.content.decode()
    said = {f"q{row.pk}-answer": "bought", f"q{row.pk}-note": "En solde."}
    answer = agreed.browser.post(f"{PAGE}{row.pk}/reponse/", said, follow=True)
    assert "En solde." in answer.content.decode()
    assert Undeclared.objects.get().answer == "bought"


def test_a_neighbour_cannot_answer_for_me(agreed: Member) -> None:
    paste(agreed, SELLS)
    row = Undeclared.objects.get()
    answer = agreed.neighbour.post(f"{PAGE}{row.pk}/reponse/", {f"q{row.pk}-answer": "bought"})
    assert answer.status_code == 404


def test_taking_the_consent_back_takes_the_question_away(agreed: Member) -> None:
    paste(agreed, SELLS)
    agreed.browser.post("/moi/accords/", {"withdraw": "posts"})
    assert Undeclared.objects.count() == 0
