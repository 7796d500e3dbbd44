"""From the draft caption to the post handed in."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from proche.areas.campaigns.models import Exchange
from proche.areas.content.expecting import tell
from proche.areas.content.models import Check, Post
from proche.areas.content.rules import link_of, never_received, rules_version
from proche.core import disclosure

State = Post.State


def pre_check(
    exchange: Exchange, *, platform: str, format: str, caption: str, language: str
) -> disclosure.Check:
    """Read a draft by the rules. Nothing is stored: a draft is the member's own."""
    return disclosure.check(
        disclosure.Post(
            platform=platform,
            format=format,
            caption=caption,
            language=language or None,
            facts=disclosure.Facts(never_received=never_received(exchange)),
        ),
        link_of(exchange),
    )


@transaction.atomic
def submit(
    exchange: Exchange, *, platform: str, format: str, url: str, caption: str, language: str
) -> Post:
    """Hand in a post: it is read by the rules, and a person of the team looks at it."""
    # Locked, so that two taps on the button hand in one post.
    current = (
        Exchange.objects.select_for_update(of=("self",))
        .select_related("offer__person", "offer__campaign__brief__brand", "parcel")
        .get(pk=exchange.pk)
    )
    post = _awaited(current, url) or Post(exchange=current, expected_at=timezone.now())
    post.state = State.SUBMITTED
    post.platform, post.format, post.language = platform, format, language
    post.url, post.caption = url, caption
    post.submitted_at, post.correction_asked_at = timezone.now(), None
    post.closed_at = post.closed_by = None
    post.save()
    check = pre_check(current, platform=platform, format=format, caption=caption, language=language)
    Check.objects.create(
        post=post,
        at=timezone.now(),
        caption=caption,
        verdict=check.verdict,
        findings=[_kept(finding) for finding in listed(check)],
        not_seen=[{"code": one.code, "fr": one.fr, "en": one.en} for one in check.not_seen],
        rules_version=rules_version(),
    )
    tell(current, "post_submitted")
    return post


def _awaited(exchange: Exchange, url: str) -> Post | None:
    """The row this hand-in belongs to: the same address again, a correction, the one expected."""
    posts = list(exchange.posts.exclude(state=State.WAIVED))
    same = [post for post in posts if post.url == url]
    waiting = [post for post in posts if post.state == State.EXPECTED or post.correction_asked_at]
    return next(iter(same + waiting), None)


def listed(check: disclosure.Check) -> list[disclosure.Finding]:
    """What to mend, unclear words together on one line, then what is only worth knowing."""
    return [*check.to_fix, *notes_of(check)]


def notes_of(check: disclosure.Check) -> list[disclosure.Finding]:
    mild = disclosure.SEVERITY["HUMAN"]
    return [one for one in check.findings if disclosure.SEVERITY[one.verdict] <= mild]


def _kept(finding: disclosure.Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "title_fr": finding.fr.title,
        "title_en": finding.en.title,
        "detail_fr": finding.fr.detail,
        "detail_en": finding.en.detail,
        "suggestion_fr": finding.suggestion_fr,
        "suggestion_en": finding.suggestion_en,
        "source": finding.source,
        "where": finding.where,
        "spans": [list(span) for span in finding.spans],
    }
