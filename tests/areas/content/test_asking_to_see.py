"""A post that the network does not show, with one answer for two reasons: the member is asked for a
screenshot, once a look."""

import pytest

from proche.areas.content.actions import ask_screenshot
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof
from proche.areas.content.proving import Look, prove
from proche.areas.messages.models import Message
from proche.common.errors import Refusal
from tests.areas.content.test_proof import owed
from tests.cast import Cast
from tests.factories.content import a_post


def unseen(post: Post, found: str = "gone", reason: str = "not_found") -> Proof:
    return prove(post, Look(Proof.Who.SERVER, Proof.Found(found), reason=reason, source="api"))


@pytest.mark.parametrize("found", ["gone", "not_seen"])
def test_the_member_is_asked_once_a_look_and_nothing_is_called_deleted(
    cast: Cast, found: str
) -> None:
    post = a_post(owed(cast))
    unseen(post, found)
    ask_screenshot(post, by=cast.strategist)
    [letter] = Message.objects.filter(kind="screenshot")
    key = post.exchange.offer.key
    for said in (
        "retirée, ou ne se montre qu’à vos abonnés",
        "le réseau ne dit pas lequel",
        f"/moi/echanges/{key}/publier/?publication={post.pk}",
        post.url,
    ):
        assert said in letter.body
    assert "supprim" not in letter.body
    assert (letter.to, letter.by) == (post.exchange.offer.person.email, cast.strategist)
    assert post.exchange.offer.person.timeline.latest("pk").verb == "screenshot_asked"
    with pytest.raises(Refusal, match="déjà"):
        ask_screenshot(post, by=cast.strategist)
    unseen(post, found)
    ask_screenshot(post, by=cast.strategist)
    assert Message.objects.filter(kind="screenshot").count() == 2


@pytest.mark.parametrize(
    ("found", "reason"), [("same", ""), ("gone", ""), ("not_seen", "login"), ("not_seen", "time")]
)
def test_nothing_is_asked_where_the_network_says_what_it_is(
    cast: Cast, found: str, reason: str
) -> None:
    post = a_post(owed(cast))
    unseen(post)
    unseen(post, found, reason)
    with pytest.raises(Refusal) as refused:
        ask_screenshot(post, by=cast.strategist)
    assert refused.value.code == "post_seen"
    assert not Message.objects.filter(kind="screenshot").exists()
