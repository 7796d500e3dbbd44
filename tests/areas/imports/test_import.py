"""From a file to the bank and back: what is foreseen, written, refused and undone."""

import json
import os
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from proche.areas.campaigns.rules import refusals_for
from proche.areas.consent.models import Consent
from proche.areas.content.leaving import erase, leave
from proche.areas.content.own_data import own_data
from proche.areas.imports import actions, files, running
from proche.areas.imports.columns import Choices
from proche.areas.imports.models import FILE_DAYS, Basis, ColumnMemory, ImportBatch, Origin
from proche.areas.messages.rules import may_send
from proche.areas.people.actions import record, save_person
from proche.areas.people.models import Account, Person, Tag, TimelineEntry
from proche.areas.recruitment.marks import account_mark
from proche.areas.recruitment.models import Block
from proche.common.errors import Refusal
from proche.common.exports import plain_cell
from proche.faces.agency.bank_search import BankSearch
from tests.areas.imports.lists import (
    ANNE,
    LUC,
    as_csv,
    checked,
    imported,
    received,
    run,
    undone,
)
from tests.cast import Cast, make_cast
from tests.factories.brands import BriefFactory
from tests.factories.people import AccountFactory, PersonFactory

WRITTEN = (Person, Account, Tag, TimelineEntry, Origin, Consent)


def rows() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


def test_a_check_counts_and_tells_without_writing_anything(cast: Cast) -> None:
    PersonFactory.create(programme=cast.programme, email="LUC@exemple.ca", occupation="")
    before = rows()
    wrong = [*ANNE[:2], "pas un courriel", "Lanaudère", *ANNE[4:]]
    batch = checked(received(cast, as_csv(ANNE, LUC, wrong, ANNE)))
    assert batch.state == ImportBatch.State.CHECKED
    assert batch.foreseen == {"new": 1, "completed": 0, "unchanged": 1, "left_out": 2}
    told = [(p.row, p.column, p.code) for p in files.read_problems(batch)]
    assert told == [
        (3, "email", "in_bank"), (4, "email", "email"), (4, "region", "region"),
        (5, "email", "twice"),
    ]  # fmt: skip
    assert rows() == before


def test_an_import_does_what_its_check_foresaw(cast: Cast) -> None:
    batch = imported(cast, as_csv(ANNE, LUC))
    assert (batch.counts, batch.foreseen) == ({"new": 2, "completed": 0, "unchanged": 0,
                                               "left_out": 0},) * 2  # fmt: skip
    anne = Person.objects.get(email="anne@exemple.ca")
    assert (str(anne), anne.region, anne.city, anne.occupation, anne.state, anne.joined_at) == (
        "Anne Roy", "05", "Magog", "boulangère", "member", None,
    )  # fmt: skip
    assert [(a.platform, a.handle, a.followers, a.proof) for a in anne.accounts.all()] == [
        ("instagram", "anne.roy", 4200, "declared")
    ]
    assert [tag.name for tag in anne.tags.all()] == ["VIP"]
    assert [(e.verb, e.by, e.details["file"]) for e in anne.timeline.all()] == [
        ("imported", cast.strategist, "liste.csv")
    ]
    kept = anne.search_text
    assert save_person(anne).search_text == kept


def test_the_bank_in_memory_finds_whom_an_import_brings_and_loses_whom_it_takes_back(
    cast: Cast, client: Any
) -> None:
    def found(words: str) -> int:
        from django.http import QueryDict

        return len(BankSearch(cast.programme, QueryDict(f"q={words}")).people)

    assert found("magog") == 0
    batch = imported(cast, as_csv(ANNE, LUC), tag="salon 2026")
    assert found("magog") == found("anne.roy") == 1
    undone(cast, batch)
    assert found("magog") == 0


def test_imported_people_agreed_to_nothing_so_nothing_is_sent_or_shown(cast: Cast) -> None:
    imported(cast, as_csv(ANNE), basis=Basis.CONSENT, source="salon", dated_on="2026-01-05")
    anne = Person.objects.get(email="anne@exemple.ca")
    assert anne.consents.count() == 0
    brief = BriefFactory.create(brand__programme=cast.programme)
    assert set(refusals_for(brief, [anne])) == {anne.pk}
    assert not may_send("offer", anne)
    assert not may_send("team_letter", anne)
    assert (anne.origin.basis, anne.origin.source) == (Basis.CONSENT, "salon")
    assert [str(row["basis"]) for row in own_data(anne)["import"]] == ["consent"]
    assert mail.outbox == []


