"""From a results table to observations, with every problem named by row and column."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from proche.core.impact import problems as say
from proche.core.impact.cells import Cells, Table
from proche.core.impact.figures import NBSP
from proche.core.impact.model import Observation
from proche.core.impact.problems import Problem
from proche.core.impact.records import MOST_BYTES, BrokenRow, Records, read_records
from proche.core.results import InputRefused, Sentence

MOST_PROBLEMS = 20
REQUIRED = ("unit", "arm", "outcome")
COLUMNS = ("unit", "arm", "period", "date", "outcome", "exposure", "cost")
# The words a French-speaking team writes at the head of its own table.
FRENCH_COLUMNS = {
    "unité": "unit", "groupe": "arm", "période": "period", "résultat": "outcome",
    "exposition": "exposure", "coût": "cost",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read, and the first problems; any problem means nothing may be measured."""

    name: str
    observations: tuple[Observation, ...] = ()
    problems: tuple[Problem, ...] = ()
    more: bool = False

    def accepted(self) -> tuple[Observation, ...]:
        """Raises InputRefused with one line: file, row, column and what to do."""
        if not self.problems:
            return self.observations
        first = self.problems[0]
        others = self.others()
        joint = Sentence("", ", ", ", ") if first.row else Sentence("", f"{NBSP}: ", ": ")
        raise InputRefused(
            Sentence(
                first.what.code,
                f"{self.name}{joint.fr}{first.sentence.fr}{others.fr}",
                f"{self.name}{joint.en}{first.sentence.en}{others.en}",
            )
        )

    def others(self) -> Sentence:
        count = len(self.problems) - 1
        if not count:
            return Sentence("others", "", "")
        least = Sentence("", "au moins ", "at least ") if self.more else Sentence("", "", "")
        return Sentence(
            "others",
            f" (et {least.fr}{count} autre{'s' if count > 1 else ''} à corriger)",
            f" (and {least.en}{count} more to fix)",
        )


def read_results(
    source: Path | bytes, *, name: str | None = None, start: date | None = None
) -> Reading:
    """Read a results table from a file or from the bytes of an upload.

    `start` is the first day of the campaign: rows dated before it are `pre`, the others `post`.
    Never raises for bad content: the problems are in the answer.
    """
    label = name or (source.name if isinstance(source, Path) else "CSV")
    try:
        content = first_bytes(source) if isinstance(source, Path) else source
        return read_rows(read_records(content), label, start)
    except InputRefused as refusal:
        return Reading(label, problems=(Problem(refusal.sentence),))
    except BrokenRow as broken:
        return Reading(label, problems=(Problem(say.broken_row(), broken.row),))
    except OSError:
        return Reading(label, problems=(Problem(say.unreadable()),))


def first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def read_rows(records: Records, name: str, start: date | None) -> Reading:
    at, problems = place_columns(records.header, start)
    if problems:
        return Reading(name, problems=tuple(problems))
    table = Table(at, len(records.header), start, records.decimal_comma)
    found: list[tuple[int, Observation]] = []
    for row, cells in records.rows:
        if any(cells):
            observation = Cells(cells, row, table).observation()
            found += [(row, observation)] if observation else []
        if len(table.problems) >= MOST_PROBLEMS:
            return Reading(name, problems=tuple(table.problems[:MOST_PROBLEMS]), more=True)
    problems = table.problems or list(problems_of_all(found, start))[:MOST_PROBLEMS]
    rows = () if problems else tuple(observation for _, observation in found)
    return Reading(name, rows, tuple(problems))


def place_columns(
    header: tuple[str, ...], start: date | None
) -> tuple[dict[str, int], list[Problem]]:
    at: dict[str, int] = {}
    problems = []
    for index, title in enumerate(header):
        plain = title.strip().lower()
        column = FRENCH_COLUMNS.get(plain, plain)
        if column in COLUMNS and column in at:
            problems.append(Problem(say.column_twice(), 1, column))
        at.setdefault(column, index)
    problems += [Problem(say.no_column(), 1, column) for column in REQUIRED if column not in at]
    if "period" not in at and not ("date" in at and start):
        problems.append(Problem(say.no_period("date" in at), 1, "period"))
    return at, problems


def problems_of_all(found: list[tuple[int, Observation]], start: date | None) -> Iterable[Problem]:
    """What only shows once every row is read."""
    if not found:
        yield Problem(say.no_rows())
    elif not any(observation.period == "post" for _, observation in found):
        yield Problem(say.nothing_after(start))
    blank = [row for row, observation in found if observation.exposure is None]
    if len(blank) < len(found):
        yield from (Problem(say.no_exposure(), row, "exposure") for row in blank)
