"""What people write in cells, and what their headings mean."""

from datetime import date

import pytest

from proche.areas.imports import cells
from proche.areas.imports.cells import WrongCell
from proche.areas.imports.columns import Choices, Plan, guess, heading_row, signature_of
from proche.areas.imports.drafts import Draft, DraftAccount, draft_of, handle_of

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4200", 4200), ("4 200", 4200), ("4\u00a0200", 4200), ("4\u202f200", 4200),
        ("4,200", 4200), ("4.200", 4200), ("4,2 k", 4200), ("4.2K", 4200), ("1,25 M", 1_250_000),
        ("12 345 abonnés", 12345), ("~900", 900), ("environ 3 k", 3000), ("4200.0", 4200),
        ("3 mille", 3000), ("0", 0), ("5000+", 5000), ("1’200", 1200),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(written: str, read: int) -> None:
    assert cells.number(written) == read


@pytest.mark.parametrize(
    "written", ["beaucoup", "4,2", "4-5 k", "12.34.5", "1e9", "-5", "99999999999", "4.2.1 k"]
)
def test_a_number_that_could_be_two_is_not_guessed(written: str) -> None:
    with pytest.raises(WrongCell):
        cells.number(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03-04", date(2025, 3, 4)), ("25/12/2025", date(2025, 12, 25)),
        ("12/25/2025", date(2025, 12, 25)), ("4 mars 2025", date(2025, 3, 4)),
        ("1er août 2025", date(2025, 8, 1)), ("March 4, 2025", date(2025, 3, 4)),
        ("2025-03-04T10:00:00", date(2025, 3, 4)), ("05/05/2025", date(2025, 5, 5)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(written: str, read: date) -> None:
    assert cells.day(written) == read


def test_a_date_that_could_be_two_says_both() -> None:
    with pytest.raises(WrongCell) as wrong:
        cells.day("03/04/2025")
    assert wrong.value == WrongCell("date", "2025-04-03, 2025-03-04")


@pytest.mark.parametrize("written", ["2025-02-30", "hier", "2025", "31/31/2025"])
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(WrongCell):
        cells.day(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Montréal", "06"), ("montreal", "06"), ("06", "06"), ("6", "06"), ("06 - Montréal", "06"),
        ("Eastern Townships", "05"), ("Cantons-de-l'Est", "05"), ("QC-11", "11"),
        ("Gaspésie", "11"), ("Ville de Québec", "03"), ("Saguenay-Lac-Saint-Jean", "02"),
        ("Région de la Mauricie", "04"),
    ],
)  # fmt: skip
def test_a_region_is_known_by_its_names_and_codes(written: str, code: str) -> None:
    assert cells.region(written) == code


def test_a_region_that_is_not_known_suggests_the_nearest() -> None:
    with pytest.raises(WrongCell) as wrong:
        cells.region("Lanaudère")
    assert wrong.value == WrongCell("region", "Lanaudière")
    with pytest.raises(WrongCell) as far:
        cells.region("Ontario")
    assert far.value.hint == ""


@pytest.mark.parametrize(
    ("platform", "typed", "handle"),
    [
        ("instagram", "@Camille.O", "camille.o"),
        ("instagram", "https://www.instagram.com/camille.o/?hl=fr", "camille.o"),
        ("instagram", "instagram.com/_u/camille", "camille"),
        ("tiktok", "https://www.tiktok.com/@camille_o", "camille_o"),
        ("youtube", "https://youtube.com/@camille", "camille"),
        ("youtube", "https://www.youtube.com/c/Camille", "camille"),
        ("facebook", "https://fr-ca.facebook.com/profile.php?id=100012", "100012"),
        ("linkedin", "https://www.linkedin.com/in/camille-o", "camille-o"),
        ("bluesky", "https://bsky.app/profile/camille.bsky.social", "camille.bsky.social"),
        ("mastodon", "https://jasette.example/@camille", "camille@jasette.example"),
        ("mastodon", "@camille@jasette.example", "camille@jasette.example"),
        ("x", "https://twitter.com/camille", "camille"),
        ("blog", "https://www.camille.example/blog/", "camille.example/blog"),
    ],
)
def test_a_handle_is_the_same_however_it_is_pasted(platform: str, typed: str, handle: str) -> None:
    assert handle_of(platform, typed) == handle


@pytest.mark.parametrize(
    ("platform", "typed", "code"),
    [
        ("instagram", "https://www.tiktok.com/@camille", "other_network"),
        ("instagram", "https://www.instagram.com/p/Cabc123/", "handle"),
        ("instagram", "Camille Ouellet", "handle"),
        ("x", "beaucoup_trop_long_pour_x", "handle"),
        ("blog", "camille@exemple.ca", "handle"),
        ("instagram", "https://exemple.ca/camille", "handle"),
    ],
)
def test_a_handle_of_another_network_is_told_apart(platform: str, typed: str, code: str) -> None:
    with pytest.raises(WrongCell) as wrong:
        handle_of(platform, typed)
    assert wrong.value.code == code


def test_headings_are_guessed_in_both_languages() -> None:
    french = ["Prénom", "NOM", "Courriel ", "Ville", "Région", "Instagram", "Abonnés Instagram",
              "TikTok (lien)", "Métier", "Étiquettes", "Notes", "Langue", "Profil", "Couleur",
              "Nb d'abonnés"]  # fmt: skip
    assert guess(french) == [
        "given_name", "family_name", "email", "city", "region", "account:instagram",
        "followers:instagram", "account:tiktok", "occupation", "tags", "note", "language",
        "archetype", "", "followers",
    ]  # fmt: skip
    english = ["First name", "Last name", "E-mail", "City", "IG handle", "TikTok followers",
               "Consent date", "Trade"]  # fmt: skip
    assert guess(english) == [
        "given_name", "family_name", "email", "city", "account:instagram", "followers:tiktok",
        "dated_on", "occupation",
    ]  # fmt: skip


def test_a_name_alone_is_the_whole_name_and_no_code_is_given_twice() -> None:
    assert guess(["Nom", "Courriel", "Email"]) == ["full_name", "email", ""]


def test_headings_are_found_under_a_title() -> None:
    rows = [(1, ["Influenceurs 2026"]), (3, ["Prénom", "Nom", "Courriel"]), (4, ["A", "B", "c@d"])]
    assert heading_row(rows) == 1


def test_two_files_with_the_same_headings_have_one_signature() -> None:
    assert signature_of(["Prénom", "E-mail"]) == signature_of(["prenom ", "e mail"])
    assert signature_of(["Prénom", "E-mail"]) != signature_of(["E-mail", "Prénom"])


def drafted(**given: str) -> Draft:
    plan = Plan.of([name.replace("__", ":") for name in given], Choices().kept())
    return draft_of(plan, 7, list(given.values()), today=TODAY)


def wrongs(draft: Draft) -> list[tuple[str, str, str]]:
    return [(problem.column, problem.code, problem.hint) for problem in draft.problems]


def test_a_row_becomes_a_person_with_accounts_and_tags() -> None:
    draft = drafted(
        full_name="Ouellet, Camille", email="Camille <CAMILLE@exemple.ca>", region="11",
        account__instagram="@camille", followers="4,2 k", account__tiktok="-", tags="VIP; maman",
        tries_products="oui", topics="Cheveux", dated_on="2025-03-04", note="aime le bio",
    )  # fmt: skip
    assert wrongs(draft) == []
    assert draft.facts == {
        "given_name": "Camille", "family_name": "Ouellet", "email": "camille@exemple.ca",
        "region": "11", "tries_products": True, "topics": ["hair"],
    }  # fmt: skip
    assert draft.accounts == [DraftAccount("instagram", "camille", 4200)]
    assert (draft.tags, draft.note) == (["VIP", "maman"], "aime le bio")
    assert draft.dated_on == date(2025, 3, 4)


def test_every_problem_names_its_column_and_what_would_be_right() -> None:
    draft = drafted(
        given_name="=cmd|calc", family_name="", email="pas un courriel", region="Lanaudère",
        account__instagram="https://tiktok.com/@a", followers__tiktok="12", city="x" * 81,
        dated_on="2030-01-01", followers="mille et un",
    )  # fmt: skip
    assert wrongs(draft) == [
        ("given_name", "formula", ""),
        ("family_name", "no_name", ""),
        ("email", "email", ""),
        ("city", "too_long", "80"),
        ("region", "region", "Lanaudière"),
        ("account:instagram", "other_network", "TikTok"),
        ("followers:tiktok", "number_alone", ""),
        ("followers", "number", ""),
        ("dated_on", "future", ""),
    ]


def test_a_formula_kept_as_text_by_an_apostrophe_is_text() -> None:
    assert cells.text("'=Anne") == "=Anne"
    assert cells.text("''=Anne") == "'=Anne"
    assert cells.text("'tite Anne") == "'tite Anne"