def test_a_column_of_allergies_is_counted_and_kept_out(cast: Cast) -> None:
    rows = as_csv(ANNE, LUC).decode("utf-8-sig").splitlines()
    told = [f"{rows[0]};Allergies", f"{rows[1]};zibeline", f"{rows[2]};"]
    batch = checked(received(cast, "\n".join(told).encode()))
    assert batch.mapping[-1] == "limits"
    assert batch.problems["codes"] == {"limits": 1}
    assert batch.foreseen["new"] == 2
    assert [(p.row, p.value) for p in files.read_problems(batch)] == [(2, "")]
    actions.start_import(batch, by=cast.strategist)
    run(batch)
    kept = [str(row) for model in (*WRITTEN, ImportBatch) for row in model.objects.values()]
    assert [row for row in kept if "zibeline" in row] == []
    assert Person.objects.filter(email="anne@exemple.ca").exists()


def test_a_basis_without_a_day_is_none(cast: Cast) -> None:
    imported(cast, as_csv(ANNE), basis=Basis.RELATION, source="contrat")
    assert Origin.objects.get().basis == Basis.NONE


def test_somebody_in_the_bank_is_completed_where_they_said_nothing_and_never_changed(
    cast: Cast,
) -> None:
    person = PersonFactory.create(
        programme=cast.programme, email="anne@exemple.ca", given_name="Annie", city="",
        occupation="pâtissière",
    )  # fmt: skip
    AccountFactory.create(person=person, platform="instagram", handle="annie", followers=10)
    batch = imported(cast, as_csv(ANNE))
    assert batch.counts == {"new": 0, "completed": 1, "unchanged": 0, "left_out": 0}
    person.refresh_from_db()
    assert (person.given_name, person.city, person.occupation) == ("Annie", "Magog", "pâtissière")
    assert [a.handle for a in person.accounts.all()] == ["annie"]
    assert [e.verb for e in person.timeline.all()] == ["import_completed"]
    assert not Origin.objects.exists()
    undone(cast, batch)
    person.refresh_from_db()
    assert (person.city, person.occupation, person.tags.count()) == ("", "pâtissière", 0)
    assert "magog" not in person.search_text


def test_people_in_the_bank_may_be_left_as_they_are(cast: Cast) -> None:
    PersonFactory.create(programme=cast.programme, email="anne@exemple.ca", city="")
    batch = checked(received(cast, as_csv(ANNE)), known="leave")
    assert batch.foreseen == {"new": 0, "completed": 0, "unchanged": 1, "left_out": 0}
    with pytest.raises(Refusal) as nothing:
        actions.start_import(batch, by=cast.strategist)
    assert nothing.value.code == "nothing_to_do"


def test_an_unreadable_optional_cell_leaves_the_row_or_the_cell_out(cast: Cast) -> None:
    doubtful = [*ANNE[:3], "Lanaudère", *ANNE[4:]]
    assert checked(received(cast, as_csv(doubtful))).foreseen["left_out"] == 1
    batch = imported(cast, as_csv(doubtful), doubtful="without", region="14")
    assert batch.counts["new"] == 1
    assert Person.objects.get(email="anne@exemple.ca").region == "14"


def test_who_refused_or_left_is_not_brought_back(cast: Cast) -> None:
    leaving = PersonFactory.create(programme=cast.programme, email="luc@exemple.ca")
    leave(leaving)
    trace = account_mark(cast.programme, "instagram", "anne.roy")
    Block.objects.create(programme=cast.programme, trace=trace)
    batch = checked(received(cast, as_csv(ANNE, LUC)))
    assert batch.foreseen["left_out"] == 2
    assert batch.problems["codes"] == {"refused": 2}
    PersonFactory.create(programme=cast.programme, email="luc2@exemple.ca", state="refused")
    again = checked(received(cast, as_csv([*LUC[:2], "luc2@exemple.ca", *LUC[3:]])))
    assert again.problems["codes"] == {"refused": 1}


