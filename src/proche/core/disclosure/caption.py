"""Captions: what is read before « plus », what is buried, what stands after an address."""

import re

from proche.core.disclosure.hits import Hit, Reading, first_url, other_marks
from proche.core.disclosure.judge import Candidate, Case, is_usable, word_issues
from proche.core.disclosure.model import Post
from proche.core.disclosure.platforms import FAMILY_OF, FILLER_LINES, FIRST_LINES, fold_of
from proche.core.disclosure.wording import Issue

# Lines of dots, bullets, dashes or nothing, braille blank and Hangul filler included.
_FILLER_LINE = re.compile(r"[\s.·•⋅‧∙●○◦▪▫■□*|~_\-–—⠀ㅤ\u200b-\u200d\u2060\ufeff]*")


def candidates(post: Post, reading: Reading, case: Case) -> list[Candidate]:
    place = _Place(post, reading)
    return [
        Candidate(
            hit,
            (*word_issues(hit, reading, case, "caption"), *place.issues(hit, case)),
            is_usable(hit, case),
        )
        for hit in reading.hits
    ]


class _Place:
    """Where things stand in one caption; found once for all its hits."""

    def __init__(self, post: Post, reading: Reading) -> None:
        self.caption = reading.text.raw
        self.fold = fold_of(post.platform, post.format)
        self.is_article = FAMILY_OF[post.format] == "article"
        self.links = post.links
        self.other = other_marks(reading.text, reading.hits)

    def issues(self, hit: Hit, case: Case) -> list[Issue]:
        rules = []
        if self.is_article:
            if self._opens_late(hit):
                rules.append(
                    ("D-BLOG-1", "") if case.jurisdiction == "CA" else ("D-POS-1", "not-first")
                )
        elif self.fold is not None and hit.span[1] > self.fold:
            rules.append(("D-POS-1", ""))
        elif case.jurisdiction == "NZ" and self.caption.count("\n", 0, hit.span[0]) >= FIRST_LINES:
            rules.append(("D-POS-1", "not-first"))
        if case.jurisdiction == "CA" and self.other is not None and hit.start > self.other:
            rules.append(("D-POS-2", ""))
        if self._is_pushed_down(hit):
            rules.append(("D-POS-3", ""))
        if case.jurisdiction == "CA" and self._follows_url(hit, case):
            rules.append(("D-POS-4", ""))
        return [Issue(rule, name, spans=(hit.span,)) for rule, name in rules]

    def _opens_late(self, hit: Hit) -> bool:
        """The disclosure stands after the first paragraph."""
        return re.search(r"\S[^\S\n]*\n\s*\n", self.caption[: hit.span[0]]) is not None

    def _is_pushed_down(self, hit: Hit) -> bool:
        run = 0
        # The last piece is the line the disclosure stands on.
        for line in self.caption[: hit.span[0]].split("\n")[:-1]:
            run = run + 1 if _FILLER_LINE.fullmatch(line) else 0
            if run >= FILLER_LINES:
                return True
        return False

    def _follows_url(self, hit: Hit, case: Case) -> bool:
        if case.link.kind != "affiliate":
            return False
        url = first_url(self.caption, self.links)
        return url is not None and hit.span[0] > url


def names_affiliation(post: Post, reading: Reading) -> bool:
    """An affiliate wording stands before any address: a strong word beside it is not alone."""
    url = first_url(reading.text.raw, post.links)
    return any(
        hit.kind == "AFFILIATE" and (url is None or hit.span[0] < url) for hit in reading.hits
    )
