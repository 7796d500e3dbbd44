"""My other posts: asked about only if I agreed, and answered by me."""

import html
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proche.areas.content.models import Undeclared
from proche.areas.content.pasted import in_text
from proche.faces.member.several import MOST
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


def send(member: Member, **sent: object) -> str:
    fields = {f"several-{name}": value for name, value in ({"platform": "x"} | sent).items()}
    answer = member.browser.post(f"{PAGE}plusieurs/", fields)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_several_posts_are_each_answered_and_what_is_refused_comes_back(agreed: Member) -> None:
    long = "y" * 5001
    link = "https://www.tiktok.com/@cam/video/7"
    page = send(agreed, text=f"{QUIET}\n\n{link}\n{SELLS}\n\n{long}\n\n{SELLS}")
    assert "3 publications sur 4 lues. 1 question, plus bas. 1 n’a pas pu être lue." in page
    [row] = Undeclared.objects.all()
    assert (row.caption, row.url, row.platform) == (SELLS, link, "tiktok")
    for number, outcome in (
        (1, "Aucun signe. Elle n’est pas gardée."),
        (2, "Une question sur Lumifeu."),
        (3, "Plus de 5 000 caractères. Raccourcissez-la."),
        (4, "Déjà connue"),
    ):
        told = page.split(f"Publication no {number}</strong>")[1].split("</li>")[0]
        assert outcome.replace(" 000", "\u00a0000") in told, number
    box = page.split("<textarea")[-1].split("</textarea>")[0]
    assert long in box
    assert QUIET not in box


def test_a_long_list_goes_on_where_it_stopped(
    agreed: Member, django_assert_max_num_queries: Any
) -> None:
    posts = [f"{QUIET} {n}" for n in range(MOST)] + [SELLS, f"{QUIET} fin"]
    data = SimpleUploadedFile("posts.json", json.dumps(posts).encode(), "application/json")
    with django_assert_max_num_queries(60):
        page = send(agreed, file=data)
    assert f"{MOST} publications sur {MOST + 2} lues" in page
    assert Undeclared.objects.count() == 0
    box = page.split("<textarea")[-1].split(">", 1)[1].split("</textarea>")[0]
    assert in_text(box)[0].text == SELLS
    assert "2 publications sur 2 lues. 1 question" in send(agreed, text=box)
    # As after a change of language, which comes back to the same address.
    assert agreed.browser.get(f"{PAGE}plusieurs/").headers["Location"] == PAGE


def test_a_file_that_cannot_be_read_keeps_what_was_typed(agreed: Member) -> None:
    page = send(agreed, text=SELLS, file=SimpleUploadedFile("a.json", b"[1,"))
    assert "JSON entier" in page
    assert SELLS in page.split("<textarea")[-1]
    assert Undeclared.objects.count() == 0
    assert "Collez au moins une publication" in send(agreed)


def test_without_consent_several_posts_are_not_read_either(member: Member) -> None:
    BrandFactory.create(programme=member.person.programme, name="Lumifeu")
    assert "aucune ne l’est" in send(member, text=SELLS)
    assert Undeclared.objects.count() == 0


def test_the_page_says_how_many_questions_wait(agreed: Member) -> None:
    send(agreed, text=f"{SELLS}\n\n{SELLS} Vite!\n\n{SELLS} Deux.")
    first = Undeclared.objects.latest("pk")
    agreed.browser.post(f"{PAGE}{first.pk}/reponse/", {f"q{first.pk}-answer": "bought"})
    assert "2 questions sur 3 attendent votre réponse." in agreed.browser.get(PAGE).content.decode()
