"""Writing to several people: each in their language, only those who agreed, once."""

import pytest
from django.test import Client

from proche.areas.messages.models import Message
from proche.areas.messages.team_letters import TeamLetter
from proche.areas.messages.writing import continue_letter, reach_of
from proche.areas.people.models import Person
from tests.cast import Cast, signed_in
from tests.factories.people import PersonFactory, consenting

WORDS = {
    "subject_fr": "Un atelier chez vous",
    "body_fr": "Venez samedi.",
    "subject_en": "A workshop near you",
    "body_en": "Come on Saturday.",
}


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    facts = {
        "agreed": {},
        "english": {"language": "en", "given_name": "Emma"},
        "silent": {},
        "asleep": {"state": "asleep"},
    }
    made: dict[str, Person] = {
        name: PersonFactory.create(programme=cast.programme, **given)
        for name, given in facts.items()
    }
    for name in ("agreed", "english", "asleep"):
        consenting(made[name])
    return made


def a_letter(cast: Cast, people: dict[str, Person], **words: str) -> TeamLetter:
    keys = [person.pk for person in people.values()]
    return TeamLetter.objects.create(
        programme=cast.programme, by=cast.strategist, people=keys, **(words or WORDS)
    )


def test_who_cannot_be_written_to_is_counted_with_the_reason(
    cast: Cast, people: dict[str, Person]
) -> None:
    reach = reach_of(a_letter(cast, people))
    assert reach.written == {"fr": 1, "en": 1}
    assert reach.left_out == {"not_agreed": 1, "asleep": 1}


def test_without_words_in_their_language_nobody_is_written_to_in_another(
    cast: Cast, people: dict[str, Person]
) -> None:
    reach = reach_of(a_letter(cast, people, subject_fr="Bonjour", body_fr="Venez."))
    assert reach.written == {"fr": 1}
    assert reach.left_out == {"not_agreed": 1, "asleep": 1, "no_words_en": 1}


def test_from_the_bank_to_the_message_in_each_language(
    cast: Cast,
    people: dict[str, Person],
) -> None:
    strategist = signed_in(cast.strategist)
    begun = strategist.post(
        "/bureau/banque/ecrire/",
        {"everyone": "1", "question": "state=asleep&state=held&state=free"},
    )
    letter = TeamLetter.objects.get()
    assert begun["Location"] == f"/bureau/banque/courriels/{letter.pk}/ecrire/"
    strategist.post(f"/bureau/banque/courriels/{letter.pk}/ecrire/", WORDS)
    seen = strategist.get(f"/bureau/banque/courriels/{letter.pk}/").content.decode()
    assert "2 personnes liront ceci." in seen
    assert "sans accord pour recevoir des propositions par courriel" in seen
    strategist.post(f"/bureau/banque/courriels/{letter.pk}/envoyer/")
    continue_letter(letter.pk, 0)
    sent = {m.language: m for m in Message.objects.filter(kind="team_letter")}
    assert {m.subject for m in sent.values()} == {"Un atelier chez vous", "A workshop near you"}
    assert sent["en"].body.startswith("Hello Emma,\n\nCome on Saturday.")
    assert "/moi/" in sent["fr"].body
    letter.refresh_from_db()
    assert (letter.done, letter.written) == (4, 2)
    assert letter.finished_at is not None
    shown = strategist.get(f"/bureau/banque/courriels/{letter.pk}/").content.decode()
    assert "2 personnes jointes, sur 4 choisies." in shown


def test_a_job_delivered_twice_writes_once_and_the_next_goes_on(
    cast: Cast, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("proche.areas.messages.writing.A_JOB", 1)
    letter = a_letter(cast, people)
    for start in (0, 0, 1, 1, 2, 3):
        continue_letter(letter.pk, start)
    assert Message.objects.filter(kind="team_letter").count() == 2
    letter.refresh_from_db()
    assert (letter.done, letter.written) == (4, 2)


def test_who_withdraws_before_their_turn_is_not_written_to(
    cast: Cast, people: dict[str, Person]
) -> None:
    letter = a_letter(cast, people)
    people["agreed"].consents.all().delete()
    continue_letter(letter.pk, 0)
    assert list(Message.objects.values_list("person", flat=True)) == [people["english"].pk]


def test_a_message_leaves_once_and_an_assistant_sends_none(
    cast: Cast, people: dict[str, Person]
) -> None:
    letter = a_letter(cast, people)
    url = f"/bureau/banque/courriels/{letter.pk}/envoyer/"
    assert refused(signed_in(cast.assistant), url)
    assert TeamLetter.objects.get().sent_at is None
    strategist = signed_in(cast.strategist)
    assert not refused(strategist, url)
    assert refused(strategist, url)
    assert signed_in(cast.stranger).post(url).status_code == 404


def refused(client: Client, url: str) -> bool:
    return client.post(url).status_code == 409
