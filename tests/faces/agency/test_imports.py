"""The pages of an import and of the complete copy, as the team goes through them."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proche.areas.imports import invitations, running
from proche.areas.imports.columns import guess
from proche.areas.imports.links import token_for
from proche.areas.imports.models import Basis, ImportBatch, Origin
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Block
from proche.areas.takeout import actions as takeouts
from proche.areas.takeout.models import Takeout
from proche.core.sheets import open_sheet, rows_of
from tests.areas.imports.lists import ANNE, LUC, as_csv, checked, imported, received, undone
from tests.cast import Cast, signed_in

IMPORTS, TAKEOUTS = "/bureau/importer/", "/bureau/emporter/"
ASKED = {
    "basis": "none", "source": "", "dated_on": "", "language": "fr", "region": "",
    "archetype": "consumer", "tag": "salon", "known": "complete", "doubtful": "leave_out",
}  # fmt: skip


def uploaded(client: Client, data: bytes, name: str = "liste.csv") -> Any:
    return client.post(IMPORTS, {"file": SimpleUploadedFile(name, data)})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def named(batch: ImportBatch) -> dict[str, str]:
    return {f"column_{place}": code for place, code in enumerate(batch.mapping)} | ASKED


def test_a_list_goes_from_its_file_to_the_bank_and_back(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    answer = uploaded(client, as_csv(ANNE, LUC, [*LUC[:2], "luc", *LUC[3:]]))
    batch = ImportBatch.objects.get()
    page = f"{IMPORTS}{batch.key}/"
    assert answer.headers["Location"] == page
    asked = text(client.get(page))
    assert "boulangère" in asked
    assert '<option value="account:instagram" selected>' in asked
    assert client.post(f"{page}colonnes/", named(batch)).headers["Location"] == page
    assert "hx-get" in text(client.get(page))
    running.go_on(batch.pk)
    shown = text(client.get(page))
    assert "Rien n’est encore écrit." in shown
    assert "Ce n’est pas un courriel" in text(client.get(f"{page}problemes/?code=email"))
    assert Person.objects.count() == 0
    client.post(f"{page}importer/")
    running.go_on(batch.pk)
    assert "La liste est dans la banque." in text(client.get(page))
    bank = text(client.get("/bureau/banque/?tag=salon"))
    assert "Anne Roy" in bank
    anne = Person.objects.get(email="anne@exemple.ca")
    assert "D’une liste, à confirmer" in text(client.get(f"/bureau/personnes/{anne.key}/"))
    assert "2 personnes partent" in text(client.get(f"{page}annuler/"))
    client.post(f"{page}annuler/")
    running.go_on(batch.pk)
    assert "Cet import est annulé." in text(client.get(page))
    assert Person.objects.count() == 0


def test_a_file_that_cannot_be_read_says_why_beside_its_field(cast: Cast) -> None:
    answer = uploaded(signed_in(cast.strategist), b"\x89PNG\x00\x01")
    assert answer.status_code == 200
    assert "ni un CSV ni un classeur XLSX" in text(answer)
    assert not ImportBatch.objects.exists()


def test_what_was_chosen_is_kept_when_the_columns_are_refused(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    batch = received(cast, as_csv(ANNE))
    sent = named(batch) | {"column_2": "", "basis": "consent", "source": "", "tag": "gardée"}
    answer = text(client.post(f"{IMPORTS}{batch.key}/colonnes/", sent))
    assert "Dites où" in answer
    assert "gardée" in answer
    sent |= {"source": "formulaire"}
    answer = text(client.post(f"{IMPORTS}{batch.key}/colonnes/", sent))
    assert "Donnez un jour" in answer
    sent |= {"dated_on": "2026-01-01"}
    answer = text(client.post(f"{IMPORTS}{batch.key}/colonnes/", sent))
    assert "Dites quelle colonne est\u00a0: Courriel." in answer
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.MAPPING


def test_the_rows_to_correct_are_a_file_that_imports_once_corrected(cast: Cast) -> None:
    client = signed_in(cast.strategist)
    wrong = [*ANNE[:3], "Lanaudère", "=Magog", *ANNE[5:]]
    batch = checked(received(cast, as_csv(LUC, wrong)))
    rest = client.get(f"{IMPORTS}{batch.key}/a-corriger/exporter/").content
    said = rest.decode("utf-8-sig")
    assert "Lanaudière" in said.splitlines()[1]
    assert len(said.strip().splitlines()) == 2
    assert "'=Magog" in said
    corrected = said.replace("Lanaudère", "Lanaudière").replace("'=Magog", "Magog")
    again = checked(received(cast, corrected.encode()))
    assert again.problems["codes"] == {}
    assert (again.foreseen["new"], again.foreseen["left_out"]) == (1, 0)
    problems = client.get(f"{IMPORTS}{batch.key}/problemes/exporter/").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(problems)))[1:]
    assert [(row, column, value) for row, column, value, *_said in lines] == [
        ("3", "Ville ou quartier", "'=Magog"),
        ("3", "Région", "Lanaudère"),
    ]


def test_the_empty_list_names_its_own_columns(cast: Cast) -> None:
    for language in ("fr", "en"):
        client = signed_in(cast.strategist)
        client.cookies["django_language"] = language
        data = client.get(f"{IMPORTS}modele/exporter/").content
        ((_number, header),) = rows_of(open_sheet(data))
        assert "" not in guess(header), (language, header, guess(header))


def addresses(cast: Cast) -> list[tuple[str, str]]:
    batch = imported(cast, as_csv(ANNE))
    takeout = takeouts.ask_for(cast.programme, kind="csv", language="fr", by=cast.owner)
    takeouts.make(takeout.pk)
    page, copy = f"{IMPORTS}{batch.key}/", f"{TAKEOUTS}{takeout.key}/"
    gets = [page, f"{page}colonnes/", f"{page}problemes/", f"{page}problemes/exporter/",
            f"{page}a-corriger/exporter/", f"{page}annuler/", f"{page}inviter/",
            f"{copy}progres/", f"{copy}exporter/"]  # fmt: skip
    posts = [f"{page}{verb}/" for verb in ("colonnes", "feuille", "importer", "reprendre",
             "laisser", "annuler", "inviter")]  # fmt: skip
    posts += [f"{copy}reprendre/", f"{copy}detruire/"]
    return [("get", one) for one in gets] + [("post", one) for one in posts]


def test_the_team_of_another_programme_finds_nothing(cast: Cast) -> None:
    stranger = signed_in(cast.stranger)
    answered = {
        (verb, one): getattr(stranger, verb)(one).status_code for verb, one in addresses(cast)
    }
    assert set(answered.values()) == {404}
    assert Person.objects.in_programme(cast.programme).count() == 1


def test_an_assistant_sees_but_neither_imports_nor_takes_everything(cast: Cast) -> None:
    assistant = signed_in(cast.assistant)
    verbs = [one for verb, one in addresses(cast) if verb == "post"]
    codes = {assistant.post(one).status_code for one in verbs}
    assert codes <= {403, 409, 400}
    assert text(assistant.get(IMPORTS)).count("liste.csv") == 1
    assert Takeout.objects.get().gone_at is None
    assert Person.objects.in_programme(cast.programme).count() == 1


def test_an_owner_takes_everything_and_it_is_written_down(cast: Cast) -> None:
    imported(cast, as_csv(ANNE))
    client = signed_in(cast.owner)
    client.post(TAKEOUTS, {"kind": "csv", "language": "en"})
    takeout = Takeout.objects.get()
    assert "hx-get" in text(client.get(TAKEOUTS))
    takeouts.make(takeout.pk)
    answer: Any = client.get(f"{TAKEOUTS}{takeout.key}/exporter/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert b"anne@exemple.ca" in archive.read("people.csv")
    page = text(client.get(TAKEOUTS))
    assert "Odile Fortin" in page
    client.post(f"{TAKEOUTS}{takeout.key}/detruire/")
    assert "fichier détruit" in text(client.get(TAKEOUTS))
    assert client.get(f"{TAKEOUTS}{takeout.key}/exporter/").status_code >= 400


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as heard:
        assert client.get(address).status_code == 200
    return len(heard)


@pytest.mark.parametrize("page", ["list", "checked", "problems", "done", "undone", "copies"])
def test_pages_ask_as_much_for_one_row_as_for_three(cast: Cast, page: str) -> None:
    client = signed_in(cast.owner)
    counts = [queries(client, address(cast, page, n)) for n in (1, 3)]
    assert counts[0] == counts[1] <= 15


def address(cast: Cast, page: str, n: int) -> str:
    rows = [[*ANNE[:2], f"{page}{n}{k}@exemple.ca", "Nulle part", *ANNE[4:]] for k in range(n)]
    if page == "list":
        for _each in range(n):
            received(cast, as_csv(ANNE))
        return IMPORTS
    if page == "copies":
        for _each in range(n):
            Takeout.objects.create(programme=cast.programme, by=cast.owner, kind="csv")
        return TAKEOUTS
    if page in ("checked", "problems"):
        batch = checked(received(cast, as_csv(*rows)))
        return f"{IMPORTS}{batch.key}/{'problemes/' if page == 'problems' else ''}"
    batch = imported(cast, as_csv(*rows), doubtful="without")
    if page == "undone":
        Person.objects.filter(imported_rows__batch=batch).update(state="asleep")
        undone(cast, batch)
    return f"{IMPORTS}{batch.key}/"


@pytest.fixture
def invited(cast: Cast) -> Origin:
    imported(cast, as_csv(ANNE), basis=Basis.CONSENT, source="salon", dated_on="2026-01-05")
    origin = Origin.objects.get()
    invitations.invite(origin)
    return origin


def test_an_imported_person_reads_what_is_held_and_joins(
    client: Client, invited: Origin, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    page = f"/inscription/liste/{token_for(invited)}/"
    with django_assert_max_num_queries(15):
        shown = text(client.get(page))
    assert "Magog" in shown
    assert "salon" in shown
    assert " checked" not in shown
    assert "Sans celui-ci" in text(client.post(page, {"adult": "on"}))
    joined = text(client.post(page, {"adult": "on", "bank": "on"}))
    assert "Vous y êtes" in joined
    assert [c.purpose for c in invited.person.consents.all()] == ["bank"]
    assert client.get(page).status_code >= 400


def test_the_french_words_come_first_for_whoever_reads_in_english(
    client: Client, invited: Origin
) -> None:
    client.cookies["django_language"] = "en"
    shown = text(client.get(f"/inscription/liste/{token_for(invited)}/"))
    assert shown.index("Vos accords, en français d’abord") < shown.index("one by one")


def test_an_imported_person_who_says_no_is_erased_and_not_brought_back(
    cast: Cast, client: Client, invited: Origin
) -> None:
    page = f"/inscription/liste/{token_for(invited)}/non/"
    assert client.get(page).status_code == 200
    assert Person.objects.get().email == "anne@exemple.ca"
    client.post(page)
    assert Person.objects.get().state == Person.State.LEFT
    assert Block.objects.count() == 1
    assert checked(received(cast, as_csv(ANNE))).problems["codes"] == {"refused": 1}
