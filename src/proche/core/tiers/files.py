"""Qualify tables that lie in files, and write what came of it in one stroke."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from proche.core.evidence.engines import duckdb
from proche.core.evidence.engines.counting import Count
from proche.core.evidence.files import find_files, open_table
from proche.core.evidence.gathering import evidence_table
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.norms import Norms
from proche.core.results import InputRefused, Sentence
from proche.core.tiers.qualify import Qualification, qualify_tables, verdict_table
from proche.core.tiers.thresholds import Thresholds
from proche.core.writing import Fill, write_folder


def qualify_files(
    places: Sequence[Path],
    *,
    latest_possible: datetime,
    as_of: date | None = None,
    mapping: ColumnMapping | None = None,
    thresholds: Thresholds | None = None,
    norms: Norms | None = None,
    strict: bool = False,
    memory: int | None = None,
    count: Count = duckdb.count,
) -> Qualification:
    """Raises InputRefused, naming file, row and column, when a table cannot be understood; where
    `strict`, also at what would only be counted: see docs/methods/tables.md."""
    mapping = mapping or ColumnMapping()
    scratch = Path(tempfile.mkdtemp(prefix="proche-"))
    try:
        found = find_files(places, mapping)
        sources = {name: open_table(path, scratch) for name, path in found.items()}
        return qualify_tables(
            sources,
            latest_possible=latest_possible,
            as_of=as_of,
            mapping=mapping,
            thresholds=thresholds,
            norms=norms,
            strict=strict,
            memory=memory,
            count=count,
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def read_norms(path: Path) -> Norms:
    try:
        return Norms.from_json(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as cause:
        raise _refused(
            path,
            "normes absentes ou illisibles. Donnez le norms.json d’un calcul précédent.",
            "norms missing or not readable. Give the norms.json of an earlier run.",
        ) from cause


def write_results(made: Qualification, folder: Path, summary: str) -> None:
    """Write the four files; a folder with a summary.json is whole and of one run.

    Raises InputRefused where `folder` cannot be written to.
    """
    files = {
        "evidence.parquet": _parquet(evidence_table(made.evidence)),
        "verdicts.parquet": _parquet(verdict_table(made)),
        "norms.json": _text(made.norms.to_json() + "\n"),
        "summary.json": _text(summary),
    }
    try:
        write_folder(folder, files)
    except OSError as cause:
        raise _not_a_folder(folder) from cause


def _parquet(table: pa.Table) -> Fill:
    return lambda stream: pq.write_table(table, stream, compression="zstd")


def _text(text: str) -> Fill:
    return lambda stream: stream.write(text.encode())


def _not_a_folder(folder: Path) -> InputRefused:
    return _refused(
        folder,
        "impossible d’y écrire. Donnez à --out un dossier où vous pouvez écrire.",
        "cannot be written to. Give --out a folder you may write in.",
    )


def _refused(path: Path, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence("bad_file", f"{path.name} : {fr}", f"{path.name}: {en}"))
