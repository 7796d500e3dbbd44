"""The words of a post out of its HTML, as one reads them: paragraphs apart, links in full although
the page shows them shortened (« HTML sanitization » of the ActivityPub documentation of Mastodon).
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

APART = {"p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"}
# What a server adds before the words of a post that quotes another one.
ADDED = "quote-inline"


@dataclass
class _Words(HTMLParser):
    words: str = ""
    _left_out: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ADDED in (dict(attrs).get("class") or "").split() and not self._left_out:
            self._left_out = tag
        elif tag == "br":
            self.words += "\n"
        elif tag in APART:
            self.words += "\n\n"
        elif tag == "li":
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._left_out:
            self._left_out = ""

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.words += data


def plain_words(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", reader.words).strip()
