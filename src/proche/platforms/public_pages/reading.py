"""What anybody sees of a post: whether it is up, its words, its image. What could not be seen is
said not to be, with the reason; it never passes for all well.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.robotparser import RobotFileParser

from proche.platforms.public_pages.fetching import (
    AGENT,
    Fetched,
    Fetcher,
    NotFetched,
    judge,
)
from proche.platforms.public_pages.metadata import Described, described, first_paragraph
from proche.platforms.public_pages.sites import SITES, Site
from proche.platforms.seen import LATER, Seen, State

HTML = ("text/html", "application/xhtml+xml")
JSON = ("application/json", "text/json", "text/javascript")
IMAGES = ("image/jpeg", "image/png", "image/webp")
# « Not found » is also what a site says of a post that is not for everyone.
STATES = {404: State.NOT_FOUND, 410: State.GONE}
DOORS = ("login", "signin", "authwall", "checkpoint", "challenge")


@dataclass(frozen=True)
class Reader:
    fetcher: Fetcher = field(default_factory=Fetcher)
    sites: Mapping[str, Site] = field(default_factory=lambda: SITES)

    def look(self, platform: str, url: str, *, with_image: bool = False) -> Seen:
        """Ask for the post as anybody would. Never raises for what a site answers."""
        site = self.sites.get(platform, Site())
        source = "oembed" if site.oembed else "page"
        try:
            judge(url, site.hosts)
            seen = self._description(site, url) if site.oembed else self._page(site, url)
        except NotFetched as refused:
            return _not_seen(source, refused)
        return self.with_image(platform, seen) if with_image and seen.image_url else seen

    def _description(self, site: Site, url: str) -> Seen:
        address = (
            f"{site.oembed}?{urlencode({'url': url, 'format': 'json', 'omit_script': 'true'})}"
        )
        host = urlsplit(site.oembed).hostname or ""
        answer = self.fetcher.get(address, hosts=(host,), kinds=JSON)
        if answer.status != 200:
            return _by_status("oembed", answer)
        told = _json(answer.text)
        words = str(told.get(site.text) or "")
        words = first_paragraph(words) if site.text == "html" else words.strip()
        for noise in site.noise:
            words = words.replace(noise, "").strip()
        if not words:
            return _unseen("oembed", "nothing", answer.status)
        # A long post is cut with these dots, so what follows was not seen.
        whole = not words.endswith(("…", "..."))
        image = str(told.get("thumbnail_url") or "")
        return Seen(State.UP, "oembed", answer.status, words, whole, image)

    def _page(self, site: Site, url: str) -> Seen:
        if not self._may_read(url, site):
            return _unseen("page", "robots", None)
        answer = self.fetcher.get(url, hosts=site.hosts, kinds=HTML)
        if answer.status != 200:
            return _by_status("page", answer)
        if urlsplit(answer.url).netloc != urlsplit(url).netloc and not self._may_read(
            answer.url, site
        ):
            return _unseen("page", "robots", answer.status)
        if any(door in urlsplit(answer.url).path.lower() for door in DOORS):
            return _unseen("page", "login", answer.status)
        told: Described = described(answer.text)
        if told.text is None:
            return _unseen("page", "nothing", answer.status)
        return Seen(State.UP, "page", answer.status, told.text, told.whole, told.image or "")

    def _may_read(self, url: str, site: Site) -> bool:
        """What the site asks of robots (RFC 9309): no file, no rule; an error, no reading."""
        parts = urlsplit(url)
        rules = RobotFileParser()
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            answer = self.fetcher.get(address, hosts=site.hosts, kinds=("text/",))
        except NotFetched as refused:
            # A site that answers with something else than a list of rules has none.
            if refused.code == "kind":
                return True
            raise
        if answer.status != 200:
            return 400 <= answer.status < 500 and answer.status not in LATER
        rules.parse(answer.text.splitlines())
        return rules.can_fetch(AGENT, url)

    def with_image(self, platform: str, seen: Seen) -> Seen:
        """An image that cannot be had takes nothing away from the words."""
        site = self.sites.get(platform, Site())
        try:
            got = self.fetcher.get(seen.image_url, hosts=site.images, kinds=IMAGES)
        except NotFetched:
            return seen
        return replace(seen, image=got.body) if got.status == 200 else seen


def _json(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _by_status(source: str, answer: Fetched) -> Seen:
    if answer.status in STATES:
        return Seen(STATES[answer.status], source, answer.status)
    return Seen(
        State.NOT_SEEN, source, answer.status, why="status", permanent=answer.status not in LATER
    )


def _unseen(source: str, why: str, status: int | None) -> Seen:
    return Seen(State.NOT_SEEN, source, status, why=why)


def _not_seen(source: str, refused: NotFetched) -> Seen:
    return Seen(
        State.NOT_SEEN,
        source,
        refused.status,
        why=refused.code,
        permanent=refused.permanent,
    )
