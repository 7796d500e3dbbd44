"""The yearly question by its link and signed in; corrections, files and looks as the member reads
them; a break with a day, leaving and staying."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.content.tasks import ask_if_still_true
from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.correcting import correct
from proche.areas.people.kept import Break, Departure, StillTrue
from proche.areas.people.looks import looked
from proche.areas.people.models import Person
from proche.areas.people.notes import write_note
from proche.areas.people.papers import keep_file
from tests.cast import Cast
from tests.faces.member.conftest import Member


@pytest.fixture
def link(member: Member, mailoutbox: list[EmailMessage]) -> str:
    """The link of the yearly message, as its holder has it."""
    Person.objects.filter(pk=member.person.pk).update(
        joined_at=timezone.now() - timedelta(days=400)
    )
    ask_if_still_true()
    deliver_now(Message.objects.get(kind="still_true").pk)
    return next(
        word.removeprefix("http://127.0.0.1:8000")
        for word in mailoutbox[-1].body.split()
        if "/moi/toujours-moi/" in word
    )


def answer() -> str:
    return StillTrue.objects.get().answer


def test_the_link_shows_the_facts_and_changes_nothing_before_a_button(link: str) -> None:
    page = Client().get(link)
    assert "coiffeuse" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert answer() == ""
    thanks = Client().post(link, {"answer": "true"})
    assert "Merci, Camille." in thanks.content.decode()
    assert answer() == "true"
    used = Client().get(link)
    assert used.status_code != 200
    assert "coiffeuse" not in used.content.decode()


@pytest.mark.parametrize(
    ("ticked", "after"),
    [
        ({}, ("", "zibeline", "")),
        ({"limits_agreed": "1", "erase": "on"}, ("", "zibeline", "")),
        ({"limits_agreed": "1"}, ("zibeline", "", "true")),
        ({"erase": "on"}, ("", "", "true")),
    ],
)
def test_limits_written_before_the_consent_are_asked_with_the_yearly_question(
    link: str, member: Member, ticked: dict[str, str], after: tuple[str, str, str]
) -> None:
    Person.objects.filter(pk=member.person.pk).update(limits_to_ask="zibeline")
    page = Client().get(link).content.decode()
    assert "zibeline" in page
    assert "checked" not in page
    said = Client().post(link, {"answer": "true", **ticked})
    person = Person.objects.get(pk=member.person.pk)
    assert (person.limits, person.limits_to_ask, answer()) == after
    assert ("Cochez l’une des deux cases" in said.content.decode()) == (answer() == "")
    agreed = member.person.consents.filter(purpose="limits", withdrawn_at=None)
    assert agreed.exists() == bool(person.limits)


def test_the_link_opens_no_other_page(link: str) -> None:
    browser = Client()
    browser.get(link)
    assert browser.get("/moi/profil/").status_code == 302
    other = link[:-2] + ("b/" if link.endswith("a/") else "a/")
    assert browser.get(other).status_code != 200


def test_a_break_is_an_answer_and_a_wrong_day_is_said(link: str, member: Member) -> None:
    past = Client().post(link, {"answer": "asleep", "until": "2020-01-01"})
    assert past.context["form"].errors.keys() == {"until"}
    assert answer() == ""
    Client().post(link, {"answer": "asleep", "until": ""})
    member.person.refresh_from_db()
    assert (answer(), member.person.state) == ("asleep", "asleep")


def test_answers_kept_while_the_question_waits_confirm_the_rest(link: str, member: Member) -> None:
    assert "est-ce toujours vous" in member.browser.get("/moi/").content.decode()
    data = {"region": "11", "city": "Percé", "content_languages": ["fr"], "occupation": "barbière"}
    member.browser.post("/moi/reponses/", data)
    assert answer() == "changed"
    page = member.browser.get("/moi/profil/").content.decode()
    assert "Tout confirmé le" in page
    assert "Changé par moi" in page


def test_the_member_reads_a_correction_and_puts_back_what_they_said(
    member: Member, cast: Cast
) -> None:
    said = correct(member.person, "city", "Matane", reason="Vu sur sa page.", by=cast.strategist)
    page = member.browser.get("/moi/profil/").content.decode()
    for told in ("Corrigé par l’équipe", "Vu sur sa page.", "Vous aviez dit", "Rimouski"):
        assert told in page
    assert "Maude" not in page
    objected = f"/moi/profil/corrections/{said.pk}/"
    assert member.neighbour.post(objected).status_code == 404
    member.browser.post(objected)
    assert Person.objects.get(pk=member.person.pk).city == "Rimouski"


def test_the_member_sees_files_and_days_but_no_name_of_the_team(
    member: Member, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    kept = keep_file(member.person, b"%PDF-1.4 %%EOF", name="Entente", why="Signée", by=cast.owner)
    looked(member.person, by=cast.owner)
    looked(member.person, by=cast.strategist)
    write_note(member.person, "Très à l’heure.", by=cast.owner)
    page = member.browser.get("/moi/profil/").content.decode()
    assert "Signée" in page
    assert page.count("L’équipe\N{NO-BREAK SPACE}: la page") == 1
    assert "Odile" not in page
    file = f"/moi/profil/fichiers/{kept.key}/"
    assert member.browser.get(file).content == b"%PDF-1.4 %%EOF"
    assert member.neighbour.get(file).status_code == 404
    document = member.browser.post("/moi/donnees/export-json/").json()
    assert [one["text"] for one in document["notes"]] == ["Très à l’heure."]
    assert [one["what"] for one in document["looks"]] == ["page", "page"]
    assert [one["name"] for one in document["files"]] == ["Entente"]


def test_what_is_known_costs_the_same_whatever_is_kept(member: Member, cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert member.browser.get("/moi/profil/").status_code == 200
        return len(asked)

    correct(member.person, "city", "Ville 0", reason="Dit.", by=cast.owner)
    one = queries()
    for n in (1, 2):
        correct(member.person, "city", f"Ville {n}", reason="Dit.", by=cast.owner)
        looked(member.person, by=(cast.owner, cast.assistant)[n - 1])
    assert queries() == one
    assert one <= 15


def test_a_break_has_a_day_that_can_be_changed_and_an_undo(member: Member) -> None:
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    page = member.browser.post("/moi/pause/", {"until": "2020-01-01"})
    assert page.context["form"].errors.keys() == {"until"}
    member.browser.post("/moi/pause/", {"until": day})
    assert str(Break.objects.get().until) == day
    later = (timezone.localdate() + timedelta(days=40)).isoformat()
    member.browser.post("/moi/pause/", {"until": later})
    assert str(Break.objects.get().until) == later
    home = member.browser.post("/moi/retour/", follow=True).content.decode()
    assert f"/moi/pause/?until={later}" in home
    member.browser.post(f"/moi/pause/?until={later}")
    assert str(Break.objects.get(ended_at=None).until) == later


def test_leaving_hides_then_the_link_brings_back(
    member: Member, mailoutbox: list[EmailMessage]
) -> None:
    left = member.browser.post("/moi/quitter/", {"sure": "on"}).content.decode()
    assert "plus personne ne vous voit" in left
    deliver_now(Message.objects.get(kind="left").pk)
    link = next(
        word.removeprefix("http://127.0.0.1:8000")
        for word in mailoutbox[-1].body.split()
        if "/moi/rester/" in word
    )
    assert "Rester finalement" in Client().get(link).content.decode()
    assert Departure.objects.count() == 1
    assert "Camille" in Client().post(link).content.decode()
    assert Person.objects.get(pk=member.person.pk).state == "member"
    assert Client().get(link).status_code != 200


def test_leaving_at_once_leaves_no_way_back(member: Member) -> None:
    left = member.browser.post("/moi/quitter/", {"sure": "on", "at_once": "on"})
    assert "rien ne dit qui vous étiez" in left.content.decode()
    assert (Departure.objects.count(), Message.objects.count()) == (0, 0)
    assert Person.objects.get(pk=member.person.pk).given_name == "Compte"
