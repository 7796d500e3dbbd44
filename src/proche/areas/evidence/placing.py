"""Where the kept facts of one person stand among the accounts of the norms, at reading time."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from proche.areas.evidence.models import BankNorms, Evidence
from proche.core.evidence import Norms
from proche.core.evidence.norms import place_all
from proche.core.evidence.recalling import recall_estimates


@dataclass(frozen=True)
class Standing:
    """A percentile with its interval, 0 to 100."""

    value: float
    low: float
    high: float


# Reading the text takes longer than the page does; the text itself is the key.
_read = lru_cache(maxsize=4)(Norms.from_json)


def places_of(facts: Mapping[str, Evidence], norms: BankNorms) -> dict[str, Standing]:
    """By measure, for the facts of one person; a measure without peers is left out."""
    known = {
        name: fact
        for name, fact in facts.items()
        if fact.value is not None and fact.account and fact.account.followers is not None
    }
    if not known:
        return {}
    ids = list(known)
    # Each fact is placed with its own account: an id a measure, one known measure in each row.
    kept = pa.table(
        {
            "account_id": pa.array(ids, pa.string()),
            "measure": pa.array(ids, pa.string()),
            **{
                column: pa.array([getattr(fact, column) for fact in known.values()], pa.float64())
                for column in ("value", "n", "low", "high")
            },
        }
    )
    accounts = [fact.account for fact in known.values() if fact.account]
    followers = np.array([account.followers or 0 for account in accounts], dtype=np.float64)
    platforms = np.array([account.platform for account in accounts], dtype=np.str_)
    estimates = recall_estimates(ids, followers, kept)
    places = place_all(estimates, platforms, followers, _read(norms.body))
    return {
        name: Standing(
            float(places[name].percentile[row]),
            float(places[name].low[row]),
            float(places[name].high[row]),
        )
        for row, name in enumerate(ids)
        if name in places and not np.isnan(places[name].percentile[row])
    }
