"""Qualifying again a whole bank, from figures and evidence kept before: one pass of columns."""

from dataclasses import replace
from datetime import date, datetime, time

import numpy as np
import pyarrow as pa

from proche.core.evidence.closeness import gather_closeness
from proche.core.evidence.engines.duckdb import count
from proche.core.evidence.gathering import THESE_TABLES, gather_evidence
from proche.core.evidence.mapping import ColumnMapping
from proche.core.evidence.norms import Norms, build_norms, place_all
from proche.core.evidence.recalling import recall
from proche.core.tiers.bios import shipped_lexicon
from proche.core.tiers.qualify import Qualification
from proche.core.tiers.thresholds import Thresholds, shipped_thresholds
from proche.core.tiers.verdict import decide

NOT_YET = Norms("", None, {}, ())


def requalify(
    accounts: pa.Table,
    kept: pa.Table,
    *,
    as_of: date,
    thresholds: Thresholds | None = None,
    norms: Norms | None = None,
    source: str = THESE_TABLES,
) -> Qualification:
    """Qualify `accounts` (the table of docs/methods/tables.md) with the measures kept of them.

    `kept` has account_id, measure, value, n, low, high; the last row of an account and measure
    stands. Without `norms`, these accounts are their own, named `source`. What was never
    measured stays unknown. Raises InputRefused.
    """
    thresholds = thresholds or shipped_thresholds()
    counted = count(
        {"accounts": accounts},
        ColumnMapping(),
        as_of=as_of,
        latest_possible=datetime.combine(as_of, time.max),
    )
    evidence = recall(gather_evidence(counted, NOT_YET), kept)
    platforms = np.array(
        [name.lower() for name in evidence.accounts["platform"].to_pylist()], dtype=np.str_
    )
    followers = evidence.numbers["followers"]
    used = norms or build_norms(
        evidence.estimates, platforms, followers, source=source, as_of=as_of.isoformat()
    )
    places = place_all(evidence.estimates, platforms, followers, used)
    evidence = replace(evidence, norms=used, places=places, closeness=gather_closeness(places))
    return Qualification(evidence, decide(evidence, thresholds, shipped_lexicon()), thresholds)
