"""Posts and interactions of the accounts whose proof is an archive or an API, and the posts of
those whose figures are public: what the measures are then computed from, like anybody's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from proche.areas.people.models import Account
from proche.common.choices import Proof
from proche.core.topics.taxonomy import by_code
from proche.sample.draw import Draw
from proche.sample.people import Made

Record = dict[str, Any]
SEEN = {Proof.ARCHIVE, Proof.API}
# Share of the people who react that are members of the bank, and of those, who live near.
MEMBERS = 0.12
NEAR = 0.68
POSTS_ALONE = 0.3


@dataclass(frozen=True)
class Around:
    """Accounts of members whose region is known: of the same one, and of all."""

    near: Sequence[str]
    everywhere: Sequence[str]


@dataclass(frozen=True)
class Habits:
    """How near somebody is to their public; drawn once per account."""

    posts: int
    likes: float
    comments: float
    answers: float
    hours: float
    returns: float
    gives_back: float
    sponsored: float
    wanders: float


def activity(everybody: Iterable[Made]) -> tuple[list[Record], list[Record]]:
    draw = Draw("activity")
    made = list(everybody)
    neighbours = _by_region(made)
    everywhere = [account for some in neighbours.values() for account in some]
    posts: list[Record] = []
    acts: list[Record] = []
    for one in made:
        near = neighbours.get(one.person.region, [])
        for account in one.accounts:
            if account.proof not in {*SEEN, Proof.PUBLIC}:
                continue
            habits = _habits(draw, one, account)
            mine = list(_posts(draw, one, account, habits))
            posts += mine
            # An archive may hold the posts alone, and never says where the others live.
            if account.proof == Proof.API:
                acts += _acts(draw, account, habits, mine, Around(near, everywhere))
            elif account.proof == Proof.ARCHIVE and not draw.chance(POSTS_ALONE):
                acts += _acts(draw, account, habits, mine, Around((), ()))
    return posts, acts


def _by_region(made: Iterable[Made]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in made:
        found.setdefault(one.person.region, []).extend(
            str(account.pk) for account in one.accounts[:1] if account.proof == Proof.API
        )
    return found


def _habits(draw: Draw, one: Made, account: Account) -> Habits:
    near = one.profile.near or draw.betavariate(3, 2)
    return Habits(
        posts=draw.randint(9, 22),
        likes=0.02 + 0.09 * near * draw.uniform(0.6, 1.4),
        comments=1.0 + 5 * near * draw.uniform(0.5, 1.3) + (account.followers or 0) ** 0.5 / 22,
        answers=min(0.96, 0.12 + 0.8 * near * draw.uniform(0.7, 1.2)),
        hours=1 + 30 * (1 - near) * draw.uniform(0.4, 1.4),
        returns=0.15 + 0.5 * near,
        gives_back=0.05 + 0.5 * near * draw.uniform(0.5, 1.2),
        sponsored=0.22 if one.profile.intent == "yes" else 0.03,
        wanders=0.85 if one.profile.intent == "unknown" else 0.2,
    )


def _posts(draw: Draw, one: Made, account: Account, habits: Habits) -> Iterator[Record]:
    last = datetime.combine(account.as_of, datetime.min.time()) - timedelta(hours=4)  # type: ignore[arg-type]
    for n in range(habits.posts):
        published = last - timedelta(
            days=80 * n / habits.posts * draw.uniform(0.85, 1.0), minutes=draw.randint(0, 600)
        )
        likes = max(1, int((account.followers or 0) * habits.likes * draw.uniform(0.6, 1.5)))
        yield {
            "post_id": f"{account.pk}-{n}",
            "account_id": str(account.pk),
            "published_at": published,
            "likes": likes,
            "comments": _count(draw, habits.comments),
            "sponsored": draw.chance(habits.sponsored),
            "hashtags": _hashtags(draw, one, habits.wanders),
            "language": one.person.language,
        }


def _count(draw: Draw, mean: float) -> int:
    return max(0, round(draw.gauss(mean, mean**0.5)))


def _hashtags(draw: Draw, one: Made, wanders: float) -> str:
    topics = by_code()
    talk = list(topics) if draw.chance(wanders) else one.person.topics
    terms = []
    for code in draw.sample(talk, min(2, len(talk))):
        topic = topics[code]
        words = topic.terms_en if one.person.language == "en" else topic.terms_fr
        terms.append(draw.choice(words[:6] or (topic.fr,)))
    return " ".join("#" + "".join(term.split()) for term in terms)


def _acts(
    draw: Draw, account: Account, habits: Habits, posts: list[Record], around: Around
) -> Iterator[Record]:
    """Comments under the posts, the author's answers, and what the author gives back."""
    me = str(account.pk)
    regulars = [_actor(draw, me, around, f"r{n}") for n in range(3 + int(14 * habits.returns))]
    friends = {actor for actor in regulars if draw.chance(habits.gives_back)}
    passers = 0
    for post in posts:
        for _ in range(post["comments"]):
            if draw.chance(habits.returns):
                actor = draw.choice(regulars)
            else:
                passers += 1
                actor = _actor(draw, me, around, f"p{passers}")
                if draw.chance(habits.gives_back * 0.5):
                    friends.add(actor)
            if actor == me:
                continue
            at = post["published_at"] + timedelta(minutes=draw.randint(3, 900))
            yield _act(actor, me, "reply", at, post["post_id"])
            if draw.chance(habits.answers):
                later = at + timedelta(hours=habits.hours * draw.lognormvariate(-0.3, 0.7))
                yield {
                    **_act(me, me, "reply", later, post["post_id"]),
                    "in_reply_to_actor_id": actor,
                }
    for actor in sorted(friends - {me}):
        yield _act(me, actor, "like", posts[-1]["published_at"] + timedelta(hours=5), None)


def _actor(draw: Draw, me: str, around: Around, name: str) -> str:
    if not around.everywhere or not draw.chance(MEMBERS):
        return f"{me}-{name}"
    return draw.choice(around.near if around.near and draw.chance(NEAR) else around.everywhere)


def _act(actor: str, target: str, verb: str, at: datetime, post: str | None) -> Record:
    return {
        "actor_id": actor, "target_account_id": target, "verb": verb, "at": at, "post_id": post
    }  # fmt: skip
