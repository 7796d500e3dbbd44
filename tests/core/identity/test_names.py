"""Names, addresses and handles as they are compared, worked by hand."""

import pytest

from proche.core.identity import addresses, names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Geneviève", "GENEVIEVE"),
        ("Marie-Ève", "Marie Eve"),
        ("Marie‑Ève", "marieeve"),
    ],
)
def test_given_names_are_the_same_without_accents_hyphens_or_case(one: str, other: str) -> None:
    assert names.given_key(one) == names.given_key(other)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("JF", "Jean-François"),
        ("Gen", "Geneviève"),
        ("Alex", "Alexandre"),
        ("Alex", "Alexandra"),
        ("Cath", "Catherine"),
        ("Bill", "William"),
        ("Mike", "Michael"),
    ],
)
def test_a_short_form_may_stand_for_the_full_name(short: str, full: str) -> None:
    assert set(names.given_forms(short)) & set(names.given_forms(full))
    assert names.given_group(short) == names.given_group(full)


def test_alexandre_and_alexandra_share_no_form_and_yet_are_brought_together() -> None:
    assert not set(names.given_forms("Alexandre")) & set(names.given_forms("Alexandra"))
    assert names.given_group("Alexandre") == names.given_group("Alexandra")


@pytest.mark.parametrize(
    ("name", "key", "parts"),
    [
        ("St-Pierre", "saintpierre", ("saintpierre",)),
        ("Saint Pierre", "saintpierre", ("saintpierre",)),
        ("L’Heureux", "lheureux", ("lheureux",)),
        ("de la Chevrotière", "delachevrotiere", ("delachevrotiere",)),
        ("Roy-St-Pierre", "roysaintpierre", ("roy", "saintpierre")),
        ("Tremblay Gagnon", "tremblaygagnon", ("tremblay", "gagnon")),
        ("", "", ()),
    ],
)
def test_a_family_name_is_one_key_and_its_parts(
    name: str, key: str, parts: tuple[str, ...]
) -> None:
    assert (names.family_key(name), names.family_parts(name)) == (key, parts)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ju.Roy+infolettre@Gmail.com", "juroy@gmail.com"),
        ("juroy@googlemail.com", "juroy@gmail.com"),
        ("ju.roy+x@videotron.ca", "ju.roy@videotron.ca"),
        ("ju.roy", ""),
        ("", ""),
    ],
)
def test_a_mailbox_has_one_form(text: str, key: str) -> None:
    assert addresses.email_key(text) == key


@pytest.mark.parametrize(
    "text",
    ["@Ju.Roy", "ju.roy", "https://www.instagram.com/Ju.Roy/", "instagram.com/ju.roy?igsh=1"],
)
def test_a_handle_has_one_form_however_it_was_pasted(text: str) -> None:
    assert addresses.account_key("Instagram", text) == "instagram:ju.roy"


def test_what_is_only_the_name_is_told_from_a_word_of_ones_own() -> None:
    own = addresses.longest_first(("roy", "julie", "j"))
    assert [
        addresses.is_only_the_name(word, names=own) for word in ("julieroy", "jroy", "lunetuque")
    ] == [True, True, False]


def test_digits_dots_and_fillers_do_not_change_the_stem_of_a_handle() -> None:
    assert {addresses.stem(h) for h in ("lune_tuque", "lune.tuque99", "lunetuque_mtl")} == {
        "lunetuque"
    }
