"""A sign-up put aside: one message, the same answers on another device, nothing left after."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from proche.areas.messages.actions import deliver_now
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment import actions
from proche.areas.recruitment.models import Draft, Nomination
from tests.areas.recruitment.conftest import a_call, let_in
from tests.cast import Cast
from tests.faces.public.test_sign_up import ACCOUNT, SCREENS, walk

LATER = "/inscription/plus-tard/"
TYPED = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-handle": "pas fini"}


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return Client()


def put_aside(visitor: Client, email: str = "camille@exemple.example", **headers: Any) -> str:
    """Stop on the fourth screen; the address of the link that was sent."""
    walk(visitor, until="comptes")
    answer = visitor.post("/inscription/comptes/", {**TYPED, "later": "1"})
    assert answer.headers["Location"] == LATER
    answer = visitor.post(LATER, {"email": email}, **headers)
    assert answer.headers["Location"] == f"{LATER}envoye/"
    return link_of(Message.objects.latest("pk"))


def link_of(message: Message) -> str:
    found = re.search(r"http://[^/]+(/inscription/reprendre/\S+)", message.body)
    assert found is not None, message.body
    return found[1]


def test_the_link_reopens_the_same_answers_on_another_device(visitor: Client) -> None:
    link = put_aside(visitor)
    other = Client()
    assert other.get(link).status_code == 200
    assert "sign_up" not in other.session
    answer = other.post(link)
    assert answer.headers["Location"] == "/inscription/comptes/"
    # Even what was not finished on the screen they left.
    assert 'value="pas fini"' in other.get("/inscription/comptes/").content.decode()
    assert 'value="Rimouski"' in other.get("/inscription/vous/").content.decode()


def test_one_message_in_the_language_of_the_page_says_how_long_and_how_to_forget(
    visitor: Client,
) -> None:
    visitor.cookies["django_language"] = "en"
    link = put_aside(visitor)
    message = Message.objects.get()
    assert (message.kind, message.language, message.person) == ("sign_up_later", "en", None)
    assert "forget these answers" in message.body
    other = Client()
    page = other.get(link)
    assert (page.headers["Content-Language"], page.headers["Cache-Control"]) == ("en", "no-store")
    assert other.post(link).cookies["django_language"].value == "en"


def test_the_database_alone_opens_nothing(visitor: Client) -> None:
    link = put_aside(visitor)
    message = Message.objects.get()
    deliver_now(message.pk)
    message.refresh_from_db()
    assert link not in message.body
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in str(Draft.objects.values_list().get())


def test_asking_again_for_the_same_address_sends_nothing_more_and_keeps_what_was_added(
    visitor: Client,
) -> None:
    link = put_aside(visitor)
    visitor.post("/inscription/comptes/", ACCOUNT)
    visitor.post("/inscription/envies/", {"limits": "noix", "limits_agreed": "1", "later": "1"})
    visitor.post(LATER, {"email": "Camille@exemple.example"})
    assert Message.objects.count() == 1
    other = Client()
    assert other.post(link).headers["Location"] == "/inscription/envies/"
    assert 'value="noix"' in other.get("/inscription/envies/").content.decode()


def test_a_mistyped_address_loses_its_link_to_the_right_one(visitor: Client) -> None:
    wrong = put_aside(visitor, "camile@exemple.example")
    visitor.post(LATER, {"email": "camille@exemple.example"})
    assert Client().get(wrong).status_code == 409
    assert Client().get(link_of(Message.objects.get())).status_code == 200


def test_sending_the_application_destroys_the_draft_and_its_message(visitor: Client) -> None:
    link = put_aside(visitor)
    other = Client()
    other.post(link)
    for name, data in SCREENS[3:]:
        assert other.post(f"/inscription/{name}/", data).status_code == 302
    assert not Draft.objects.exists()
    assert [m.kind for m in Message.objects.all()] == ["confirm_email"]
    assert Person.objects.get().accounts.get().handle == "ciseaux.camille"


@pytest.mark.parametrize("where", ["here", "by the link"])
def test_forgetting_destroys_everything_typed(visitor: Client, where: str) -> None:
    link = put_aside(visitor)
    if where == "here":
        assert "btn-stop" in visitor.get("/inscription/oublier/").content.decode()
        visitor.post("/inscription/oublier/")
    else:
        visitor.post(link, {"forget": "1"})
    assert not Draft.objects.exists()
    assert not Message.objects.exists()
    assert "sign_up" not in visitor.session
    assert Client().get(link).status_code == 409


def test_a_shared_device_keeps_nothing_while_the_link_goes_on(visitor: Client) -> None:
    link = put_aside(visitor)
    visitor.post("/inscription/oublier/?ici=1")
    assert "sign_up" not in visitor.session
    assert Client().get(link).status_code == 200


def test_time_destroys_it_two_weeks_later(visitor: Client) -> None:
    put_aside(visitor)
    actions.forget(timezone.now())
    assert Draft.objects.count() == 1
    actions.forget(Draft.objects.get().expires_at)
    assert (Draft.objects.count(), Message.objects.count()) == (0, 0)


def test_a_stranger_cannot_have_somebody_written_to_again_and_again(cast: Cast) -> None:
    for number in range(6):
        one = Client(REMOTE_ADDR=f"203.0.113.{number}")
        walk(one, until="vous")
        page = one.post(LATER, {"email": "victime@exemple.example"})
    assert Message.objects.count() == 2
    assert "field-error" in page.content.decode()


def test_one_network_cannot_write_to_everybody(cast: Cast) -> None:
    for number in range(43):
        one = Client()
        walk(one, until="vous")
        page = one.post(LATER, {"email": f"quelqu-un{number}@exemple.example"})
    assert Message.objects.count() == 40
    assert "field-error" in page.content.decode()


def test_with_nothing_typed_there_is_nothing_to_send(visitor: Client) -> None:
    answer = visitor.post(LATER, {"email": "camille@exemple.example"})
    assert answer.headers["Location"] == "/inscription/"
    assert not Message.objects.exists()


def test_no_box_of_a_consent_is_kept(visitor: Client) -> None:
    walk(visitor, until="accords")
    visitor.post("/inscription/accords/", {"bank": "on", "offers": "on", "later": "1"})
    visitor.post(LATER, {"email": "camille@exemple.example"})
    other = Client()
    link = link_of(Message.objects.get())
    assert other.post(link).headers["Location"] == "/inscription/accords/"
    assert "checked" not in other.get("/inscription/accords/").content.decode()


# With a nomination


def nominated(cast: Cast, visitor: Client) -> Nomination:
    key = actions.propose_nomination(a_call(cast), let_in(), nominator_name="Mireille")
    visitor.post(f"/v/{key}/oui/")
    return Nomination.objects.get(key=key)


def test_the_link_keeps_the_nomination(cast: Cast, visitor: Client) -> None:
    row = nominated(cast, visitor)
    link = put_aside(visitor)
    other = Client()
    other.post(link)
    for name, data in SCREENS[3:]:
        other.post(f"/inscription/{name}/", data)
    row.refresh_from_db()
    assert row.person == Person.objects.get()


def test_saying_no_to_the_nomination_destroys_what_was_put_aside(
    cast: Cast, visitor: Client
) -> None:
    row = nominated(cast, visitor)
    put_aside(visitor)
    visitor.post(f"/v/{row.key}/non/")
    assert (Draft.objects.count(), Message.objects.count()) == (0, 0)
    assert "sign_up" not in visitor.session
