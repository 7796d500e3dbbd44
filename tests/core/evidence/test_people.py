"""Measures of the people around an account, against tables worked by hand."""

from itertools import product

import pytest

from tests.core.evidence.tables import account, act, measured


def test_reply_rate_is_the_share_of_comments_answered_afterwards() -> None:
    told = [
        act("ana", "reply", post_id="p1", hours=1),
        act("ben", "reply", post_id="p1", hours=2),
        act("cyd", "reply", post_id="p2", hours=3),
        act("camille", "reply", post_id="p1", in_reply_to_actor_id="ana", hours=4),
        # Too early for the comment it would answer, and under another post.
        act("camille", "reply", post_id="p2", in_reply_to_actor_id="cyd", hours=2),
        act("camille", "reply", post_id="p9", in_reply_to_actor_id="ben", hours=9),
    ]
    found = measured("reply_rate", interactions=told)
    assert (found.value, found.n) == (1 / 3, 3)
    assert found.low == pytest.approx(0.0615, abs=1e-4)
    assert found.high == pytest.approx(0.7923, abs=1e-4)


def test_a_comment_meant_for_somebody_else_is_not_a_comment_received() -> None:
    told = [
        act("ana", "reply", post_id="p1"),
        act("ben", "reply", post_id="p1", in_reply_to_actor_id="ana"),
    ]
    assert measured("reply_rate", interactions=told).n == 1


def test_the_same_comment_twice_is_one_comment() -> None:
    told = [act("ana", "reply", post_id="p1"), act("ana", "reply", post_id="p1")]
    assert measured("reply_rate", interactions=told).n == 1


def test_without_post_ids_an_answer_to_the_person_counts() -> None:
    told = [act("ana", "reply", hours=1), act("camille", "reply", on="ana", hours=2)]
    assert measured("reply_rate", interactions=told).value == 1.0


def test_no_comment_is_unknown_never_zero() -> None:
    found = measured("reply_rate", interactions=[act("ana", "like")])
    assert (found.value, found.n, found.unknown) == (None, 0, "no_comment")


def test_response_time_is_the_median_hours_to_the_first_answer() -> None:
    told = []
    for place, wait in enumerate((1, 2, 3, 5, 40)):
        post_id = f"p{place}"
        told.append(act("ana", "reply", post_id=post_id))
        for late in (0, 10):
            hours = wait + late
            told.append(
                act("camille", "reply", post_id=post_id, in_reply_to_actor_id="ana", hours=hours)
            )
    found = measured("response_time", interactions=told)
    assert (found.value, found.n) == (3.0, 5)
    # Five answers are too few to hold the median between two of them: the whole range does.
    assert (found.low, found.high) == (1.0, 40.0)


def test_an_even_number_of_answers_takes_the_middle_of_the_two() -> None:
    told = [act("ana", "reply", post_id=f"p{n}") for n in range(6)]
    told += [
        act("camille", "reply", post_id=f"p{n}", in_reply_to_actor_id="ana", hours=n + 1)
        for n in range(6)
    ]
    assert measured("response_time", interactions=told).value == 3.5


def test_four_answers_tell_no_response_time() -> None:
    told = [act("ana", "reply", post_id=f"p{n}") for n in range(4)]
    told += [
        act("camille", "reply", post_id=f"p{n}", in_reply_to_actor_id="ana", hours=1)
        for n in range(4)
    ]
    found = measured("response_time", interactions=told)
    assert (found.value, found.unknown) == (None, "too_few")


def test_reciprocity_counts_people_the_author_acted_towards_too() -> None:
    told = [
        *(act(person, "like", post_id="p1") for person in ("ana", "ben", "cyd", "dee")),
        act("ana", "reply", post_id="p2"),
        # A visit in return, an answer under one's own post, and a follow, which is no act.
        act("camille", "like", on="ana", post_id="x"),
        act("camille", "reply", post_id="p1", in_reply_to_actor_id="ben"),
        act("camille", "follow", on="cyd"),
    ]
    found = measured("reciprocity", interactions=told)
    assert (found.value, found.n) == (2 / 4, 4)


def test_acting_towards_oneself_is_not_a_contact() -> None:
    told = [act("camille", "like", post_id="p1"), act("camille", "reply", post_id="p1")]
    found = measured("reciprocity", interactions=told)
    assert (found.value, found.unknown) == (None, "no_actor")


def test_returning_share_counts_people_seen_on_three_posts() -> None:
    three = [act("ana", "like", post_id=post) for post in ("p1", "p2", "p3")]
    same = [act("ben", verb, post_id="p1") for verb in ("like", "reply", "share", "mention")]
    two = [act("cyd", "like", post_id=post) for post in ("p1", "p2", "p2")]
    unknown_post = [act("dee", "like") for _ in range(3)]
    found = measured("returning_share", interactions=[*three, *same, *two, *unknown_post])
    assert (found.value, found.n) == (1 / 3, 3)


def test_nobody_can_return_to_two_posts() -> None:
    told = [act(who, "like", post_id=post) for who, post in product("ab", ("p1", "p2"))]
    found = measured("returning_share", interactions=told)
    assert (found.value, found.unknown) == (None, "too_few")


def test_local_share_counts_only_people_whose_region_is_known() -> None:
    accounts = [
        account(region="Bas-Saint-Laurent"),
        account("ana", region="bas-saint-laurent "),
        account("ben", region="Montréal"),
        account("cyd"),
    ]
    told = [act(person, "like", post_id="p1") for person in ("ana", "ben", "cyd", "stranger")]
    found = measured("local_share", accounts, (), told)
    assert (found.value, found.n) == (1 / 2, 2)


def test_local_share_is_unknown_where_the_account_has_no_region() -> None:
    accounts = [account(), account("ana", region="Montréal")]
    found = measured("local_share", accounts, (), [act("ana", "like")])
    assert (found.value, found.unknown) == (None, "no_region")


def test_an_interaction_after_the_tables_were_made_is_left_out() -> None:
    told = [act("ana", "like"), act("ben", "like", hours=24 * 60)]
    assert measured("reciprocity", interactions=told).n == 1
