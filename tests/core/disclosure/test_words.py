"""The normaliser and the lexicon: whole words, whole tags, the brand's own names."""

import time

import pytest

from proche.core.disclosure import JURISDICTIONS, Link, Post, check, check_record
from proche.core.disclosure.language import detect
from proche.core.disclosure.lexicon import lexicon
from proche.core.disclosure.normalise import fold, squash
from proche.core.results import InputRefused
from tests.core.disclosure.worked import PAID

VELO = Link("paid", "Vélo Épinette", ("velo.epinette", "l’Épinette"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("＃Ｐｕｂ", "#pub"),
        ("#p\u200bu\u2060b\ufeff", "#pub"),
        ("Publicité", "publicite"),
        ("Publicite\u0301", "publicite"),
        ("produit_reçu", "produitrecu"),
        ("l’hôtel", "l'hotel"),
        ("𝗽𝘂𝗯", "pub"),
        ("\ue000", " "),
    ],
)
def test_folding_makes_one_form_of_what_reads_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Vélo-Épinette", "@velo_epinette", "VÉLO ÉPINETTE"])
def test_squashing_makes_one_name_of_every_spelling(text: str) -> None:
    assert squash(text) == "veloepinette"


@pytest.mark.parametrize(
    ("caption", "verdict"),
    [
        ("Commandité par Vélo Épinette.", "OK"),
        ("Commandité par @velo.epinette!", "OK"),
        ("Commandité par l’Épinette.", "OK"),
        ("Commandité par la gang de Vélo-Épinette.", "OK"),
        ("#VéloÉpinettePartenaire", "OK"),
        ("Commandité par @velo.epinette.ca", "MISSING"),
        ("Commandité par Véloépinettes", "MISSING"),
    ],
)
def test_the_brand_is_known_by_each_of_its_names(caption: str, verdict: str) -> None:
    assert check(Post("instagram", "post", caption, "fr"), VELO).verdict == verdict


def test_a_brand_named_like_a_disclosure_discloses_nothing_by_its_name() -> None:
    link = Link("paid", "Pub Royale", ("pubroyale",))
    post = Post("instagram", "post", "Pub Royale, quelle soirée", "fr")
    assert check(post, link).verdict == "MISSING"


def test_a_brand_without_any_letter_does_not_stop_the_check() -> None:
    link = Link("paid", "!!!", ("", "…"))
    assert check(Post("instagram", "post", "#pub !!!", "fr"), link).verdict == "OK"


@pytest.mark.parametrize("tag", ["adidas", "adventure", "AdVenture", "publix", "PubQuiz", "spa"])
def test_a_tag_that_only_contains_a_word_is_no_hit(tag: str) -> None:
    post = Post("instagram", "post", f"#{tag} Mes pointes.", "fr")
    assert check(post, PAID).verdict == "MISSING"


def test_every_listed_tag_is_written_folded() -> None:
    tags = {tag for place in JURISDICTIONS for tag in lexicon(place, english=False).tags}
    assert [tag for tag in tags if squash(tag) != tag] == []


@pytest.mark.parametrize(
    ("caption", "language"),
    [
        ("#ad 😍", None),
        ("trois petits mots", None),
        ("Je suis tellement contente de mes cheveux", "fr"),
        ("I am so happy with my hair", "en"),
        ("Die besten Kekse der Stadt, ohne Diskussion", "other"),
        ("On a dormi dans une yourte. We slept in a yurt by the lake.", "bilingual"),
        ("@the_and_of #with https://the.and.of/with for", None),
    ],
)
def test_the_language_is_told_from_small_words(caption: str, language: str | None) -> None:
    assert detect(caption) == language


@pytest.mark.parametrize(
    "caption",
    [
        "! " * 50_000,
        "#pub " * 20_000,
        "merci " * 30_000,
        "-" * 200_000 + " en echange de",
        "\n" * 100_000 + "#pub",
        "sapinelle " * 20_000 + "en échange de cette publication",
        "https://" * 20_000,
        "code " * 40_000,
        "pas " * 40_000 + "#pub",
    ],
    ids=lambda caption: repr(caption[:12]),
)
def test_a_hostile_caption_is_read_in_linear_time(caption: str) -> None:
    started = time.process_time()
    check(Post("instagram", "post", caption, None), PAID)
    # Generous: a quadratic reading takes minutes.
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"caption": 3}, "caption"),
        ({"format": "painting"}, "format"),
        ({"jurisdiction": "ca"}, "jurisdiction"),
        ({"frames": {}}, "frames"),
        ({"frames": [3]}, "frames[0]"),
        ({"frames": [{"text": "a", "seconds": -1}]}, "frames[0].seconds"),
        ({"frames": [{"text": "a", "seconds": 10**400}]}, "frames[0].seconds"),
        ({"transcript": [{"at": 1}]}, "transcript[0].text"),
        ({"links": [1]}, "links"),
        ({"facts": {"mood": True}}, "facts"),
        ({"link": None}, "link"),
        ({"link": {"kind": "paid"}}, "link.brand"),
        ({"link": {"kind": "love", "brand": {"name": "S"}}}, "link.kind"),
        ({"link": {"kind": "paid", "brand": {"name": "S"}, "perks": ["x"]}}, "link.perks"),
    ],
)
def test_a_record_that_cannot_be_read_names_its_field(
    record: dict[str, object], field: str
) -> None:
    good = {
        "platform": "instagram",
        "format": "post",
        "jurisdiction": "CA",
        "caption": "#pub",
        "link": {"kind": "paid", "brand": {"name": "Sapinelle"}},
    }
    assert check_record(good)["verdict"] == "OK_NOTE"
    with pytest.raises(InputRefused) as refused:
        check_record(good | record)
    assert f"“{field}”" in refused.value.sentence.en
    assert f"«\u00a0{field}\u00a0»" in refused.value.sentence.fr


@pytest.mark.parametrize(
    "post",
    [Post("instagram", "mural", "#pub"), Post("instagram", "post", "#pub", jurisdiction="QC")],
)
def test_a_post_no_rule_covers_is_refused_rather_than_guessed(post: Post) -> None:
    with pytest.raises(InputRefused):
        check(post, PAID)
