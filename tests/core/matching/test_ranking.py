from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proche.core.matching import Brief, Member, Pool, Weights, explain, rank
from tests.core.matching.members import member

HAIR = Brief(title="Huile pour les cheveux", topics=("coiffure",), format="product")


def order(brief: Brief, *members: Member, weights: Weights | None = None) -> list[str]:
    ranking = rank(brief, members, top=len(members), weights=weights or Weights())
    return [match.member_id for match in ranking.results]


def test_a_hand_worked_score() -> None:
    """Shares of 100: 5, 2, 2, 1.5, 1.5, 1.5 of 13.5; relevance 1, never asked, no history."""
    [match] = rank(HAIR, [member(closeness=80.0, mentioned_brand=True)], top=1).results
    assert match.parts == {
        "relevance": 37.04,
        "affinity": 14.81,
        "closeness": 11.85,
        "wishes": 11.11,
        "reliability": 5.56,
        "fairness": 11.11,
    }
    assert match.score == 91.48


def test_someone_who_talks_of_it_in_the_other_language_comes_before_someone_who_does_not() -> None:
    english = member("emma", text="Hair stylist. New haircut every Friday!")
    french = member("zoe", text="Je fabrique des meubles en bois. Ébéniste de père en fille.")
    assert order(HAIR, french, english) == ["emma", "zoe"]
    first = rank(HAIR, [english], top=1).results[0].reasons[0]
    assert first.code == "topics"
    assert first.fr == "Parle de\u00a0: coiffure (2 fois)."


def test_a_post_made_for_a_brand_says_what_somebody_can_speak_of_and_not_what_they_like() -> None:
    hair = Brief(title="Huile pour les cheveux", topics=("coiffure",), categories=("coiffure",))
    sayings = {"text": "Menuisier à Amqui", "captions": ("Ma nouvelle coupe de cheveux, enfin!",)}
    [told] = rank(hair, [member("told", **sayings)], top=1).results
    [silent] = rank(hair, [member("silent", text="Menuisier à Amqui")], top=1).results
    [unasked] = rank(hair, [member("unasked", text="J’adore changer de coiffure")], top=1).results
    assert told.values["relevance"] > 0
    assert silent.values["relevance"] == 0
    assert told.values["affinity"] == 0
    assert unasked.values["affinity"] == 0.5


def test_a_narrower_topic_answers_a_wider_one() -> None:
    narrow = member("a", text="Balayage et mèches")
    wide = member("b", text="Soins de la peau")
    neither = member("c", text="Pêche à la mouche")
    assert order(HAIR, neither, wide, narrow) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"mentioned_brand": True}, {"mentioned_brand": False}),
        ({"closeness": 90.0}, {"closeness": 40.0}),
        ({"closeness": None}, {"closeness": 40.0}),
        ({"closeness": 60.0}, {"closeness": None}),
        ({"try_products": True}, {"try_products": None}),
        ({"try_products": None}, {"try_products": False}),
        ({"posted": 4, "owed": 4}, {"posted": 1, "owed": 4}),
        ({"posted": 0, "owed": 0}, {"posted": 1, "owed": 4}),
        ({"months_since_last_ask": None}, {"months_since_last_ask": 2}),
        ({"months_since_last_ask": 9}, {"months_since_last_ask": 2}),
    ],
)
def test_one_fact_alone_puts_a_member_first(
    better: dict[str, object], worse: dict[str, object]
) -> None:
    assert order(HAIR, member("a", **worse), member("b", **better)) == ["b", "a"]


def test_a_weight_of_zero_leaves_its_part_out() -> None:
    close, named = member("a", closeness=95.0), member("b", mentioned_brand=True, closeness=None)
    assert order(HAIR, close, named) == ["b", "a"]
    assert order(HAIR, close, named, weights=Weights(affinity=0)) == ["a", "b"]
    assert order(HAIR, named, close, weights=Weights(closeness=0)) == ["b", "a"]


def test_weights_are_numbers_of_zero_or_more() -> None:
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="0 or more"):
            Weights(fairness=wrong)


def test_all_weights_zero_ranks_by_id_with_a_score_of_zero() -> None:
    nothing = Weights(relevance=0, affinity=0, closeness=0, wishes=0, reliability=0, fairness=0)
    ranking = rank(HAIR, [member("b"), member("a")], top=2, weights=nothing)
    assert [(match.member_id, match.score) for match in ranking.results] == [("a", 0), ("b", 0)]


def test_a_part_nobody_knows_anything_of_does_not_count_and_is_said_once() -> None:
    pool = Pool.of([member(closeness=None)], given=frozenset({"text", "closeness"}))
    ranking = rank(HAIR, pool, top=1)
    assert set(ranking.points) == {"relevance"}
    assert [note.code for note in ranking.notes] == ["consent_not_given", "parts_not_given"]
    assert ranking.results[0].score == 100


def test_the_order_of_the_members_changes_nothing_and_ties_stand_by_id() -> None:
    members = [member(name) for name in "dbca"]
    assert order(HAIR, *members) == order(HAIR, *reversed(members)) == ["a", "b", "c", "d"]


def test_top_gives_the_head_of_the_whole_ranking() -> None:
    members = [member(f"m{i:02}", closeness=float(i * 7 % 50)) for i in range(40)]
    whole = order(HAIR, *members)
    for top in (0, 1, 5, 40, 99):
        results = rank(HAIR, members, top=top).results
        assert [match.member_id for match in results] == whole[:top]


