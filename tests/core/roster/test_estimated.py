import numpy as np
import pytest

from proche.core.roster import Audience, Sized, choose, estimated


def sized(
    name: str,
    followers: int,
    *,
    closeness: float | None = 100,
    region: str = "01",
    topics: str = "hair",
) -> Sized:
    return Sized(name, followers, closeness, region, tuple(topics.split()))


def shared(keys: dict[str, np.ndarray], one: str, other: str) -> int:
    return len(np.intersect1d(keys[one], keys[other]))


def test_an_account_has_its_followers_times_its_closeness() -> None:
    keys = estimated([sized("a", 1000, closeness=80), sized("b", 1000, closeness=None)])
    assert {name: len(row) for name, row in keys.items()} == {"a": 800, "b": 500}
    assert all(len(np.unique(row)) == len(row) for row in keys.values())


def test_accounts_of_one_region_and_topic_share_a_third_at_most() -> None:
    keys = estimated([sized("a", 3000), sized("b", 3000), sized("c", 300)])
    assert shared(keys, "a", "b") == pytest.approx(1000, rel=0.1)
    assert shared(keys, "a", "c") == pytest.approx(100, rel=0.3)


def test_another_region_or_topic_shares_nobody() -> None:
    keys = estimated(
        [sized("a", 900), sized("b", 900, region="02"), sized("c", 900, topics="bread")]
    )
    assert (shared(keys, "a", "b"), shared(keys, "a", "c")) == (0, 0)
    half = estimated([sized("a", 900), sized("d", 900, topics="hair bread")])
    assert 0 < shared(half, "a", "d") < 250


def test_the_same_accounts_in_another_order_give_the_same_people() -> None:
    accounts = [sized("a", 900), sized("b", 700, topics="hair bread"), sized("c", 10, region="")]
    one, other = estimated(accounts), estimated(reversed(accounts))
    assert {n: r.tolist() for n, r in one.items()} == {n: r.tolist() for n, r in other.items()}


def test_nobody_is_given_where_nothing_is_known_to_react() -> None:
    assert estimated([sized("a", 0), sized("b", 900, closeness=0)]) == {}


def test_two_who_overlap_are_passed_over_for_somebody_elsewhere() -> None:
    keys = estimated([sized("a", 1000), sized("b", 990), sized("far", 800, region="09")])
    assert choose(Audience.from_keys(keys), size=2).chosen == ("a", "far")
