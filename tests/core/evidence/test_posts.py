"""Measures of posts, against tables worked by hand."""

import pytest

from tests.core.evidence.tables import account, act, measured, post, qualified


def test_engagement_is_likes_and_comments_per_post_and_follower() -> None:
    posts = [post(1, likes=40, comments=10), post(2, likes=20, comments=10)]
    found = measured("engagement_rate", posts=posts)
    assert (found.value, found.n) == (80 / 2 / 1000, 2)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.04 < found.high


def test_hidden_likes_leave_the_comment_rate_known() -> None:
    posts = [post(1, likes=None, comments=10), post(2, likes=50, comments=30)]
    assert measured("engagement_rate", posts=posts).n == 1
    assert measured("engagement_rate", posts=posts).value == 80 / 1000
    assert measured("comment_rate", posts=posts).value == 40 / 2 / 1000


def test_likes_hidden_everywhere_are_unknown_and_say_so() -> None:
    found = measured("engagement_rate", posts=[post(1, likes=None, comments=4)])
    assert (found.value, found.n, found.unknown) == (None, 0, "not_given")
    others = [account(), account("luc")]
    posts = [post(1, likes=None, comments=4), post(2, likes=3, comments=4, account_id="luc")]
    assert measured("engagement_rate", others, posts).unknown == "hidden"


def test_no_comment_at_all_is_a_known_zero_with_an_upper_limit() -> None:
    found = measured("comment_rate", posts=[post(1, comments=0), post(2, comments=0)])
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(3.689 / 2 / 1000, rel=1e-3)


def test_zero_followers_make_rates_unknown_rather_than_infinite() -> None:
    found = measured("comment_rate", [account(followers=0)], [post(1, likes=1, comments=1)])
    assert (found.value, found.unknown) == (None, "no_followers")


def test_unknown_followers_stay_unknown() -> None:
    found = qualified([account(followers=None)], [post(1, likes=1, comments=1)])["camille"]
    facts = {each.measure: each for each in found.measurements}
    assert facts["followers"].value is None
    assert facts["comment_rate"].unknown == "no_followers"
    assert found.verdict.tier == "undetermined"


def test_one_post_has_a_wide_interval_and_many_posts_a_narrow_one() -> None:
    one = measured("comment_rate", posts=[post(1, comments=10)])
    many = measured("comment_rate", posts=[post(n, comments=10) for n in range(30)])
    assert one.value == many.value == 0.01
    assert one.low is not None
    assert many.low is not None
    assert one.low < many.low < 0.01


def test_no_post_is_unknown_and_says_so() -> None:
    found = measured("comment_rate", [account(), account("luc")], [post(1, comments=3)], (), "luc")
    assert (found.value, found.unknown) == (None, "no_post")


def test_no_table_of_posts_is_unknown_and_says_so() -> None:
    assert measured("posts_per_week").unknown == "not_given"
    assert measured("topic_focus").unknown == "not_given"


def test_a_post_dated_after_the_account_was_seen_is_left_out() -> None:
    posts = [post(1, comments=10), post(2, comments=900, days_ago=-3)]
    assert measured("comment_rate", posts=posts).value == 0.01


def test_the_same_post_twice_counts_once() -> None:
    posts = [post(1, comments=10), post(1, comments=10), post(2, comments=20)]
    assert measured("comment_rate", posts=posts).n == 2


def test_posts_of_unknown_accounts_are_left_out() -> None:
    posts = [post(1, comments=10), post(2, comments=90, account_id="nobody")]
    assert measured("comment_rate", posts=posts).value == 0.01


def test_posts_per_week_counts_twelve_weeks_when_the_list_reaches_that_far() -> None:
    posts = [post(n, days_ago=n * 7) for n in range(14)]
    found = measured("posts_per_week", posts=posts)
    assert (found.value, found.n) == (1.0, 12)


def test_posts_per_week_counts_only_the_days_a_short_list_covers() -> None:
    posts = [post(n, days_ago=n) for n in range(14)]
    assert measured("posts_per_week", posts=posts).value == 7.0
    whole = measured("posts_per_week", [account(posts_total=14)], posts)
    assert whole.value == 14 / 12


def test_one_post_today_is_read_over_a_week_at_least() -> None:
    assert measured("posts_per_week", posts=[post(1)]).value == 1.0


def test_an_account_that_says_it_never_posted_posts_nothing_a_week() -> None:
    accounts = [account(), account("luc", posts_total=0)]
    found = measured("posts_per_week", accounts, [post(1)], (), "luc")
    assert (found.value, found.n, found.low) == (0.0, 0, 0.0)


def test_regularity_is_the_share_of_weeks_with_a_post() -> None:
    posts = [post(n, days_ago=days) for n, days in enumerate((0, 1, 2, 8, 30, 83))]
    found = measured("regularity", [account(posts_total=6)], posts)
    assert (found.value, found.n) == (4 / 12, 12)


def test_sponsored_share_uses_the_column_then_the_words_of_the_caption() -> None:
    posts = [
        post(1, sponsored=True),
        post(2, sponsored=False, text="#pub"),
        post(3, text="Belle journée #commandité"),
        post(4, text="Rien à dire #publication"),
        post(5, text="In paid partnership with a bakery"),
        post(6),
    ]
    found = measured("sponsored_share", posts=posts)
    assert (found.value, found.n) == (3 / 5, 5)


def test_counts_on_a_post_the_table_does_not_hold_change_no_measure_of_posts() -> None:
    # A deleted post leaves interactions that name it, and a total larger than the list.
    acts = [act("luc", "like", post_id="p1"), act("eve", "like", post_id="gone")]
    found = qualified([account(posts_total=2)], [post(1, likes=1, comments=1)], acts)["camille"]
    facts = {each.measure: each for each in found.measurements}
    assert facts["engagement_rate"].n == 1
    assert facts["posts_per_week"].value == 1.0
    assert facts["reciprocity"].n == 2
