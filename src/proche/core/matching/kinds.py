"""Who speaks of the kind of product a brand makes, without being asked."""

import numpy as np
from numpy.typing import NDArray

from proche.core.matching.pool import Pool
from proche.core.matching.records import Brief
from proche.core.topics import named


def kinds(brief: Brief) -> list[str]:
    """The topics of the taxonomy that the brand's categories name."""
    return list(dict.fromkeys(code for name in brief.categories for code in named(name)))


def speak_of_it(brief: Brief, pool: Pool) -> NDArray[np.bool_] | None:
    """None where no category of the brand is in the taxonomy: nobody can be said to."""
    codes = kinds(brief)
    if not codes:
        return None
    mask = np.zeros(pool.columns.count, dtype=np.bool_)
    for code in codes:
        mask[pool.spoken.get(code, np.empty(0, dtype=np.intp))] = True
    return mask


def kinds_spoken(brief: Brief, pool: Pool, row: int) -> list[str]:
    return [code for code in kinds(brief) if row in pool.spoken.get(code, ())]
