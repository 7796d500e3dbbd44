"""Norms and closeness: where an account stands among those of its platform and size."""

import json

import numpy as np
import pytest

from proche.core.evidence import CLOSENESS, Norms
from proche.core.evidence.closeness import gather_closeness
from proche.core.evidence.norms import Place, band_of
from proche.core.tiers import Qualified, norms_from
from tests.core.evidence.tables import AS_OF, account, act, post, qualified

ACCOUNTS = [account(f"a{n:02d}", followers=600) for n in range(40)]
POSTS = [
    post(m, account_id=f"a{n:02d}", comments=n + 1, days_ago=m) for n in range(40) for m in range(8)
]


def percentile(found: Qualified, measure: str) -> float | None:
    return next(each.percentile for each in found.measurements if each.measure == measure)


def test_more_comments_a_follower_stand_higher_in_the_band() -> None:
    found = qualified(ACCOUNTS, POSTS)
    percentiles = [percentile(found[f"a{n:02d}"], "comment_rate") for n in range(40)]
    assert percentiles == sorted(percentiles, key=lambda value: value or 0)
    assert percentiles[0] == pytest.approx(0, abs=2)
    assert percentiles[39] == pytest.approx(100, abs=2)
    # The 20th and 21st of 40 lie on both sides of the middle.
    assert percentiles[19] == pytest.approx(48.75, abs=0.5)
    assert percentiles[20] == pytest.approx(51.25, abs=0.5)


def test_accounts_are_compared_within_their_platform_and_band() -> None:
    large = [account(f"b{n:02d}", followers=60_000) for n in range(40)]
    posts = [post(m, account_id=f"b{n:02d}", comments=1) for n in range(40) for m in range(3)]
    alone = qualified(ACCOUNTS, POSTS)
    beside = qualified([*ACCOUNTS, *large], [*POSTS, *posts])
    for name in ("a05", "a30"):
        before, after = (percentile(each[name], "comment_rate") for each in (alone, beside))
        # The dispersion of posts is pooled over everybody, so the shrinkage moves a little.
        assert after == pytest.approx(before, abs=3)


def test_fewer_than_five_accounts_have_no_percentile() -> None:
    found = qualified(ACCOUNTS[:4], POSTS)
    assert percentile(found["a03"], "comment_rate") is None
    assert found["a03"].verdict.closeness is None
    assert "ask_peers" in [s.code for s in found["a03"].verdict.to_confirm]


def test_an_account_seen_on_one_post_is_placed_nearer_the_middle() -> None:
    posts = [*POSTS, post(1, account_id="new", comments=40)]
    steady = qualified(ACCOUNTS, POSTS)["a39"]
    new = qualified([*ACCOUNTS, account("new", followers=600)], posts)["new"]
    assert 50 < (percentile(new, "comment_rate") or 0) < (percentile(steady, "comment_rate") or 0)


def test_norms_survive_json_and_place_one_account_as_the_table_did() -> None:
    norms = norms_from(ACCOUNTS, POSTS, as_of=AS_OF)
    again = Norms.from_json(norms.to_json())
    assert again == norms
    together = qualified(ACCOUNTS, POSTS)["a30"]
    alone = qualified([ACCOUNTS[30]], [p for p in POSTS if p["account_id"] == "a30"], norms=again)
    assert percentile(alone["a30"], "comment_rate") == percentile(together, "comment_rate")
    assert alone["a30"].verdict.closeness == together.verdict.closeness


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 9}', '{"format": 1}'])
def test_what_is_not_norms_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="norms"):
        Norms.from_json(text)


def test_norms_say_where_they_come_from() -> None:
    document = json.loads(norms_from(ACCOUNTS, POSTS, as_of=AS_OF).to_json())
    assert (document["source"], document["as_of"]) == ("computed from these tables", "2026-05-31")


def test_bands_begin_at_their_lower_bound() -> None:
    found = band_of(np.array([0, 499, 500, 999, 1000, 4999, 5000, 2_000_000], dtype=np.float64))
    assert found.tolist() == [0, 0, 500, 500, 1000, 2500, 5000, 1_000_000]


def places(*percentiles: float | None) -> dict[str, Place]:
    """One account's percentiles, in the order of CLOSENESS, each between -10 and +10."""
    found = {}
    for measure, value in zip(CLOSENESS, percentiles, strict=True):
        number = np.nan if value is None else value
        found[measure.name] = Place(*(np.array([number + step]) for step in (0, -10, 10)))
    return found


def test_closeness_is_the_mean_percentile_when_all_six_are_known() -> None:
    found = gather_closeness(places(80, 70, 60, 90, 50, 70))
    assert (found.value.tolist(), found.measures.tolist()) == ([70.0], [6])
    # Six errors of 10 / 1.96 each: the mean is known to 10 / sqrt(6).
    assert found.high.tolist() == pytest.approx([70 + 10 / np.sqrt(6)])


def test_each_unknown_measure_counts_as_the_middle() -> None:
    found = gather_closeness(places(92, 92, 92, None, None, None))
    assert (found.value.tolist(), found.measures.tolist()) == ([71.0], [3])
    half = 1.959964 * np.sqrt(3 * (10 / 1.959964) ** 2 + 3 * 100**2 / 12) / 6
    assert found.low.tolist() == pytest.approx([71 - half], abs=1e-6)


def test_closeness_without_any_measure_is_unknown() -> None:
    found = gather_closeness(places(*[None] * 6))
    assert np.isnan(found.value).all()
    assert found.measures.tolist() == [0]


def test_a_shorter_response_time_is_closer() -> None:
    accounts = [account(f"a{n}") for n in range(6)]
    told = []
    for n in range(6):
        for m in range(5):
            told.append(act("x", "reply", on=f"a{n}", post_id=f"{m}"))
            told.append(
                act(
                    f"a{n}",
                    "reply",
                    on=f"a{n}",
                    post_id=f"{m}",
                    in_reply_to_actor_id="x",
                    hours=1 + n * (1 + m),
                )
            )
    found = qualified(accounts, (), told)
    first, last = (percentile(found[name], "response_time") for name in ("a0", "a5"))
    assert first is not None
    assert last is not None
    assert first > 80 > 20 > last
