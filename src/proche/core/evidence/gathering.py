"""Evidence of every account: counted, estimated, placed among its peers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from proche.core.evidence.authenticity import AuthenticityScore, score_authenticity
from proche.core.evidence.closeness import Closeness, gather_closeness
from proche.core.evidence.doubts import Doubt
from proche.core.evidence.engines.counting import Counted
from proche.core.evidence.estimates import Estimate, estimate_all
from proche.core.evidence.intervals import Floats
from proche.core.evidence.measures import MEASURES, Measurement
from proche.core.evidence.norms import Norms, Place, build_norms, place_all
from proche.core.evidence.unknowns import Why

THESE_TABLES = "computed from these tables"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Column by column, in the order of the account ids."""

    accounts: pa.Table
    numbers: Mapping[str, Floats]
    estimates: Mapping[str, Estimate]
    places: Mapping[str, Place]
    closeness: Closeness
    authenticity: AuthenticityScore
    topics: pa.Table
    norms: Norms
    columns: frozenset[str]
    skipped: Mapping[str, int]
    doubts: tuple[Doubt, ...]

    @property
    def ids(self) -> list[str]:
        return [str(value) for value in self.accounts["account_id"].to_pylist()]


def gather_evidence(counted: Counted, norms: Norms | None) -> Evidence:
    """Without `norms`, the accounts at hand are their own norms, where they are enough."""
    statistics = counted.statistics
    numbers = {
        name: _numbers(statistics[name])
        for name, field in zip(statistics.column_names, statistics.schema, strict=True)
        if pa.types.is_integer(field.type)
        or pa.types.is_floating(field.type)
        or pa.types.is_boolean(field.type)
    }
    platforms = np.array([p.lower() for p in statistics["platform"].to_pylist()], dtype=np.str_)
    authenticity = score_authenticity(numbers)
    dispersions = norms.dispersions if norms else {}
    estimates = estimate_all(numbers, authenticity, counted.columns, dispersions)
    followers = numbers["followers"]
    norms = norms or build_norms(
        estimates, platforms, followers, source=THESE_TABLES, as_of=_last_day(statistics)
    )
    places = place_all(estimates, platforms, followers, norms)
    return Evidence(
        statistics,
        numbers,
        estimates,
        places,
        gather_closeness(places),
        authenticity,
        counted.top_topics,
        norms,
        counted.columns,
        counted.skipped,
        counted.doubts,
    )


def _numbers(column: Any) -> Floats:
    found: Floats = column.cast(pa.float64()).to_numpy()
    return found


def _last_day(statistics: pa.Table) -> str | None:
    days = [day for day in statistics["as_of"].unique().to_pylist() if day]
    return max(days).isoformat() if days else None


EVIDENCE_SCHEMA = pa.schema(
    [
        ("account_id", pa.string()),
        ("measure", pa.string()),
        ("value", pa.float64()),
        ("n", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("percentile", pa.float64()),
        ("proof", pa.string()),
        ("as_of", pa.date32()),
        ("unknown", pa.string()),
        ("percentile_low", pa.float64()),
        ("percentile_high", pa.float64()),
    ]
)


def evidence_table(evidence: Evidence) -> pa.Table:
    """One row an account and measure, accounts in order, measures in the order of MEASURES."""
    accounts, kinds = len(evidence.accounts), len(MEASURES)
    row = np.repeat(np.arange(accounts), kinds)
    names = [measure.name for measure in MEASURES]
    codes = pa.array([why.code for why in Why], pa.string())
    estimates = [evidence.estimates[name] for name in names]
    places = [evidence.places.get(name) for name in names]
    ids = pa.array(evidence.ids, pa.string())
    columns = [
        ids.take(pa.array(row)),
        pa.DictionaryArray.from_arrays(
            pa.array(np.tile(np.arange(kinds, dtype=np.int32), accounts)), pa.array(names)
        ).cast(pa.string()),
        _known([estimate.value for estimate in estimates]),
        pa.array(_woven([estimate.n for estimate in estimates]).astype(np.int64)),
        _known([estimate.low for estimate in estimates]),
        _known([estimate.high for estimate in estimates]),
        _known([_column(place, "percentile", accounts) for place in places]),
        evidence.accounts["proof"].combine_chunks().take(pa.array(row)),
        evidence.accounts["as_of"].combine_chunks().take(pa.array(row)),
        codes.take(pa.array(_woven([estimate.why for estimate in estimates]))),
        _known([_column(place, "low", accounts) for place in places]),
        _known([_column(place, "high", accounts) for place in places]),
    ]
    return pa.Table.from_arrays(columns, schema=EVIDENCE_SCHEMA)


def _column(place: Place | None, name: str, accounts: int) -> Floats:
    found: Floats = getattr(place, name) if place else np.full(accounts, np.nan)
    return found


def _woven(columns: list[Any]) -> NDArray[Any]:
    return np.stack(columns, axis=1).ravel()


def _known(columns: list[Floats]) -> Any:
    return pa.array(_woven(columns), from_pandas=True)


def measurements(evidence: Evidence) -> Iterator[tuple[Measurement, ...]]:
    """The measurements of each account in order: for a few accounts, not for a million."""
    rows = evidence_table(evidence).select(range(10)).to_pylist()
    found = [
        Measurement(**{name: value for name, value in row.items() if name in FIELDS})
        for row in rows
    ]
    for start in range(0, len(found), len(MEASURES)):
        yield tuple(found[start : start + len(MEASURES)])


FIELDS = frozenset(Measurement.__dataclass_fields__)
