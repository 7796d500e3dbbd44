"""How many posts say the link, the register of a brand, and the posts nobody declared."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proche.areas.brands.models import Contact
from proche.areas.campaigns.models import Exchange
from proche.areas.content import undeclared
from proche.areas.content.actions import approve
from proche.areas.content.models import Undeclared
from tests.areas.content.test_undeclared import SELLS, willing
from tests.cast import Cast, signed_in
from tests.factories.brands import BrandFactory
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import BAD, a_post

REPORT = "/bureau/publications/divulgation/"
REGISTER = "/bureau/publications/registre/"
ASKED = "/bureau/publications/non-declarees/"


@pytest.fixture
def desk(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def closed(cast: Cast, caption: str = "") -> Exchange:
    exchange = received(who_agreed(cast.programme), exchange="agreed", obligation=True)
    approve(a_post(exchange, caption=caption), by=None)
    return exchange


def asked(cast: Cast, name: str) -> Undeclared:
    brand = BrandFactory.create(programme=cast.programme, name=name)
    person = willing(who_agreed(cast.programme))
    (row,) = undeclared.look(person, [undeclared.Found(SELLS.replace("Lumifeu", brand.name))])
    return row


def rows_of(answer: object) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_the_report_says_shares_with_their_interval_and_what_is_unknown(
    cast: Cast, desk: Client
) -> None:
    assert "il n’y a pas de taux à donner" in desk.get(REPORT).content.decode()
    closed(cast)
    closed(cast, BAD)
    page = desk.get(REPORT).content.decode()
    assert "1 des 2 publications vérifiées disent le lien" in page
    assert "entre 9\N{NO-BREAK SPACE}% et 91\N{NO-BREAK SPACE}%." in page
    # Wilson, 95 %, for 1 of 2: 9 to 91.
    assert "9\N{NO-BREAK SPACE}% à 91\N{NO-BREAK SPACE}%" in page


def test_the_shares_leave_as_a_table(cast: Cast, desk: Client) -> None:
    closed(cast)
    head, whole, *groups = rows_of(desk.get(f"{REPORT}exporter/csv/"))
    assert (len(head), whole[2:5], len(groups)) == (9, ["1", "1", "1.0"], 4)
    assert desk.get(f"{REPORT}exporter/json/").status_code == 404


def test_the_register_of_a_brand_holds_its_posts_alone_and_no_name(
    cast: Cast, desk: Client
) -> None:
    mine, _other = closed(cast, BAD), closed(cast)
    brand = mine.offer.campaign.brief.brand
    _head, row = rows_of(desk.get(f"{REGISTER}?as=csv&brand={brand.pk}"))
    assert (row[1], row[7], "D-WORD-1" in row[9]) == (brand.name, "mal placée", True)
    assert str(mine.offer.person) not in " ".join(row)
    assert len(rows_of(desk.get(f"{REGISTER}?as=csv"))) == 3


def test_the_register_is_drawn_in_the_language_of_the_brand(cast: Cast, desk: Client) -> None:
    brand = closed(cast).offer.campaign.brief.brand
    Contact.objects.create(brand=brand, name="Wade", email="w@example.org", language="en")
    answer = desk.get(f"{REGISTER}?as=pdf&brand={brand.pk}")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    columns, _row = rows_of(desk.get(f"{REGISTER}?as=csv&brand={brand.pk}"))
    assert columns[0] == "Address of the post"
    book = desk.get(f"{REGISTER}?as=xlsx&brand={brand.pk}")
    assert book.content.startswith(b"PK")


def test_a_stranger_finds_no_post_no_question_and_no_brand(cast: Cast) -> None:
    brand = closed(cast).offer.campaign.brief.brand
    row = asked(cast, "Lumifeu")
    stranger = signed_in(cast.stranger)
    assert rows_of(stranger.get(f"{REGISTER}?as=csv"))[1:] == []
    assert stranger.get(f"{REGISTER}?brand={brand.pk}").status_code == 404
    assert "Lumifeu" not in stranger.get(ASKED).content.decode()
    assert stranger.post(f"{ASKED}{row.pk}/lue/").status_code == 404


@pytest.mark.parametrize("address", [REPORT, ASKED])
def test_three_rows_ask_the_same_queries_as_one(cast: Cast, desk: Client, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address).status_code == 200
        return len(captured)

    def one(name: str) -> None:
        closed(cast)
        asked(cast, name)

    one("Lumifeu")
    first = queries()
    one("Talle")
    one("Nordet")
    assert queries() == first <= 15


def test_a_question_is_read_with_its_answer_and_can_be_opened_again(
    cast: Cast, desk: Client
) -> None:
    row = asked(cast, "Lumifeu")
    assert "Pas encore de réponse." in desk.get(ASKED).content.decode()
    undeclared.answer(row, "bought", note="En solde.")
    page = desk.get(ASKED).content.decode()
    for said in ("je l’ai acheté moi-même", "En solde.", "Un prix et une invitation à acheter"):
        assert said in page
    answer = desk.post(f"{ASKED}{row.pk}/lue/", follow=True).content.decode()
    assert "Aucune question n’est ouverte." in answer
    desk.post(f"{ASKED}{row.pk}/rouvrir/")
    assert "En solde." in desk.get(ASKED).content.decode()
