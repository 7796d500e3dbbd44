"""The bank: what is found, counted, kept as a view; a stranger and a member see none of it."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proche.areas.campaigns.models import Offer
from proche.areas.people.bank import BankTable, BankView, TagAct
from proche.areas.people.models import Person, Tag
from proche.faces.agency import navigation
from tests.cast import Cast, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import a_campaign, an_offer, who_agreed
from tests.factories.people import AccountFactory, PersonFactory

PAGE = "/bureau/banque/"


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def member(cast: Cast, given: str, **facts: Any) -> Person:
    person: Person = PersonFactory.create(programme=cast.programme, given_name=given, **facts)
    return person


def names(client: Client, question: str = "") -> list[str]:
    page = client.get(f"{PAGE}?{question}")
    assert page.status_code == 200
    return [person.given_name for person, _cells in page.context["page"]]


def counts(client: Client, facet: str, question: str = "") -> dict[str, int]:
    page = client.get(f"{PAGE}?{question}")
    found = next(one for one in page.context["facets"] if one.name == facet)
    return {choice.value: n for choice, n, _address, _on in found.shown}


def read(client: Client, url: str = PAGE) -> str:
    page = client.get(url, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_the_side_bar_counts_members_as_far_as_it_shows(
    cast: Cast, strategist: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given in ("Agathe", "Béa", "Chloé"):
        member(cast, given)
    member(cast, "Endormie", state=Person.State.ASLEEP)
    monkeypatch.setattr(navigation, "MOST", 3)
    assert '<span class="side-count">3</span>' in read(strategist)
    monkeypatch.setattr(navigation, "MOST", 2)
    assert '<span class="side-count">2+</span>' in read(strategist)


def test_accents_and_slips_find_the_people_and_the_page_says_so(
    cast: Cast, strategist: Client
) -> None:
    member(cast, "Geneviève", family_name="Tremblay", city="Montréal", occupation="coiffeuse")
    member(cast, "Louis", family_name="Roy", city="Gaspé", occupation="guide", topics=["bread"])
    for typed in ("montral", "coifuse", "Genevive Tremblai", "genevieve", "GENEVIÈVE montreal"):
        assert names(strategist, f"q={typed}") == ["Geneviève"]
    said = read(strategist, f"{PAGE}?q=coifuse")
    assert "Personne n’a le mot «\xa0coifuse\xa0». Voici\xa0:" in said
    assert "<strong>coiffeuse</strong>" in said


def test_a_word_with_nothing_near_it_is_named(cast: Cast, strategist: Client) -> None:
    member(cast, "Aline")
    said = read(strategist, f"{PAGE}?q=xylophoniste")
    assert "Personne n’a le mot «\xa0xylophoniste\xa0», ni un mot voisin." in said


def test_a_rare_word_beside_a_frequent_one_asks_whether_it_was_meant(
    cast: Cast, strategist: Client
) -> None:
    member(cast, "Rare", occupation="coiffeusse")
    for n in range(10):
        member(cast, f"Aline{n}", occupation="coiffeuse")
    said = read(strategist, f"{PAGE}?q=coiffeusse")
    assert 'Vouliez-vous dire\xa0: <a href="?q=coiffeuse">coiffeuse</a>' in said


def test_each_facet_counts_with_the_others_applied(cast: Cast, strategist: Client) -> None:
    member(cast, "Aline", topics=["hair", "fashion"], region="01")
    member(cast, "Béa", topics=["hair"], region="06", language="en")
    member(cast, "Chloé", topics=["bread"], region="06", tries_products=False)
    member(cast, "Denis", state="asleep", region="06")
    assert counts(strategist, "topic") == {"hair": 2, "fashion": 1, "bread": 1}
    assert counts(strategist, "topic", "region=06") == {"bread": 1, "hair": 1}
    assert counts(strategist, "language", "region=06&topic=hair") == {"fr": 0, "en": 1}
    assert counts(strategist, "language", "language=en") == {"fr": 2, "en": 1}
    assert counts(strategist, "state", "region=06") == {"free": 0, "held": 2, "asleep": 1}
    assert counts(strategist, "wish") == {"products": 2, "events": 0}
    assert names(strategist, "topic=bread&topic=fashion") == ["Aline", "Chloé"]
    assert names(strategist, "state=asleep") == ["Denis"]


def test_topics_are_looked_for_within_by_their_name_of_the_moment(
    cast: Cast, strategist: Client
) -> None:
    member(cast, "Aline", topics=["hair", "bread"])
    assert list(counts(strategist, "topic", "topic_like=pain")) == ["bread"]
    strategist.cookies["django_language"] = "en"
    assert list(counts(strategist, "topic", "topic_like=bread")) == ["bread"]


def test_a_column_sorts_and_the_unknown_come_last_either_way(
    cast: Cast, strategist: Client
) -> None:
    for given, followers in (("Aline", 900), ("Béa", None), ("Chloé", 2000)):
        AccountFactory.create(person=member(cast, given), followers=followers)
    assert names(strategist, "sort=-followers") == ["Chloé", "Aline", "Béa"]
    assert names(strategist, "sort=followers") == ["Aline", "Chloé", "Béa"]
    assert names(strategist, "sort=-name") == ["Chloé", "Béa", "Aline"]
    assert 'aria-sort="descending"' in read(strategist, f"{PAGE}?sort=-followers")


def test_columns_and_rows_chosen_stay_for_the_next_visit(cast: Cast, strategist: Client) -> None:
    for n in range(26):
        member(cast, f"Aline{n:02}")
    assert len(names(strategist)) == 25
    strategist.post("/bureau/banque/tableau/", {"columns": ["tags", "tier"], "rows": "50"})
    page = strategist.get(PAGE)
    assert [column.code for column in page.context["table"].columns] == ["tier", "tags"]
    assert len(page.context["page"].object_list) == 26
    assert BankTable.objects.get().user == cast.strategist


def test_a_view_keeps_the_question_the_columns_and_the_order(
    cast: Cast, strategist: Client
) -> None:
    member(cast, "Aline", region="06")
    member(cast, "Béa", region="01")
    BankTable.objects.create(user=cast.strategist, columns=["tags"])
    strategist.post(
        "/bureau/banque/vues/",
        {"name": "Montréal", "question": "region=06&sort=-followers&page=3", "opens_first": "on"},
    )
    view = BankView.objects.get()
    assert (view.query, view.columns) == ("region=06&sort=-followers", ["tags"])
    opened = strategist.get(PAGE)
    assert opened.url == f"{PAGE}?region=06&sort=-followers&view={view.key}"  # type: ignore[attr-defined]
    assert names(strategist, opened.url.partition("?")[2]) == ["Aline"]  # type: ignore[attr-defined]
    assert names(strategist, "view=") == ["Aline", "Béa"]


def test_at_most_one_view_opens_the_bank_and_names_are_ones_own(
    cast: Cast, strategist: Client
) -> None:
    for name in ("Une", "Deux"):
        strategist.post("/bureau/banque/vues/", {"name": name, "opens_first": "on"})
    assert list(BankView.objects.filter(opens_first=True).values_list("name", flat=True)) == [
        "Deux"
    ]
    again = strategist.post("/bureau/banque/vues/", {"name": "deux"})
    assert "Vous avez déjà une vue de ce nom." in again.content.decode()
    assert BankView.objects.count() == 2


def test_a_view_is_renamed_removed_and_given_back(cast: Cast, strategist: Client) -> None:
    view = BankView.objects.create(programme=cast.programme, owner=cast.strategist, name="Une")
    strategist.post(f"/bureau/banque/vues/{view.key}/", {"name": "Deux"})
    assert BankView.objects.get().name == "Deux"
    strategist.post(f"/bureau/banque/vues/{view.key}/retirer/")
    assert "Deux" not in names_of_views(strategist)
    strategist.post(f"/bureau/banque/vues/{view.key}/remettre/")
    assert "Deux" in names_of_views(strategist)


def names_of_views(client: Client) -> list[str]:
    page = client.get("/bureau/banque/vues/")
    return [view.name for view, _ in (*page.context["mine"], *page.context["shared"])]


def test_a_shared_view_is_copied_and_only_its_owner_changes_it(
    cast: Cast, strategist: Client
) -> None:
    shared = BankView.objects.create(
        programme=cast.programme, owner=cast.owner, name="À tous", query="region=06", shared=True
    )
    hidden = BankView.objects.create(programme=cast.programme, owner=cast.owner, name="À moi")
    assert names_of_views(strategist) == ["À tous"]
    for url in ("", "retirer/"):
        assert strategist.post(f"/bureau/banque/vues/{shared.key}/{url}").status_code == 404
    assert strategist.post(f"/bureau/banque/vues/{hidden.key}/copier/").status_code == 404
    strategist.post(f"/bureau/banque/vues/{shared.key}/copier/")
    assert BankView.objects.get(owner=cast.strategist).query == "region=06"


def test_a_tag_is_given_to_everyone_found_and_undone_for_those_it_changed(
    cast: Cast, strategist: Client
) -> None:
    people = [member(cast, f"Aline{n}", region="06") for n in range(3)]
    member(cast, "Béa", region="01")
    word = Tag.objects.create(programme=cast.programme, name="Bilingue")
    word.people.add(people[0])
    strategist.post(
        "/bureau/banque/etiqueter/",
        {"tag": "bilingue", "everyone": "1", "question": "region=06", "person": people[0].key},
    )
    assert set(word.people.all()) == set(people)
    assert names(strategist, "tag=Bilingue") == ["Aline0", "Aline1", "Aline2"]
    act = TagAct.objects.get()
    strategist.post(f"/bureau/banque/etiqueter/{act.pk}/annuler/")
    assert list(word.people.all()) == [people[0]]
    again = strategist.post(f"/bureau/banque/etiqueter/{act.pk}/annuler/")
    assert again.status_code == 409


def test_a_tag_is_taken_off_and_the_undo_gives_it_back(cast: Cast, strategist: Client) -> None:
    person = member(cast, "Aline")
    word = Tag.objects.create(programme=cast.programme, name="à appeler")
    word.people.add(person)
    strategist.post(
        "/bureau/banque/etiqueter/", {"tag": "à appeler", "act": "untag", "person": person.key}
    )
    assert word.people.count() == 0
    strategist.post(f"/bureau/banque/etiqueter/{TagAct.objects.get().pk}/annuler/")
    assert list(word.people.all()) == [person]


def test_nobody_of_another_programme_is_tagged(cast: Cast, strategist: Client) -> None:
    theirs = PersonFactory.create()
    strategist.post("/bureau/banque/etiqueter/", {"tag": "x", "person": theirs.key})
    assert theirs.tags.count() == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_the_people_found_leave_as_a_file_that_runs_nothing(
    cast: Cast, strategist: Client, kind: str
) -> None:
    member(cast, "=1+1", region="06", topics=["bread"])
    member(cast, "Béa", region="01")
    answer = strategist.get(f"{PAGE}exporter/?region=06&format={kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="banque.{kind}"'
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row[0] for row in rows] == ["Prénom", "'=1+1"]
    elif kind == "json":
        rows = json.loads(answer.content)
        assert [(row["Prénom"], row["Région"]) for row in rows] == [("=1+1", "Montréal")]
    else:
        with ZipFile(io.BytesIO(answer.content)) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<t>&#39;=1+1</t>" in sheet or "<t>'=1+1</t>" in sheet


def test_only_those_ticked_leave_when_boxes_are_ticked(cast: Cast, strategist: Client) -> None:
    kept = member(cast, "Aline")
    member(cast, "Béa")
    answer = strategist.post(f"{PAGE}exporter/", {"person": kept.key, "format": "json"})
    assert [row["Prénom"] for row in json.loads(answer.content)] == ["Aline"]


def test_a_contact_of_the_evening_leaves_under_its_day_here(cast: Cast, strategist: Client) -> None:
    offer = an_offer(who_agreed(cast.programme), a_campaign(cast.programme))
    Offer.objects.filter(pk=offer.pk).update(sent_at=datetime(2026, 1, 10, 2, tzinfo=UTC))
    [row] = json.loads(strategist.get(f"{PAGE}exporter/?format=json").content)
    assert row["Dernier contact"] == "2026-01-09"


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_the_same_questions_for_one_as_for_three(
    cast: Cast, strategist: Client, people: int
) -> None:
    for n in range(people):
        person = member(cast, f"Aline{n}", topics=["hair", "bread"])
        AccountFactory.create(person=person)
        Tag.objects.create(programme=cast.programme, name=f"mot {n}").people.add(person)
    BankTable.objects.create(user=cast.strategist, columns=["tags", "closeness", "proof"])
    with CaptureQueriesContext(connection) as asked:
        read(strategist)
    assert len(asked) <= 15


ADDRESSES = ("", "exporter/", "vues/", "vues/x/", "courriels/1/", "../aller/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_stranger_and_a_member_find_nothing_of_this_bank(cast: Cast, address: str) -> None:
    person = member(cast, "Aline", user=UserFactory.create())
    assert person.user
    assert signed_in(person.user).get(f"{PAGE}{address}").status_code == 404
    answer = signed_in(cast.stranger).get(f"{PAGE}{address}?q=aline")
    assert b"Aline" not in answer.content
