"""The register and the shares, against posts worked out by hand."""

import pytest

from proche.areas.campaigns.models import Exchange
from proche.areas.content import register
from proche.areas.content.actions import approve, ask_correction
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof
from tests.cast import Cast
from tests.factories.campaigns import received, who_agreed
from tests.factories.content import BAD, a_draft, a_post


def owed(cast: Cast, **facts: object) -> Exchange:
    return received(who_agreed(cast.programme), exchange="agreed", obligation=True, **facts)


@pytest.fixture
def posts(cast: Cast) -> list[Post]:
    """Two that say the link, one that does not, one the rules could not see, one that waits."""
    from proche.areas.content.actions import submit

    good = [a_post(owed(cast), url=f"https://www.instagram.com/p/{n}/") for n in (1, 2)]
    bad = a_post(owed(cast), caption=BAD)
    reel = submit(owed(cast), a_draft("Mes pointes", format="reel"), url="https://x.example/3")
    for post in (*good, bad, reel):
        approve(post, by=None)
    return [*good, bad, reel, a_post(owed(cast), caption=BAD)]


def test_the_shares_count_only_what_could_be_read(cast: Cast, posts: list[Post]) -> None:
    found = register.rates(Post.objects.in_programme(cast.programme))
    whole = found.everything
    assert (whole.saying, whole.read, whole.unseen, whole.waiting) == (2, 3, 1, 1)
    # Wilson, 95 %, for 2 of 3.
    assert whole.low == pytest.approx(0.2077, abs=1e-4)
    assert whole.high == pytest.approx(0.9385, abs=1e-4)
    assert sum(rate.read for rate in found.by_brand) == 3
    assert [(rate.label, rate.read) for rate in found.by_platform] == [("Instagram", 3)]
    assert [rate.waiting for rate in found.by_kind] == [1]


def test_without_a_post_there_is_no_share(cast: Cast) -> None:
    found = register.rates(Post.objects.in_programme(cast.programme))
    assert (found.everything.share, found.everything.low, found.by_brand) == (None, None, [])


def test_the_register_tells_each_post_with_its_rules_its_corrections_and_its_proof(
    cast: Cast, posts: list[Post]
) -> None:
    ask_correction(posts[-1], text="Publicité.", by=None)
    seals = {proof.post_id: proof.sealed for proof in Proof.objects.order_by("seen_at", "pk")}
    told = register.entries(register.handed_in(Post.objects.in_programme(cast.programme)))
    assert [(one.post.pk, one.verdict, one.corrections, one.proof) for one in told] == [
        (posts[0].pk, "OK", 0, seals[posts[0].pk]),
        (posts[1].pk, "OK", 0, seals[posts[1].pk]),
        (posts[2].pk, "MISPLACED", 0, seals[posts[2].pk]),
        (posts[3].pk, "HUMAN", 0, seals[posts[3].pk]),
        (posts[4].pk, "MISPLACED", 1, seals[posts[4].pk]),
    ]
    assert len(set(seals.values())) == 5
    assert told[0].rules == ()
    assert set(told[2].rules) >= {"D-WORD-1"}
