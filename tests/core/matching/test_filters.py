from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from proche.core.matching import FILTER_SENTENCES, Brief, explain, rank
from tests.core.matching.members import member

ASKED = Brief(
    title="Shampoing aux bourgeons de sapin",
    regions=("01", "11"),
    languages=("fr",),
    min_age=18,
    tiers=("nano",),
    archetypes=("professional", "consumer"),
    min_followers=100,
    max_followers=4999,
    brand="Sapinelle",
    categories=("Cheveux",),
    rivals=("Épinelle",),
    exclusivity_months=3,
    asks_per_quarter=2,
    contains=("nuts", "avoine"),
    alcohol=True,
)

KEPT_OUT: list[tuple[dict[str, Any], str]] = [
    ({"may_be_shortlisted": False}, "no_consent"),
    ({"asleep": True}, "asleep"),
    ({"limits": "Je suis allergique aux amandes."}, "limits"),
    ({"limits": "no oats please, pas d’avoine"}, "limits"),
    ({"limits_known": False}, "limits_unknown"),
    ({"accepts_alcohol": False}, "alcohol"),
    ({"accepts_alcohol": None}, "alcohol"),
    ({"region": "06"}, "region"),
    ({"region": None}, "region_unknown"),
    ({"languages": ("en",)}, "language"),
    ({"age_ok": False}, "age"),
    ({"age_ok": None}, "age_unknown"),
    ({"age_ok": None, "age": 17}, "age"),
    ({"tier": "micro"}, "tier"),
    ({"tier": "undetermined"}, "tier_unknown"),
    ({"tier": None}, "tier_unknown"),
    ({"archetype": "star"}, "archetype"),
    ({"archetype": None}, "archetype_unknown"),
    ({"followers": 5000}, "followers"),
    ({"followers": 99}, "followers"),
    ({"followers": None}, "followers_unknown"),
    ({"refused_brands": ("SAPINELLE",)}, "refused_brand"),
    ({"refused_categories": ("cheveux",)}, "refused_category"),
    ({"recent_brands": (("epinelle", 2),)}, "rival"),
    ({"asks_this_quarter": 2}, "asks"),
]
LET_THROUGH: list[dict[str, Any]] = [
    {},
    {"region": "11"},
    {"languages": ("en", "fr-CA")},
    {"languages": ()},
    {"age_ok": None, "age": 18},
    {"followers": 4999},
    {"refused_brands": ("Autre",)},
    {"recent_brands": (("Épinelle", 3), ("Autre", 0))},
    {"asks_this_quarter": 1},
    {"asks_this_quarter": None},
]


@pytest.mark.parametrize(("changes", "code"), KEPT_OUT)
def test_a_member_who_does_not_fit_is_kept_out_and_counted(
    changes: dict[str, Any], code: str
) -> None:
    ranking = rank(ASKED, [member(**changes)], top=5)
    assert ranking.results == ()
    assert ranking.filtered_out == {code: 1}
    assert ranking.filtered == {"camille": code}
    assert ranking.sentences == {code: FILTER_SENTENCES[code]}


@pytest.mark.parametrize("changes", LET_THROUGH)
def test_a_member_who_fits_stays(changes: dict[str, Any]) -> None:
    ranking = rank(ASKED, [member(**changes)], top=5)
    assert [match.member_id for match in ranking.results] == ["camille"]
    assert ranking.filtered_out == {}
    assert ranking.filtered == {}


def test_every_filter_has_a_test_and_a_sentence_in_both_languages() -> None:
    assert set(FILTER_SENTENCES) == {code for _, code in KEPT_OUT}
    assert all(sentence.fr and sentence.en for sentence in FILTER_SENTENCES.values())


def test_each_member_is_counted_once_under_the_first_filter() -> None:
    members = [
        member("a", asleep=True, region="06"),
        member("b", region="06"),
        member("c", region="06"),
        member("d"),
    ]
    ranking = rank(ASKED, members, top=5)
    assert list(ranking.filtered_out.items()) == [("region", 2), ("asleep", 1)]
    assert ranking.considered + sum(ranking.filtered_out.values()) == len(members)


def test_why_not_names_every_filter_not_only_the_first() -> None:
    answer = explain(ASKED, [member(asleep=True, region="06")], "camille")
    assert [sentence.code for sentence in answer.filters] == ["asleep", "region"]
    assert answer.sentence.fr == "Hors du classement\u00a0: en pause; hors des régions demandées."
    assert (answer.position, answer.match) == (None, None)


def test_a_brief_that_asks_for_nothing_keeps_out_only_those_who_may_not_be_asked() -> None:
    members = [member("a"), member("b", region=None, tier=None), member("c", asleep=True)]
    assert rank(Brief(title="Sapin"), members, top=5).filtered_out == {"asleep": 1}


def test_keeping_out_most_of_a_bank_counts_as_keeping_out_one_by_one() -> None:
    """Where most are out, the filters that follow look at the others alone."""
    members = [
        member(
            f"m{place:03}",
            **{
                name: value
                for step, (changes, _code) in enumerate(KEPT_OUT)
                if place % (step + 3) == 0
                for name, value in changes.items()
            },
        )
        for place in range(400)
    ]
    for regions in ((), ("01",), ("06",), ("01", "06", "11")):
        brief = replace(ASKED, regions=regions)
        ranking = rank(brief, members, top=400)
        alone = {m.member_id: rank(brief, [m], top=1).filtered_out for m in members}
        passed = {name for name, counted in alone.items() if not counted}
        assert {match.member_id for match in ranking.results} == passed
        assert ranking.considered == len(passed)
        assert {name: {code: 1} for name, code in ranking.filtered.items()} == {
            name: counted for name, counted in alone.items() if counted
        }
        assert Counter(ranking.filtered.values()) == ranking.filtered_out
