"""Captions: what is read before « plus », what is buried, what stands after an address."""

import re

from proche.core.disclosure.hits import Hit, Reading, first_url, other_marks
from proche.core.disclosure.judge import Candidate, Case, is_usable, word_issues
from proche.core.disclosure.model import Post
from proche.core.disclosure.platforms import FAMILY_OF, FILLER_LINES, FIRST_LINES, fold_of
from proche.core.disclosure.wording import Issue

# Lines of dots, bullets, dashes or nothing, braille blank and Hangul filler included.
_FILLER_LINE = re.compile(r"[\s.·•⋅‧∙●○◦▪▫■□*|~_\-–—⠀ㅤ\u200b-\u200d\u2060\ufeff]*")
_FIRST_PARAGRAPH = re.compile(r"\S[^\S\n]*\n\s*\n")
_SAY_MORE = ("AFFILIATE", "BRANDED", "SENTENCE")


def candidates(post: Post, reading: Reading, case: Case) -> list[Candidate]:
    if not reading.hits:
        return []
    place = _Place(post, reading, case)
    return [
        Candidate(
            hit,
            (*word_issues(hit, reading, case, "caption"), *place.issues(hit)),
            is_usable(hit, case),
        )
        for hit in reading.hits
    ]


class _Place:
    """Where things stand in one caption, found once: each hit only compares its offset."""

    def __init__(self, post: Post, reading: Reading, case: Case) -> None:
        caption = reading.text.raw
        self.fold = fold_of(post.platform, post.format)
        self.is_article = FAMILY_OF[post.format] == "article"
        self.canada = case.jurisdiction == "CA"
        self.pushed_from = _after_filler(caption)
        self.late_from = _after_opening(caption, self.is_article, case)
        self.other = other_marks(reading.text, reading.hits) if self.canada else None
        sells = self.canada and case.link.kind == "affiliate"
        self.url = first_url(caption, post.links) if sells else None

    def issues(self, hit: Hit) -> list[Issue]:
        start, end = hit.span
        rules = []
        if self.fold is not None and end > self.fold:
            rules.append(("D-POS-1", ""))
        elif self.late_from is not None and start >= self.late_from:
            in_article = self.is_article and self.canada
            rules.append(("D-BLOG-1", "") if in_article else ("D-POS-1", "not-first"))
        if self.other is not None and hit.start > self.other:
            rules.append(("D-POS-2", ""))
        if self.pushed_from is not None and start >= self.pushed_from:
            rules.append(("D-POS-3", ""))
        if self.url is not None and start > self.url:
            rules.append(("D-POS-4", ""))
        return [Issue(rule, name, spans=(hit.span,)) for rule, name in rules] if rules else []


def _after_opening(caption: str, is_article: bool, case: Case) -> int | None:
    """Where a disclosure comes too late: after an article's first paragraph; in New Zealand,
    after the first lines."""
    if is_article:
        match = _FIRST_PARAGRAPH.search(caption)
        return match.end() if match else None
    if case.jurisdiction != "NZ" or caption.count("\n") < FIRST_LINES:
        return None
    return len("\n".join(caption.split("\n", FIRST_LINES)[:FIRST_LINES])) + 1


def _after_filler(caption: str) -> int | None:
    """Where the first run of filler lines ends."""
    if caption.count("\n") < FILLER_LINES:
        return None
    run = position = 0
    for line in caption.split("\n"):
        run = run + 1 if _FILLER_LINE.fullmatch(line) else 0
        position += len(line) + 1
        if run >= FILLER_LINES:
            return position
    return None


def names_affiliation(post: Post, reading: Reading) -> bool:
    """Words that suffice on an affiliate link stand before any address: a strong word beside
    them is not alone."""
    url = first_url(reading.text.raw, post.links)
    return any(hit.kind in _SAY_MORE and (url is None or hit.span[0] < url) for hit in reading.hits)
