"""A post, read once: its hits, its language, and what the rules ask about them."""

from collections.abc import Sequence

from proche.core.disclosure import screen
from proche.core.disclosure.caption import names_affiliation
from proche.core.disclosure.hits import Hit, Reading, Scope, read, read_all, scope_of
from proche.core.disclosure.judge import Case, is_usable
from proche.core.disclosure.language import declared, detect
from proche.core.disclosure.model import Link, Post, Value
from proche.core.disclosure.perks import unnamed_perks
from proche.core.disclosure.platforms import FAMILY_OF


class Work(Value, frozen=True):
    post: Post
    link: Link
    family: str
    language: str | None
    case: Case
    caption: Reading
    warning: Reading | None
    frames: list[screen.Seen]
    speech: list[screen.Seen]
    perks_unnamed: tuple[str, ...]

    readings: list[Reading]
    """Every text supplied, the caption first."""
    hits: list[Hit]
    is_disclosed: bool
    """Something is said, well or badly."""

    @property
    def texts(self) -> list[str]:
        return [reading.text.raw for reading in self.readings]

    @property
    def hits_inside(self) -> list[Hit]:
        return [hit for seen in self.frames + self.speech for hit in seen.reading.hits]

    @property
    def hits_off_screen(self) -> list[Hit]:
        spoken = [hit for seen in self.speech for hit in seen.reading.hits]
        return [*self.caption.hits, *spoken]

    @property
    def is_judgeable(self) -> bool:
        """The part that must disclose was supplied, so its wording can be judged."""
        if self.family == "story":
            return self.post.frames is not None
        if self.family == "video":
            return self.post.frames is not None or self.post.transcript is not None
        return self.post.caption is not None

    @property
    def usable_languages(self) -> set[str]:
        usable = (hit for hit in self.hits if is_usable(hit, self.case))
        return {hit.entry.language for hit in usable if hit.entry.language}


def read_posts(given: Sequence[tuple[Post, Link]]) -> list[Work]:
    """Each post, in order; each step over all of them."""
    languages = [declared(post.language) or detect(post.caption or "") for post, _ in given]
    scopes = [
        scope_of(link, post.jurisdiction, language)
        for (post, link), language in zip(given, languages, strict=True)
    ]
    captions = read_all(
        [(post.caption or "", scope) for (post, _), scope in zip(given, scopes, strict=True)]
    )
    return [
        _work(post, link, language, scope, caption)
        for (post, link), language, scope, caption in zip(
            given, languages, scopes, captions, strict=True
        )
    ]


def _work(post: Post, link: Link, language: str | None, scope: Scope, caption: Reading) -> Work:
    warning = read(post.content_warning, scope) if post.content_warning else None
    frames = screen.read_frames(post.frames, scope) if post.frames else []
    speech = screen.read_speech(post.transcript, scope) if post.transcript else []
    readings, hits = [caption], [*caption.hits]
    if warning is not None or frames or speech:
        others = [] if warning is None else [warning]
        others += [seen.reading for seen in frames + speech]
        readings += others
        hits += [hit for reading in others for hit in reading.hits]
    unnamed = _unnamed(post, link, readings)
    case = Case(
        link,
        post.jurisdiction,
        language,
        affiliate_named=link.kind == "affiliate" and names_affiliation(post, caption),
        perks_unnamed=bool(unnamed),
    )
    return Work(
        post=post,
        link=link,
        family=FAMILY_OF[post.format],
        language=language,
        case=case,
        caption=caption,
        warning=warning,
        frames=frames,
        speech=speech,
        perks_unnamed=unnamed,
        readings=readings,
        hits=hits,
        is_disclosed=post.platform_label or bool(hits),
    )


def _unnamed(post: Post, link: Link, readings: list[Reading]) -> tuple[str, ...]:
    if post.jurisdiction != "CA" or link.kind != "invitation":
        return ()
    return unnamed_perks([reading.text for reading in readings], link.perks)
