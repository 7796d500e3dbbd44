import pytest

from proche.core.matching import cannot_take, limit_named, limits
from proche.core.matching.limits import keys_of


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("", set()),
        ("Aucune", set()),
        ("Végane", {"dairy", "eggs", "seafood", "meat", "pork", "animal"}),
        ("végétarienne, sans parfum", {"seafood", "meat", "pork", "scent"}),
        ("Allergic to peanuts and shellfish", {"nuts", "seafood"}),
        ("fruits de mer", {"seafood"}),
        ("fruits et légumes seulement", set()),
        ("nutrition sportive", set()),
        ("LACTOSE; blé", {"dairy", "gluten"}),
        ("halal", {"pork"}),
    ],
)
def test_limits_are_read_in_the_words_of_people(words: str, codes: set[str]) -> None:
    assert keys_of(words) & {limit.code for limit in limits()} == codes


def test_a_name_in_either_language_is_its_limit_and_another_word_stays_as_typed() -> None:
    assert [limit_named(word) for word in ("Lait", "milk", "nuts", " Ortie ")] == [
        "dairy",
        "dairy",
        "nuts",
        "Ortie",
    ]


def test_a_word_outside_the_list_is_met_by_its_stem_and_several_must_all_be_met() -> None:
    assert cannot_take(["nuts", "orties"], "allergique à l’ortie")
    assert cannot_take(["gelée royale"], "pas de gelée royale, merci")
    assert not cannot_take(["gelée royale"], "pas de gelée de coings")
    assert not cannot_take(["de la"], "pas de la gelée")
    assert not cannot_take([], "noix")
