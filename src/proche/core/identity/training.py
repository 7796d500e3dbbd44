"""Train the model on records whose humans are known; `tools/train_identity.py` runs it.

m is counted on the pairs of one human, u on pairs drawn at random, both by Splink. Addresses and
handles are often made of the name: among strangers with one name they agree far more than among
any two strangers. Their u is therefore counted again on namesakes, where it decides.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from proche.core.identity.comparisons import gamma, settings
from proche.core.identity.features import features_of, shared_mailboxes, table_of
from proche.core.identity.frequencies import common, frequencies_of
from proche.core.identity.records import Record
from proche.core.identity.scoring import Compared, Scored, all_pairs, score

RANDOM_PAIRS = 2e7
SEED = 1969
LEAST_COUNT = 20
MADE_OF_THE_NAME = ("email", "accounts")


@dataclass(frozen=True, slots=True)
class Trained:
    """The two files to keep: model.json and frequencies.json."""

    model: str
    frequencies: str


def train(records: Sequence[Record], humans: Sequence[int]) -> Trained:
    """`humans` names the human of each record by a number; the same input, the same model."""
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

    found = [features_of(record) for record in records]
    table = table_of(found, shared_mailboxes(found)).append_column(
        "human", pa.array([str(human) for human in humans])
    )
    these = Compared(tuple(found), shared_mailboxes(found), frequencies_of(found))
    with duckdb.connect() as connection:
        # one thread, so that the draw of random pairs is the same each time
        connection.execute("SET threads = 1")
        api = DuckDBAPI(connection)
        linker = Linker(api.register(table), settings(), log_level=None, validate_settings=False)
        linker.training.estimate_u_using_random_sampling(RANDOM_PAIRS, seed=SEED)
        linker.training.estimate_m_from_label_column("human")
        model = linker.misc.save_model_to_json()
    model["linker_uid"] = "proche"
    count_on_namesakes(model, score(these, all_pairs(these), model), np.asarray(humans))
    return Trained(
        json.dumps(model, indent=1, ensure_ascii=False) + "\n",
        json.dumps(common(found, least=LEAST_COUNT), indent=0, ensure_ascii=False) + "\n",
    )


def count_on_namesakes(model: dict[str, Any], scored: Scored, humans: NDArray[np.int64]) -> None:
    """Set u of what is often made of the name: its share among strangers of the same name."""
    same_name = (scored.gamma["given"] == gamma("given", "same")) & (
        scored.gamma["family"] == gamma("family", "same")
    )
    strangers = same_name & (humans[scored.left] != humans[scored.right])
    for comparison in model["comparisons"]:
        name = comparison["output_column_name"]
        if name not in MADE_OF_THE_NAME:
            continue
        seen = scored.gamma[name][strangers]
        known = int((seen >= 0).sum())
        for level in comparison["comparison_levels"]:
            if "u_probability" in level:
                met = int((seen == gamma(name, level["label_for_charts"])).sum())
                level["u_probability"] = max(level["u_probability"], (met + 0.5) / (known + 1))
