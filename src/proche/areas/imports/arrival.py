"""A file comes in: read once, within limits, and laid down row by row for what follows."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.imports import files
from proche.areas.imports.columns import Choices, guess, heading_row, signature_of
from proche.areas.imports.models import ColumnMemory, ImportBatch
from proche.common.errors import Refusal
from proche.common.words import sentence
from proche.core.results import InputRefused
from proche.core.sheets import LIMITS, Row, open_sheet, rows_of

State = ImportBatch.State
EXAMPLES = 3
# Headings are looked for among so many first rows.
FIRST_ROWS = 10
LONGEST_CELL = 5_000


def receive(programme: Programme, name: str, data: bytes, *, by: User) -> ImportBatch:
    """Keep the file as a batch, its columns guessed. Raises Refusal where it cannot be read."""
    batch = ImportBatch(programme=programme, by=by, file_name=name[-120:] or "?")
    try:
        opened = open_sheet(data)
        files.folder(batch).mkdir(parents=True, exist_ok=True)
        files.source(batch).write_bytes(data)
        batch.sheets = list(opened.sheets)
        _lay_down(batch, opened.sheets[0] if opened.sheets else "", rows_of(opened))
    except InputRefused as wrong:
        files.destroy(batch)
        raise _refusal(wrong) from wrong
    except BaseException:
        files.destroy(batch)
        raise
    batch.save()
    return batch


def choose_sheet(batch: ImportBatch, sheet: str) -> None:
    """Read another sheet of the same workbook instead."""
    if sheet not in batch.sheets:
        raise Refusal(_("This workbook has no such sheet."), code="no_such_sheet", field="sheet")
    if batch.state not in (State.MAPPING, State.CHECKED):
        raise Refusal(_("This import has begun already."), code="begun")
    try:
        opened = open_sheet(files.source(batch).read_bytes())
        _lay_down(batch, sheet, rows_of(opened, sheet))
    except InputRefused as wrong:
        raise _refusal(wrong) from wrong
    batch.state = State.MAPPING
    batch.save()


def _refusal(wrong: InputRefused) -> Refusal:
    return Refusal(sentence(wrong.sentence), code=wrong.sentence.code, field="file")


def _lay_down(batch: ImportBatch, sheet: str, rows: Iterable[Row]) -> None:
    following = iter(rows)
    first = list(islice(following, FIRST_ROWS))
    if len(first) < 2:
        raise Refusal(
            _("There is no row under the headings. Choose another sheet, or another file."),
            code="no_rows",
            field="file",
        )
    at = heading_row(first)
    header = [cell[:120] for cell in first[at][1]]
    total, width = 0, len(header)
    examples: list[list[str]] = [[] for _cell in header]
    fresh = files.rows_file(batch).with_suffix(".new")
    with fresh.open("wb") as held:
        for number, cells in chain(first[at + 1 :], following):
            total, width = total + 1, max(width, len(cells))
            _take_examples(examples, cells)
            held.write(files.line([number, [cell[:LONGEST_CELL] for cell in cells]]))
    if total > LIMITS.rows:
        raise Refusal(
            _("More than %(most)s rows. Split the file.") % {"most": LIMITS.rows},
            code="too_many_rows",
            field="file",
        )
    if not total:
        raise Refusal(
            _("There is no row under the headings. Choose another sheet, or another file."),
            code="no_rows",
            field="file",
        )
    fresh.replace(files.rows_file(batch))
    # Cells beyond the last heading are columns without a name.
    batch.header = header + [""] * (width - len(header))
    # Words of allergies and diets are kept out, of the examples too.
    meant = guess(header)
    batch.examples = [
        [] if column < len(meant) and meant[column] == "limits" else said
        for column, said in enumerate(examples)
    ]
    batch.sheet, batch.total = sheet, total
    _remember_or_guess(batch)


def _take_examples(examples: list[list[str]], cells: list[str]) -> None:
    examples += [[] for _more in range(len(cells) - len(examples))]
    for column, cell in zip(examples, cells, strict=False):
        if cell and len(column) < EXAMPLES and cell[:60] not in column:
            column.append(cell[:60])


def _remember_or_guess(batch: ImportBatch) -> None:
    memory = ColumnMemory.objects.filter(
        programme=batch.programme, signature=signature_of(batch.header)
    ).first()
    if memory is not None and len(memory.mapping) == len(batch.header):
        batch.mapping, batch.choices = memory.mapping, memory.choices
        return
    batch.mapping = guess(batch.header)
    tag = _("import %(date)s") % {"date": timezone.localdate().isoformat()}
    batch.choices = Choices(tag=str(tag)).kept()


@transaction.atomic
def remember(batch: ImportBatch) -> None:
    """For the next file with these headings; what is said of this list alone is not kept."""
    kept: dict[str, Any] = Choices.of(batch.choices).kept() | {"dated_on": "", "tag": ""}
    ColumnMemory.objects.update_or_create(
        programme=batch.programme,
        signature=signature_of(batch.header),
        defaults={"mapping": batch.mapping, "choices": kept},
    )
