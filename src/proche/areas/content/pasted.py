"""Several posts a member brings at once: pasted one under the other, or a file of their own export.

What is read here is not kept. A post is told by its number, as its owner counts them: the block
that was pasted, the row of a spreadsheet, the place in a file of JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.common.errors import Refusal
from proche.common.words import language
from proche.core.disclosure.normalise import squash
from proche.core.results import InputRefused
from proche.core.sheets import Limits, open_sheet, rows_of
from proche.core.sheets.plain import decoded

LONGEST = 5000
MOST_POSTS = 2000
# In a file, and of words in all: what was not read yet must fit into the page that gives it back.
LIMITS = Limits(file_bytes=8 * 1024**2, rows=MOST_POSTS)
MOST_BYTES = 2_000_000
# How deep the exports of networks nest, and more.
DEEPEST = 12
RULE = "---"
_RULE_LINE = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ADDRESS = re.compile(r"https?://\S+")
# As spreadsheets and exports name it, spelled without accents, spaces or capitals.
TEXT_NAMES = (
    *("caption", "captions", "text", "texte", "legende", "description", "post", "message"),
    *("publication", "content", "contenu", "body", "title", "titre"),
)
SECTIONS = {
    *("post", "posts", "video", "videos", "videolist", "media", "data", "publications"),
    *("igreelsmedia", "igigtvmedia", "ordereditems", "object", "feed", "record", "items"),
}
LINK_NAMES = ("link", "lien", "url", "permalink", "href", "address", "adresse")


@dataclass(frozen=True)
class Pasted:
    """One post as it came. `problem`: why it cannot be read, empty where it can."""

    number: int
    text: str
    url: str = ""
    problem: str | Promise = ""


def in_text(text: str) -> list[Pasted]:
    """One post a block. Blank lines part the blocks; where a line of dashes stands, only such
    lines do, for a post may hold blank lines itself."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cut = _RULE_LINE if _RULE_LINE.search(text) else _BLANK_LINE
    blocks = (block.strip() for block in cut.split(text))
    return _numbered(_with_address(block) for block in blocks if block)


def as_text(posts: Iterable[Pasted]) -> str:
    """What `in_text` reads back as the same posts."""
    return f"\n\n{RULE}\n\n".join("\n".join(filter(None, [p.url, p.text])) for p in posts)


def in_file(data: bytes, name: str) -> list[Pasted]:
    """The posts of a .txt, .csv, .xlsx or .json. Raises Refusal, with what to do."""
    ending = PurePath(name).suffix.lower()
    if len(data) > LIMITS.file_bytes:
        raise _refused(_("This file is larger than 8 MB. Split it, or paste the posts."))
    try:
        if ending == ".json":
            return _bounded(_in_json(data))
        if ending in {".csv", ".xlsx"}:
            return _bounded(_in_sheet(data))
        if ending == ".txt":
            return _bounded(in_text(decoded(data)))
    except InputRefused as refused:
        raise _refused(refused.sentence.in_language(language())) from refused
    raise _refused(
        _(
            "Send a .txt, .csv, .xlsx or .json file. Of an archive, open it first and send the "
            "file of your posts, such as posts_1.json."
        )
    )


def _in_sheet(data: bytes) -> list[Pasted]:
    rows = list(rows_of(open_sheet(data, LIMITS), limits=LIMITS))
    if not rows:
        return []
    names = [squash(cell) for cell in rows[0][1]]
    text = next((names.index(name) for name in TEXT_NAMES if name in names), None)
    link = next((names.index(name) for name in LINK_NAMES if name in names), None)
    if text is not None:
        rows = rows[1:]
    elif all(len(cells) == 1 for _number, cells in rows):
        text = 0
    else:
        raise _refused(
            _(
                "No column is named caption, text or description. Name so the column that holds "
                "the words of the posts, then send the file again."
            )
        )
    return [_read(number, _cell(cells, text), _cell(cells, link)) for number, cells in rows]


def _cell(cells: list[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _in_json(data: bytes) -> list[Pasted]:
    try:
        said = json.loads(decoded(data))
    except (ValueError, RecursionError) as wrong:
        raise _refused(
            _("This file is not whole JSON. Take it again from the network, or paste the posts.")
        ) from wrong
    return _numbered(islice(_told(said), MOST_POSTS + 1))


def _bounded(posts: list[Pasted]) -> list[Pasted]:
    if not posts:
        raise _refused(_("No post was found in this file."))
    if len(posts) > MOST_POSTS or sum(len(one.text.encode()) for one in posts) > MOST_BYTES:
        raise _refused(_("More posts than fit in one go. Split the file."))
    return posts


def _told(said: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The words and the address of each post. An export holds much else, private messages among
    it: only sections that hold posts are entered."""
    if depth > DEEPEST:
        return
    if isinstance(said, str) and depth == 1:
        yield said, ""
    elif isinstance(said, list):
        for one in said:
            yield from _told(one, depth + 1)
    elif isinstance(said, dict):
        record = _record(said)
        if words := _first(record, TEXT_NAMES):
            yield _plain(words), _first(record, LINK_NAMES)
            return
        for name, one in said.items():
            if squash(name) in SECTIONS and isinstance(one, dict | list):
                yield from _told(one, depth + 2)


def _record(said: dict[str, Any]) -> dict[str, Any]:
    """Of Facebook the title only says who posted; the words stand in a list beside it."""
    beside = said.get("data")
    if not isinstance(beside, list):
        return said
    return next((one for one in beside if isinstance(one, dict) and one.get("post")), {})


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    found = {squash(name): value for name, value in record.items() if isinstance(value, str)}
    return next((found[name].strip() for name in names if found.get(name, "").strip()), "")


def _plain(words: str) -> str:
    """Without the tags of Mastodon, and with the accents that Meta's exports break."""
    with suppress(UnicodeError):
        words = words.encode("latin-1").decode("utf-8")
    if not words.startswith("<"):
        return words
    reader = _Tagless()
    reader.feed(words)
    reader.close()
    return "".join(reader.words).strip()


class _Tagless(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in {"p", "br"}:
            self.words.append("\n")


def _with_address(block: str) -> tuple[str, str]:
    """A line of its own that is an address, first or last, is where the post stands."""
    lines = block.split("\n")
    for place in (0, -1):
        if len(lines) > 1 and _ADDRESS.fullmatch(lines[place].strip()):
            url = lines.pop(place).strip()
            return "\n".join(lines).strip(), url
    return block, ""


def _numbered(posts: Iterable[tuple[str, str]]) -> list[Pasted]:
    return [_read(number, *post) for number, post in enumerate(posts, start=1)]


def _read(number: int, text: str, url: str) -> Pasted:
    text, url = text.strip(), url.strip()
    if not _ADDRESS.fullmatch(url) or len(url) > 400:
        url = ""
    if not text:
        return Pasted(number, text, url, _("No words: there is nothing to read."))
    if len(text) > LONGEST:
        return Pasted(number, text, url, _("Longer than 5,000 characters. Shorten it."))
    return Pasted(number, text, url)


def _refused(sentence: Any) -> Refusal:
    return Refusal(sentence, code="posts_unreadable", field="file")
