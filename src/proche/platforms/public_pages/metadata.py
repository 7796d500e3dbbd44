"""What a page says of itself in its head: Open Graph, and schema.org as JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

POSTINGS = {"socialmediaposting", "article", "blogposting", "newsarticle", "videoobject"}
# « 1,204 likes, 31 comments - name on 3 May 2026: "the caption" »
QUOTED = re.compile(r":\s*[\"“«](?P<words>.+)[\"”»]\.?\s*$", re.DOTALL)
# JSON nested deeper is no description of a post.
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Described:
    """The words of a post; `whole` where the page says that they are all of them."""

    text: str | None
    whole: bool
    image: str | None


@dataclass
class _Head(HTMLParser):
    named: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    _inside: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta":
            name = given.get("property") or given.get("name") or ""
            self.named.setdefault(name.lower(), given.get("content") or "")
        self._inside = tag == "script" and given.get("type") == "application/ld+json"
        if self._inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


def described(page: str) -> Described:
    head = _Head()
    head.feed(page)
    image = head.named.get("og:image") or None
    for posting in _postings(head.scripts):
        body = posting.get("articleBody")
        if isinstance(body, str) and body.strip():
            return Described(body.strip(), whole=True, image=image)
    words = head.named.get("og:description", "").strip()
    quoted = QUOTED.search(words)
    return Described((quoted["words"] if quoted else words) or None, whole=False, image=image)


def _postings(scripts: list[str]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        try:
            found = json.loads(script)
        except (ValueError, RecursionError):
            continue
        yield from _within(found, DEEPEST)


def _within(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value:
            yield from _within(one, depth - 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", "")
        if {
            str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])
        } & POSTINGS:
            yield value
        yield from _within(value.get("@graph"), depth - 1)


class _FirstParagraph(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self._open, self._done = "", False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" and not self._done:
            self._open = True
        elif tag == "br" and self._open:
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._open:
            self._open, self._done = False, True

    def handle_data(self, data: str) -> None:
        if self._open:
            self.words += data


def first_paragraph(html: str) -> str:
    """The words of a post within the piece of page that a platform gives to show it."""
    reader = _FirstParagraph()
    reader.feed(html)
    return reader.words.strip()
