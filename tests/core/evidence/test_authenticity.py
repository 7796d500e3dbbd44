"""The points of authenticity, worked by hand, and how well they tell real fakes apart."""

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from proche.core.tiers import qualify_records
from tests.core.evidence.tables import AS_OF, account, qualified

PLAIN: dict[str, object] = {
    "following": 400,
    "posts_total": 50,
    "has_avatar": True,
    "handle": "ciseaux.camille",
    "bio": "Des coupes et du plein air.",
}


def score(**shown: object) -> float | None:
    return qualified([account(followers=400, **shown)])["camille"].verdict.authenticity


def test_a_plain_profile_shows_nothing_suspicious() -> None:
    assert score(**PLAIN) == 1.0


def test_no_signal_gives_no_score() -> None:
    assert score() is None


def test_every_sign_at_its_worst_leaves_nothing() -> None:
    worst: dict[str, object] = {
        "following": 2000,
        "posts_total": 0,
        "has_avatar": False,
        "handle": "user83920",
        "bio": "",
    }
    assert score(**worst) == 0.0


@pytest.mark.parametrize(
    ("shown", "points"),
    [
        ({"following": 599}, 0),
        ({"following": 600}, 1),
        ({"following": 800}, 2),
        ({"following": 2000}, 3),
        ({"posts_total": 3}, 1),
        ({"posts_total": 0}, 2),
        ({"has_avatar": False}, 2),
        ({"handle": "camille7"}, 0),
        ({"handle": "camille77"}, 1),
        ({"handle": "camille1977"}, 2),
        ({"bio": ""}, 1),
    ],
)
def test_each_sign_costs_its_points_out_of_ten(shown: dict[str, object], points: int) -> None:
    assert score(**{**PLAIN, **shown}) == pytest.approx(1 - points / 10)


def test_unknown_signs_neither_help_nor_harm() -> None:
    assert score(has_avatar=False, bio="Bonjour") == pytest.approx(1 - 2 / 3)


def test_lengths_stand_in_for_texts_that_were_left_out() -> None:
    assert score(bio_length=0, handle_digits=4) == 0.0


def test_doubts_are_questions_and_never_change_the_tier() -> None:
    found = qualified([account(following=9000, posts_total=0, has_avatar=False)])["camille"]
    assert found.verdict.tier == "nano"
    asked = [sentence.code for sentence in found.verdict.to_confirm]
    assert {"follows_many", "hardly_posts", "no_avatar"} <= set(asked)


@pytest.fixture(scope="module")
def labelled(shared_data: Path) -> tuple[list[dict[str, object]], list[bool]]:
    with (shared_data / "instafake_fake_v1" / "accounts.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    accounts: list[dict[str, object]] = [
        {
            "account_id": f"{place:05d}",
            "platform": "instagram",
            "followers": row["userFollowerCount"],
            "following": row["userFollowingCount"],
            "posts_total": row["userMediaCount"],
            "has_avatar": row["userHasProfilPic"],
            "bio_length": row["userBiographyLength"],
            "handle_digits": row["usernameDigitCount"],
        }
        for place, row in enumerate(rows)
    ]
    return accounts, [row["isFake"] == "1" for row in rows]


SIGNALS = ("following", "posts_total", "has_avatar", "bio_length", "handle_digits")


def auc(labelled: tuple[list[dict[str, object]], list[bool]], without: tuple[str, ...]) -> float:
    """How often a fake account scores below a real one, ties counted half (Mann and Whitney)."""
    accounts, fake = labelled
    kept = [{k: v for k, v in each.items() if k not in without} for each in accounts]
    found = qualify_records(kept, as_of=AS_OF)
    scores = np.array([each.verdict.authenticity for each in found], dtype=np.float64)
    fakes, real = scores[np.array(fake)][:, None], scores[~np.array(fake)][None, :]
    return float((fakes < real).mean() + (fakes == real).mean() / 2)


@pytest.mark.realdata
def test_real_fakes_are_told_apart_from_real_people(
    labelled: tuple[list[dict[str, object]], list[bool]],
) -> None:
    assert auc(labelled, ()) >= 0.95


@pytest.mark.realdata
@pytest.mark.parametrize("without", list(combinations(SIGNALS, 2)))
def test_any_two_signs_may_be_missing(
    labelled: tuple[list[dict[str, object]], list[bool]], without: tuple[str, ...]
) -> None:
    assert auc(labelled, without) >= 0.80
