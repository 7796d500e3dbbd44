"""The name of an account as people paste it: a name, an @name or the address of the page."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from proche.common.choices import Platform

HOSTS = {
    "instagram.com": Platform.INSTAGRAM, "instagr.am": Platform.INSTAGRAM,
    "tiktok.com": Platform.TIKTOK, "facebook.com": Platform.FACEBOOK, "fb.com": Platform.FACEBOOK,
    "youtube.com": Platform.YOUTUBE, "bsky.app": Platform.BLUESKY, "x.com": Platform.X,
    "twitter.com": Platform.X, "linkedin.com": Platform.LINKEDIN,
}  # fmt: skip
# Pages of a platform that are nobody's.
NOBODY = {
    "p", "reel", "reels", "explore", "stories", "watch", "shorts", "playlist", "video", "tag",
    "groups", "events", "share", "hashtag", "search", "results", "home", "i", "feed", "status",
}  # fmt: skip
FORMS = {
    Platform.INSTAGRAM: r"[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?",
    Platform.TIKTOK: r"[a-z0-9_.]{2,24}",
    Platform.FACEBOOK: r"[a-z0-9.\-]{2,60}|profile\.php\?id=\d{3,20}",
    Platform.YOUTUBE: r"[\w.\-·]{3,30}|channel/uc[\w\-]{22}",
    Platform.BLUESKY: r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)+",
    Platform.MASTODON: r"[a-z0-9_.\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+",
    Platform.X: r"[a-z0-9_]{1,15}",
    Platform.LINKEDIN: r"[\w\-%]{3,78}",
    Platform.BLOG: r"[^\s@<>\"']+\.[^\s@<>\"']{2,}",
}
LONGEST = 80


@dataclass(frozen=True)
class WrongHandle(Exception):
    """`code` is one of problems.PROBLEMS; `platform` is the one an address belongs to."""

    code: str
    platform: str = ""


def handle_of(platform: str, typed: str) -> str:
    """As it is kept: lower case, no @, no address. Raises WrongHandle."""
    text = typed.strip()
    if platform == Platform.BLOG:
        text = re.sub(r"^https?://(?:www\.)?", "", text, flags=re.I).rstrip("/")
    elif "/" in text or text.lower().startswith("www."):
        text = _of_address(platform, text)
    text = text.lstrip("@").casefold()
    if len(text) > LONGEST or not re.fullmatch(FORMS[Platform(platform)], text):
        raise WrongHandle("handle")
    return text


def _of_address(platform: str, text: str) -> str:
    parts = urlsplit(text if "//" in text else f"https://{text}")
    host = re.sub(r"^(?:www|m|mobile|fr|fr-ca|en|ca|qc)\.", "", (parts.hostname or "").lower())
    owner = HOSTS.get(host)
    if owner and owner != platform:
        raise WrongHandle("other_network", owner)
    path = [unquote(step) for step in parts.path.split("/") if step]
    if platform == Platform.MASTODON and path and path[0].startswith("@"):
        return f"{path[0].lstrip('@')}@{host}"
    if owner is None or not path:
        raise WrongHandle("handle")
    if platform == Platform.FACEBOOK and path[0] == "profile.php":
        return f"profile.php?{parts.query.split('&')[0]}"
    if platform == Platform.YOUTUBE and path[0] == "channel":
        return "/".join(path[:2])
    if path[0].lower() in NOBODY:
        raise WrongHandle("handle")
    # The name stands after these: linkedin.com/in/name, bsky.app/profile/name, youtube.com/c/name.
    if path[0] in ("in", "profile", "c", "user", "_u", "pages") and len(path) > 1:
        return path[1]
    return path[0]
