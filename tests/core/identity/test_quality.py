"""How good the decisions are on an invented directory the model has not seen."""

import pytest

from proche.core.identity import Resolution, resolve
from tests.quebec import Directory, directory


@pytest.fixture(scope="module")
def drawn() -> Directory:
    return directory(6_000, 404)


@pytest.fixture(scope="module")
def found(drawn: Directory) -> Resolution:
    return resolve(drawn.records)


def test_automatic_merges_are_right_99_times_in_100(drawn: Directory, found: Resolution) -> None:
    merged = {(link.left, link.right) for link in found.merged}
    assert len(merged & drawn.pairs()) >= 0.99 * len(merged)
    assert len(merged & drawn.pairs()) >= 0.7 * len(drawn.pairs())


def test_a_queue_of_twice_the_true_pairs_finds_88_in_100(
    drawn: Directory, found: Resolution
) -> None:
    seen = {(link.left, link.right) for link in (*found.merged, *found.queue)}
    assert len(found.queue) <= 2 * len(drawn.pairs())
    assert len(seen & drawn.pairs()) >= 0.88 * len(drawn.pairs())


def test_every_record_is_placed_once_in_the_order_given(
    drawn: Directory, found: Resolution
) -> None:
    assert [one.record_id for one in found.placed] == [r.record_id for r in drawn.records]
