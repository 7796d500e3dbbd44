"""The partner's page: counts by day and region, small ones hidden, never a name."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from proche.areas.recruitment import actions
from proche.areas.recruitment.models import Nomination, PartnerLink
from tests.areas.recruitment.conftest import a_call, let_in
from tests.cast import Cast
from tests.factories.people import PersonFactory


def opened(cast: Cast) -> str:
    """An address, for a call where six joined in one region and four in another."""
    call = a_call(cast)
    for n in range(10):
        key = actions.propose_nomination(call, let_in(), nominator_name="Aldegonde Zwicky")
        region = "01" if n < 6 else "09"
        person = PersonFactory.create(region=region, family_name="Quetsche")
        Nomination.objects.filter(key=key).update(state="accepted", person=person)
    return f"/partenaire/{actions.renew_partner_link(call, by=cast.owner)}/"


def test_the_page_shows_counts_and_hides_the_small_ones(cast: Cast, client: Client) -> None:
    page = " ".join(client.get(opened(cast)).content.decode().split())
    assert "Le public a demandé 10 liens à transmettre. 10 personnes se sont inscrites." in page
    assert '<th scope="row">Bas-Saint-Laurent</th><td class="number">6</td>' in page
    hidden = (
        '<th scope="row">Côte-Nord</th><td class="number"><span class="quiet">moins de 5</span>'
    )
    assert hidden in page


def test_no_name_leaves(cast: Cast, client: Client) -> None:
    address = opened(cast)
    for language in ("fr", "en"):
        client.cookies["django_language"] = language
        page = client.get(address).content.decode()
        assert [
            secret for secret in ("Zwicky", "Quetsche", "camille", "Camille") if secret in page
        ] == []


def test_a_stranger_s_link_is_not_found_and_a_late_one_is_closed(
    cast: Cast, client: Client
) -> None:
    address = opened(cast)
    assert client.get("/partenaire/nexistepas/").status_code == 404
    PartnerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    late = client.get(address)
    assert late.status_code == 410
    assert "Bas-Saint-Laurent" not in late.content.decode()


def test_the_page_is_kept_by_no_search_engine_and_no_cache(cast: Cast, client: Client) -> None:
    for response in (client.get(opened(cast)), client.get("/partenaire/nexistepas/")):
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_page_asks_little_of_the_database(cast: Cast, client: Client) -> None:
    address = opened(cast)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 6, [query["sql"] for query in asked]
