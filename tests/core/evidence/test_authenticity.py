"""The points of authenticity, worked by hand, and how well they tell real fakes apart."""

import csv
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from proche.core.tiers import qualify_records
from tests.core.evidence.tables import AS_OF, Record, account, act, qualified

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


def signals(
    interactions: Sequence[Record], **shown: object
) -> tuple[tuple[str, ...], tuple[str, ...], float | None]:
    verdict = qualified([account(followers=400, **shown)], (), interactions)["camille"].verdict
    return verdict.signals_known, verdict.signals_found, verdict.authenticity


def follows(days: Mapping[int, int]) -> list[Record]:
    """So many follows on each day, a minute apart."""
    return [
        act(f"f{day}-{number}", "follow", hours=24 * day + number / 60)
        for day, many in days.items()
        for number in range(many)
    ]


# Sixty follows over 57 days; the rest of each case comes on day -20.
STEADY = dict.fromkeys(range(-28, 30), 1)


@pytest.mark.parametrize(
    ("more", "points"),
    [(0, 0), (17, 0), (18, 1), (55, 1), (60, 2), (500, 2)],
)
def test_the_share_of_follows_of_the_busiest_day_costs_its_points(more: int, points: int) -> None:
    days = {**STEADY, -20: 1 + more}
    share = (1 + more) / (len(STEADY) + more)
    assert points == (share >= 0.25) + (share >= 0.5)
    known, found, value = signals(follows(days))
    assert known == ("bursts",)
    assert found == (("bursts",) if points else ())
    assert value == 1 - points / 2


def test_follows_that_an_export_stamped_tell_no_burst() -> None:
    # Two hundred follows of one instant: the day a first export was made, not one of purchase.
    stamped = [act(f"s{number}", "follow", hours=-480) for number in range(200)]
    assert signals([*follows(STEADY), *stamped]) == ((), (), None)
    all_at_once = [act(f"s{number}", "follow", hours=1) for number in range(200)]
    assert signals(all_at_once) == ((), (), None)


def test_few_follows_or_a_short_span_tell_no_burst() -> None:
    assert signals(follows({-30: 30, 29: 19})) == ((), (), None)
    assert signals(follows({-25: 30, 29: 30})) == ((), (), None)
    assert signals(follows({-27: 30, 29: 30}))[1] == ("bursts",)


def test_the_same_person_following_again_is_one_follow_at_its_first_moment() -> None:
    again = [act("f5-0", "follow", hours=24 * 20 + number / 60) for number in range(300)]
    assert signals([*follows(STEADY), *again]) == (("bursts",), (), 1.0)


WORDS = "Quelle belle idée pour la fin de semaine"


def comments(*told: tuple[str, str, str]) -> list[Record]:
    return [act(actor, "reply", post_id=post, text=text) for actor, post, text in told]


def different(count: int, start: int = 0) -> list[tuple[str, str, str]]:
    return [(f"a{n}", f"p{n % 3}", f"{WORDS}, numéro {n}") for n in range(start, start + count)]


def test_ten_different_comments_repeat_nothing() -> None:
    assert signals(comments(*different(10))) == (("repeated_comments",), (), 1.0)


def test_fewer_than_ten_worded_comments_are_unknown() -> None:
    assert signals(comments(*different(9), ("a", "p1", "Bravo!"))) == ((), (), None)


@pytest.mark.parametrize(("repeated", "points"), [(2, 0), (3, 1), (6, 2), (12, 2)])
def test_the_same_words_from_several_people_cost_points(repeated: int, points: int) -> None:
    same = [(f"b{n}", "p1", WORDS) for n in range(repeated)]
    assert points == (repeated / 12 >= 0.25) + (repeated / 12 >= 0.5)
    known, _, value = signals(comments(*different(12 - repeated), *same))
    assert (known, value) == (("repeated_comments",), 1 - points / 2)


def test_the_same_words_of_one_person_under_several_posts_are_repeated() -> None:
    same = [("fan", f"p{n}", WORDS) for n in range(6)]
    assert signals(comments(*different(6), *same))[2] == 0.0


def test_the_same_words_twice_under_one_post_are_a_slip_and_not_repeated() -> None:
    same = [("fan", "p1", WORDS)] * 6
    assert signals(comments(*different(6), *same)) == (("repeated_comments",), (), 1.0)


def test_case_accents_emoji_and_punctuation_do_not_make_words_different() -> None:
    same = [("a", "p1", WORDS), ("b", "p2", WORDS.upper().replace("É", "E") + " !!! 😍")] * 3
    assert signals(comments(*different(6), *same))[2] == 0.0


def test_short_and_emoji_comments_say_nothing() -> None:
    short = [
        (f"b{n}", "p1", text) for n in range(9) for text in ("Trop beau!", "😍😍😍😍", "Bonne fête")
    ]
    assert signals(comments(*different(10), *short)) == (("repeated_comments",), (), 1.0)


def test_answers_of_the_author_and_words_meant_for_others_are_not_received() -> None:
    own = [act("camille", "reply", post_id=f"p{n}", text=WORDS) for n in range(9)]
    others = [
        act("luc", "reply", post_id=f"p{n}", text=WORDS, in_reply_to_actor_id="eve")
        for n in range(9)
    ]
    assert signals([*comments(*different(10)), *own, *others])[2] == 1.0


def test_a_verdict_names_the_signals_known_and_those_found() -> None:
    known, found, _ = signals(comments(*different(10)), **{**PLAIN, "has_avatar": False})
    assert known == (
        *("follows_many", "hardly_posts", "no_avatar", "digits_in_handle", "empty_bio"),
        "repeated_comments",
    )
    assert found == ("no_avatar",)


def test_bursts_and_repeated_comments_are_asked_about_in_words() -> None:
    days = {**STEADY, -20: 60}
    same = [("fan", f"p{n}", WORDS) for n in range(12)]
    verdict = qualified([account()], (), [*follows(days), *comments(*same)])["camille"].verdict
    assert {"bursts", "repeated_comments"} <= {each.code for each in verdict.to_confirm}


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
