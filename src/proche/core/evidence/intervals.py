"""95 % intervals in closed form, column by column; NaN stays NaN.

Shares: Wilson (1927), which stays inside 0 and 1 and is honest at few cases.
Counts: Byar's approximation to the exact Poisson limits (Breslow and Day 1987).
Rates per post: the log-normal interval of an overdispersed count, var(ln rate) = 1/T + d/N
(delta method on a negative binomial; Hilbe 2011), T events on N posts, d the dispersion.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Z = 1.959963984540054
# Upper limit of a Poisson mean when nothing was seen: -ln(0.025).
NONE_SEEN = 3.6888794541139363


def wilson(part: Floats, whole: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        share = part / whole
        middle = (share + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
        half = Z * np.sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
        half = half / (1 + Z**2 / whole)
    low = np.where(part == 0, 0.0, np.maximum(0.0, middle - half))
    high = np.where(part == whole, 1.0, np.minimum(1.0, middle + half))
    known = whole > 0
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def poisson(events: Floats) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        low = events * (1 - 1 / (9 * events) - Z / (3 * np.sqrt(events))) ** 3
        above = events + 1
        high = above * (1 - 1 / (9 * above) + Z / (3 * np.sqrt(above))) ** 3
    return np.where(events == 0, 0.0, low), np.where(events == 0, NONE_SEEN, high)


def rate_per_post(
    events: Floats, posts: Floats, audience: Floats, dispersion: Floats
) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = events / posts / audience
        spread = Z * np.sqrt(1 / events + dispersion / posts)
        low, high = rate * np.exp(-spread), rate * np.exp(spread)
        none = NONE_SEEN / posts / audience
    return np.where(events == 0, 0.0, low), np.where(events == 0, none, high)
