from collections import Counter

from proche.core import topics
from proche.core.topics.finding import split_hashtag
from proche.core.topics.words import fold, stems, words


def test_every_topic_has_two_names_and_a_wider_topic_that_exists() -> None:
    codes = Counter(topic.code for topic in topics.load())
    assert len(codes) >= 200
    assert set(codes.values()) == {1}
    for topic in topics.load():
        assert topic.fr
        assert topic.en
        assert topic.terms_fr
        assert topic.terms_en
        assert topic.broader is None or topic.broader in codes
        assert topic.code not in topics.wider(topic.code)


def test_no_two_topics_have_the_same_name() -> None:
    for language in ("fr", "en"):
        names = Counter(fold(topic.name(language)) for topic in topics.load())
        assert [name for name, count in names.items() if count > 1] == []


def test_coiffure_and_hair_are_one_topic_in_two_languages() -> None:
    assert topics.find("Nouvelle coupe de cheveux au salon de coiffure") == [("hair", 2)]
    assert topics.find("A new haircut by my favourite hairdresser!")[0] == ("hair", 2)
    assert topics.named("coiffure") == topics.named("#Hair") == ("hair",)


def test_accents_and_capitals_change_nothing() -> None:
    assert topics.find("RANDONNEE EN FORET") == topics.find("randonnée en forêt")


def test_a_word_that_means_something_else_in_the_other_language_is_not_counted() -> None:
    assert "bread" not in dict(topics.find("No pain, no gain: that is what they told me"))
    assert "cars" not in dict(topics.find("Je reste à la maison car il pleut sur la ville"))


def test_languages_may_change_from_one_sentence_to_the_next() -> None:
    found = dict(topics.find("Je fais mon pain au levain. Then I am going hiking with my dog!"))
    assert {"bread", "hiking", "dogs"} <= set(found)


def test_joined_hashtags_are_taken_apart_only_into_known_words() -> None:
    assert split_hashtag("randoquebec") == ["rando", "quebec"]
    assert split_hashtag("PleinAir") == ["plein", "air"]
    assert split_hashtag("chair") == ["chair"]
    assert split_hashtag("fontainebleu") == ["fontainebleu"]
    assert topics.find("", ["cheveuxboucles", "girlswhoclimb"]) == [
        ("climbing", 1),
        ("curly_hair", 1),
    ]


def test_hashtags_inside_the_text_count_as_hashtags() -> None:
    inside = topics.find("Dimanche parfait #pleinair")
    assert inside == topics.find("Dimanche parfait", ["pleinair"])


def test_nothing_to_read_finds_nothing() -> None:
    assert topics.find("") == topics.find("", []) == topics.find("!!! 🙂 …", ["🙂"]) == []


def test_wider_topics_are_given_nearest_first() -> None:
    assert topics.wider("curly_hair") == ("hair", "beauty")
    assert topics.wider("not a topic") == ()


def test_letters_of_any_script_are_words() -> None:
    assert words("Œuvre d’été, naïve_idée 100 % привет") == [
        "oeuvre",
        "d",
        "ete",
        "naive",
        "idee",
        "100",
        "привет",
    ]


def test_small_words_carry_no_subject() -> None:
    assert stems("avec") == stems("with") == ()
    assert stems("cheveux")


def test_a_word_with_many_meanings_names_a_topic_but_is_not_looked_for_in_texts() -> None:
    assert topics.named("pain") == ("bread",)
    assert topics.find("", ["pain"]) == []
