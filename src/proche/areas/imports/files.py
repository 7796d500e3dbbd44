"""The folder of a batch: the file as sent, its rows one a line, what is wrong with them.

They hold people the programme may not keep: destroyed at the end of the import but for the rows
left out, at its undoing, and in any case after FILE_DAYS."""

import json
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from proche.areas.imports.models import ImportBatch
from proche.areas.imports.problems import Problem
from proche.core.sheets import Row


def folder(batch: ImportBatch) -> Path:
    return Path(settings.MEDIA_ROOT) / "imports" / batch.key


def source(batch: ImportBatch) -> Path:
    return folder(batch) / "source"


def rows_file(batch: ImportBatch) -> Path:
    return folder(batch) / "rows.jsonl"


def problems_file(batch: ImportBatch) -> Path:
    return folder(batch) / "problems.jsonl"


def line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_rows(batch: ImportBatch, place: int = 0) -> Iterator[tuple[Row, int]]:
    """Each row from a place in the file on, with the place where the next begins."""
    with rows_file(batch).open("rb") as held:
        held.seek(place)
        while said := held.readline():
            number, cells = json.loads(said)
            yield (number, cells), held.tell()


def read_problems(batch: ImportBatch) -> Iterator[Problem]:
    """In the order of the rows; nothing where the file is gone."""
    try:
        with problems_file(batch).open("rb") as held:
            for said in held:
                yield Problem(*json.loads(said))
    except FileNotFoundError:
        return


def append_problems(batch: ImportBatch, problems: list[Problem], size: int) -> int:
    """Write after the first `size` bytes, for a job cut before it said how far it was; the size
    that it has then."""
    path = problems_file(batch)
    with path.open("r+b" if path.exists() else "w+b") as held:
        held.seek(size)
        held.truncate()
        held.writelines(line(problem.kept()) for problem in problems)
        return held.tell()


def keep_left_out_only(batch: ImportBatch) -> None:
    """After an import, of the file only the rows with something to correct stay."""
    stopped = {one.row for one in read_problems(batch) if not one.kind.told}
    kept = rows_file(batch).with_suffix(".kept")
    with kept.open("wb") as held:
        for (number, cells), _next in read_rows(batch):
            if number in stopped:
                held.write(line([number, cells]))
    kept.replace(rows_file(batch))
    source(batch).unlink(missing_ok=True)


def destroy(batch: ImportBatch) -> None:
    shutil.rmtree(folder(batch), ignore_errors=True)


def destroy_strays(name: str, known: Iterable[str]) -> None:
    """Folders whose row is gone, as when a whole programme is removed; those of the last hour may
    be of a file that is just coming in."""
    root, kept = Path(settings.MEDIA_ROOT) / name, set(known)
    before = time.time() - 3_600
    for one in root.iterdir() if root.is_dir() else ():
        if one.name not in kept and one.stat().st_mtime < before:
            shutil.rmtree(one, ignore_errors=True)
