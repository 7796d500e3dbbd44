"""The sign-up, screen by screen, as a browser without JavaScript sends it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from proche.areas.accounts.models import Programme
from proche.areas.consent.models import ConsentText
from proche.areas.consent.queries import text_in_force
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from tests.cast import Cast

ACCOUNT = {
    "form-TOTAL_FORMS": "3",
    "form-INITIAL_FORMS": "0",
    "form-0-platform": "instagram",
    "form-0-handle": "@ciseaux.camille",
    "form-0-followers": "812",
}
SCREENS: list[tuple[str, dict[str, Any]]] = [
    ("partage", {"archetype": "professional"}),
    (
        "vous",
        {
            "given_name": "Camille",
            "family_name": "Ouellet",
            "email": "camille@exemple.example",
            "region": "01",
            "city": "Rimouski",
            "adult": "on",
        },
    ),
    (
        "sujets",
        {
            "occupation": "coiffeuse",
            "workplace": "Salon Ciseaux, Rimouski",
            "shows_trade": "mostly",
            "shows_clients": "asked",
            "topics": ["beauty"],
            "content_languages": ["fr"],
            "seeks_living": "no",
        },
    ),
    ("comptes", ACCOUNT),
    ("envies", {"tries_products": "on"}),
    ("accords", {"bank": "on", "offers": "on"}),
]


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def walk(visitor: Client, until: str) -> None:
    """Fill every screen before `until`."""
    for name, data in SCREENS:
        if name == until:
            return
        answer = visitor.post(f"/inscription/{name}/", data)
        assert answer.status_code == 302, answer.content.decode()


def test_six_screens_make_one_application(visitor: Client) -> None:
    walk(visitor, until="")
    person = Person.objects.get()
    assert (person.given_name, person.archetype, person.topics) == (
        "Camille",
        "professional",
        ["beauty"],
    )
    assert person.accounts.get().handle == "ciseaux.camille"
    assert person.application.state == Application.State.UNCONFIRMED


def test_opening_the_link_confirms_nothing_until_the_button(visitor: Client) -> None:
    walk(visitor, until="")
    found = re.search(r"http://[^/]+(/inscription/confirmer/\S+)", Message.objects.get().body)
    assert found is not None
    link = found.group(1)
    visitor.get(link)
    assert Application.objects.get().state == Application.State.UNCONFIRMED
    visitor.post(link)
    assert Application.objects.get().state == Application.State.RECEIVED


def test_a_later_screen_sends_back_to_the_first_one_missing(visitor: Client) -> None:
    walk(visitor, until="sujets")
    answer = visitor.get("/inscription/accords/")
    assert answer.headers["Location"] == "/inscription/sujets/"


def test_no_box_is_ticked_in_advance(visitor: Client) -> None:
    walk(visitor, until="accords")
    page = visitor.get("/inscription/accords/").content.decode()
    assert page.count('type="checkbox"') == 6
    assert "checked" not in page


def test_a_wrong_field_says_so_beside_it_and_keeps_the_rest(visitor: Client) -> None:
    walk(visitor, until="vous")
    wrong = {**SCREENS[1][1], "email": "camille", "given_name": "Camille"}
    page = visitor.post("/inscription/vous/", wrong).content.decode()
    assert 'value="camille"' in page
    assert 'value="Camille"' in page
    assert 'aria-invalid="true"' in page


def test_going_back_shows_what_was_typed(visitor: Client) -> None:
    walk(visitor, until="sujets")
    assert 'value="Rimouski"' in visitor.get("/inscription/vous/").content.decode()


TRADE = ("occupation", "workplace", "shows_trade", "shows_clients")


def test_each_track_is_asked_its_own_questions(visitor: Client) -> None:
    walk(visitor, until="sujets")
    page = visitor.get("/inscription/sujets/").content.decode()
    assert all(f'name="{field}"' in page for field in TRADE)
    assert 'name="shares"' not in page
    visitor.post("/inscription/partage/", {"archetype": "consumer"})
    page = visitor.get("/inscription/sujets/").content.decode()
    assert not any(f'name="{field}"' in page for field in TRADE)
    assert 'name="shares"' in page


def test_a_consumer_keeps_what_they_share_and_a_professional_their_workplace(
    visitor: Client,
) -> None:
    walk(visitor, until="")
    kept = Application.objects.get()
    assert (kept.workplace, kept.shows_trade, kept.shows_clients, kept.shares) == (
        "Salon Ciseaux, Rimouski",
        "mostly",
        "asked",
        [],
    )
    consumer = {"shares": ["finds", "outings"], "topics": ["food"], "content_languages": ["fr"]}
    screens = dict(SCREENS) | {
        "partage": {"archetype": "consumer"},
        "vous": {**SCREENS[1][1], "email": "noe@exemple.example"},
        "sujets": {**consumer, "seeks_living": "unknown", "own_words": "Ce que j’essaie."},
    }
    for name, data in screens.items():
        assert visitor.post(f"/inscription/{name}/", data).status_code == 302
    kept = Application.objects.get(person__email="noe@exemple.example")
    assert (kept.shares, kept.workplace, kept.person.occupation) == (["finds", "outings"], "", "")


def test_changing_track_asks_the_questions_of_the_other_before_the_end(visitor: Client) -> None:
    walk(visitor, until="envies")
    visitor.post("/inscription/partage/", {"archetype": "consumer"})
    answer = visitor.get("/inscription/envies/")
    assert answer.headers["Location"] == "/inscription/sujets/"
    # What both tracks are asked is still there.
    page = visitor.get("/inscription/sujets/")
    assert page.context["form"]["topics"].value() == ["beauty"]


def test_what_was_typed_stays_even_where_it_is_wrong(visitor: Client) -> None:
    walk(visitor, until="comptes")
    wrong = {**ACCOUNT, "form-0-handle": "ciseaux camille", "form-0-followers": "beaucoup"}
    assert visitor.post("/inscription/comptes/", wrong).status_code == 200
    page = visitor.get("/inscription/comptes/").content.decode()
    assert 'value="ciseaux camille"' in page
    assert 'value="beaucoup"' in page
    answer = visitor.get("/inscription/envies/")
    assert answer.headers["Location"] == "/inscription/comptes/"


def test_limits_without_their_own_box_are_refused_beside_it_and_nothing_is_lost(
    visitor: Client,
) -> None:
    walk(visitor, until="envies")
    page = visitor.get("/inscription/envies/").content.decode()
    assert "checked" not in page
    assert "Garder mes allergies, régimes et autres limites" in page
    typed = {"tries_products": "on", "limits": "zibeline", "refused_brands": "Nordet"}
    for sent in (typed, typed | {"later": "1"}, typed | {"limits_agreed": "0"}):
        answer = visitor.post("/inscription/envies/", sent)
        form = answer.context["form"]
        assert list(form.errors) == ["limits_agreed"]
        assert 'value="zibeline"' in answer.content.decode()
        assert 'value="Nordet"' in answer.content.decode()
    # Shown again, but not kept before the box is ticked; the rest is.
    assert visitor.session["sign_up"]["screens"]["envies"]["refused_brands"] == ["Nordet"]
    assert "zibeline" not in str(dict(visitor.session))


def test_limits_are_kept_with_the_consent_ticked_beside_them(visitor: Client) -> None:
    walk(visitor, until="envies")
    wishes = {"tries_products": "on", "limits": "zibeline", "limits_agreed": "1"}
    assert visitor.post("/inscription/envies/", wishes).status_code == 302
    back = visitor.get("/inscription/envies/")
    assert back.context["form"]["limits_agreed"].value() is True
    visitor.post("/inscription/accords/", SCREENS[-1][1])
    person = Person.objects.get()
    assert person.limits == "zibeline"
    given = person.consents.values_list("purpose", "text__version", "source")
    assert sorted(given) == [
        ("bank", 1, "sign_up"), ("limits", 1, "sign_up"), ("offers", 1, "sign_up"),
    ]  # fmt: skip


def test_other_words_since_the_box_was_ticked_ask_again(visitor: Client) -> None:
    walk(visitor, until="envies")
    wishes = {"tries_products": "on", "limits": "zibeline", "limits_agreed": "1"}
    visitor.post("/inscription/envies/", wishes)
    read = ConsentText.objects.get(purpose="limits")
    read.pk, read.version = None, 2
    read.save()
    sent = visitor.post("/inscription/accords/", SCREENS[-1][1])
    assert sent.headers["Location"] == "/inscription/envies/"
    page = visitor.get("/inscription/envies/")
    assert page.context["form"]["limits_agreed"].value() is False
    assert 'value="zibeline"' in page.content.decode()
    assert Person.objects.count() == 0


def test_an_english_screen_shows_the_french_words_of_the_box_first(visitor: Client) -> None:
    walk(visitor, until="envies")
    visitor.cookies["django_language"] = "en"
    page = visitor.get("/inscription/envies/").content.decode()
    french = page.index("Garder mes allergies, régimes et autres limites")
    assert french < page.index("Keep my allergies, diets and other limits")


def lines(*accounts: tuple[str, str, str], **more: str) -> dict[str, str]:
    sent = {"form-TOTAL_FORMS": str(len(accounts)), "form-INITIAL_FORMS": "0"}
    for number, account in enumerate(accounts):
        for field, value in zip(("platform", "handle", "followers"), account, strict=True):
            sent[f"form-{number}-{field}"] = value
    return sent | more


def test_a_line_is_added_without_losing_the_others_up_to_ten(visitor: Client) -> None:
    walk(visitor, until="comptes")
    one = ("instagram", "ciseaux.camille", "812")
    page = visitor.post("/inscription/comptes/", lines(one, add="1"))
    assert [line["handle"].value() for line in page.context["form"]] == ["ciseaux.camille", None]
    page = visitor.post("/inscription/comptes/", lines(*[one] * 10, add="1"))
    assert (len(page.context["form"].forms), page.context["may_add"]) == (10, False)


def test_four_accounts_are_kept_as_their_platforms_write_them(visitor: Client) -> None:
    walk(visitor, until="comptes")
    four = [
        ("", "https://www.instagram.com/Ciseaux.Camille/?hl=fr", "8,2 k"),
        ("tiktok", "@ciseaux.camille", "1 204"),
        ("", "", ""),
        ("bluesky", "camille", "0"),
        ("blog", "https://Ciseaux.example/journal/", "35"),
    ]
    assert visitor.post("/inscription/comptes/", lines(*four)).status_code == 302
    for name, data in SCREENS[4:]:
        visitor.post(f"/inscription/{name}/", data)
    kept = Person.objects.get().accounts.order_by("pk")
    assert [(one.platform, one.handle, one.followers) for one in kept] == [
        ("instagram", "ciseaux.camille", 8200),
        ("tiktok", "ciseaux.camille", 1204),
        ("bluesky", "camille.bsky.social", 0),
        ("blog", "ciseaux.example/journal", 35),
    ]


def error(page: Any, line: int, field: str) -> str:
    with translation.override("fr"):
        return "".join(page.context["form"].forms[line].errors[field])


@pytest.mark.parametrize(
    ("account", "field", "said"),
    [
        (("instagram", "camille ouellet", "5"), "handle", "30"),
        (("instagram", "https://www.tiktok.com/@camille", "5"), "handle", "TikTok"),
        (("", "camille", "5"), "platform", "réseau"),
        (("instagram", "camille", ""), "followers", "abonnés"),
        (("instagram", "camille", "beaucoup"), "followers", "820"),
        (("instagram", "camille", "12.5"), "followers", "820"),
        (("instagram", "", "5"), "handle", "ligne"),
    ],
)
def test_a_wrong_line_says_what_to_do_beside_the_field(
    visitor: Client, account: tuple[str, str, str], field: str, said: str
) -> None:
    walk(visitor, until="comptes")
    page = visitor.post("/inscription/comptes/", lines(account))
    assert said in error(page, 0, field)


def test_the_same_account_twice_names_the_line_it_is_on(visitor: Client) -> None:
    walk(visitor, until="comptes")
    twice = [("instagram", "camille.o", "5"), ("instagram", "instagram.com/Camille.O", "6")]
    page = visitor.post("/inscription/comptes/", lines(*twice))
    assert "ligne 1" in error(page, 1, "handle")


def test_the_places_of_every_region_are_suggested(visitor: Client) -> None:
    walk(visitor, until="vous")
    page = visitor.get("/inscription/vous/").content.decode()
    for code, name in (("06", "Hochelaga"), ("01", "Rimouski"), ("11", "Gaspé")):
        assert f'<option value="{name}" data-region="{code}">' in page
    assert 'list="places"' in page


def test_a_phone_fills_in_what_it_knows(visitor: Client) -> None:
    walk(visitor, until="vous")
    page = visitor.get("/inscription/vous/").content.decode()
    for purpose in ("given-name", "family-name", "email", "address-level1", "address-level2"):
        assert f'autocomplete="{purpose}"' in page


def test_a_programme_may_ask_for_more_than_eighteen_years_never_for_less(
    visitor: Client, cast: Cast
) -> None:
    walk(visitor, until="vous")
    for years, asked in ((21, "21"), (14, "18")):
        Programme.objects.filter(pk=cast.programme.pk).update(minimum_age=years)
        assert f"J’ai {asked} ans ou plus" in visitor.get("/inscription/vous/").content.decode()


def test_a_consent_keeps_the_version_of_its_words_and_when_the_french_was_shown(
    visitor: Client,
) -> None:
    walk(visitor, until="accords")
    shown = visitor.get("/inscription/accords/")
    assert shown.status_code == 200
    visitor.post("/inscription/accords/", {"bank": "on"})
    given = Person.objects.get().consents.get()
    assert (given.purpose, given.text, given.language) == ("bank", text_in_force("bank"), "fr")
    assert given.french_shown_at < given.given_at


def test_one_network_cannot_have_one_address_written_to_again_and_again(visitor: Client) -> None:
    for _again in range(3):
        walk(visitor, until="")
    assert Message.objects.count() == 1
    walk(visitor, until="accords")
    page = visitor.post("/inscription/accords/", {"bank": "on"})
    assert "form-refused" in page.content.decode()


def test_one_account_at_least_is_needed(visitor: Client) -> None:
    walk(visitor, until="comptes")
    empty = {"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"}
    answer = visitor.post("/inscription/comptes/", empty)
    assert (answer.status_code, "field-error" in answer.content.decode()) == (200, True)


def test_without_the_consent_to_the_bank_nothing_is_kept(visitor: Client) -> None:
    walk(visitor, until="accords")
    answer = visitor.post("/inscription/accords/", {"offers": "on"})
    assert answer.status_code == 200
    assert not Person.objects.exists()


def test_in_english_the_french_words_come_first(visitor: Client) -> None:
    visitor.cookies["django_language"] = "en"
    walk(visitor, until="accords")
    page = visitor.get("/inscription/accords/").content.decode()
    assert "Faire partie de la banque" in page
    assert 'type="checkbox"' not in page
    visitor.post("/inscription/francais/")
    page = visitor.get("/inscription/accords/").content.decode()
    assert "Be in the bank" in page
    visitor.post("/inscription/accords/", {"bank": "on"})
    assert Person.objects.get().consents.get().language == "en"


def test_the_browser_language_never_decides(visitor: Client) -> None:
    page = visitor.get("/", headers={"accept-language": "en-CA,en"})
    assert page.headers["Content-Language"] == "fr"
    assert '<html lang="fr"' in page.content.decode()
