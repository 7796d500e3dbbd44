"""The figures of an account, asked of its network: what they change, and what they do not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_q.models import Schedule

from proche.areas.accounts.models import User
from proche.areas.consent.models import Purpose
from proche.areas.content import connecting, figures
from proche.areas.content.asking import Interfaces
from proche.areas.evidence.models import Evidence
from proche.areas.people.kept import Said
from proche.areas.people.models import Account, Person
from proche.common.errors import Refusal
from tests.cast import Cast
from tests.factories.campaigns import who_agreed
from tests.factories.people import AccountFactory
from tests.platforms.networks import (
    HANDLE,
    LOOKUP,
    SIGN_IN,
    as_json,
    fetcher,
    mastodon_account,
    on_bluesky,
    refusal,
)
from tests.platforms.site import Answer, SmallSite, small_site

PROFILE = "/xrpc/app.bsky.actor.getProfile"


@pytest.fixture
def site() -> Iterator[SmallSite]:
    with small_site() as served:
        on_bluesky(served)
        served.pages[LOOKUP] = as_json(mastodon_account())
        yield served


def an_account(cast: Cast, network: str, site: SmallSite) -> Account:
    connecting.connect(cast.programme, network, servers=[], by=cast.owner)
    handle = HANDLE if network == "bluesky" else f"marisol@127.0.0.1:{site.port}"
    account: Account = AccountFactory.create(
        person=who_agreed(cast.programme), platform=network, handle=handle,
        followers=900, following=None, posts_total=50, proof="declared",
    )  # fmt: skip
    return account


def look(account: Account, site: SmallSite, by: User, tries: int = 0) -> bool:
    there = Interfaces(fetcher(site), bluesky=site.url, scheme="http")
    return figures.look(account.pk, by.pk, tries, there)


def story_of(account: Account) -> list[str]:
    lines = account.person.timeline.filter(verb__startswith="figures_").order_by("pk")
    return [entry.verb for entry in lines]


@pytest.mark.parametrize(
    ("network", "known"), [("bluesky", (812, 240, 96)), ("mastodon", (1037, 138, 280))]
)
def test_figures_are_written_as_evidence_of_the_strongest_level(
    cast: Cast, site: SmallSite, network: str, known: tuple[int, int, int]
) -> None:
    account = an_account(cast, network, site)
    assert look(account, site, cast.strategist) is True
    account = Account.objects.get(pk=account.pk)
    today = timezone.localdate()
    assert (account.followers, account.following, account.posts_total) == known
    assert (account.proof, account.as_of) == ("api", today)
    fact = Evidence.objects.get(account=account, measure="followers")
    assert (fact.value, fact.n, fact.proof, fact.as_of) == (known[0], 1, "api", today)
    said = Said.objects.get(account=account, source="interface")
    assert (said.fields, said.before, said.by) == (
        ["followers"], {"followers": 900}, cast.strategist)  # fmt: skip
    assert story_of(account) == ["figures_confirmed"]
    # Delivered twice, it writes once.
    assert look(account, site, cast.strategist) is False
    assert (Said.objects.filter(source="interface").count(), Evidence.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "verb"),
    [
        (refusal("InvalidRequest", "Profile not found"), "figures_not_found"),
        (refusal("AccountDeactivated", "Account is deactivated"), "figures_not_found"),
        (as_json({"handle": HANDLE, "followersCount": 9, "labels": [SIGN_IN]}), "figures_private"),
        (as_json({"handle": HANDLE, "labels": []}), "figures_not_read"),
        (as_json({"handle": "jo.exemple.example", "followersCount": 9}), "figures_not_read"),
    ],
)
def test_what_is_not_confirmed_changes_nothing_and_is_told(
    cast: Cast, site: SmallSite, answer: Answer, verb: str
) -> None:
    account = an_account(cast, "bluesky", site)
    site.pages[PROFILE] = answer
    assert look(account, site, cast.strategist) is True
    assert look(account, site, cast.strategist) is False
    held = Account.objects.get(pk=account.pk)
    assert (held.followers, held.proof, story_of(account)) == (900, "declared", [verb])
    assert not Evidence.objects.exists()


def test_not_now_puts_the_question_off_until_the_hour_the_network_names(
    cast: Cast, site: SmallSite
) -> None:
    account = an_account(cast, "bluesky", site)
    site.pages[PROFILE] = as_json({"error": "RateLimitExceeded"}, 429, Retry_After="1800")
    now = timezone.now()
    ours = Schedule.objects.filter(func=figures.JOB)
    assert look(account, site, cast.strategist) is False
    planned = ours.get()
    assert timedelta(minutes=29) < planned.next_run - now < timedelta(minutes=31)
    assert planned.args == f"({account.pk}, {cast.strategist.pk}, 1)"
    # Meanwhile it is not asked, which is no try.
    assert look(account, site, cast.strategist, 1) is False
    assert len(site.asked) == 1
    assert ours.latest("pk").args == planned.args
    cache.clear()
    assert look(account, site, cast.strategist, 2) is True
    assert story_of(account) == ["figures_not_read"]


def test_nothing_is_asked_without_a_connection_or_an_agreement(
    cast: Cast, site: SmallSite, django_capture_on_commit_callbacks: Any
) -> None:
    account = an_account(cast, "bluesky", site)
    figures.ask(account, by=cast.strategist)
    account.person.consents.filter(purpose=Purpose.BANK).update(withdrawn_at=timezone.now())
    with pytest.raises(Refusal) as refused:
        figures.ask(account, by=cast.strategist)
    assert refused.value.code == "no_consent"
    assert look(account, site, cast.strategist) is False
    account.person.consents.update(withdrawn_at=None)
    connecting.disconnect(cast.programme, "bluesky", by=cast.owner)
    with pytest.raises(Refusal) as refused:
        figures.ask(account, by=cast.strategist)
    assert refused.value.code == "not_connected"
    assert look(account, site, cast.strategist) is False
    Person.objects.filter(pk=account.person_id).update(state="left")
    connecting.connect(cast.programme, "bluesky", servers=[], by=cast.owner)
    assert look(account, site, cast.strategist) is False
    assert (site.asked, story_of(account)) == ([], [])
