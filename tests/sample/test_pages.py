"""Every page of the workspace and of a member answers on the sample, in few questions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from proche.areas.accounts.models import Programme, Role, User
from proche.areas.brands.models import Brand, Brief, BriefDraft
from proche.areas.campaigns.models import Campaign, Offer, Parcel
from proche.areas.content.models import Post, Undeclared
from proche.areas.events.models import Event, Invitation
from proche.areas.evidence.models import Verdict
from proche.areas.impact.models import Study
from proche.areas.incidents.models import Incident
from proche.areas.matching.models import BrandReview
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application, Call
from proche.faces.agency import urls as agency
from proche.faces.member import urls as member
from tests.cast import signed_in

MOST_QUERIES = 15
# The evening is planned already, and nobody has outgrown the ceiling since they were signed.
WITHOUT_A_CASE = {"event_plan", "verdict_grown"}
# An address that only takes a POST says 405, or 302 back to its page.
POST_ONLY = {302, 405}


def camille() -> Person:
    return Person.objects.get(email="camille@exemple.example")


def fatou() -> Post:
    return Post.objects.get(exchange__offer__person__given_name="Fatou")


# A row for each name in the addresses of the workspace.
ROWS: dict[str, Callable[[], Any] | None] = {
    "brand_id": lambda: Brand.objects.get(name="Sapinelle").pk,
    "contact_id": lambda: Brand.objects.get(name="Sapinelle").contacts.all()[0].pk,
    "draft_id": lambda: BriefDraft.objects.get().pk,
    "brief_id": lambda: Brief.objects.get(title_fr__startswith="Huile").pk,
    "campaign_id": lambda: Campaign.objects.get(brief__format="event").pk,
    "event_id": lambda: Event.objects.get().pk,
    "post_id": lambda: fatou().pk,
    "review_id": lambda: BrandReview.objects.filter(state="waiting").get().pk,
    "role_id": lambda: Role.objects.latest("pk").pk,
    "slug": lambda: Call.objects.get().slug,
    "study_id": lambda: Study.objects.get(title_fr="Sirop pétillant").pk,
    "name": lambda: "ship",
    "kind": lambda: "refuse",
    "code": lambda: "ceiling",
    "account": lambda: camille().accounts.all()[0].pk,
    "row_id": lambda: Undeclared.objects.filter(answer="")[0].pk,
    "number": lambda: Incident.objects.get().number,
    "file_key": None,
    "proof_id": lambda: fatou().proofs.latest("pk").pk,
    "image_key": lambda: fatou().proofs.latest("pk").images.all()[0].key,
}
# Of a page whose address needs a row of its own kind; none: the sample has no such row.
OF_PAGES: dict[str, dict[str, Callable[[], Any] | None]] = {
    "brand_logo": {"name": None},
    "person_correct": {"name": lambda: "city"},
    "waves_stop": {"brief_id": lambda: Brief.objects.get(title_fr__startswith="Un masque").pk},
    "account_correct": {"name": lambda: "handle"},
    "disclosure_export": {"kind": lambda: "csv"},
    "correction_undo": {"pk": None},
    "person_heard_undo": {"pk": None},
    "note_change": {"pk": None},
    "note_remove": {"pk": None},
    "note_back": {"pk": None},
}
KEYS: dict[str, Callable[[], Any]] = {
    "person": lambda: camille().key,
    "envois": lambda: Parcel.objects.filter(state="shipped")[0].exchange.offer.key,
    "accueil": lambda: Invitation.objects.filter(state="confirmed")[0].key,
    "evenements": lambda: Invitation.objects.filter(state="accepted")[0].key,
    "inscriptions": lambda: Application.objects.filter(state="received")[0].pk,
    "propositions": lambda: Offer.objects.filter(state="sent")[0].key,
    "repondre": lambda: Message.objects.filter(state="received")[0].pk,
    "marques": lambda: camille().key,
    "verdicts": lambda: Verdict.objects.to_sign().filter(person__state="member")[0].pk,
}


def _address(route: URLPattern) -> str:
    """The address of a page, with a row of the sample for each of its parts."""
    path = str(route.pattern)
    start = "person" if path.startswith("personnes") else path.split("/")[0]
    named = route.pattern.converters
    kinds = ROWS | OF_PAGES.get(str(route.name), {})
    rows = {n: kinds[n] if n in kinds else KEYS.get(start) for n in named}
    if None in rows.values():
        pytest.skip(f"no row of the sample is named for {path}")
    known = {n: row() for n, row in rows.items() if row}
    return reverse(f"agency:{route.name}", kwargs=known)


@pytest.fixture
def maude(programme: Programme) -> Client:
    return signed_in(User.objects.get(email="maude@voisine.example"))


@pytest.mark.parametrize("route", agency.urlpatterns, ids=lambda route: str(route.name))
def test_a_page_of_the_workspace_answers_in_few_queries(route: URLPattern, maude: Client) -> None:
    address = _address(route)
    with CaptureQueriesContext(connection) as asked:
        answer = maude.get(address)
    if answer.status_code in POST_ONLY:
        return
    assert answer.status_code == (404 if route.name in WITHOUT_A_CASE else 200)
    assert len(asked) <= MOST_QUERIES, "\n".join(query["sql"][-160:] for query in asked)


@pytest.mark.parametrize("route", member.urlpatterns, ids=lambda route: str(route.name))
@pytest.mark.parametrize("state", ["sent", "accepted"])
def test_a_page_of_a_member_answers_in_few_queries(
    route: URLPattern, state: str, programme: Programme
) -> None:
    person = camille()
    assert person.user is not None
    client = signed_in(person.user)
    named = route.pattern.converters
    if set(named) - {"key"}:
        pytest.skip(f"no row of the sample is named for {route.pattern}")
    known = {n: Offer.objects.get(person=person, state=state).key for n in named}
    address = reverse(f"member:{route.name}", kwargs=known)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    # An offer that waits has no exchange yet, and an accepted one no answer to give.
    assert answer.status_code in {200, 404, *POST_ONLY}
    assert len(asked) <= MOST_QUERIES, "\n".join(query["sql"][-160:] for query in asked)


@pytest.mark.parametrize("path", ["/", "/appels/les-mains-d-ici/", "/inscription/partage/"])
def test_a_public_page_answers_in_few_queries(path: str, programme: Programme) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(path)
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES
