"""Verdicts: intent before count, and every tier with its reasons, on members made by hand."""

import pytest

from proche.core.results import Sentence
from proche.core.tiers import Verdict
from tests.core.evidence.tables import Record, account, act, post, qualified


def verdict(posts: list[Record] | None = None, **shown: object) -> Verdict:
    return qualified([account(**shown)], posts or [])["camille"].verdict


def codes(sentences: tuple[Sentence, ...]) -> list[str]:
    return [sentence.code for sentence in sentences]


def test_under_the_ceiling_without_a_word_of_intent_is_nano_to_confirm() -> None:
    found = verdict(followers=4999)
    assert found.tier == "nano"
    assert codes(found.reasons) == ["under_ceiling", "no_livelihood_sign"]
    assert "ask_intent" in codes(found.to_confirm)


@pytest.mark.parametrize("followers", [5000, 14_000, 90_000, 2_000_000])
def test_at_the_ceiling_or_above_nobody_is_nano(followers: int) -> None:
    for intent in ("no", "yes", "unknown"):
        assert verdict(followers=followers, seeks_living=intent).tier != "nano"


def test_a_count_alone_never_decides() -> None:
    assert verdict(followers=8000).tier == "undetermined"
    assert verdict(followers=3_000_000).tier == "undetermined"
    assert "ask_over" in codes(verdict(followers=8000).to_confirm)


def test_whoever_seeks_to_live_from_it_is_micro_at_any_count() -> None:
    for followers in (200, 4999, 5000, 99_999):
        assert verdict(followers=followers, seeks_living="yes").tier == "micro"


def test_whoever_lives_from_it_with_a_large_public_is_a_star() -> None:
    assert verdict(followers=100_000, seeks_living="yes").tier == "star"
    assert verdict(followers=400_000, bio="Management: a@b.example").tier == "star"


def test_what_a_person_says_comes_before_what_the_profile_shows() -> None:
    found = verdict(followers=900, seeks_living="no", bio="Kit média sur demande")
    assert found.tier == "nano"
    assert "media_kit" in codes(found.reasons)
    assert "ask_contradiction" in codes(found.to_confirm)
    assert "ask_intent" not in codes(found.to_confirm)
    assert found.confidence < verdict(followers=900, seeks_living="no", bio="Bonjour").confidence


@pytest.mark.parametrize(
    ("bio", "code"),
    [
        ("Media kit: lien en bio", "media_kit"),
        ("Grille tarifaire sur demande", "media_kit"),
        ("Représentée par Studio Untel", "represented"),
        ("Mgmt : hello@studio.example", "represented"),
        ("Ma vitrine Amazon ⬇️", "storefront"),
        ("LTK | shop my looks", "storefront"),
        ("Créatrice de contenu à temps plein", "full_time"),
    ],
)
def test_one_strong_sign_of_livelihood_makes_a_micro(bio: str, code: str) -> None:
    found = verdict(followers=900, bio=bio)
    assert found.tier == "micro"
    assert code in codes(found.reasons)
    assert "ask_intent" in codes(found.to_confirm)


def test_a_link_says_as_much_as_the_words_beside_it() -> None:
    shop = verdict(followers=900, external_url="https://www.amazon.ca/shop/camille")
    assert (shop.tier, "storefront" in codes(shop.reasons)) == ("micro", True)
    salon = verdict(followers=900, external_url="https://www.gorendezvous.com/ciseaux")
    assert (salon.tier, salon.archetype) == ("nano", "professional")


def test_one_weak_sign_is_told_but_does_not_decide_and_two_do() -> None:
    one = verdict(followers=900, bio="Ouverte aux collabs")
    assert (one.tier, codes(one.reasons)[1:2]) == ("nano", ["collaboration"])
    two = verdict(followers=900, bio="Ouverte aux collabs. Code promo CAM10")
    assert two.tier == "micro"
    listed = verdict(followers=900, bio="Code promo CAM10", category="Créateur numérique")
    assert listed.tier == "micro"


@pytest.mark.parametrize(
    "bio",
    [
        "Chargée de projet et maman de deux",
        "Gestionnaire de communauté à Laval",
        "J’aime la bouffe, les codes vestimentaires et le sport",
        "Manager dans un café de quartier",
        "Je bois du thé",
    ],
)
def test_ordinary_bios_show_no_livelihood_sign(bio: str) -> None:
    found = verdict(followers=900, bio=bio)
    assert "no_livelihood_sign" in codes(found.reasons)


def sponsored(part: int, whole: int) -> list[Record]:
    return [post(n, sponsored=n < part) for n in range(whole)]


def test_many_sponsored_posts_are_a_sign_of_livelihood_with_their_numbers() -> None:
    found = verdict(sponsored(8, 20), followers=900)
    said = next(s for s in found.reasons if s.code == "often_sponsored")
    assert found.tier == "micro"
    assert said.fr == "8 publications sur 20 sont commanditées."
    assert said.en == "8 of 20 posts are sponsored."


