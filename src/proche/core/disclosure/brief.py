"""The words a brief adds to what the rules ask: whether they are there, whether they suffice, and
whether somebody may take them for the disclosure.

The brief answers for its words, its author for the post: a post is told that the brief's words are
not enough only where nothing else in it could disclose.
"""

from msgspec.structs import replace

from proche.core.disclosure.hits import Hit, Reading, read, scope_of
from proche.core.disclosure.judge import Case, is_usable
from proche.core.disclosure.model import Link, Post
from proche.core.disclosure.normalise import squash
from proche.core.disclosure.wording import Issue


def missing_words(texts: list[str], link: Link) -> list[Issue]:
    """The required words no text of the post holds, spelling and separators aside."""
    said = [squash(text) for text in texts]
    missing = tuple(
        word for word in link.required_words if not any(squash(word) in text for text in said)
    )
    return [Issue("D-BRIEF-1", words=missing)] if missing else []


def words_alone(post: Post, link: Link) -> tuple[Post, Link]:
    """A post that holds nothing but the brief's words: if it fails, the brief asks too little."""
    alone = replace(
        post,
        format="post",
        platform="bluesky",
        caption=" ".join(link.required_words),
        language=post.language or "fr",
        content_warning=None,
        frames=None,
        transcript=None,
        platform_label=False,
    )
    return alone, replace(link, required_words=())


def words_taken_for_it(link: Link, jurisdiction: str, language: str | None) -> tuple[str, ...]:
    """The required words that say something of a link. Of use where they do not suffice together:
    « #collab » looks like a disclosure, the name of a campaign does not."""
    return tuple(_said_by(link, jurisdiction, language))


def nothing_but_words(readings: list[Reading], case: Case) -> list[Issue]:
    """The brief's words, which do not suffice, are all that a post offers as its disclosure."""
    asked = _said_by(case.link, case.jurisdiction, case.language)
    own = {said for hits in asked.values() for said in hits}
    for reading in readings:
        if any(is_usable(hit, case) and _said(hit, reading) not in own for hit in reading.hits):
            return []
    texts = [squash(reading.text.raw) for reading in readings]
    there = [w for w in case.link.required_words if any(squash(w) in text for text in texts)]
    unclear = tuple(word for word in there if word in asked)
    if unclear:
        return [Issue("D-BRIEF-2", words=unclear)]
    return [Issue("D-BRIEF-2", "no-link", words=tuple(there))] if there else []


def _said_by(link: Link, jurisdiction: str, language: str | None) -> dict[str, set[str]]:
    """What each required word says of a link, read alone; those that say nothing are left out."""
    scope = scope_of(link, jurisdiction, language)
    alone = {word: read(word, scope) for word in link.required_words}
    return {
        word: {_said(hit, reading) for hit in reading.hits}
        for word, reading in alone.items()
        if reading.hits
    }


def _said(hit: Hit, reading: Reading) -> str:
    start, end = hit.span
    return squash(reading.text.raw[start:end])
