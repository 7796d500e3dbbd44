"""What members posted, read by the rules like any caption; then decided, corrected, waived."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from io import BytesIO
from textwrap import wrap

from PIL import Image, ImageDraw

from proche.areas.accounts.models import User
from proche.areas.campaigns.models import Exchange
from proche.areas.content.actions import Draft, submit
from proche.areas.content.images import keep_image
from proche.areas.content.models import Check, Post
from proche.areas.content.planning import plan
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.content.proving import Look, prove
from proche.sample.calendar import Calendar
from proche.sample.campaigns import Path, Step
from proche.sample.draw import Draw, table
from proche.sample.networks import see_thread

State = Post.State
APPROVED = {State.CHECKED, State.FIXED}
# Looks that came due in these days wait for whoever tries the sample.
LATELY = 4
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
    if post.state in APPROVED and path.state != "asked":
        _look_again(post, calendar, by)


def _hand_in(exchange: Exchange, path: Path, calendar: Calendar, draw: Draw) -> None:
    """Handed in with the real check; once more after the correction, where there was one."""
    caption = table("captions")[path.post]
    url = f"https://exemple.example/publications/{draw.key()}"
    first = calendar.at(path.posted or 0, 6, 40)
    post = _submit(exchange, caption["text"], caption, url, first)
    _date(post, first, expected=None if exchange.obligation else first)
    if "below" in caption:
        post.refresh_from_db()
        see_thread(post, caption, first + timedelta(hours=1))
        _date(post, first + timedelta(hours=1), expected=None)
        Post.objects.filter(pk=post.pk).update(submitted_at=first)
    if path.state == State.FIXED:
        Post.objects.filter(pk=post.pk).update(
            state=State.CHECKED, corrections=1, correction_asked_at=first + timedelta(days=1)
        )
        then = first + timedelta(days=3, hours=12)
        again = _submit(exchange, caption["then"], caption, url, then)
        _date(again, then, expected=None)


def _look_again(post: Post, calendar: Calendar, by: User) -> None:
    """Planned from the approval; somebody looked at those that are past, but for the last days."""
    plan(post, since=post.closed_at or calendar.at(0))
    lately = calendar.at(LATELY)
    for row in post.rechecks.filter(due_at__lt=lately):
        look = Look(Proof.Who.TEAM, Proof.Found.SAME, post.caption, True, "OK", row.day, by)
        row.done_at = row.due_at + timedelta(hours=3)
        row.proof = prove(post, look, at=row.done_at)
        row.save()


def screenshot(words: str) -> bytes:
    """A picture that says it is a sample; the lines of the caption are drawn as bars."""
    picture = Image.new("RGB", (360, 640), "#f4efe6")
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((24, 24, 336, 400), fill="#d9c7b0")
    drawn.text((40, 190), "EXEMPLE / SAMPLE", fill="#4a3b2a", font_size=28)
    for line, length in enumerate(map(len, wrap(words, 34)[:8])):
        top = 426 + 24 * line
        drawn.rectangle((24, top, 24 + 9 * length, top + 8), fill="#8a8177")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _submit(exchange: Exchange, text: str, caption: dict[str, str], url: str, at: datetime) -> Post:
    draft = Draft(
        platform=caption["platform"],
        format=caption["format"],
        caption=text,
        language=caption["language"],
        on_screen=caption.get("on_screen", ""),
        said=caption.get("said", ""),
    )
    if text:
        image = keep_image(exchange, screenshot(text), what=ProofImage.What.SCREENSHOT)
        ProofImage.objects.filter(pk=image.pk).update(at=at)
    return submit(exchange, draft, url=url, at=at)


def _date(post: Post, at: datetime, *, expected: datetime | None) -> None:
    """The check just made, and the hand-in, belong to that day."""
    newest = post.checks.latest("pk")
    Check.objects.filter(pk=newest.pk).update(at=at)
    dates = {"submitted_at": at} | ({"expected_at": expected} if expected else {})
    Post.objects.filter(pk=post.pk).update(**dates)
