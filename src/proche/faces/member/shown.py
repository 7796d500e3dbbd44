"""What a member reads of a brief and of their posts, in the language of the page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.brands.queries import limit_names
from proche.areas.content.findings import FindingWords, findings_in, latest_check
from proche.areas.content.models import Post
from proche.areas.content.proof_words import ProofWords, proofs_of
from proche.common.words import language, side
from proche.faces.member.forms.posts import place_name


@dataclass(frozen=True)
class BriefWords:
    title: str
    gets: str
    asks: str
    content: str
    avoid: str
    contains: list[str]
    brand: str
    agency: str


@dataclass(frozen=True)
class PostWords:
    url: str
    place: str
    submitted_at: datetime | None
    state: str | Promise
    tone: str
    to_fix: list[FindingWords]
    notes: list[FindingWords]
    not_seen: list[dict[str, Any]]
    proofs: list[ProofWords]


def words_of(brief: Brief) -> BriefWords:
    return BriefWords(
        title=side(brief, "title"),
        gets=side(brief, "gets"),
        asks=side(brief, "asks"),
        content=side(brief, "content"),
        avoid=side(brief, "avoid"),
        contains=limit_names(brief.contains),
        brand=brief.brand.name,
        agency=brief.brand.programme.agency_name,
    )


def post_words(post: Post) -> PostWords:
    check = latest_check(post)
    findings = findings_in(check, language())
    state, tone = _state(post)
    return PostWords(
        url=post.url,
        place=place_name(post.platform, post.format),
        submitted_at=post.submitted_at,
        state=state,
        tone=tone,
        to_fix=[finding for finding in findings if finding.wrong],
        notes=[finding for finding in findings if not finding.wrong],
        not_seen=check.not_seen if check else [],
        proofs=proofs_of(post, named=False),
    )


def _state(post: Post) -> tuple[str | Promise, str]:
    if post.correction_asked_at is not None:
        return _("A correction was asked by email"), "wait"
    if post.state == Post.State.SUBMITTED:
        return _("A person of the team will look at it"), "line"
    if post.state == Post.State.WAIVED:
        return _("No longer asked"), "line"
    return _("A person looked at it: all is well"), "good"
