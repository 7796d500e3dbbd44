"""The sections of a person’s page: what each shows, at what cost, to whom; what can be undone."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django_q.models import OrmQ
from PIL import Image

from proche.areas.content import leaving, yearly
from proche.areas.content.breaks import take_break
from proche.areas.messages.actions import ask_team
from proche.areas.messages.models import Message
from proche.areas.people import notes
from proche.areas.people.correcting import correct
from proche.areas.people.kept import Look, Note, PersonFile, StillTrue
from proche.areas.people.looks import looked
from proche.areas.people.models import Person
from proche.areas.people.papers import keep_file
from tests.cast import Cast, signed_in
from tests.factories.campaigns import received, who_agreed

SECTIONS = ["", *(f"{name}/" for name in (
    "dit", "histoire", "accords", "echanges", "messages", "notes", "fichiers", "regards"
))]  # fmt: skip
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def person(cast: Cast) -> Person:
    cast.programme.asks_per_quarter = 99
    cast.programme.save()
    return who_agreed(cast.programme)


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def at(person: Person, section: str = "") -> str:
    return f"/bureau/personnes/{person.key}/{section}"


def more_of_everything(person: Person, cast: Cast, n: int) -> None:
    received(person, exchange="agreed", obligation=True)
    ask_team(person, f"Question {n}?")
    notes.write_note(person, f"Note {n}", by=cast.assistant)
    keep_file(person, PDF, name=f"entente {n}", why="Signée", by=cast.owner)
    correct(person, "city", f"Ville {n}", reason="Déménage.", by=cast.owner)
    looked(person, by=(cast.owner, cast.assistant, cast.stranger)[n])


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_costs_the_same_with_one_row_and_three(
    person: Person, cast: Cast, strategist: Client, section: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert strategist.get(at(person, section)).status_code == 200
        return len(asked)

    more_of_everything(person, cast, 0)
    strategist.get(at(person, section))
    one = queries()
    for n in (1, 2):
        more_of_everything(person, cast, n)
    assert queries() == one
    assert one <= 15


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_section_opens_in_both_languages_empty_and_full(
    person: Person, cast: Cast, strategist: Client, section: str, language: str
) -> None:
    strategist.cookies["django_language"] = language
    assert strategist.get(at(person, section)).status_code == 200
    more_of_everything(person, cast, 0)
    page = strategist.get(at(person, section))
    assert f'<html lang="{language}"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_stranger_finds_no_section_and_leaves_no_look(
    person: Person, cast: Cast, section: str
) -> None:
    assert signed_in(cast.stranger).get(at(person, section)).status_code == 404
    assert not Look.objects.exists()


def test_a_fact_is_corrected_with_a_reason_and_the_correction_undone(
    person: Person, cast: Cast, strategist: Client
) -> None:
    address = at(person, "corriger/region/")
    page = strategist.post(address, {"value": "11", "reason": ""})
    assert page.context["form"].errors.keys() == {"reason"}
    assert page.context["form"]["value"].value() == "11"
    strategist.post(address, {"value": "11", "reason": "Elle a déménagé."}, follow=True)
    page = strategist.get(at(person, "dit/"))
    assert "corrigé par Maude Gagnon" in page.content.decode()
    assert "Elle a déménagé." in page.content.decode()
    said = person.said.get()
    strategist.post(at(person, f"corrections/{said.pk}/annuler/"))
    person.refresh_from_db()
    assert person.region == "01"
    for theirs in ("own_words", "email", "limits", "password"):
        assert strategist.get(at(person, f"corriger/{theirs}/")).status_code == 404


def test_topics_languages_and_handles_have_forms_of_their_own(
    person: Person, cast: Cast, strategist: Client
) -> None:
    account = person.accounts.get()
    strategist.post(at(person, "corriger/topics/"), {"value": ["food"], "reason": "Dit."})
    strategist.post(at(person, "corriger/content_languages/"), {"value": ["en"], "reason": "Dit."})
    handle = at(person, f"corriger/handle/{account.pk}/")
    strategist.post(handle, {"value": "nouveau", "reason": "Déplacé."})
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.topics, person.content_languages) == (["food"], ["en"])
    assert account.handle == "nouveau"
    other = who_agreed(cast.programme)
    stray = at(other, f"corriger/handle/{account.pk}/")
    assert strategist.get(stray).status_code == 404


def test_a_note_is_written_changed_removed_and_put_back(
    person: Person, cast: Cast, strategist: Client
) -> None:
    assert "peut demander à la lire" in strategist.get(at(person, "notes/")).content.decode()
    strategist.post(at(person, "notes/"), {"text": "Préfère les appels."})
    note = Note.objects.get()
    colleague = signed_in(cast.owner)
    page = colleague.post(at(person, f"notes/{note.pk}/"), {"text": "Autre."})
    assert page.context["form"].non_field_errors()
    strategist.post(at(person, f"notes/{note.pk}/"), {"text": "Préfère les courriels."})
    colleague.post(at(person, f"notes/{note.pk}/retirer/"))
    assert "courriels." not in strategist.get(at(person, "notes/")).content.decode()
    colleague.post(at(person, f"notes/{note.pk}/remettre/"))
    page = strategist.get(at(person, "notes/"))
    assert "Préfère les courriels." in page.content.decode()
    stray = at(who_agreed(cast.programme), f"notes/{note.pk}/retirer/")
    assert strategist.post(stray).status_code == 404


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_file_is_served_to_this_team_alone_as_one_to_keep(
    person: Person, cast: Cast, strategist: Client, shelf: Path
) -> None:
    sent = SimpleUploadedFile("capture <b>.png", picture(), "text/html")
    strategist.post(at(person, "fichiers/"), {"file": sent, "why": "Envoyée par Camille"})
    kept = PersonFile.objects.get()
    answer = strategist.get(at(person, f"fichiers/{kept.key}/"))
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert set(Look.objects.values_list("what", flat=True)) == {"page", "file"}
    stranger = signed_in(cast.stranger)
    assert stranger.get(at(person, f"fichiers/{kept.key}/")).status_code == 404
    assert Client().get(f"/media/{kept.stored.name}").status_code == 404
    strategist.post(at(person, f"fichiers/{kept.key}/retirer/"))
    assert strategist.get(at(person, f"fichiers/{kept.key}/")).status_code == 404
    strategist.post(at(person, f"fichiers/{kept.key}/remettre/"))
    assert strategist.get(at(person, f"fichiers/{kept.key}/")).status_code == 200


def test_a_file_that_is_neither_keeps_what_was_typed(person: Person, strategist: Client) -> None:
    sent = SimpleUploadedFile("page.png", b"<html>", "image/png")
    page = strategist.post(at(person, "fichiers/"), {"file": sent, "why": "Envoyée"})
    assert page.context["form"].errors.keys() == {"file"}
    assert page.context["form"]["why"].value() == "Envoyée"
    assert not PersonFile.objects.exists()


def test_an_export_asks_a_job_to_note_whose_rows_left(
    person: Person, cast: Cast, strategist: Client
) -> None:
    strategist.get("/bureau/banque/exporter/")
    tasks = [job.task for job in OrmQ.objects.all()]
    noted = [task for task in tasks if task["func"].endswith("note_export")]
    day = timezone.localdate().isoformat()
    assert [task["args"] for task in noted] == [(cast.strategist.pk, [person.pk], day)]


def test_who_did_not_answer_stands_on_today_and_is_settled_by_asking(
    person: Person, cast: Cast, strategist: Client
) -> None:
    now = timezone.now()
    asked = StillTrue.objects.create(
        person=person, asked_at=now - timedelta(days=70), reminded_at=now - timedelta(days=40)
    )
    assert "N’a pas dit si c’est toujours" in strategist.get("/bureau/").content.decode()
    for section in ("", "dit/"):
        assert "Est-ce toujours" in strategist.get(at(person, section)).content.decode()
    strategist.post(at(person, "dit/toujours-vrai/"))
    assert yearly.open_question(person) is None
    assert "N’a pas dit si c’est toujours" not in strategist.get("/bureau/").content.decode()
    strategist.post(at(person, f"dit/toujours-vrai/{asked.pk}/annuler/"))
    assert yearly.open_question(person) == asked
    strategist.post(at(person, "pause/"))
    assert person.messages.filter(kind="break_proposed").count() == 1


def test_who_left_is_nowhere_but_in_counts(person: Person, strategist: Client) -> None:
    received(person)
    leaving.leave(person)
    page = strategist.get(at(person)).content.decode()
    assert "Cette personne est partie." in page
    for section in SECTIONS[1:]:
        assert strategist.get(at(person, section)).status_code == 404
    for path in ("/bureau/", "/bureau/banque/", "/bureau/banque/?q=camille", "/bureau/envois/"):
        assert "Ouellet" not in strategist.get(path).content.decode()


def test_the_head_of_the_page_says_until_when_somebody_sleeps(
    person: Person, strategist: Client
) -> None:
    take_break(person, until=timezone.localdate() + timedelta(days=40))
    day = date_format(timezone.localdate() + timedelta(days=40), "DATE_FORMAT")
    for section in ("", "accords/"):
        assert f"jusqu’au {day}" in strategist.get(at(person, section)).content.decode()


def test_who_asks_by_email_to_leave_is_hidden_at_once_and_told(
    cast: Cast, strategist: Client, person: Person
) -> None:
    address = f"/bureau/personnes/{person.key}/quitter/"
    asked = strategist.get(address)
    assert person.given_name in asked.content.decode()
    assert Person.objects.get(pk=person.pk).state == Person.State.MEMBER
    assert strategist.post(address).status_code == 302
    gone = Person.objects.get(pk=person.pk)
    assert (gone.state, gone.departure.sealed["email"]) == (Person.State.LEFT, person.email)
    entry = gone.timeline.get(verb="person_left")
    assert entry.by == cast.strategist
    assert Message.objects.get(kind="left").to == person.email
    assert signed_in(cast.stranger).get(address).status_code == 404


def test_an_assistant_does_not_take_somebody_out(cast: Cast, person: Person) -> None:
    signed_in(cast.assistant).post(f"/bureau/personnes/{person.key}/quitter/")
    assert Person.objects.get(pk=person.pk).state == Person.State.MEMBER