def test_a_few_sponsored_posts_among_few_prove_nothing() -> None:
    found = verdict(sponsored(1, 3), followers=900)
    assert found.tier == "nano"
    assert "sometimes_sponsored" in codes(found.reasons)


def test_no_sponsored_post_is_said_too() -> None:
    said = next(s for s in verdict(sponsored(0, 18)).reasons if s.code == "nothing_sponsored")
    assert said.fr == "Aucune publication commanditée sur 18."


def test_a_steady_niche_above_the_ceiling_is_micro_with_intent_to_confirm() -> None:
    posts = [post(n, days_ago=n * 3, hashtags="velo gravel") for n in range(30)]
    found = verdict(posts, followers=9000)
    assert found.tier == "micro"
    assert "steady_niche" in codes(found.reasons)
    assert "ask_intent" in codes(found.to_confirm)


@pytest.mark.parametrize(
    ("shown", "archetype"),
    [
        ({}, None),
        ({"bio": "Maman, plein air, café"}, "consumer"),
        ({"bio": "Coiffeuse à Rimouski"}, "professional"),
        ({"bio": "Hairstylist in Gatineau"}, "professional"),
        ({"bio": "Étudiante", "occupation": "fleuriste"}, "professional"),
        ({"occupation": "adjointe administrative"}, "consumer"),
        ({"bio": "Prenez rendez-vous en ligne"}, "professional"),
        ({"bio": "Bonjour", "is_business": True}, "professional"),
        ({"category": "Restaurant", "bio": ""}, "professional"),
    ],
)
def test_a_trade_makes_a_professional(shown: dict[str, object], archetype: str | None) -> None:
    assert verdict(None, **shown).archetype == archetype


def test_a_booking_link_is_asked_about() -> None:
    assert "booking_link" in codes(verdict(bio="Coiffeuse. RDV en ligne").to_confirm)


def test_a_quiet_or_private_account_is_asked_about() -> None:
    found = verdict([post(1, days_ago=70), post(2, days_ago=200)], is_private=True)
    assert {"ask_quiet", "ask_private"} <= set(codes(found.to_confirm))


def test_confidence_grows_with_what_is_known() -> None:
    bare = verdict()
    told = verdict(seeks_living="no")
    full = verdict([post(1)], seeks_living="no", bio="Bonjour", has_avatar=True)
    assert 0 < bare.confidence < told.confidence < full.confidence <= 1
    assert bare.confidence == 0.25
    assert told.confidence == 0.6
    assert full.confidence == 0.85


def test_a_verdict_as_plain_values_carries_both_languages() -> None:
    plain = verdict(followers=812, seeks_living="no").as_json()
    assert plain["tier"] == "nano"
    assert plain["reasons"] == [
        {
            "code": "under_ceiling",
            "fr": "812 abonnés\u00a0: sous le seuil de 5\u00a0000 du programme.",
            "en": "812 followers: under the programme’s ceiling of 5,000.",
        },
        {
            "code": "does_not_seek_living",
            "fr": "Dit ne pas chercher à vivre de l’influence.",
            "en": "Says they do not want to live from influence.",
        },
    ]


def test_one_member_alone_gets_the_verdict_it_gets_among_others() -> None:
    accounts = [account("a", seeks_living="no"), account("b", followers=7000), account("c")]
    together = qualified(accounts)
    for each in accounts:
        alone = qualified([each])[str(each["account_id"])]
        assert alone.verdict == together[alone.account_id].verdict


def test_closeness_far_below_the_others_is_asked_about_and_keeps_the_tier() -> None:
    accounts = [account(f"a{n:02d}") for n in range(30)]
    posts, told = [], []
    for n in range(30):
        for m in range(10):
            posts.append(post(m, account_id=f"a{n:02d}", comments=10 * n))
            for person in range(4):
                told.append(act(f"x{person}", "reply", on=f"a{n:02d}", post_id=str(m)))
                if n > 0 or (m, person) == (0, 0):
                    told.append(
                        act(
                            f"a{n:02d}",
                            "reply",
                            on=f"a{n:02d}",
                            post_id=str(m),
                            in_reply_to_actor_id=f"x{person}",
                            hours=1 if n else 400,
                        )
                    )
    found = qualified(accounts, posts, told)
    assert found["a00"].verdict.tier == "nano"
    assert (found["a00"].verdict.closeness or 0) < (found["a29"].verdict.closeness or 0)
    said = next(s for s in found["a29"].verdict.reasons if s.code == "closeness")
    assert said.en.endswith("measures.")


@pytest.mark.parametrize(
    ("count", "fr", "en"),
    [(0, "0 abonné\u00a0:", "0 followers:"), (1, "1 abonné\u00a0:", "1 follower:")],
)
def test_counts_agree_with_their_noun(count: int, fr: str, en: str) -> None:
    said = verdict(followers=count).reasons[0]
    assert said.fr.startswith(fr)
    assert said.en.startswith(en)
