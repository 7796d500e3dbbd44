"""The words a brief adds to what the rules ask: whether they are there, whether they suffice."""

from msgspec.structs import replace

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
