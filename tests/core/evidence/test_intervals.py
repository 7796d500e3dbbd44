"""Intervals against published or exact figures."""

import numpy as np
import pytest

from proche.core.evidence.intervals import poisson, rate_per_post, wilson


def column(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


def test_wilson_limits_equal_the_textbook_ones() -> None:
    # Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    low, high = wilson(column(81, 15, 0, 1), column(263, 148, 20, 29))
    assert low == pytest.approx([0.2553, 0.0624, 0.0, 0.0061], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)


def test_wilson_without_a_case_is_unknown() -> None:
    low, high = wilson(column(0), column(0))
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_wilson_reaches_one_when_every_case_counts() -> None:
    _, high = wilson(column(7), column(7))
    assert high.tolist() == [1.0]


def test_poisson_limits_are_near_the_exact_ones() -> None:
    # Exact limits for 1, 10 and 100 events: 0.025-5.572, 4.795-18.39, 81.36-121.63.
    low, high = poisson(column(1, 10, 100))
    assert low == pytest.approx([0.025, 4.795, 81.36], abs=0.02)
    assert high == pytest.approx([5.572, 18.39, 121.63], abs=0.02)


def test_nothing_seen_still_has_an_upper_limit() -> None:
    low, high = poisson(column(0))
    assert low.tolist() == [0.0]
    assert high == pytest.approx([3.689], abs=1e-3)


def test_a_rate_is_multiplied_and_divided_by_the_same_factor() -> None:
    low, high = rate_per_post(column(40), column(10), column(100), column(1.0))
    factor = np.exp(1.959964 * np.sqrt(1 / 40 + 1 / 10))
    assert high == pytest.approx([0.04 * factor])
    assert low == pytest.approx([0.04 / factor])
