"""What the exchange says of the link, in the words the disclosure check knows."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from proche.areas.brands.models import Brief
from proche.areas.campaigns.models import Exchange, Parcel
from proche.common.choices import ExchangeKind, Language, Platform
from proche.core import disclosure
from proche.core.results import Sentence

KIND_OF_LINK = {
    ExchangeKind.GIFT: "gift",
    ExchangeKind.AGREED: "exchange",
    ExchangeKind.PAID: "paid",
    ExchangeKind.INVITATION: "invitation",
    ExchangeKind.AFFILIATE: "affiliate",
}
# What can be posted where; the first of each is the usual one.
FORMATS_OF: dict[str, tuple[str, ...]] = {
    Platform.INSTAGRAM: ("post", "carousel", "reel", "story"),
    Platform.TIKTOK: ("video", "story"),
    Platform.FACEBOOK: ("post", "video", "reel", "story"),
    Platform.YOUTUBE: ("video", "short"),
    Platform.BLUESKY: ("post", "thread"),
    Platform.MASTODON: ("post", "thread"),
    Platform.X: ("post", "thread"),
    Platform.LINKEDIN: ("post", "article"),
    Platform.BLOG: ("article",),
}


PLACE_NAMES = {
    "CA": _("Canada"),
    "FR": _("France"),
    "US": _("United States"),
    "UK": _("United Kingdom"),
    "DE": _("Germany"),
    "NZ": _("New Zealand"),
}


@cache
def rules_version() -> str:
    """A name for the rules in force: it changes when a word of them does."""
    folder = files(disclosure)
    tables = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    content = b"".join(folder.joinpath(name).read_bytes() for name in tables)
    return sha256(content).hexdigest()[:12]


def link_of(exchange: Exchange) -> disclosure.Link:
    """The link between the member and the brand, as the exchange carries it."""
    return _link(exchange.kind, exchange.obligation, exchange.offer.campaign.brief)


def link_offered(brief: Brief) -> disclosure.Link:
    """The link there will be if the offer is accepted."""
    return _link(brief.exchange, brief.obligation, brief)


def places_of(brief: Brief) -> tuple[str, ...]:
    """The countries whose rules apply: Canada, where the programme works, and the brief's."""
    return tuple(place for place in disclosure.JURISDICTIONS if place in {"CA", *brief.countries})


def words_to_say(link: disclosure.Link, language: str, places: tuple[str, ...]) -> str:
    """The exact words to paste first, as every authority concerned accepts them: those of one
    country where they suffice everywhere, or else one line for each."""
    lines = dict.fromkeys(disclosure.suggest(link, language, jurisdiction=p) for p in places)
    together = "\n".join(lines)
    bare = replace(link, required_words=())

    def accepted(words: str) -> bool:
        post = disclosure.Post("bluesky", "post", words, language)
        return all(one.is_ok for one in disclosure.strictest(post, bare, places).values())

    return next((line for line in lines if accepted(line)), together)


def why_to_say(link: disclosure.Link, places: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Why a disclosure is due for this link, each reason once, wherever the audience lives; empty
    where the rules give no reason of their own (a paid post needs none)."""
    post = disclosure.Post("instagram", "post", "")
    checks = disclosure.strictest(post, link, places).values()
    return tuple({why.code: why for one in checks for why in one.because}.values())


@dataclass(frozen=True)
class AskedWords:
    """What a brief's own words are worth: the countries (codes) where they do not disclose the
    link by themselves, those of the words that people may take for it there, and what members will
    be asked to write too, one text a language. All empty where the rules accept the words."""

    places: tuple[str, ...]
    unclear: tuple[str, ...]
    to_say: tuple[str, ...]


def asked_words(brief: Brief) -> AskedWords:
    link, places = link_offered(brief), places_of(brief)
    languages = brief.languages or [Language.FRENCH, Language.ENGLISH]
    short = [
        (place, language)
        for place in places
        for language in languages
        if link.required_words and not disclosure.words_suffice(link, place, language)
    ]
    unclear = {word for case in short for word in disclosure.words_taken_for_it(link, *case)}
    return AskedWords(
        places=tuple(dict.fromkeys(place for place, _language in short)),
        unclear=tuple(word for word in link.required_words if word in unclear),
        to_say=tuple(words_to_say(link, one, places) for one in languages) if short else (),
    )


def _link(kind: str, obligation: bool, brief: Brief) -> disclosure.Link:
    brand = brief.brand
    return disclosure.Link(
        kind=KIND_OF_LINK[ExchangeKind(kind)],
        brand_name=brand.name,
        brand_aliases=tuple(brand.aliases),
        obligation=obligation,
        required_words=tuple(brief.required_words),
    )


def never_received(exchange: Exchange) -> bool | None:
    """True while nothing was sent: a post would speak of something nobody has yet."""
    parcel: Parcel | None = getattr(exchange, "parcel", None)
    if parcel is None or parcel.state in {Parcel.State.RECEIVED, Parcel.State.BROKEN}:
        return None
    return True if parcel.state in {Parcel.State.TO_PREPARE, Parcel.State.LOST} else None
