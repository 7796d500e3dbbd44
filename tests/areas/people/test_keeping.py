"""Notes, files and looks: what is kept, what is refused, what time destroys."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from proche.areas.people import looks, notes, papers
from proche.areas.people.kept import Look, Note, PersonFile
from proche.areas.people.models import Person
from proche.areas.people.tasks import forget_what_is_old, note_export
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.people import PersonFactory

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"


@pytest.fixture
def person(cast: Cast) -> Person:
    return PersonFactory.create(programme=cast.programme)


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def with_place() -> bytes:
    """A photograph that says where it was taken, with a second file behind it."""
    exif = Image.Exif()
    exif[0x010E] = "48.4488, -68.5239"
    return photo(exif=exif) + b"<script>alert(1)</script>"


def test_an_image_keeps_its_pixels_and_nothing_else(
    person: Person, cast: Cast, shelf: Path
) -> None:
    sent = with_place()
    assert b"48.4488" in sent
    kept = papers.keep_file(person, sent, name="plage.pdf", why="Envoyée", by=cast.owner)
    stored = kept.stored.read()
    assert (kept.kind, kept.name, b"48.4488" in stored) == ("image/jpeg", "plage.pdf", False)
    assert b"<script>" not in stored
    assert Path(kept.stored.path).suffix == ".jpg"
    assert Image.open(BytesIO(stored)).size == (60, 40)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"MZ\x90\x00 not an image", "file_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_unreadable"),
        (photo("PNG", (6000, 6000)), "file_pixels"),
        (PDF[:-7], "pdf_cut"),
        (PDF.replace(b"/Catalog", b"/Catalog /JavaScript (x)"), "pdf_acts"),
        (b"%PDF-" + b"0" * papers.MOST_BYTES, "file_heavy"),
        (photo()[:200], "file_unreadable"),
    ],
)
def test_what_is_neither_a_whole_image_nor_a_still_pdf_is_refused_and_leaves_nothing(
    person: Person, cast: Cast, shelf: Path, sent: bytes, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        papers.keep_file(person, sent, name="x", why="y", by=cast.owner)
    assert refused.value.code == code
    assert (PersonFile.objects.count(), list(shelf.rglob("*.*"))) == (0, [])


def test_a_removed_file_comes_back_for_thirty_days_then_its_bytes_are_gone(
    person: Person, cast: Cast, shelf: Path
) -> None:
    kept = papers.keep_file(person, PDF, name="entente", why="Signée", by=cast.owner)
    path = Path(kept.stored.path)
    papers.remove_file(kept, by=cast.owner)
    forget_what_is_old()
    papers.put_file_back(kept, by=cast.owner)
    assert path.read_bytes() == PDF
    papers.remove_file(kept, by=cast.owner)
    PersonFile.objects.update(removed_at=timezone.now() - timedelta(days=31))
    forget_what_is_old()
    assert (path.exists(), PersonFile.objects.exists()) == (False, False)


def test_a_note_is_changed_by_its_author_alone_and_removed_with_an_undo(
    person: Person, cast: Cast
) -> None:
    note = notes.write_note(person, " Rappeler lundi. ", by=cast.assistant)
    with pytest.raises(Refusal) as refused:
        notes.change_note(note, "Rappeler mardi.", by=cast.owner)
    assert refused.value.code == "not_your_note"
    changed = notes.change_note(note, "Rappeler mardi.", by=cast.assistant)
    assert (changed.text, changed.edited_at is not None) == ("Rappeler mardi.", True)
    notes.remove_note(note, by=cast.owner)
    with pytest.raises(Refusal):
        notes.change_note(note, "Non.", by=cast.assistant)
    notes.put_note_back(note, by=cast.owner)
    notes.remove_note(note, by=cast.owner)
    Note.objects.update(removed_at=timezone.now() - timedelta(days=31))
    forget_what_is_old()
    assert not Note.objects.exists()
    # The story says that there was a note, not what it said.
    assert "lundi" not in str(list(person.timeline.values()))


def test_a_second_look_of_the_day_writes_nothing(person: Person, cast: Cast) -> None:
    looks.looked(person, by=cast.owner)
    with CaptureQueriesContext(connection) as asked:
        looks.looked(person, by=cast.owner)
    assert [one["sql"].split()[0] for one in asked] == ["SELECT"]
    looks.looked(person, by=cast.owner, what="file")
    looks.looked(person, by=cast.assistant)
    assert Look.objects.count() == 3


def test_an_export_is_noted_once_for_each_who_is_still_there(cast: Cast) -> None:
    people = [PersonFactory.create(programme=cast.programme) for _ in range(3)]
    Person.objects.filter(pk=people[0].pk).update(state="left")
    for _twice in range(2):
        note_export(cast.owner.pk, [one.pk for one in people] + [999_999], "2026-05-01")
    assert Look.objects.filter(user=cast.owner, what="export").count() == 2


def test_looks_are_kept_for_two_years(person: Person, cast: Cast) -> None:
    looks.looked(person, by=cast.owner)
    today = timezone.localdate()
    Look.objects.update(day=today - timedelta(days=730))
    forget_what_is_old()
    assert Look.objects.exists()
    Look.objects.update(day=today - timedelta(days=732))
    forget_what_is_old()
    assert not Look.objects.exists()
