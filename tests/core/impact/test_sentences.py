"""What people read: the figure with its bounds, in both languages, or why there is none."""

import re

import pytest

from proche.core.impact import Labels, Words, analyse
from proche.core.impact.figures import decimals_for, money_en, money_fr, number_en, number_fr
from tests.core.impact.tables import BOTTLES, HAND_WORKED, observed, steady

CLEAR = {
    "control": [0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    "nano": [14.0, 15, 16, 17, 18, 19, 20, 21, 22, 23],
    "star": [7.0, 8, 9, 10, 11, 12, 13, 14, 15, 16],
}


def test_a_clear_campaign_reads_as_lifts_with_bounds_then_the_ratio() -> None:
    impact = analyse(steady(CLEAR), labels=BOTTLES)
    assert impact.lead.fr == (
        "Là où nos membres ont parlé du sirop, chaque magasin a vendu 14,0 bouteilles de plus "
        "par semaine. Là où la vedette en a parlé, 7,0 de plus."
    )
    assert impact.sentence.fr == (
        "Là où nos membres ont parlé du sirop, chaque magasin a vendu 14,0 bouteilles de plus "
        "par semaine (entre 11,2 et 16,8). Là où la vedette en a parlé, 7,0 de plus "
        "(entre 4,2 et 9,8). L’effet de nos membres vaut 2,0 fois celui de la vedette "
        "(entre 1,5 et 3,1)."
    )
    assert impact.sentence.en == (
        "Where our members talked about the syrup, each store sold 14.0 more bottles per week "
        "(between 11.2 and 16.8). Where the star did, 7.0 more (between 4.2 and 9.8). "
        "Our members’ effect is 2.0 times the star’s effect (between 1.5 and 3.1)."
    )
    assert impact.enough
    assert impact.missing == ()


def test_an_unclear_star_gives_no_ratio_and_says_what_would() -> None:
    weak = {**CLEAR, "star": [change + 1 for change in CLEAR["control"]]}
    impact = analyse(steady(weak), labels=BOTTLES)
    assert impact.ratio_sentence is not None
    assert impact.ratio_sentence.fr == (
        "Pas assez de données pour un rapport\u00a0: l’effet de la vedette pourrait être nul."
    )
    assert impact.sentence.en.endswith(
        "Where the star did, 1.0 more (between −1.8 and 3.8), but the effect could be zero. "
        "Not enough data for a ratio: the star’s effect could be zero."
    )
    assert " fois " not in impact.sentence.fr
    assert [gap.fr for gap in impact.missing] == [
        "L’effet de la vedette ne se distingue pas de zéro. S’il est bien de cette taille, il "
        "faudrait environ 150 magasins par groupe pour le voir."
    ]


def test_a_star_that_lowers_the_outcome_gives_no_ratio() -> None:
    falling = {**CLEAR, "star": [change - 20 for change in CLEAR["control"]]}
    impact = analyse(steady(falling), labels=BOTTLES)
    assert impact.sentence.fr.endswith(
        "Là où la vedette en a parlé, 20,0 de moins (entre −22,8 et −17,2). "
        "Pas de rapport\u00a0: l’effet de la vedette est une baisse."
    )


def test_without_labels_the_words_stay_general() -> None:
    impact = analyse(observed(HAND_WORKED))
    assert impact.lead.fr == (
        "Là où nos membres ont parlé du produit, chaque unité a compté 9,5 de plus par période. "
        "Là où la vedette en a parlé, 3,0 de plus, mais l’effet pourrait être nul."
    )
    assert impact.lead.en == (
        "Where our members talked about the product, each unit counted 9.5 more per period. "
        "Where the star did, 3.0 more, but the effect could be zero."
    )


def test_an_arm_of_another_kind_goes_by_its_name() -> None:
    impact = analyse(steady({"control": CLEAR["control"], "micro": CLEAR["nano"]}))
    assert impact.lead.fr.startswith("Dans le groupe «\u00a0micro\u00a0», chaque unité a compté")
    assert impact.lead.en.startswith("In the “micro” arm, each unit counted")


def test_less_than_two_is_singular_in_french() -> None:
    nano = [change + 1.5 for change in CLEAR["control"]]
    impact = analyse(steady({"control": CLEAR["control"], "nano": nano}), labels=BOTTLES)
    assert "a vendu 1,5 bouteille de plus par semaine" in impact.lead.fr
    assert "sold 1.5 more bottles per week" in impact.lead.en


def test_cost_per_extra_outcome_follows_the_bounds_of_the_lift() -> None:
    # 14 more in 10 stores in 1 period: 140 bottles for 420 dollars, 3 dollars each.
    impact = analyse(observed(flat(CLEAR), costs={"nano": 420.0}), labels=BOTTLES)
    cost, lift = impact.costs[0], impact.arms[0]
    assert (cost.arm, cost.total, cost.extra, cost.per_extra) == ("nano", 420.0, 140.0, 3.0)
    assert lift.low is not None
    assert lift.high is not None
    assert [cost.low, cost.high] == pytest.approx([42 / lift.high, 42 / lift.low])
    assert cost.sentence.fr == (
        "Nos membres\u00a0: 3,00\u00a0$ par bouteille de plus (entre 2,49\u00a0$ et 3,77\u00a0$)."
    )
    assert cost.sentence.en == "Our members: $3.00 per extra bottle (between $2.49 and $3.77)."


def test_cost_of_an_unclear_lift_has_no_upper_limit() -> None:
    weak = {**CLEAR, "star": [change + 1 for change in CLEAR["control"]]}
    cost = analyse(observed(flat(weak), costs={"star": 100.0}), labels=BOTTLES).costs[0]
    assert (cost.per_extra, cost.high) == (None, None)
    assert cost.sentence.fr == (
        "La vedette\u00a0: au moins 2,60\u00a0$ par bouteille de plus; "
        "aucun maximum, car l’effet pourrait être nul."
    )


def test_cost_of_a_fall_is_not_a_number() -> None:
    falling = {**CLEAR, "star": [change - 20 for change in CLEAR["control"]]}
    cost = analyse(observed(flat(falling), costs={"star": 100.0}), labels=BOTTLES).costs[0]
    assert (cost.per_extra, cost.low, cost.high) == (None, None, None)
    assert cost.sentence.en == "The star: no cost per extra bottle, because there were none."


def test_few_units_are_named_with_their_elision() -> None:
    regions = Labels(unit=Words("région", "region"), units=Words("régions", "regions"))
    table = steady({"control": [0, 1], "nano": [9, 10]})
    assert analyse(table, labels=regions).cautions[0].fr.startswith("Peu de régions\u00a0:")
    assert analyse(table).cautions[0].fr.startswith("Peu d’unités\u00a0:")


def test_no_sentence_breaks_the_typography_of_quebec() -> None:
    impact = analyse(observed(HAND_WORKED, costs={"nano": 12345.0, "star": 10.0}))
    lines = [
        impact.sentence,
        *impact.missing,
        *impact.cautions,
        *(c.sentence for c in impact.costs),
    ]
    for line in lines:
        assert not re.search(r"(?<!\u00a0)[:%$»]|«(?!\u00a0)|'|\s[?!;,]|\d\.\d", line.fr), line.fr


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (1234.5, "1\u00a0234", "1,234"),
        (-3.04, "−3,0", "−3.0"),
        (-0.0001, "−0,00010", "−0.00010"),
        (0.0766, "0,077", "0.077"),
        (0.0, "0", "0"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, fr: str, en: str) -> None:
    decimals = decimals_for(value)
    assert (number_fr(value, decimals), number_en(value, decimals)) == (fr, en)


def test_a_rounded_zero_has_no_sign() -> None:
    assert number_fr(-0.04, 1) == "0,0"


def test_money_has_cents_and_more_when_it_is_tiny() -> None:
    assert money_fr(1234.5, "$") == "1\u00a0234,50\u00a0$"
    assert money_en(1234.5, "$") == "$1,234.50"
    assert money_en(0.0123, "$") == "$0.012"
    assert money_en(12.0, "CAD") == "12.00 CAD"


def flat(changes: dict[str, list[float]]) -> dict[str, list[tuple[float, float]]]:
    return {arm: [(50.0, 50.0 + change) for change in each] for arm, each in changes.items()}