def test_nobody_to_rank_gives_an_empty_ranking() -> None:
    assert rank(HAIR, [], top=3).results == ()
    assert rank(HAIR, [member(asleep=True)], top=3).results == ()


def test_two_members_with_one_id_are_not_ranked_as_two() -> None:
    with pytest.raises(ValueError, match="same member_id"):
        rank(HAIR, [member("a"), member("a")], top=1)


def test_anyone_can_ask_where_they_stand() -> None:
    pool = Pool.of([member("a", closeness=90.0), member("b", closeness=40.0)])
    answer = explain(HAIR, pool, "b")
    assert (answer.position, answer.considered, answer.filters) == (2, 2, ())
    assert answer.sentence.fr == "Au rang 2 de 2 membres classés."
    assert answer.match == rank(HAIR, pool, top=2).results[1]
    with pytest.raises(KeyError):
        explain(HAIR, pool, "nobody")


texts = st.sampled_from(["", "coiffure", "haircut", "pêche", "bois et forêt", "mon chien"])
anyone = st.builds(
    member,
    text=texts,
    closeness=st.none() | st.floats(0, 100),
    try_products=st.none() | st.booleans(),
    mentioned_brand=st.none() | st.booleans(),
    months_since_last_ask=st.none() | st.integers(0, 40),
    posted=st.integers(0, 3),
    owed=st.integers(0, 3),
    region=st.sampled_from(["01", "06", None]),
)


@given(st.lists(anyone, max_size=8), st.sampled_from([(), ("01",)]))
@settings(max_examples=100, deadline=None)
def test_scores_are_the_sum_of_their_parts_and_fall_from_first_to_last(
    drawn: list[Member], regions: tuple[str, ...]
) -> None:
    members = [member(f"m{i}", **_facts(one)) for i, one in enumerate(drawn)]
    brief = Brief(title="Cheveux", format="product", regions=regions)
    ranking = rank(brief, members, top=10)
    for match in ranking.results:
        assert 0 <= match.score <= 100
        assert match.score == pytest.approx(sum(match.parts.values()), abs=0.05)
        assert all(match.parts[name] <= most + 0.06 for name, most in ranking.points.items())
        assert explain(brief, members, match.member_id).match == match
    assert all(one.score >= next_one.score for one, next_one in pairwise(ranking.results))
    assert ranking.considered + sum(ranking.filtered_out.values()) == len(members)


def _facts(drawn: Member) -> dict[str, object]:
    return {name: getattr(drawn, name) for name in Member.__slots__ if name != "member_id"}


def test_other_weights_give_the_order_and_scores_of_a_new_ranking_of_everybody() -> None:
    """More are ranked than are shown, and somebody who is out stands among them."""
    texts = ("pêche", "coiffure", "coiffure et barbe", "balayage, coiffure, mèches")
    members = [
        member(
            f"m{place:02}",
            text=texts[place % 4],
            closeness=float(place * 37 % 101),
            mentioned_brand=place % 5 == 0,
            asleep=place == 7,
        )
        for place in range(40)
    ]
    ids, known = rank(HAIR, members, top=3).everybody()
    assert ids == order(HAIR, *members)
    assert known.reordered(Weights()).tolist() == list(range(39))
    other = Weights(relevance=0, closeness=7, affinity=3)
    again = rank(HAIR, members, top=40, weights=other).results
    assert [ids[place] for place in known.reordered(other)] == [m.member_id for m in again]
    totals = dict(zip(ids, known.totals(other), strict=True))
    for match in again:
        assert totals[match.member_id] == pytest.approx(match.score, abs=0.006)
    assert ids[:3] != [match.member_id for match in again[:3]]


def test_nobody_ranked_has_no_parts_to_weigh_again() -> None:
    ids, known = rank(HAIR, [member(asleep=True)], top=3).everybody()
    assert (ids, known.reordered(Weights()).tolist()) == ([], [])


def test_who_speaks_of_the_kind_of_product_counts_half_of_who_names_the_brand() -> None:
    brief = Brief(title="Shampoing", categories=("hair",), brand="Sapinelle")
    members = [
        member("brand", mentioned_brand=True, text="bois"),
        member("kind", mentioned_brand=None, text="balayage et coupe"),
        member("ticked", mentioned_brand=None, text="bois", topics=("hair",)),
    ]
    values = {m.member_id: m.values["affinity"] for m in rank(brief, members, top=3).results}
    assert values == {"brand": 1.0, "kind": 0.5, "ticked": 0.0}


def test_a_part_without_weight_is_not_said_to_be_missing() -> None:
    [match] = rank(HAIR, [member()], top=1, weights=Weights(relevance=0)).results
    assert "off_subject" not in {reason.code for reason in match.against}


def test_the_best_who_may_be_asked_counts_one_whoever_speaks_better_of_it() -> None:
    """Nine in ten are left, so that nobody's facts are copied; one in ten, so that they are."""
    for few in (False, True):
        members = [
            member(f"m{place}", text="coiffure" if place < 5 else "bois", asleep=few and place > 0)
            for place in range(9)
        ]
        expert = member("m9", text="coiffure", hashtags=("coiffure", "cheveux"), asleep=True)
        ranking = rank(HAIR, [*members, expert], top=20)
        assert [m.member_id for m in ranking.results] == [f"m{n}" for n in range(1 if few else 9)]
        assert ranking.results[0].values["relevance"] == 1.0
        assert ranking.filtered["m9"] == "asleep"
        assert ranking.considered == len(ranking.results)
