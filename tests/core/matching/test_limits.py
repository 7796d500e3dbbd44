import pytest

from proche.core.matching import cannot_take, limit_named, limits
from proche.core.matching.limits import asked_keys, keys_of


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


DENIED = """
Pas d’allergie aux noix.
Aucune allergie aux noix, ni aux fruits de mer
Je n’ai pas d’allergie aux noix ni au lait
Pas d’allergie aux noix et aux œufs
Je ne suis pas allergique aux noix de cajou
Pas intolérante au gluten
Aucune intolérance connue au lactose
Ni allergie ni intolérance au lactose
Sans aucune allergie alimentaire aux arachides
Je ne suis pas végane
Je ne suis plus végétarienne
Non végane
Ni végane ni végétarienne
Pas d’allergie et pas végane
Allergie aux noix : non
Végane? Non
No allergies
No known food allergies to nuts
No nut allergy
No peanut or shellfish allergies
Not allergic to nuts
Not lactose intolerant
I don’t have any allergies to milk
I’ve never had an allergy to eggs
Not vegan
I’m not vegan or vegetarian.
No longer vegan
Allergic to nuts? No.
"""
DOUBTFUL = {
    "Pas de noix": "nuts",
    "No nuts": "nuts",
    "Sans gluten": "gluten",
    "No dairy, no allergies": "dairy",
    "Aucune allergie sauf aux noix": "nuts",
    "Aucune autre allergie que les noix": "nuts",
    "No allergies except nuts": "nuts",
    "No allergy to nuts, milk or eggs": "dairy eggs",
    "Pas végane mais végétarienne": "meat pork seafood",
    "Pas toujours végétarienne": "meat pork seafood",
    "Not only vegetarian": "meat pork seafood",
    "Nothing that is not vegetarian": "meat pork seafood",
    "No non-vegetarian products": "meat pork seafood",
    "Pas d’allergie, végétarienne": "meat pork seafood",
    "No allergies and vegetarian": "meat pork seafood",
    "Pas allergique aux noix mais je n’en mange pas": "nuts",
    "Pas d’allergie aux noix. Je les évite.": "nuts",
    "Not allergic to nuts but I avoid them": "nuts",
    "Pas mal allergique aux noix": "nuts",
    "Pas sans allergie aux noix": "nuts",
    "Pas d’allergie grave aux noix": "nuts",
    "Plus allergique aux noix qu’avant": "nuts",
    "Dont allergie aux noix": "nuts",
    "Pas de gluten allergie": "gluten",
    "No gluten intolerant": "gluten",
    "Pas d’allergie aux noix, allergique au lait": "dairy",
    "Not allergic to nuts lactose intolerant": "dairy nuts",
    "Pas d’allergie aux noix, au lait oui": "dairy nuts",
    "Allergie aux noix : oui": "nuts",
    "Allergie aux noix : non, aux œufs": "eggs nuts",
    "Allergies : noix": "nuts",
    "Pas d’allergie connue. Pas de porc.": "pork",
}


def codes_in(said: str) -> set[str]:
    return {limit.code for limit in limits()} & keys_of(said)


@pytest.mark.parametrize("said", DENIED.strip().splitlines())
def test_a_denial_keeps_nobody_from_anything(said: str) -> None:
    assert codes_in(said) == set()
    assert not cannot_take(["nuts", "noix", "dairy", "milk", "eggs", "gluten", "animal"], said)


@pytest.mark.parametrize(("said", "codes"), DOUBTFUL.items())
def test_what_may_be_no_denial_stays_a_limit(said: str, codes: str) -> None:
    assert codes_in(said) == set(codes.split())


def test_a_denial_of_a_word_outside_the_list_is_one_too() -> None:
    assert not cannot_take(["orties"], "pas d’allergie aux orties")
    assert cannot_take(["orties"], "pas d’allergie aux noix; orties")


@pytest.mark.parametrize(
    "contained",
    [
        "sans noix",
        "Nut-free",
        "no nuts",
        "free of nuts",
        "exempt de noix",
        "ne contient pas de noix",
        "does not contain nuts",
        "sans gluten ni noix",
    ],
)
def test_a_product_without_something_sets_nobody_aside_for_it(contained: str) -> None:
    assert asked_keys(contained) == ()
    assert not cannot_take([contained], "allergique aux noix, no nuts")


@pytest.mark.parametrize(
    "contained",
    ["noix et sans gluten", "not nut free", "non garanti sans noix", "peut contenir des noix"],
)
def test_a_product_that_may_hold_something_sets_aside(contained: str) -> None:
    assert cannot_take([contained], "allergique aux noix, no nut, garanti")
