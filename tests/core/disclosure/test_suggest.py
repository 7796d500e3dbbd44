"""The text to paste must itself pass the check."""

import itertools

import pytest

from proche.core.disclosure import KINDS, Link, Post, check, suggest

REST = {
    "fr": "\nMes cheveux sont plus doux que jamais.",
    "en": "\nMy hair has never been this soft.",
    "bilingual": "\nMes cheveux sont plus doux que jamais.\nMy hair has never been this soft.",
}
PERK_SETS: tuple[tuple[str, ...], ...] = ((), ("meal",), ("travel",), ("travel", "lodging"))


def _links() -> list[Link]:
    return [
        Link(kind, "Sapinelle", ("sapinelle",), obligation, perks)
        for kind, obligation, perks in itertools.product(KINDS, (False, True), PERK_SETS)
        if kind != "none"
    ]


@pytest.mark.parametrize("language", REST)
@pytest.mark.parametrize("platform", ["instagram", "tiktok", "x", "mastodon", "linkedin"])
def test_every_suggestion_passes_in_canada(language: str, platform: str) -> None:
    failed = []
    for link in _links():
        caption = suggest(link, language) + REST[language]
        verdict = check(Post(platform, "post", caption, language), link).verdict
        if verdict not in ("OK", "OK_NOTE"):
            failed.append((link, caption, verdict))
    assert failed == []


@pytest.mark.parametrize(
    ("jurisdiction", "language"),
    [("US", "en"), ("UK", "en"), ("NZ", "en"), ("FR", "fr"), ("DE", "de"), ("UK", "fr")],
)
def test_every_suggestion_passes_in_its_jurisdiction(jurisdiction: str, language: str) -> None:
    for link in _links():
        caption = suggest(link, language, jurisdiction=jurisdiction) + "\n💛"
        post = Post("instagram", "post", caption, language, jurisdiction)
        assert check(post, link).verdict in ("OK", "OK_NOTE"), caption


def test_a_story_frame_with_the_suggestion_passes() -> None:
    from proche.core.disclosure import Frame

    for link in _links():
        post = Post("instagram", "story", "", "fr", frames=(Frame(suggest(link, "fr"), 5),))
        assert check(post, link).verdict in ("OK", "OK_NOTE"), link


@pytest.mark.parametrize(
    ("link", "language", "text"),
    [
        (Link("gift", "Sapinelle"), "fr", "Publicité. Produit offert par Sapinelle. #pub"),
        (Link("gift", "Sapinelle"), "en", "Ad. Product gifted by Sapinelle. #ad"),
        (
            Link("exchange", "Sapinelle", obligation=True),
            "fr",
            "Publicité. Produit offert par Sapinelle en échange de cette publication. #pub",
        ),
        (Link("paid", "Sapinelle"), "fr", "Publicité. Partenariat rémunéré avec Sapinelle. #pub"),
        (
            Link("invitation", "Auberge du Cap", perks=("lodging", "travel")),
            "fr",
            "Publicité. Invitation offerte par Auberge du Cap. Voyage et hébergement payés. #pub",
        ),
        (
            Link("affiliate", "Sapinelle"),
            "en",
            "Ad. Affiliate link: I earn a commission from Sapinelle. #ad",
        ),
        (
            Link("gift", "Sapinelle"),
            "bilingual",
            "Publicité. Produit offert par Sapinelle. #pub\nAd. Product gifted by Sapinelle. #ad",
        ),
        (Link("none", "Sapinelle"), "fr", ""),
    ],
)
def test_the_suggestion_says_what_the_exchange_is(link: Link, language: str, text: str) -> None:
    assert suggest(link, language) == text
