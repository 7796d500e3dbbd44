"""The board of applications: what it shows, what moves a card, the words that are sent."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.evidence.actions import propose
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment import actions
from proche.areas.recruitment.models import Application, Preset
from tests.cast import Cast, signed_in
from tests.factories.people import AccountFactory, PersonFactory

BOARD, CHOOSE = "/bureau/inscriptions/", "/bureau/inscriptions/choisir/"
WORDS = "/bureau/inscriptions/mots/"
State = Application.State


def applies(cast: Cast, state: str = State.RECEIVED, **fields: Any) -> Application:
    """Somebody whose address answered, with an account and a proposed verdict."""
    fields = {"seeks_living": "no", **fields}
    person = PersonFactory.create(
        programme=cast.programme, state=Person.State.APPLIED, joined_at=None, **fields
    )
    AccountFactory.create(person=person, followers=812)
    propose(person, as_of=timezone.localdate())
    return Application.objects.create(
        person=person,
        language=person.language,
        state=state,
        submitted_at=timezone.now(),
        email_confirmed_at=None if state == State.UNCONFIRMED else timezone.now(),
    )


def decide(act: str, *chosen: Application, preset: str = "") -> str:
    keys = "".join(f"&inscription={one.pk}" for one in chosen)
    return f"/bureau/inscriptions/decider/?geste={act}{keys}&motif={preset}"


def states(*chosen: Application) -> list[str]:
    return [Application.objects.get(pk=one.pk).state for one in chosen]


def cards(client: Client, query: str = "") -> dict[str, list[str]]:
    page = client.get(f"{BOARD}{query}")
    return {
        column.state: [card.application.person.given_name for card in column.cards]
        for column in page.context["columns"]
        if column.cards
    }


@pytest.fixture
def strategist(cast: Cast) -> Client:
    return signed_in(cast.strategist)


def test_a_card_stands_in_the_column_of_its_state_with_its_evidence(
    cast: Cast, strategist: Client
) -> None:
    one = applies(cast, given_name="Aline", own_words="Je montre mes pains.", region="11")
    Application.objects.filter(pk=one.pk).update(
        workplace="Four banal, Gaspé", shares=["outings", "gone since"]
    )
    for state in (State.ASKED, State.REVIEW, State.ACCEPTED, State.REFUSED):
        applies(cast, state, given_name=state)
    applies(cast, State.UNCONFIRMED, given_name="Personne")
    assert cards(strategist) == {
        "received": ["Aline"],
        "asked": ["asked"],
        "review": ["review"],
        "accepted": ["accepted"],
        "refused": ["refused"],
    }
    text = strategist.get(BOARD).content.decode()
    for words in (
        "Je montre mes pains.",
        "812",
        "Four banal, Gaspé",
        "Gaspésie",
        "Sorties et adresses",
    ):
        assert words in text
    assert "Personne" not in text


def test_filters_and_words_narrow_every_column_and_its_count(
    cast: Cast, strategist: Client
) -> None:
    applies(cast, given_name="Élise", region="11", archetype="consumer")
    applies(cast, given_name="Noé", region="06")
    applies(cast, State.REFUSED, given_name="Zoé", region="06", seeks_living="yes")
    assert cards(strategist, "?q=ELISE") == {"received": ["Élise"]}
    assert cards(strategist, "?region=06") == {"received": ["Noé"], "refused": ["Zoé"]}
    assert cards(strategist, "?profil=consumer") == {"received": ["Élise"]}
    assert set(cards(strategist, "?palier=nano")) == {"received"}
    assert cards(strategist, "?etat=refused") == {"refused": ["Zoé"]}
    page = strategist.get(f"{BOARD}?region=06")
    assert [n for _state, _label, n in page.context["states"]] == [1, 0, 0, 0, 1]
    assert cards(strategist, "?q=nobody") == {}


def test_each_column_has_its_own_pages_and_an_exact_count(cast: Cast, strategist: Client) -> None:
    for number in range(23):
        applies(cast, given_name=f"R{number}")
    applies(cast, State.REFUSED, given_name="Zoé")
    first, second = cards(strategist), cards(strategist, "?page_received=2")
    assert (len(first["received"]), len(second["received"])) == (20, 3)
    assert {*first["received"], *second["received"]} == {f"R{n}" for n in range(23)}
    assert second["refused"] == ["Zoé"]
    assert cards(strategist, "?page_received=999")["received"] == second["received"]
    column = strategist.get(BOARD).context["columns"][0]
    assert (column.count, column.pages) == (23, 2)


def test_the_board_asks_as_many_questions_for_three_cards_as_for_one(
    cast: Cast, strategist: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            strategist.get(BOARD)
        return len(captured)

    every = (State.RECEIVED, State.ASKED, State.REVIEW, State.ACCEPTED, State.REFUSED)
    for state in every:
        applies(cast, state)
    with_one = asked()
    for state in every * 2:
        applies(cast, state)
    assert asked() == with_one
    assert with_one <= 15


def test_choosing_changes_nothing_and_shows_what_would_be_sent(
    cast: Cast, strategist: Client
) -> None:
    one = applies(cast, given_name="Aline")
    answer = strategist.post(CHOOSE, {"geste": "refuse", "inscription": [one.pk]})
    page = strategist.get(answer.headers["Location"])
    assert "Aline Ouellet" in page.content.decode()
    assert states(one) == [State.RECEIVED]
    assert not Message.objects.exists()


def test_several_are_refused_each_in_their_language(cast: Cast, strategist: Client) -> None:
    french, english = applies(cast), applies(cast, language="en")
    page = strategist.get(decide("refuse", french, english, preset="living"))
    form = page.context["form"]
    assert "vivre de vos réseaux" in form["text_fr"].value()
    words = {"text_fr": "Pas cette fois-ci.", "text_en": "Not this time."}
    strategist.post(decide("refuse", french, english), words)
    assert states(french, english) == [State.REFUSED, State.REFUSED]
    bodies = {m.language: m.body for m in Message.objects.filter(kind="application_refused")}
    assert "Pas cette fois-ci." in bodies["fr"]
    assert "Not this time." in bodies["en"]
    assert all("/inscription/revoir/" in body for body in bodies.values())


def test_a_refusal_without_words_is_not_sent_and_says_so(cast: Cast, strategist: Client) -> None:
    one = applies(cast)
    page = strategist.post(decide("refuse", one), {"text_fr": " "})
    assert "field-error" in page.content.decode()
    assert states(one) == [State.RECEIVED]


def test_only_the_language_of_those_chosen_is_asked_for(cast: Cast, strategist: Client) -> None:
    form = strategist.get(decide("ask", applies(cast, language="en"))).context["form"]
    assert list(form.fields) == ["text_en"]


def test_one_who_cannot_enter_holds_nobody_else_back(cast: Cast, strategist: Client) -> None:
    ready, unknown = applies(cast), applies(cast, given_name="Sans")
    unknown.person.verdicts.all().delete()
    answer = strategist.post(decide("accept", ready, unknown), follow=True)
    assert states(ready, unknown) == [State.ACCEPTED, State.RECEIVED]
    assert "Sans Ouellet" in "".join(str(m) for m in answer.context["messages"])


def test_a_question_moves_the_card_and_an_answer_moves_it_back_with_an_undo(
    cast: Cast, strategist: Client
) -> None:
    one = applies(cast)
    strategist.post(decide("ask", one), {"text_fr": "Combien d’abonnés?"})
    assert states(one) == [State.ASKED]
    assert "Combien d’abonnés?" in Message.objects.get(kind="application_question").body
    answer = strategist.post(CHOOSE, {"geste": "answered", "inscription": [one.pk]})
    assert (answer.status_code, states(one)) == (302, [State.RECEIVED])
    undo = f"/bureau/inscriptions/attendre/?inscription={one.pk}"
    assert undo in strategist.get(BOARD).content.decode()
    strategist.post(undo)
    assert states(one) == [State.ASKED]
    assert Message.objects.count() == 1


def test_a_review_goes_back_to_the_reviews_once_its_question_is_answered(
    cast: Cast, strategist: Client
) -> None:
    one = applies(cast)
    strategist.post(decide("refuse", one), {"text_fr": "Trop d’abonnés."})
    actions.ask_review(one, "C’est le compte du salon.")
    strategist.post(decide("ask", one), {"text_fr": "Lequel est le vôtre?"})
    strategist.post(CHOOSE, {"geste": "answered", "inscription": [one.pk]})
    assert cards(strategist) == {"review": [one.person.given_name]}
    strategist.post(decide("refuse", one), {"text_fr": "Nous avons regardé de nouveau."})
    second = Message.objects.filter(kind="application_refused").latest("pk")
    assert "/inscription/revoir/" not in second.body


def test_nobody_else_sees_or_moves_the_cards(cast: Cast) -> None:
    one = applies(cast)
    stranger, assistant = signed_in(cast.stranger), signed_in(cast.assistant)
    assert cards(stranger) == {}
    assert stranger.post(CHOOSE, {"geste": "accept", "inscription": [one.pk]}).status_code == 404
    assert stranger.get(decide("accept", one)).status_code == 404
    assert assistant.get(decide("refuse", one)).status_code == 409
    assert assistant.get(decide("ask", one)).status_code == 200
    assert states(one) == [State.RECEIVED]


def test_what_is_already_decided_is_not_decided_again(cast: Cast, strategist: Client) -> None:
    one = applies(cast, State.ACCEPTED)
    assert strategist.get(decide("refuse", one)).status_code == 409
    answer = strategist.post(CHOOSE, {"geste": "refuse", "inscription": [one.pk]})
    assert (answer.status_code, states(one)) == (409, [State.ACCEPTED])


# Ready words


def words(**changes: str) -> dict[str, str]:
    given = {"title_fr": "Loin", "title_en": "Far", "text_fr": "Trop loin.", "text_en": "Too far."}
    return given | {"version": "0"} | changes


def titles(client: Client) -> list[str]:
    groups = client.get(WORDS).context["groups"]
    return [one.title_fr for _kind, held in groups for one in held]


def test_ready_words_are_added_changed_and_taken_back(cast: Cast, strategist: Client) -> None:
    strategist.post(f"{WORDS}ajouter/refuse/", words())
    assert "Loin" in titles(strategist)
    code = Preset.objects.get().code
    strategist.post(f"{WORDS}{code}/", words(title_fr="Très loin", version="1"))
    assert [row.version for row in Preset.objects.order_by("version")] == [1, 2]
    assert "Très loin" in titles(strategist)
    form = strategist.get(decide("refuse", applies(cast), preset=code)).context["form"]
    assert form["text_fr"].value() == "Trop loin."
    strategist.post(f"{WORDS}annuler/{Preset.objects.latest('pk').pk}/")
    assert "Loin" in titles(strategist)


def test_ours_can_be_rewritten_and_removed_by_one_programme_alone(
    cast: Cast, strategist: Client
) -> None:
    stranger = signed_in(cast.stranger)
    strategist.post(f"{WORDS}quiet/", words(title_fr="Trop calme"))
    assert "Trop calme" in titles(strategist)
    assert "Publie peu" not in titles(strategist)
    strategist.post(f"{WORDS}quiet/retirer/")
    assert "Trop calme" not in titles(strategist)
    assert "Publie peu" in titles(stranger)
    strategist.post(f"{WORDS}annuler/{Preset.objects.latest('pk').pk}/")
    assert "Trop calme" in titles(strategist)


def test_two_people_do_not_write_over_each_other(cast: Cast, strategist: Client) -> None:
    strategist.post(f"{WORDS}quiet/", words(title_fr="Le premier"))
    answer = signed_in(cast.owner).post(f"{WORDS}quiet/", words(title_fr="Le second"))
    assert answer.status_code == 409
    assert "Le premier" in titles(strategist)


def test_both_languages_are_needed_and_an_assistant_only_reads(
    cast: Cast, strategist: Client
) -> None:
    page = strategist.post(f"{WORDS}ajouter/ask/", words(text_en=""))
    assert "field-error" in page.content.decode()
    assistant = signed_in(cast.assistant)
    assert assistant.get(WORDS).status_code == 200
    assert assistant.post(f"{WORDS}quiet/", words()).status_code == 409
    assert not Preset.objects.exists()
