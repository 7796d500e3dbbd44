"""From tables or records to evidence and verdicts: one way for one member and for millions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import numpy as np
import pyarrow as pa

from proche.core.evidence.engines import duckdb
from proche.core.evidence.engines.counting import Count
from proche.core.evidence.files import TableFile
from proche.core.evidence.gathering import (
    THESE_TABLES,
    Evidence,
    gather_evidence,
    measurements,
)
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.measures import Measurement
from proche.core.evidence.norms import Norms
from proche.core.evidence.tables import TABLES, Column, Table
from proche.core.tiers.bios import shipped_lexicon
from proche.core.tiers.facts import ARCHETYPES, TIERS
from proche.core.tiers.lines import SENTENCE_TYPE
from proche.core.tiers.reasons import topics_of
from proche.core.tiers.thresholds import Thresholds, shipped_thresholds
from proche.core.tiers.verdict import Decisions, Verdict, decide

Record = Mapping[str, object]

LANGUAGE = ("language", "language_from")


@dataclass(frozen=True, slots=True)
class Qualified:
    account_id: str
    measurements: tuple[Measurement, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Qualification:
    """Everything about many accounts, column by column."""

    evidence: Evidence
    decisions: Decisions
    thresholds: Thresholds

    @property
    def norms(self) -> Norms:
        return self.evidence.norms


def qualify_records(
    accounts: Sequence[Record],
    posts: Sequence[Record] = (),
    interactions: Sequence[Record] = (),
    *,
    as_of: date,
    thresholds: Thresholds | None = None,
    norms: Norms | None = None,
) -> list[Qualified]:
    """Qualify accounts given as mappings with the columns of the tables (docs/methods/tables.md).

    One member is a sequence of one; having no peers, it is placed by `norms`, and without them
    its percentiles and closeness stay unknown. An empty `posts` or `interactions` means that
    nothing was given. The answers come in the order of the account ids. Raises InputRefused.
    """
    if not accounts:
        return []
    made = _qualify(accounts, posts, interactions, as_of, thresholds, norms)
    return list(each(made))


def norms_from(
    accounts: Sequence[Record],
    posts: Sequence[Record] = (),
    interactions: Sequence[Record] = (),
    *,
    as_of: date,
    source: str = THESE_TABLES,
) -> Norms:
    """Norms of a reference set of accounts, to be kept as JSON and given to `qualify_records`.
    `source` says in plain words where they come from; it is shown beside every percentile."""
    made = _qualify(accounts, posts, interactions, as_of, None, None)
    return replace(made.norms, source=source)


def _qualify(
    accounts: Sequence[Record],
    posts: Sequence[Record],
    interactions: Sequence[Record],
    as_of: date,
    thresholds: Thresholds | None,
    norms: Norms | None,
) -> Qualification:
    latest = datetime.combine(as_of, time.max)
    return qualify_tables(
        tables_of(accounts, posts, interactions),
        as_of=as_of,
        latest_possible=latest,
        thresholds=thresholds,
        norms=norms,
    )


def tables_of(
    accounts: Sequence[Record], posts: Sequence[Record] = (), interactions: Sequence[Record] = ()
) -> dict[str, TableFile | pa.Table]:
    """The records as tables of texts; none of those that hold no record."""
    given = {"accounts": accounts, "posts": posts, "interactions": interactions}
    return {
        table.name: _arrow(table, given[table.name]) for table in TABLES if given.get(table.name)
    }


def qualify_tables(
    sources: Mapping[str, TableFile | pa.Table],
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
    """Raises InputRefused when a table cannot be understood; where `strict`, at any doubt.
    `memory` bounds the counting, in bytes; `count` is the engine."""
    thresholds = thresholds or shipped_thresholds()
    counted = count(
        sources,
        mapping or ColumnMapping(),
        as_of=as_of,
        latest_possible=latest_possible,
        strict=strict,
        memory=memory,
    )
    evidence = gather_evidence(counted, norms)
    decisions = decide(evidence, thresholds, shipped_lexicon())
    return Qualification(evidence, decisions, thresholds)


def _arrow(table: Table, records: Sequence[Record]) -> pa.Table:
    """Every value as text: records then pass the same doubts as the cells of a CSV."""
    present = [column.name for column in table.columns if _is_given(column, records)]
    return pa.table(
        {
            name: pa.array([_text(record.get(name)) for record in records], pa.string())
            for name in present
        }
    )


def _is_given(column: Column, records: Sequence[Record]) -> bool:
    if column.required:
        return any(column.name in record for record in records)
    return any(record.get(column.name) is not None for record in records)


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(str(item) for item in value)
    return str(value)


def each(made: Qualification) -> Iterator[Qualified]:
    decisions, closeness = made.decisions, made.decisions.closeness
    reasons, to_confirm = decisions.reasons.each(), decisions.to_confirm.each()
    topics = topics_of(made.evidence)
    languages, froms = (made.evidence.accounts[name].to_pylist() for name in LANGUAGE)
    authenticity = made.evidence.authenticity
    known, found = (names.to_pylist() for names in (authenticity.known(), authenticity.found()))
    rows = zip(made.evidence.ids, measurements(made.evidence), strict=True)
    for row, (account_id, measured) in enumerate(rows):
        archetype = int(decisions.archetype[row])
        verdict = Verdict(
            tier=TIERS[int(decisions.tier[row])],
            archetype=ARCHETYPES[archetype] if archetype >= 0 else None,
            closeness=_known(closeness.value[row]),
            closeness_low=_known(closeness.low[row]),
            closeness_high=_known(closeness.high[row]),
            closeness_measures=int(closeness.measures[row]),
            closeness_possible=closeness.possible,
            authenticity=_known(authenticity.value[row]),
            confidence=float(decisions.confidence[row]),
            reasons=reasons[row],
            to_confirm=to_confirm[row],
            topics=topics[row],
            thresholds=made.thresholds.version,
            language=languages[row],
            language_from=froms[row],
            signals_known=tuple(known[row]),
            signals_found=tuple(found[row]),
        )
        yield Qualified(account_id, measured, verdict)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


VERDICT_SCHEMA = pa.schema(
    [
        ("account_id", pa.string()),
        ("tier", pa.string()),
        ("archetype", pa.string()),
        ("closeness", pa.float64()),
        ("authenticity", pa.float64()),
        ("confidence", pa.float64()),
        ("reasons", pa.list_(SENTENCE_TYPE)),
        ("to_confirm", pa.list_(SENTENCE_TYPE)),
        ("closeness_low", pa.float64()),
        ("closeness_high", pa.float64()),
        ("closeness_measures", pa.int64()),
        ("topics", pa.list_(pa.string())),
        ("thresholds", pa.string()),
        ("language", pa.string()),
        ("language_from", pa.string()),
        ("signals_known", pa.list_(pa.string())),
        ("signals_found", pa.list_(pa.string())),
    ]
)


def verdict_table(made: Qualification) -> pa.Table:
    """verdicts.parquet: one row an account, in the order of the account ids."""
    decisions, closeness = made.decisions, made.decisions.closeness
    authenticity = made.evidence.authenticity
    archetypes = pa.array([*ARCHETYPES, None], pa.string())
    columns = [
        pa.array(made.evidence.ids, pa.string()),
        pa.array(TIERS).take(pa.array(decisions.tier)),
        archetypes.take(pa.array(decisions.archetype % (len(ARCHETYPES) + 1))),
        pa.array(closeness.value, from_pandas=True),
        pa.array(authenticity.value, from_pandas=True),
        pa.array(decisions.confidence),
        decisions.reasons.column(),
        decisions.to_confirm.column(),
        pa.array(closeness.low, from_pandas=True),
        pa.array(closeness.high, from_pandas=True),
        pa.array(closeness.measures),
        pa.array(topics_of(made.evidence), pa.list_(pa.string())),
        pa.array([made.thresholds.version] * len(decisions.tier), pa.string()),
        *(made.evidence.accounts[name].combine_chunks() for name in LANGUAGE),
        authenticity.known(),
        authenticity.found(),
    ]
    return pa.Table.from_arrays(columns, schema=VERDICT_SCHEMA)
