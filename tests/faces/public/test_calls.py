"""A call: the link to forward, the account to name, the frame, the choice of the nominee."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.recruitment import tickets
from proche.areas.recruitment.actions import accept_duties, change_call, open_call
from proche.areas.recruitment.logos import drawn_again
from proche.areas.recruitment.models import Call, Nomination, Supporter
from tests.areas.recruitment.test_logos import picture
from tests.areas.recruitment.test_tickets import worked
from tests.cast import Cast, signed_in

PAGE = "/appels/gens/"
FRAME = "/appels/gens/integrer/"


@pytest.fixture
def call(cast: Cast) -> Call:
    today = timezone.localdate()
    return open_call(
        cast.programme,
        slug="gens",
        partner_name="Bordée",
        title_fr="Qui vous donne envie?",
        title_en="Who makes you want to?",
        text_fr="Une voisine qui trouve tout.",
        text_en="A neighbour who finds everything.",
        criteria_fr="Jeunes et très actifs.",
        frame_origins=["https://journal.example"],
        opens_on=today,
        closes_on=today + timedelta(days=20),
    )


def a_form(call: Call, *, seconds: float = 5, bits: int = 4, **fields: str) -> dict[str, str]:
    """As a browser sends it that many seconds after the page was shown."""
    ticket = tickets.issue(call, bits=bits, now=time.time() - seconds)
    return {"ticket": ticket.text, "work": worked(ticket), **fields}


def ask_for_link(call: Call, name: str = "") -> Nomination:
    Client().post(PAGE, a_form(call, nominator_name=name))
    nomination: Nomination = Nomination.objects.latest("id")
    return nomination


def test_a_reader_gets_a_link_and_words_to_send(call: Call, client: Client) -> None:
    answer = client.post(PAGE, a_form(call))
    nomination = Nomination.objects.get()
    assert answer.headers["Location"] == f"{PAGE}transmettre/{nomination.key}/"
    page = client.get(answer.headers["Location"])
    assert page.content.decode().count(f"http://testserver/v/{nomination.key}/") == 2
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_a_page_served_twice_carries_another_ticket_each_time(call: Call) -> None:
    pages = [Client().get(PAGE).content.decode() for _ in range(2)]
    found = [re.findall(r'name="ticket" value="([^"]+)"', page) for page in pages]
    assert all(len(tickets_found) == 1 for tickets_found in found)
    assert found[0] != found[1]
    assert not any("((" in page for page in pages)
    assert all(tickets.read(call, one[0]) for one in found)


def test_each_reader_sees_their_own_link_only(call: Call) -> None:
    keys = [ask_for_link(call).key for _ in range(2)]
    pages = [Client().get(f"{PAGE}transmettre/{key}/").content.decode() for key in keys]
    assert [[key in page for key in keys] for page in pages] == [[True, False], [False, True]]


def test_words_typed_in_the_call_are_shown_as_text(call: Call) -> None:
    Call.objects.update(partner_name="<b>Bordée</b> & fils")
    page = Client().get(f"{PAGE}transmettre/{ask_for_link(call).key}/").content.decode()
    assert "<b>" not in page
    assert "&lt;b&gt;Bordée&lt;/b&gt; &amp; fils" in page


def test_the_nominee_reads_who_thought_of_them_only_if_they_agreed(call: Call) -> None:
    named, silent = ask_for_link(call, "Luc Tremblay"), ask_for_link(call)
    assert "Luc Tremblay" in Client().get(f"/v/{named.key}/").content.decode()
    assert "Luc Tremblay" not in Client().get(f"/v/{silent.key}/").content.decode()


def test_a_no_leaves_nothing_and_closes_the_link(call: Call) -> None:
    nomination, nominee = ask_for_link(call, "Luc Tremblay"), Client()
    nominee.get(f"/v/{nomination.key}/")
    nominee.post(f"/v/{nomination.key}/non/")
    nomination.refresh_from_db()
    assert (nomination.state, nomination.nominator_name) == ("refused", "")
    assert nominee.get(f"/v/{nomination.key}/").status_code == 404
    assert nominee.get(f"{PAGE}transmettre/{nomination.key}/").status_code == 404


def test_a_yes_leads_to_the_sign_up(call: Call) -> None:
    answer = Client().post(f"/v/{ask_for_link(call).key}/oui/")
    assert answer.headers["Location"] == "/inscription/"


def test_a_robot_that_fills_the_hidden_field_gets_no_link(call: Call, client: Client) -> None:
    page = client.post(PAGE, a_form(call, website="https://spam.example"))
    assert not Nomination.objects.exists()
    assert "spam.example" not in page.content.decode()


@pytest.mark.usefixtures("clock_stands")
def test_whoever_was_too_fast_only_has_to_press_again(call: Call, client: Client) -> None:
    form = a_form(call, seconds=0.5, nominator_name="Luc")
    page = client.post(PAGE, form).content.decode()
    assert form["ticket"] in page
    assert 'value="Luc"' in page
    assert not Nomination.objects.exists()


def test_without_javascript_one_question_stands_between_the_reader_and_the_link(
    call: Call, client: Client
) -> None:
    ticket = tickets.issue(call, bits=20, now=time.time() - 9)
    page = client.post(PAGE, {"ticket": ticket.text}).content.decode()
    assert ticket.text in page
    assert "Combien font" in page
    answer = {"ticket": ticket.text, "answer": str(sum(ticket.question))}
    assert client.post(PAGE, answer).status_code == 302
    assert Nomination.objects.count() == 1


def test_a_form_without_a_ticket_gets_a_new_one_and_no_link(call: Call, client: Client) -> None:
    page = client.post(PAGE, {"nominator_name": "Luc"})
    assert page.status_code == 200
    assert 'name="ticket" value="' in page.content.decode()
    assert not Nomination.objects.exists()


def test_a_call_that_ended_says_so(call: Call, client: Client) -> None:
    Call.objects.update(opens_on="2020-01-01", closes_on="2020-02-01")
    page = client.get(PAGE).content.decode()
    assert "2020" in page
    assert "nominator_name" not in page


def test_an_unknown_call_is_not_found(client: Client, cast: Cast) -> None:
    for address in ("", "integrer/", "compte/", "logo/x.png", "transmettre/abc/"):
        assert client.get(f"/appels/autre/{address}").status_code == 404


def test_a_page_asks_little_of_the_database(call: Call, client: Client) -> None:
    for address in (PAGE, FRAME):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        assert len(asked) <= 6, [query["sql"] for query in asked]


def test_somebody_signed_in_sees_the_page_as_well(call: Call, cast: Cast) -> None:
    page = signed_in(cast.strategist).get(PAGE).content.decode()
    assert 'name="ticket" value="' in page
    assert "((" not in page


# The frame


def test_the_frame_opens_on_the_declared_sites_only(call: Call, client: Client) -> None:
    page = client.get(FRAME)
    assert (
        "frame-ancestors https://journal.example;" in page.headers["Content-Security-Policy"] + ";"
    )
    assert "X-Frame-Options" not in page.headers
    Call.objects.update(frame_origins=[])
    caches["process"].clear()
    closed = client.get(FRAME)
    assert "frame-ancestors 'none'" in closed.headers["Content-Security-Policy"]
    assert closed.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in client.get(PAGE).headers["Content-Security-Policy"]


def test_no_answer_in_the_frame_sets_a_cookie(call: Call) -> None:
    client = Client(enforce_csrf_checks=True)
    answers: list[Any] = [client.get(FRAME), client.get(f"{FRAME}?langue=en")]
    answers.append(client.post(FRAME, {"nominator_name": "Luc"}))
    answers.append(client.post(f"{FRAME}?langue=en", a_form(call)))
    answers.append(client.get(answers[-1].headers["Location"]))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 302, 200]
    assert not any(answer.cookies for answer in answers)
    assert not client.cookies


def test_the_frame_speaks_french_first_and_english_when_asked(call: Call, client: Client) -> None:
    french, english = (client.get(f"{FRAME}{asked}") for asked in ("", "?langue=en"))
    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert "Obtenir mon lien" in french.content.decode()
    assert "Get my link" in english.content.decode()
    answer = client.post(f"{FRAME}?langue=en", a_form(call))
    assert "Your link to pass on" in client.get(answer.headers["Location"]).content.decode()


# The logo


def test_a_logo_is_served_as_an_image_and_as_nothing_else(call: Call, client: Client) -> None:
    change_call(call, logo=drawn_again(picture()))
    address = f"{PAGE}logo/{call.logo_name}"
    assert address in client.get(PAGE).content.decode()
    answer: Any = client.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    for other in ("x.png", "..%2f..%2fsecret_key", "%2e%2e"):
        assert client.get(f"{PAGE}logo/{other}").status_code == 404


# The road of accounts


@pytest.fixture
def asking(call: Call, cast: Cast) -> Call:
    accept_duties(cast.programme, by=cast.owner, kept_days=10)
    call.asks_handles = True
    call.save()
    return call


def name_account(call: Call, handle: str = "camille.coupe") -> Any:
    fields = {"platform": "instagram", "handle": handle, "reason": "Ses coupes."}
    form = a_form(call, nominator_name="Luc Tremblay") | fields
    return Client().post(f"{PAGE}compte/", form)


def test_the_road_of_accounts_is_closed_unless_a_call_asks(call: Call, client: Client) -> None:
    assert client.get(f"{PAGE}compte/").status_code == 404
    assert "/compte/" not in client.get(PAGE).content.decode()


def test_the_thanks_are_the_same_for_somebody_who_said_no(asking: Call) -> None:
    first = name_account(asking)
    row = Nomination.objects.get()
    Client().post(f"/v/{row.key}/non/")
    second = name_account(asking)
    assert (first.status_code, first.headers["Location"]) == (302, f"{PAGE}compte/merci/")
    assert (second.status_code, second.headers["Location"]) == (302, f"{PAGE}compte/merci/")
    assert list(Nomination.objects.values_list("state", flat=True)) == ["refused"]
    assert Supporter.objects.count() == 1


def test_the_nominee_reads_what_is_held_of_them_and_from_whom(asking: Call) -> None:
    name_account(asking)
    page = Client().get(f"/v/{Nomination.objects.get().key}/").content.decode()
    for said in ("camille.coupe", "Ses coupes.", "Luc Tremblay", "10 jours"):
        assert said in page


def test_an_account_that_is_an_email_is_refused_by_its_field(asking: Call) -> None:
    page = name_account(asking, "camille@exemple.example")
    assert page.status_code == 200
    assert "Ni adresse de courriel ni numéro" in page.content.decode()
    assert not Nomination.objects.exists()


def test_nobody_else_s_link_opens_as_a_link_to_forward(asking: Call) -> None:
    name_account(asking)
    key = Nomination.objects.get().key
    assert Client().get(f"{PAGE}transmettre/{key}/").status_code == 404
