"""The name of an account as its platform writes it, from what people type or paste.

Forms only: nothing is looked up there. The rules are those each platform publishes for the names
of its accounts; an address is read by its path, so that pasting what the app shares is enough."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.common.choices import Platform
from proche.common.errors import Refusal

HOST = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+"
HOST_ALONE = re.compile(rf"(?=.{{4,253}}$){HOST}")
LONGEST = 80
# Sites of each platform; a Mastodon or a blog may be anywhere.
SITES = {
    "instagram.com": Platform.INSTAGRAM,
    "instagr.am": Platform.INSTAGRAM,
    "tiktok.com": Platform.TIKTOK,
    "facebook.com": Platform.FACEBOOK,
    "fb.com": Platform.FACEBOOK,
    "youtube.com": Platform.YOUTUBE,
    "youtu.be": Platform.YOUTUBE,
    "bsky.app": Platform.BLUESKY,
    "x.com": Platform.X,
    "twitter.com": Platform.X,
    "linkedin.com": Platform.LINKEDIN,
}
# First parts of paths that lead to one post or to a page of the platform, never to an account.
NOT_NAMES = {
    *("p", "reel", "reels", "tv", "stories", "explore", "share", "sharer", "watch", "shorts"),
    *("playlist", "video", "videos", "photo", "photos", "groups", "events", "hashtag", "search"),
    *("status", "i", "home", "intent", "pulse", "posts", "feed", "login", "t"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    form: re.Pattern[str]
    said: str | Promise


RULES = {
    Platform.INSTAGRAM: Rule(
        re.compile(r"(?!.*\.\.)(?!\.)(?!.*\.$)[a-z0-9._]{1,30}"),
        _(
            "On Instagram a name has 30 characters at most: letters without accents, digits, "
            "underscores, and dots inside."
        ),
    ),
    Platform.TIKTOK: Rule(
        re.compile(r"(?!.*\.$)[a-z0-9._]{2,24}"),
        _(
            "On TikTok a name has 2 to 24 characters: letters without accents, digits, "
            "underscores, and dots, but not at the end."
        ),
    ),
    Platform.FACEBOOK: Rule(
        re.compile(r"[a-z0-9][a-z0-9.-]{4,74}"),
        _(
            "On Facebook, write the name at the end of the address of your profile or page: 5 "
            "characters or more, letters without accents, digits and dots."
        ),
    ),
    Platform.YOUTUBE: Rule(
        re.compile(r"(?:[^\W_]|[0-9])(?:[\w.·-]{1,28})(?:[^\W_]|[0-9])|channel/UC[\w-]{22}"),
        _(
            "On YouTube a name has 3 to 30 characters, as in @name: letters, digits, dashes, "
            "underscores and dots inside."
        ),
    ),
    Platform.BLUESKY: Rule(
        HOST_ALONE, _("On Bluesky a name is written like a site: name.bsky.social.")
    ),
    Platform.MASTODON: Rule(
        re.compile(rf"[a-z0-9_](?:[a-z0-9_.-]{{0,28}}[a-z0-9_])?@{HOST}"),
        _("On Mastodon a name goes with its site: name@site.example."),
    ),
    Platform.X: Rule(
        re.compile(r"[a-z0-9_]{1,15}"),
        _(
            "On X a name has 15 characters at most: letters without accents, digits and "
            "underscores."
        ),
    ),
    Platform.LINKEDIN: Rule(
        re.compile(r"(?:company/)?[\w-]{3,70}"),
        _("On LinkedIn, write the name at the end of the address of your profile, after /in/."),
    ),
    Platform.BLOG: Rule(
        re.compile(rf"{HOST}(?:/[^\s<>\"'?#]*)?"),
        _("Write the address of the blog, like my-blog.example."),
    ),
}


def platform_in(typed: str) -> str:
    """The platform a pasted address speaks of; empty where it cannot be told."""
    return SITES.get(_site(typed), "")


def read_handle(platform: str, typed: str) -> str:
    """`https://www.instagram.com/Camille/?hl=fr` and `@camille` are both `camille`. Raises Refusal
    with the rule of the platform, or with what the address is instead."""
    text = typed.strip().strip("\u200b\ufeff")
    elsewhere = platform_in(text)
    if elsewhere and elsewhere != platform:
        raise _refused(
            _("This is an address of %(site)s, and the network chosen is %(platform)s.")
            % {"site": Platform(elsewhere).label, "platform": Platform(platform).label}
        )
    handle = READERS.get(platform, _by_path)(text)
    rule = RULES[Platform(platform)]
    if len(handle) > LONGEST or not rule.form.fullmatch(handle):
        raise _refused(rule.said)
    return handle


def _refused(said: str | Promise) -> Refusal:
    return Refusal(said, code="no_handle", field="handle")


def _url(text: str) -> tuple[str, list[str]]:
    """The site without its www., and the parts of the path."""
    try:
        url = urlsplit(text if "://" in text else f"https://{text}")
        host = (url.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return "", []
    return host, [unquote(part) for part in url.path.split("/") if part]


def _is_address(text: str) -> bool:
    return "://" in text or "/" in text or bool(_known_site(text))


def _known_site(text: str) -> str:
    host = _url(text)[0]
    return next((site for site in SITES if host == site or host.endswith(f".{site}")), "")


def _site(text: str) -> str:
    return _known_site(text) if "." in text and not text.startswith("@") else ""


def _by_path(text: str) -> str:
    """The name in an address of the platform, else the text without its @."""
    if not (_is_address(text) and _site(text)):
        return text.removeprefix("@").casefold().rstrip("/")
    host, parts = _url(text)
    # Instagram puts it before the name in what its app opens.
    parts = parts[1:] if parts[:1] == ["_u"] else parts
    # What apps share in short (vm.tiktok.com/…, youtu.be/…) does not say the name.
    short = host.startswith(("vm.", "vt.", "l.")) or host == "youtu.be"
    if short or not parts or parts[0].casefold() in NOT_NAMES:
        raise _refused(
            _("This address leads to something else than an account. Write its name, like @name.")
        )
    return parts[0].removeprefix("@").casefold()


def _facebook(text: str) -> str:
    number = re.search(r"profile\.php\?(?:.*&)?id=(\d{5,20})", text)
    if number:
        return number[1]
    host, parts = _url(text) if _site(text) else ("", [])
    # facebook.com/people/Some-Name/100012345 and facebook.com/pages/Some-Name/12345
    if host and len(parts) >= 3 and parts[0] in ("people", "pages") and parts[2].isdigit():
        return parts[2]
    return _by_path(text)


def _youtube(text: str) -> str:
    parts = _url(text)[1] if _site(text) else text.split("/")
    if len(parts) >= 2 and parts[0] == "channel":
        return f"channel/{parts[1]}"
    if len(parts) >= 2 and parts[0] in ("c", "user"):
        return parts[1].casefold()
    return _by_path(text)


def _linkedin(text: str) -> str:
    parts = _url(text)[1] if _site(text) else text.strip("/").split("/")
    if len(parts) >= 2 and parts[0] in ("in", "company"):
        name = parts[1].casefold()
        return f"company/{name}" if parts[0] == "company" else name
    return _by_path(text)


def _bluesky(text: str) -> str:
    if _site(text):
        parts = _url(text)[1]
        text = parts[1] if len(parts) >= 2 and parts[0] == "profile" else text
    name = text.removeprefix("@").casefold().rstrip("/")
    return name if "." in name or not name else f"{name}.bsky.social"


def _mastodon(text: str) -> str:
    if "/" in text:
        host, parts = _url(text)
        parts = parts[1:] if parts[:1] == ["users"] else parts
        name = parts[0].removeprefix("@") if parts else ""
        return (name if "@" in name else f"{name}@{host}").casefold()
    return text.removeprefix("@").casefold()


def _blog(text: str) -> str:
    text = re.sub(r"^(?:https?://)?(?:www\.)?", "", text, flags=re.I)
    host, slash, path = text.partition("/")
    # The host knows no capitals, the path does.
    return f"{host.casefold()}{slash}{path}".rstrip("/")


READERS: dict[str, Callable[[str], str]] = {
    Platform.FACEBOOK: _facebook,
    Platform.YOUTUBE: _youtube,
    Platform.LINKEDIN: _linkedin,
    Platform.BLUESKY: _bluesky,
    Platform.MASTODON: _mastodon,
    Platform.BLOG: _blog,
}
