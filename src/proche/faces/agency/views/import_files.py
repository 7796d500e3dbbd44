"""Files about an import: what is wrong, the rows to correct, an empty list to fill."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from proche.areas.imports.columns import COLUMNS
from proche.areas.imports.files import read_problems, read_rows
from proche.areas.imports.models import ImportBatch
from proche.areas.imports.problems import Problem
from proche.common.choices import Platform
from proche.common.errors import Refusal
from proche.common.exports import csv_response, file_response
from proche.faces.agency.access import StaffRequest, workspace

EMPTY_LIST = (
    "given_name", "family_name", "email", "language", "region", "city", "archetype", "occupation",
    "topics", f"account:{Platform.INSTAGRAM}", f"followers:{Platform.INSTAGRAM}",
    f"account:{Platform.TIKTOK}", f"followers:{Platform.TIKTOK}", "tags", "note", "dated_on",
)  # fmt: skip


def _batch(request: StaffRequest, key: str) -> ImportBatch:
    batches = ImportBatch.objects.for_actor(request.user).in_programme(request.programme)
    found: ImportBatch = get_object_or_404(batches, key=key)
    if found.files_gone_at:
        raise Refusal(_("The file of this import is destroyed."), code="file_gone")
    return found


@workspace
def problems(request: StaffRequest, key: str) -> HttpResponse:
    columns = [_("Row"), _("Column"), _("Value"), _("What is wrong"), _("What to do")]
    rows = (_cells(one) for one in read_problems(_batch(request, key)))
    return csv_response(_("problems"), columns, rows)


def _cells(problem: Problem) -> list[Any]:
    remedy = f"{problem.kind.remedy} {problem.hint}".strip()
    return [problem.row, str(problem.column_label), problem.value, str(problem.kind.label), remedy]


@workspace
def to_correct(request: StaffRequest, key: str) -> HttpResponse:
    """The rows left out, as they came, with what to correct: once corrected, a file to import."""
    batch = _batch(request, key)
    wrong: dict[int, list[str]] = defaultdict(list)
    for problem in read_problems(batch):
        if not problem.kind.told:
            said = f"{problem.column_label}{_(': ')}{problem.kind.label}. {_cells(problem)[-1]}"
            wrong[problem.row].append(said)
    headings = [heading or f"({place})" for place, heading in enumerate(batch.header, 1)]
    columns = [_("To correct"), *headings]
    return csv_response(_("rows-to-correct"), columns, _rows(batch, wrong))


def _rows(batch: ImportBatch, wrong: dict[int, list[str]]) -> Iterator[list[Any]]:
    width = len(batch.header)
    for (number, cells), _next in read_rows(batch):
        if number in wrong:
            yield [" ".join(wrong[number]), *cells, *[""] * (width - len(cells))]


@workspace
def empty_list(request: StaffRequest) -> HttpResponse:
    """Headings that an import names by itself, in the language of the reader."""
    headings = [str(COLUMNS[code].label) for code in EMPTY_LIST]
    return file_response(_("list-to-fill"), "xlsx", headings, [])
