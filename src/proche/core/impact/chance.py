"""A check for small studies: what a fresh draw of the arms would have shown (Fisher 1935)."""

from collections.abc import Sequence

import numpy as np

FEW_UNITS = 10
MOST_DRAWS, LEAST_DRAWS = 20_000, 999
CELLS_AT_ONCE = 2_000_000


def permutation_p(arm: Sequence[float], control: Sequence[float], seed: int) -> float:
    """Share of draws whose difference is as large, two-sided; exact up to 8 against 8."""
    from scipy import stats  # half a second to load, needed for small studies only

    units = len(arm) + len(control)
    found = stats.permutation_test(
        (arm, control),
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        n_resamples=min(MOST_DRAWS, max(LEAST_DRAWS, 10 * CELLS_AT_ONCE // units)),
        batch=max(1, CELLS_AT_ONCE // units),
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)
