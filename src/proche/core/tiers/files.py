"""Qualify tables that lie in files, and write what came of it in one stroke."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from proche.core.evidence.files import find_files, open_table
from proche.core.evidence.gathering import evidence_table
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.norms import Norms
from proche.core.results import InputRefused, Sentence
from proche.core.tiers.qualify import Qualification, qualify_tables, verdict_table
from proche.core.tiers.thresholds import Thresholds


def qualify_files(
    places: Sequence[Path],
    *,
    latest_possible: datetime,
    as_of: date | None = None,
    mapping: ColumnMapping | None = None,
    thresholds: Thresholds | None = None,
    norms: Norms | None = None,
    memory: int | None = None,
) -> Qualification:
    """Raises InputRefused, naming file, row and column, when a table cannot be understood."""
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
            memory=memory,
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
    """Write the four files beside their places, then rename them all: a killed run leaves
    none of them half written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise _not_a_folder(folder) from cause
    tables = {
        "evidence.parquet": evidence_table(made.evidence),
        "verdicts.parquet": verdict_table(made),
    }
    texts = {"norms.json": made.norms.to_json() + "\n", "summary.json": summary}
    names = [*tables, *texts]
    asides = {name: folder / f"{name}.part" for name in names}
    try:
        for name, table in tables.items():
            _write_table(table, asides[name])
        for name, text in texts.items():
            asides[name].write_text(text, encoding="utf-8")
        for name in names:
            asides[name].replace(folder / name)
    except OSError as cause:
        raise _not_a_folder(folder) from cause
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)


def _write_table(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _not_a_folder(folder: Path) -> InputRefused:
    return _refused(
        folder,
        "impossible d’y écrire. Donnez à --out un dossier où vous pouvez écrire.",
        "cannot be written to. Give --out a folder you may write in.",
    )


def _refused(path: Path, fr: str, en: str) -> InputRefused:
    return InputRefused(Sentence("bad_file", f"{path.name} : {fr}", f"{path.name}: {en}"))
