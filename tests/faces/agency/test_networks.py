"""The interfaces of networks in the workspace: who connects them, and the figures of an account."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from proche.areas.content import connecting
from proche.areas.people.models import Account
from tests.cast import Cast, signed_in
from tests.factories.campaigns import who_agreed
from tests.factories.people import AccountFactory

READING = "/bureau/publications/lecture-publique/"
NETWORK = f"{READING}reseau/"


@pytest.fixture
def owner(cast: Cast) -> Client:
    return signed_in(cast.owner)


def an_account(
    cast: Cast, network: str = "bluesky", handle: str = "marisol.bsky.social"
) -> Account:
    account: Account = AccountFactory.create(
        person=who_agreed(cast.programme), platform=network, handle=handle, followers=900
    )
    return account


def there(account: Account) -> str:
    return f"/bureau/personnes/{account.person.key}/comptes/{account.pk}/confirmer/"


def test_an_owner_connects_a_network_and_disconnects_it(cast: Cast, owner: Client) -> None:
    page = owner.get(READING).content.decode()
    assert page.count("non branché") == 2
    assert "public.api.bsky.app" in page
    page = owner.post(NETWORK, {"network": "bluesky"}, follow=True).content.decode()
    assert "Bluesky est branché." in page
    assert "Il interroge l’interface de ces réseaux\u00a0: Bluesky." in page
    assert f"sur décision de {cast.owner}." in page
    held = connecting.in_force(cast.programme)
    assert (list(held), held["bluesky"].on_by) == (["bluesky"], cast.owner)
    page = owner.post(NETWORK, {"network": "bluesky", "off": "1"}, follow=True).content.decode()
    assert "Bluesky est débranché" in page
    assert "Ce qui a été branché avant" in page
    assert connecting.in_force(cast.programme) == {}


def test_what_is_typed_wrong_is_told_and_kept(cast: Cast, owner: Client) -> None:
    typed = "social.example\n192.168.0.7"
    page = owner.post(NETWORK, {"network": "mastodon", "servers": typed}).content.decode()
    assert "192.168.0.7\u00a0» n’est pas un nom de serveur" in page
    assert f"{typed}</textarea>" in page
    assert connecting.in_force(cast.programme) == {}
    owner.post(NETWORK, {"network": "mastodon", "servers": "social.example mamot.fr"})
    held = connecting.in_force(cast.programme)["mastodon"]
    assert held.servers == ["social.example", "mamot.fr"]
    assert "social.example\nmamot.fr</textarea>" in owner.get(READING).content.decode()
    assert owner.post(NETWORK, {"network": "instagram"}).status_code == 404


def test_nobody_else_connects_one(cast: Cast) -> None:
    for who in (cast.strategist, cast.assistant):
        desk = signed_in(who)
        assert "Brancher Bluesky" not in desk.get(READING).content.decode()
        desk.post(NETWORK, {"network": "bluesky"})
    assert connecting.in_force(cast.programme) == {}
    signed_in(cast.stranger).post(NETWORK, {"network": "bluesky"})
    assert connecting.in_force(cast.programme) == {}


def test_figures_are_asked_by_one_click_where_the_network_is_connected(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    account = an_account(cast)
    desk, url = signed_in(cast.strategist), f"/bureau/personnes/{account.person.key}/"
    assert there(account) not in desk.get(url).content.decode()
    connecting.connect(cast.programme, "bluesky", servers=[], by=cast.owner)
    page = desk.get(url).content.decode()
    assert "Demander ses chiffres à Bluesky" in page
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(there(account), follow=True).content.decode()
    assert "C’est demandé." in page
    queued = OrmQ.objects.latest("pk").task
    assert (queued["func"], queued["args"]) == (
        "proche.areas.content.tasks.confirm_figures", (account.pk, cast.strategist.pk))  # fmt: skip


def test_figures_are_not_asked_of_others_accounts_nor_by_those_who_do_not_decide(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    account = an_account(cast)
    connecting.connect(cast.programme, "bluesky", servers=[], by=cast.owner)
    other = an_account(cast, handle="bao.bsky.social")
    mixed = f"/bureau/personnes/{account.person.key}/comptes/{other.pk}/confirmer/"
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(cast.stranger).post(there(account)).status_code == 404
        assert signed_in(cast.strategist).post(mixed).status_code == 404
        signed_in(cast.assistant).post(there(account))
    assert not OrmQ.objects.exists()


def test_the_pages_ask_few_questions(cast: Cast, owner: Client) -> None:
    account = an_account(cast)
    for network in ("bluesky", "mastodon", "bluesky"):
        connecting.connect(cast.programme, network, servers=[], by=cast.owner)
        connecting.disconnect(cast.programme, network, by=cast.owner)
        connecting.connect(cast.programme, network, servers=[], by=cast.owner)
    for url in (READING, f"/bureau/personnes/{account.person.key}/"):
        owner.get(url)
        with CaptureQueriesContext(connection) as asked:
            owner.get(url)
        assert len(asked) <= 15, url
