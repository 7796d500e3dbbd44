"""Who the invented people are: name, place, trade or taste, words, accounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from proche.areas.people.actions import fold
from proche.common.choices import Platform, Proof
from proche.sample.draw import Draw, table

DOMAIN = "exemple.example"
NORTH = {"09", "10"}
PLATFORMS = (
    (Platform.INSTAGRAM, 58),
    (Platform.TIKTOK, 21),
    (Platform.FACEBOOK, 14),
    (Platform.YOUTUBE, 3),
    (Platform.BLOG, 2),
    (Platform.BLUESKY, 1),
    (Platform.MASTODON, 1),
)
PROOFS = (
    (Proof.ARCHIVE, 42),
    (Proof.API, 30),
    (Proof.PUBLIC, 11),
    (Proof.SCREENSHOT, 6),
    (Proof.DECLARED, 11),
)
# Proof of the accounts beside the main one.
OTHER_PROOFS = ((Proof.DECLARED, 2), (Proof.PUBLIC, 1))
OVER_CEILING = {"no": 0.0, "unknown": 0.08, "yes": 0.3}
SEPARATORS = (".", "_", "")


@dataclass(frozen=True)
class Channel:
    platform: str
    handle: str
    followers: int
    proof: str


@dataclass(frozen=True)
class Profile:
    """One invented person before they are a row. `intent` is what they say of living from it."""

    given_name: str
    family_name: str
    email: str
    she: bool
    language: str
    region: str
    town: str
    topics: tuple[str, ...]
    words: str
    bio: str
    occupation: str
    professional: bool
    intent: str
    channels: tuple[Channel, ...]
    # How near to their public, from 0 to 1; drawn where None.
    near: float | None = None


def profiles(extra: int) -> Iterator[Profile]:
    """The cast, then enough people to fill each region, then `extra` from anywhere."""
    draw, taken = Draw("profiles"), set[str]()
    cast = table("cast")["person"]
    for given in cast:
        yield _profile(draw, taken, given)
    for region, place in table("places").items():
        already = sum(given["place"][0] == region for given in cast)
        for _ in range(place["members"] - already):
            yield _profile(draw, taken, {"place": [region, draw.choice(place["towns"])]})
    for _ in range(extra):
        yield _profile(draw, taken, {"place": _anywhere(draw)})


def _anywhere(draw: Draw) -> list[str]:
    places = table("places")
    region = draw.weighted(list(places), [place["members"] for place in places.values()])
    return [region, draw.choice(places[region]["towns"])]


def _profile(draw: Draw, taken: set[str], given: dict[str, Any]) -> Profile:
    region, town = given["place"]
    she = given.get("she", draw.chance(0.7))
    first, last, language = _name(draw, region, she)
    if "name" in given:
        first, last = given["name"].split(" ", 1)
        language = given.get("language", "fr")
    trade = _entry(draw, "trades", "trade", given) if _is_pro(draw, given) else None
    taste = _entry(draw, "tastes", "taste", given) if trade is None else None
    entry: dict[str, Any] = trade or taste or {}
    occupation = _occupation(trade, she, language)
    email = given.get("email") or _email(taken, first, last)
    intent = "no" if "name" in given else _intent(draw)
    return Profile(
        given_name=first,
        family_name=last,
        email=email,
        she=she,
        language=language,
        region=region,
        town=town,
        topics=_topics(draw, entry["topics"]),
        words=given.get("words") or draw.choice(_said(entry, language)),
        bio=_bio(entry, occupation, town, language),
        occupation=occupation,
        professional=trade is not None,
        intent=intent,
        channels=tuple(
            _channels(
                draw, given, f"{_plain(first)}{draw.choice(SEPARATORS)}{_plain(last)}", intent
            )
        ),
        near=given.get("near"),
    )


def _name(draw: Draw, region: str, she: bool) -> tuple[str, str, str]:
    origins = table("names")
    shares = [
        o["share"] * (40 if name == "first_peoples" and region in NORTH else 1)
        for name, o in origins.items()
    ]
    origin = draw.weighted(list(origins.values()), shares)
    first = draw.choice(origin["women" if she else "men"].split())
    last = draw.choice(origin["family"].split())
    return first, last, "en" if draw.chance(origin["english"]) else "fr"


def _is_pro(draw: Draw, given: dict[str, Any]) -> bool:
    drawn = draw.chance(0.46)
    return "trade" in given or ("taste" not in given and drawn)


def _entry(draw: Draw, name: str, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    entries: list[dict[str, Any]] = table(name)[kind]
    if kind in given:
        return entries[int(given[kind])]
    return draw.weighted(entries, [entry.get("often", 1) for entry in entries])


def _occupation(trade: dict[str, Any] | None, she: bool, language: str) -> str:
    if trade is None:
        return ""
    word: str = trade["en"] if language == "en" else trade["she" if she else "he"]
    return word[:1].upper() + word[1:]


def _said(entry: dict[str, Any], language: str) -> list[str]:
    english: list[str] = entry.get("en_words") or entry["en"]
    french: list[str] = entry["fr"]
    return english if language == "en" else french


def _bio(entry: dict[str, Any], occupation: str, town: str, language: str) -> str:
    if occupation:
        return f"{occupation}, {town}"
    start = entry["bio_en" if language == "en" else "bio_fr"]
    return f"{start}. {town}"


def _topics(draw: Draw, topics: list[str]) -> tuple[str, ...]:
    return tuple(topics[: draw.choice([2, 3, 3])])


def _intent(draw: Draw) -> str:
    return draw.weighted(["no", "unknown", "yes"], [80, 13, 7])


def _email(taken: set[str], first: str, last: str) -> str:
    plain = ".".join(_plain(part) for part in (first, last))
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}{number}"
    taken.add(name)
    return f"{name}@{DOMAIN}"


def _plain(text: str) -> str:
    return "".join(c for c in fold(text) if c.isascii() and (c.isalnum() or c == "-"))


def _channels(draw: Draw, given: dict[str, Any], handle: str, intent: str) -> Iterator[Channel]:
    if "accounts" in given:
        yield from (Channel(*account) for account in given["accounts"])
        return
    wanted = draw.weighted([1, 2, 3], [58, 31, 11])
    drawn = [_drawn(draw, PLATFORMS) for _ in range(wanted)]
    for place, platform in enumerate(dict.fromkeys(drawn)):
        if place == 0:
            yield Channel(platform, handle[:30], _followers(draw, intent), _drawn(draw, PROOFS))
        else:
            followers = int(_followers(draw, "no") * 0.5) + 20
            yield Channel(platform, handle[:30], followers, _drawn(draw, OTHER_PROOFS))


def _drawn(draw: Draw, choices: Sequence[tuple[str, int]]) -> str:
    return draw.weighted([name for name, _ in choices], [weight for _, weight in choices])


def _followers(draw: Draw, intent: str) -> int:
    """Median about 900, and some just under the ceiling of 5,000; over it, a few of those who
    seek to live from it, or who do not know yet."""
    if draw.chance(OVER_CEILING[intent]):
        return draw.randint(5_100, 14_000)
    while not 60 <= (followers := int(draw.lognormvariate(6.8, 0.85))) <= 4980:
        pass
    return followers
