"""Everything in one file: complete, safe to open, described, and destroyed in time."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone, translation

from proche.areas.content.proofs import image_key
from proche.areas.imports import actions as imports
from proche.areas.people.actions import record
from proche.areas.people.kept import file_key
from proche.areas.people.models import Person, Tag, new_key
from proche.areas.people.papers import keep_file
from proche.areas.takeout import actions
from proche.areas.takeout.headings import description, headings
from proche.areas.takeout.models import FILE_DAYS, Takeout
from proche.areas.takeout.rules import may_take_everything
from proche.areas.takeout.tables import TABLES
from proche.common.errors import Refusal
from proche.common.exports import plain_cell
from proche.core.sheets import open_sheet, rows_of
from tests.areas.imports.lists import checked, received, run
from tests.cast import Cast, make_cast
from tests.factories.brands import BrandFactory
from tests.factories.people import AccountFactory, PersonFactory, consenting

PDF = b"%PDF-1.4\n%%EOF"
# Tables that are no fact of the agency: settings of the page, secrets, traces, the work of jobs.
LEFT_BEHIND = {
    "accounts.User", "accounts.Programme", "people.BankChange", "people.BankView",
    "people.BankTable", "people.TagAct", "people.Tag", "consent.ConsentText",
    "programme_messages.TeamLetter", "evidence.AudienceSample", "evidence.BankNorms",
    "evidence.ProgrammeThresholds", "evidence.RefreshRun", "recruitment.HandleDuties",
    "recruitment.PartnerLink", "recruitment.Nomination", "recruitment.Supporter",
    "recruitment.Attempt", "recruitment.Block", "imports.ImportedRow", "imports.ColumnMemory",
    "matching.Shortlist", "matching.EveryPart", "matching.RankingRun", "matching.Roster",
    "campaigns.Campaign", "campaigns.WavePlan",
    "events.CheckIn", "impact.SetAside", "takeout.Takeout", "people.Departure",
    "people.DuplicatePair", "people.Merge", "people.Comparing", "recruitment.Draft",
    "content.PublicChecks", "content.TimeStamp", "content.Connection", "content.ProofAnswer",
    "content.ProofThread",
    "incidents.Incident",
}  # fmt: skip


def made(cast: Cast, kind: str, language: str = "fr") -> Path:
    takeout = actions.ask_for(cast.programme, kind=kind, language=language, by=cast.owner)
    actions.make(takeout.pk)
    return actions.take(takeout_now(takeout), by=cast.owner)


def takeout_now(takeout: Takeout) -> Takeout:
    found: Takeout = Takeout.objects.get(pk=takeout.pk)
    return found


def csv_of(path: Path, name: str) -> list[list[str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


@pytest.fixture
def somebody(cast: Cast) -> Person:
    person: Person = PersonFactory.create(
        programme=cast.programme, given_name="=HYPERLINK(1)", family_name="Émond", region="11",
        email="e@exemple.ca", topics=["hair"],
    )  # fmt: skip
    AccountFactory.create(person=person, platform="instagram", handle="emond", followers=812)
    AccountFactory.create(person=person, platform="tiktok", handle="emond.t", followers=None)
    Tag.objects.create(programme=cast.programme, name="+1").people.add(person)
    consenting(person)
    record(person, "person_applied")
    PersonFactory.create(programme=make_cast().programme, email="ailleurs@exemple.ca")
    return person


def test_every_table_of_the_project_leaves_or_is_left_behind_on_purpose() -> None:
    ours = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("proche.areas")
    }
    leaving = {table.model for table in TABLES if table.model != "people.Tag_people"}
    assert ours - leaving == LEFT_BEHIND
    assert leaving - ours == set()


def test_the_csv_holds_the_people_of_the_programme_and_nothing_that_runs(
    cast: Cast, somebody: Person
) -> None:
    path = made(cast, "csv")
    head, *rows = csv_of(path, "personnes.csv")
    assert head[:6] == ["Clé", "Prénom", "Nom de famille", "Courriel", "Langue", "Région"]
    (row,) = rows
    told = dict(zip(head, row, strict=True))
    assert told["Prénom"] == "'=HYPERLINK(1)"
    assert told["Région"] == "Gaspésie–Îles-de-la-Madeleine"
    assert told["Comptes"] == "instagram:emond=812; tiktok:emond.t"
    assert told["Étiquettes"] == "'+1"
    assert told["Clé"] == somebody.key
    assert len(csv_of(path, "consentements.csv")) == 1 + somebody.consents.count()
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == len(TABLES) + 1
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8-sig")
            assert "ailleurs@exemple.ca" not in text
            for cells in csv.reader(io.StringIO(text)):
                assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_rivals_of_a_brand_leave_with_it(cast: Cast) -> None:
    first, second, alone = (
        BrandFactory.create(programme=cast.programme, name=name) for name in ("Un", "Deux", "Trois")
    )
    first.rivals.add(second)
    head, *rows = csv_of(made(cast, "csv"), "marques.csv")
    told = {row[head.index("Nom")]: row[head.index("Rivales")] for row in rows}
    assert told == {"Un": "Deux", "Deux": "Un", alone.name: ""}


def test_the_workbook_holds_a_sheet_for_each_table_in_the_language_asked(
    cast: Cast, somebody: Person
) -> None:
    opened = open_sheet(made(cast, "xlsx", "en").read_bytes())
    assert opened.sheets[:3] == ("Columns", "People", "Accounts")
    assert len(opened.sheets) == len(TABLES) + 1
    head, row = (cells for _number, cells in rows_of(opened, "People"))
    assert dict(zip(head, row, strict=False))["Given name"] == "'=HYPERLINK(1)"
    _head, *accounts = (cells for _number, cells in rows_of(opened, "Accounts"))
    assert [cells[1:4] for cells in accounts] == [
        ["Instagram", "emond", "812"],
        ["TikTok", "emond.t", ""],
    ]


def test_the_json_holds_codes_and_numbers_for_programs(cast: Cast, somebody: Person) -> None:
    with zipfile.ZipFile(made(cast, "json")) as archive:
        (person,) = json.loads(archive.read("people.json"))
        assert (person["given_name"], person["region"], person["topics"]) == (
            "=HYPERLINK(1)", "11", ["hair"],
        )  # fmt: skip
        assert [a["followers"] for a in json.loads(archive.read("accounts.json"))] == [812, None]
        assert json.loads(archive.read("briefs.json")) == []
        described = json.loads(archive.read("columns.json"))
    assert {one["column"] for one in described} >= set(person)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_has_a_heading_of_its_own_and_says_what_it_holds(language: str) -> None:
    with translation.override(language):
        for table in TABLES:
            named = headings(table)
            assert len(set(named)) == len(named), table.name
        assert all(all(line) for line in description())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_taken_away_is_brought_in_again_as_it_was(
    cast: Cast, somebody: Person, language: str
) -> None:
    path = made(cast, "csv", language)
    name = "personnes.csv" if language == "fr" else "people.csv"
    with zipfile.ZipFile(path) as archive:
        data = archive.read(name)
    other = make_cast()
    batch = received(other, data)
    assert {"given_name", "family_name", "email", "accounts", "tags"} <= set(batch.mapping)
    batch = checked(batch)
    assert (batch.foreseen["new"], batch.problems["codes"]) == (1, {})
    imports.start_import(batch, by=other.owner)
    run(batch)
    back = Person.objects.get(programme=other.programme)
    same = ("given_name", "family_name", "email", "language", "region", "city", "archetype",
            "occupation", "topics", "content_languages", "tries_products")  # fmt: skip
    assert {n: getattr(back, n) for n in same} == {n: getattr(somebody, n) for n in same}
    facts = [(a.platform, a.handle, a.followers) for a in back.accounts.order_by("pk")]
    assert facts == [("instagram", "emond", 812), ("tiktok", "emond.t", None)]
    assert [tag.name for tag in back.tags.all()] == ["+1"]


def test_what_keeps_formulas_out_of_a_sheet_changes_no_key() -> None:
    """One key in 64 began with a hyphen, and left with a quotation mark before it."""
    for make in (new_key, file_key, image_key):
        assert [key for key in (make() for _ in range(999)) if plain_cell(key) != key] == []


def test_pages_of_a_table_hold_every_row_once(cast: Cast, monkeypatch: Any) -> None:
    from proche.areas.takeout import tables

    people = PersonFactory.create_batch(7, programme=cast.programme)
    monkeypatch.setattr(tables, "PAGE", 3)
    keys = [row[0] for row in TABLES[0].rows(cast.programme)]
    assert keys == [person.key for person in people]


def test_the_file_is_made_once_written_down_and_destroyed_in_time(
    cast: Cast, somebody: Person
) -> None:
    path = made(cast, "csv")
    takeout = Takeout.objects.get()
    assert (takeout.by, takeout.taken_by, takeout.done) == (cast.owner, cast.owner, takeout.total)
    before = path.stat().st_mtime_ns
    actions.make(takeout.pk)
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in path.parent.iterdir()] == ["proche.zip"]
    assert actions.destroy_old_files() == 0
    old = timezone.now() - timedelta(days=FILE_DAYS, hours=1)
    Takeout.objects.update(asked_at=old)
    assert actions.destroy_old_files() == 1
    assert not path.exists()
    with pytest.raises(Refusal) as gone:
        actions.take(takeout_now(takeout), by=cast.owner)
    assert gone.value.code == "file_gone"


def test_a_second_export_waits_for_the_first(cast: Cast) -> None:
    actions.ask_for(cast.programme, kind="csv", language="fr", by=cast.owner)
    with pytest.raises(Refusal) as under_way:
        actions.ask_for(cast.programme, kind="csv", language="fr", by=cast.owner)
    assert under_way.value.code == "under_way"


def test_only_an_owner_takes_everything(cast: Cast) -> None:
    team = (cast.owner, cast.strategist, cast.assistant, cast.stranger)
    assert [may_take_everything(one, cast.programme) for one in team] == [True, *[False] * 3]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_files_of_people_leave_with_their_bytes_but_not_those_removed(
    cast: Cast, somebody: Person, kind: str, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    kept, gone = (
        keep_file(somebody, PDF, name=f"Carte {n}.pdf", why="Reçue", by=cast.owner) for n in (1, 2)
    )
    gone.removed_at = timezone.now()
    gone.save()
    with zipfile.ZipFile(made(cast, kind)) as archive:
        papers = [name for name in archive.namelist() if name.startswith("fichiers/")]
        assert papers == [f"fichiers/{kept.key}-carte-1.pdf"]
        assert archive.read(papers[0]).startswith(b"%PDF-1.4")