def test_undo_removes_the_people_and_keeps_those_to_whom_something_happened(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    names = ["untouched", "written", "tagged", "changed", "account", "asleep"]
    people = [[name, "Roy", f"{name}@exemple.ca", "06", "", f"@{name}", "900", "", "salon"]
              for name in names]  # fmt: skip
    batch = imported(cast, as_csv(*people))
    found = {p.given_name: p for p in Person.objects.in_programme(cast.programme)}
    record(found["written"], "answers_changed")
    Tag.objects.create(programme=cast.programme, name="vu").people.add(found["tagged"])
    Person.objects.filter(pk=found["changed"].pk).update(city="Rimouski")
    Account.objects.filter(person=found["account"]).update(followers=901)
    Person.objects.filter(pk=found["asleep"].pk).update(state="asleep")
    with django_capture_on_commit_callbacks(execute=True):
        batch = undone(cast, batch)
    left = set(Person.objects.in_programme(cast.programme).values_list("email", flat=True))
    assert left == {f"{name}@exemple.ca" for name in names[1:]}
    assert (batch.state, batch.counts["removed"], batch.counts["kept"]) == ("undone", 1, 5)
    assert batch.rows.filter(kept=True).count() == 5
    assert not files.folder(batch).exists()


def test_any_row_about_a_person_in_any_area_keeps_them(cast: Cast) -> None:
    batch = imported(cast, as_csv(ANNE, LUC))
    anne = Person.objects.get(email="anne@exemple.ca")
    anne.messages.create(programme=cast.programme, kind="reply", language="fr", subject="s",
                         body="b", once_key="k")  # fmt: skip
    undone(cast, batch)
    assert [p.email for p in Person.objects.in_programme(cast.programme)] == ["anne@exemple.ca"]


def test_what_somebody_changed_since_a_completion_stays(cast: Cast) -> None:
    person = PersonFactory.create(programme=cast.programme, email="anne@exemple.ca", city="",
                                  occupation="")  # fmt: skip
    batch = imported(cast, as_csv(ANNE))
    Person.objects.filter(pk=person.pk).update(city="Sherbrooke")
    undone(cast, batch)
    person.refresh_from_db()
    assert (person.city, person.occupation) == ("Sherbrooke", "")
    assert [e.verb for e in person.timeline.all()] == ["import_undone", "import_completed"]


def test_an_import_that_is_delivered_again_does_nothing_twice(cast: Cast) -> None:
    batch = imported(cast, as_csv(ANNE, LUC))
    before = rows()
    running.go_on(batch.pk)
    run(batch)
    assert rows() == before
    with pytest.raises(Refusal) as moved:
        actions.start_import(batch, by=cast.strategist)
    assert moved.value.code == "moved_on"


def test_the_file_goes_after_the_import_but_for_the_rows_left_out(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = imported(cast, as_csv(ANNE, [*LUC[:2], "", *LUC[3:]]))
    assert not files.source(batch).exists()
    assert [cells[0] for (_n, cells), _next in files.read_rows(batch)] == ["Luc"]
    old = timezone.now() - timedelta(days=FILE_DAYS, hours=1)
    assert actions.destroy_old_files() == 0
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=old)
    assert actions.destroy_old_files() == 1
    assert not files.folder(batch).exists()
    batch.refresh_from_db()
    assert batch.files_gone_at is not None
    assert actions.destroy_old_files() == 0


def test_the_folder_of_a_batch_that_is_gone_goes_after_an_hour(cast: Cast) -> None:
    gone, there = received(cast, as_csv(ANNE)), received(cast, as_csv(LUC))
    folder = files.folder(gone)
    ImportBatch.objects.filter(pk=gone.pk).delete()
    actions.destroy_old_files()
    assert folder.exists()
    os.utime(folder, (0, 0))
    os.utime(files.folder(there), (0, 0))
    actions.destroy_old_files()
    assert (folder.exists(), files.folder(there).exists()) == (False, True)


def test_columns_are_remembered_for_the_same_headings_of_the_same_programme(cast: Cast) -> None:
    batch = received(cast, as_csv(ANNE))
    batch.mapping[batch.header.index("Métier")] = ""
    checked(batch, region="06", dated_on="2026-01-01", tag="une fois")
    again = received(cast, as_csv(LUC))
    assert again.mapping[again.header.index("Métier")] == ""
    assert (again.choices["region"], again.choices["dated_on"]) == ("06", "")
    assert again.choices["tag"] == ""
    other = make_cast()
    assert received(other, as_csv(LUC)).mapping[again.header.index("Métier")] == "occupation"
    assert ColumnMemory.objects.count() == 1


def test_columns_that_lack_a_name_or_say_the_same_twice_are_refused(cast: Cast) -> None:
    batch = received(cast, as_csv(ANNE))
    for mapping, code in (
        (["", "family_name", "email"], "column_missing"),
        (["given_name", "family_name", "email", "city", "city"], "column_twice"),
    ):
        with pytest.raises(Refusal) as refused:
            actions.start_check(batch, mapping, Choices())
        assert refused.value.code == code


def test_a_workbook_lets_one_choose_its_sheet(cast: Cast) -> None:
    import io

    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("Notes").write_column(0, 0, ["Vieille liste", "à ne pas lire"])
        sheet = book.add_worksheet("Membres")
        sheet.write_row(0, 0, ["Prénom", "Nom", "Courriel", "Abonnés Instagram", "Instagram"])
        sheet.write_row(1, 0, ["Anne", "Roy", "anne@exemple.ca", 4200, "anne"])
    batch = received(cast, held.getvalue(), "liste.xlsx")
    assert (batch.sheets, batch.sheet, batch.total) == (["Notes", "Membres"], "Notes", 1)
    actions.choose_sheet(batch, "Membres")
    batch = checked(batch)
    actions.start_import(batch, by=cast.strategist)
    run(batch)
    assert Account.objects.get().followers == 4200


def test_nothing_of_a_refused_file_stays(cast: Cast, settings: Any) -> None:
    from pathlib import Path

    for data in (b"", b"seule,rangee\n", b"\x89PNG\x00\x00"):
        with pytest.raises(Refusal):
            received(cast, data)
    folder = Path(settings.MEDIA_ROOT) / "imports"
    kept = {batch.key for batch in ImportBatch.objects.all()}
    assert {path.name for path in folder.iterdir() if path.name in kept} == set()
    assert not ImportBatch.objects.exists()


def test_leaving_erases_the_note_of_the_list(cast: Cast) -> None:
    held = as_csv(ANNE).decode("utf-8-sig").replace("Métier", "Notes").encode()
    batch = imported(cast, held)
    anne = Person.objects.get(email="anne@exemple.ca")
    assert anne.origin.note == "boulangère"
    erase(anne)
    anne.origin.refresh_from_db()
    assert (anne.origin.note, batch.rows.count()) == ("", 0)


def test_traces_of_an_import_hold_no_value_that_was_written(cast: Cast) -> None:
    batch = imported(cast, as_csv(ANNE))
    said = json.dumps([[row.marks, row.accounts] for row in batch.rows.all()])
    assert not [word for word in ("Anne", "Roy", "exemple", "Magog", "4200") if word in said]


# Text that a spreadsheet could take for something else, and accents, quotes and separators.
WORDS = st.text(st.sampled_from("=+-@'\"éÀ;,\t a1ß’"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
NAMES = WORDS.filter(lambda text: text.casefold() not in {"", "-"})


class ReadingBack(TestCase):
    @given(name=NAMES, city=NAMES, separator=st.sampled_from(";,\t"))
    @settings(max_examples=60)
    def test_what_an_export_writes_an_import_reads_back(
        self, name: str, city: str, separator: str
    ) -> None:
        """Cells that would run are kept from running, and are the same text again."""
        cells = [plain_cell(text) for text in (name, "Roy", "a@exemple.ca", "06", city)]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        cast = make_cast()
        data = as_csv([*cells, "", "", "", ""], separator=separator)
        imported(cast, data)
        person = Person.objects.get(programme=cast.programme)
        assert (person.given_name, person.city) == (name, city)
