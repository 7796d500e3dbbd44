"""How common a name, a city or an address is, which decides what its agreement is worth.

The counts of a file are blended with those the model was trained on, so that in a file of ten
records Tremblay is still a common name (Winkler 1990 weighs agreement by frequency).
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from proche.core.identity.features import Features, counts

COLUMNS = ("given", "family", "email", "local", "city", "trade")
# As many records of the training file stand behind each file.
BELIEVED = 20_000


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Shares from 0 to 1 by column and value; a value never met counts as one record."""

    counts: Mapping[str, Mapping[str, int]]
    size: int

    def of(self, column: str, value: str) -> float:
        return self.each(column, [value])[0]

    def each(self, column: str, values: Sequence[str]) -> list[float]:
        seen, known = self.counts.get(column, {}), trained().get(column, {})
        whole = self.size + BELIEVED
        return [max(seen.get(v, 0) + known.get(v, 0.0) * BELIEVED, 1.0) / whole for v in values]


def frequencies_of(found: Sequence[Features]) -> Frequencies:
    return Frequencies({column: counts(found, column) for column in COLUMNS}, len(found))


def common(found: Sequence[Features], *, least: int) -> dict[str, dict[str, float]]:
    """Shares of the values met `least` times or more, to be kept with a model."""
    kept: dict[str, dict[str, float]] = {}
    for column in ("given", "family", "city", "trade"):
        counted: Counter[str] = counts(found, column)
        kept[column] = {
            value: float(f"{count / len(found):.3g}")
            for value, count in sorted(counted.items())
            if count >= least
        }
    return kept


@lru_cache(maxsize=1)
def trained() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(
        (files(__package__) / "frequencies.json").read_text(encoding="utf-8")
    )
    return found
