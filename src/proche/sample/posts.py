"""What members posted, read by the rules like any caption; then decided, corrected, waived."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from proche.areas.accounts.models import User
from proche.areas.campaigns.models import Exchange
from proche.areas.content.actions import Draft, submit
from proche.areas.content.models import Check, Post
from proche.sample.calendar import Calendar
from proche.sample.campaigns import Path, Step
from proche.sample.draw import Draw, table

State = Post.State
CLOSED = {State.CHECKED, State.FIXED, State.WAIVED}


def make_posts(steps: Iterable[Step], calendar: Calendar, *, by: User) -> None:
    draw = Draw("posts")
    for step in steps:
        if step.exchange is not None and step.path.state:
            _one(step.exchange, step.path, calendar, by, draw)


def _one(exchange: Exchange, path: Path, calendar: Calendar, by: User, draw: Draw) -> None:
    if exchange.obligation:
        Post.objects.create(exchange=exchange, expected_at=calendar.at(path.received or 0, 18, 10))
    if path.post:
        _hand_in(exchange, path, calendar, draw)
    post = Post.objects.get(exchange=exchange)
    if path.state == "asked":
        post.state, post.corrections = State.CHECKED, 1
        post.correction_asked_at = calendar.at(path.closed or 0, 11, 20)
    else:
        post.state = State(path.state)
    if post.state in CLOSED and path.state != "asked":
        post.closed_by, post.closed_at = by, calendar.at(path.closed or 0, 11, 20)
    if post.state == State.WAIVED:
        post.waiver_reason = path.reason
    post.save()


def _hand_in(exchange: Exchange, path: Path, calendar: Calendar, draw: Draw) -> None:
    """Handed in with the real check; once more after the correction, where there was one."""
    caption = table("captions")[path.post]
    url = f"https://exemple.example/publications/{draw.key()}"
    first = calendar.at(path.posted or 0, 6, 40)
    post = _submit(exchange, caption["text"], caption, url)
    _date(post, first, expected=None if exchange.obligation else first)
    if path.state == State.FIXED:
        Post.objects.filter(pk=post.pk).update(
            state=State.CHECKED, corrections=1, correction_asked_at=first + timedelta(days=1)
        )
        again = _submit(exchange, caption["then"], caption, url)
        _date(again, first + timedelta(days=3, hours=12), expected=None)


def _submit(exchange: Exchange, text: str, caption: dict[str, str], url: str) -> Post:
    draft = Draft(
        platform=caption["platform"],
        format=caption["format"],
        caption=text,
        language=caption["language"],
        on_screen=caption.get("on_screen", ""),
        said=caption.get("said", ""),
    )
    return submit(exchange, draft, url=url)


def _date(post: Post, at: datetime, *, expected: datetime | None) -> None:
    """The check just made, and the hand-in, belong to that day."""
    newest = post.checks.latest("pk")
    Check.objects.filter(pk=newest.pk).update(at=at)
    dates = {"submitted_at": at} | ({"expected_at": expected} if expected else {})
    Post.objects.filter(pk=post.pk).update(**dates)
