"""What the words of posts say: topics, focus, language; against tables worked by hand."""

from math import log

import pytest

from proche.core import topics
from tests.core.evidence.tables import Record, account, measured, post, qualified

FRENCH = "Ce matin nous avons marché longtemps dans la forêt avec les enfants et le chien"
ENGLISH = "This morning we walked for a long time in the woods with the children and the dog"


def tagged(*tags: str) -> list[Record]:
    return [post(number, hashtags=[tag]) for number, tag in enumerate(tags)]


def test_topic_focus_is_one_minus_the_entropy_over_its_most() -> None:
    # 12 mentions: hair 6, hiking 4, coffee 2. Entropy in nats, over ln 12.
    posts = tagged(*["Coiffure"] * 6, *["#randonnée"] * 4, "Café", "cafe")
    entropy = -sum(p * log(p) for p in (6 / 12, 4 / 12, 2 / 12))
    found = measured("topic_focus", posts=posts)
    assert found.n == 12
    assert found.value == pytest.approx(1 - entropy / log(12), abs=1e-6)
    # Basharin: the root of (sum of p ln² p - H²) / N, over ln 12, 1.96 times on each side.
    spread = sum(p * log(p) ** 2 for p in (6 / 12, 4 / 12, 2 / 12)) - entropy**2
    assert found.low == pytest.approx(
        found.value - 1.959964 * (spread / 12) ** 0.5 / log(12), abs=1e-5
    )


def test_one_topic_only_is_a_focus_of_one_in_either_language() -> None:
    posts = [post(n, text="Chez la coiffeuse") for n in range(5)]
    posts += [post(n, text="My hairdresser again!") for n in range(5, 10)]
    assert measured("topic_focus", posts=posts).value == pytest.approx(1.0)


def test_many_mentions_are_compared_with_every_topic_used_alike() -> None:
    # Each topic of the taxonomy twice: as scattered as can be, though mentions repeat.
    names = [topic.fr for topic in topics.load() if dict(topics.find(topic.fr)) == {topic.code: 1}]
    posts = [post(n, text=name) for n, name in enumerate(names * 2)]
    found = measured("topic_focus", posts=posts)
    assert found.n == 2 * len(names) > len(topics.load())
    assert found.value == pytest.approx(1 - log(len(names)) / log(len(topics.load())), abs=1e-6)


def test_a_topic_counts_once_a_post_however_often_it_is_named() -> None:
    posts = [post(n, text="Café, café et #cafe") for n in range(10)]
    assert measured("topic_focus", posts=posts).n == 10


def test_hashtags_and_captions_are_read_alike() -> None:
    posts = [post(n, text="Matin de #Randonnée et de pain au levain.") for n in range(5)]
    found = qualified(posts=posts)["camille"]
    assert found.verdict.topics == ("bread", "hiking")


def test_posts_that_name_no_known_topic_do_not_count_and_are_said() -> None:
    posts = [post(n, hashtags="zxqv") for n in range(6)]
    posts += [post(n, hashtags="randonnée") for n in range(6, 9)]
    found = qualified(posts=[*posts, post(9)])["camille"]
    assert found.verdict.topics == ("hiking",)
    focus = next(each for each in found.measurements if each.measure == "topic_focus")
    assert (focus.value, focus.unknown) == (None, "too_few")
    said = next(each for each in found.verdict.reasons if each.code == "topics")
    assert said.fr == "Parle surtout de\u00a0: randonnée (un sujet dans 3 publications sur 9)."
    assert said.en == "Talks mostly about: hiking (a topic in 3 of 9 posts)."


def test_a_topic_of_one_post_is_not_yet_what_an_account_talks_about() -> None:
    assert qualified(posts=tagged("cafe", "randonnée", "randonnée"))["camille"].verdict.topics == (
        "hiking",
    )


def test_fewer_than_ten_mentions_tell_no_focus() -> None:
    found = measured("topic_focus", posts=tagged(*["cafe"] * 9))
    assert (found.value, found.unknown) == (None, "too_few")


def test_posts_without_words_tell_no_focus_and_say_so() -> None:
    assert measured("topic_focus", posts=[post(1, likes=3)]).unknown == "not_given"


def language(
    accounts: list[dict[str, object]], posts: list[Record]
) -> tuple[str | None, str | None]:
    verdict = qualified(accounts, posts)["camille"].verdict
    return verdict.language, verdict.language_from


def test_the_language_of_an_account_is_told_from_its_captions() -> None:
    assert language([account()], [post(1, text=FRENCH)]) == ("fr", "detected")
    assert language([account()], [post(1, text=ENGLISH)]) == ("en", "detected")


def test_a_given_language_stands_whatever_the_captions_say() -> None:
    assert language([account(language="en")], [post(1, text=FRENCH)]) == ("en", "given")


def test_the_latest_captions_are_read_first() -> None:
    old = [post(n, text=ENGLISH, days_ago=30 + n) for n in range(10)]
    new = [post(20 + n, text=FRENCH, days_ago=n) for n in range(6)]
    assert language([account()], [*old, *new]) == ("fr", "detected")


@pytest.mark.parametrize(
    "text", ["Bonjour à tous", "😍😍😍", "@camille #forêt #matin #chien " * 3, None]
)
def test_too_few_words_tell_no_language(text: str | None) -> None:
    assert language([account()], [post(1, text=text)]) == (None, None)


def test_no_post_tells_no_language() -> None:
    assert language([account()], []) == (None, None)
