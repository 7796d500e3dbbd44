"""What the exchange says of the link, in the words the disclosure check knows."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from proche.areas.brands.models import Brand, Brief
from proche.areas.campaigns.models import Exchange, Parcel
from proche.common.choices import ExchangeKind, Platform
from proche.core import disclosure

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


@cache
def rules_version() -> str:
    """A name for the rules in force: it changes when a word of them does."""
    folder = files(disclosure)
    tables = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    content = b"".join(folder.joinpath(name).read_bytes() for name in tables)
    return sha256(content).hexdigest()[:12]


def link_of(exchange: Exchange) -> disclosure.Link:
    """The link between the member and the brand, as the exchange carries it."""
    return _link(exchange.kind, exchange.obligation, exchange.offer.campaign.brief.brand)


def link_offered(brief: Brief) -> disclosure.Link:
    """The link there will be if the offer is accepted."""
    return _link(brief.exchange, brief.obligation, brief.brand)


def _link(kind: str, obligation: bool, brand: Brand) -> disclosure.Link:
    return disclosure.Link(
        kind=KIND_OF_LINK[ExchangeKind(kind)],
        brand_name=brand.name,
        brand_aliases=tuple(brand.aliases),
        obligation=obligation,
    )


def never_received(exchange: Exchange) -> bool | None:
    """True while nothing was sent: a post would speak of something nobody has yet."""
    parcel: Parcel | None = getattr(exchange, "parcel", None)
    if parcel is None or parcel.state in {Parcel.State.RECEIVED, Parcel.State.BROKEN}:
        return None
    return True if parcel.state in {Parcel.State.TO_PREPARE, Parcel.State.LOST} else None
