"""Looking at a post again: when, by whom, and what follows from what was seen.

The network is asked outside any transaction; what it said is written in one that locks the look
that was due, so a job delivered twice writes once."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme, User
from proche.areas.content import public_checks
from proche.areas.content.asking import RESTING, Interfaces
from proche.areas.content.following import APPROVED, follow
from proche.areas.content.images import read_image, store
from proche.areas.content.looking import Eyes, look_at, may_look
from proche.areas.content.models import Post
from proche.areas.content.proofs import Proof, ProofImage, Recheck
from proche.areas.content.proving import Look, prove
from proche.areas.content.reading import draft_of, pre_check
from proche.areas.content.seeing import (
    Words,
    as_seen,
    image_of,
    last_words,
    settles,
    words_of,
)
from proche.areas.content.threads import as_kept
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from proche.platforms.public_pages import Reader, Seen
from proche.platforms.public_pages import State as Public

Found, Who = Proof.Found, Proof.Who
TRIES = 3
AGAIN_AFTER = timedelta(hours=1)
# Seconds of one run: a look takes forty at worst, and the queue gives a job two minutes.
A_RUN = 50.0


def due(rechecks: QuerySet[Recheck]) -> QuerySet[Recheck]:
    """Those whose day has come, of posts that still stand approved, or were just handed in."""
    stands = Q(post__state__in=APPROVED, post__correction_asked_at=None) | Q(day=0)
    rows = rechecks.filter(stands, done_at=None, due_at__lte=timezone.now()).exclude(post__url="")
    # Nobody looks at the pages of somebody who left, although they may still come back.
    return rows.exclude(post__exchange__offer__person__state=Person.State.LEFT)


def for_person(programme: Programme) -> QuerySet[Recheck]:
    """Those a person has to look at: the server may not, or could not see."""
    rows = due(Recheck.objects.in_programme(programme)).exclude(day=0)
    return rows.filter(Q(asks_person=True) | ~may_look())


def look_again(reader: Reader | None = None, interfaces: Interfaces | None = None) -> int:
    """Everything due where an owner lets the server look. Returns how many were settled."""
    eyes = Eyes(reader or public_checks.reader(), interfaces or Interfaces())
    ends, done = time.monotonic() + A_RUN, 0
    rows = due(Recheck.objects.filter(may_look(), asks_person=False))
    for pk in list(rows.values_list("pk", flat=True)[:200]):
        if time.monotonic() > ends:
            break
        done += _look(pk, eyes)
    return done


def _look(pk: int, eyes: Eyes) -> bool:
    recheck = Recheck.objects.filter(pk=pk).first()
    if recheck is None:
        return False
    seen = look_at(with_programme().get(pk=recheck.post_id), eyes)
    return settle(pk, seen) if seen is not None else False


@transaction.atomic
def settle(pk: int, seen: Seen) -> bool:
    """Write what the server saw. False where it was settled meanwhile, or is to be asked again."""
    recheck = _open(pk)
    if recheck is None or recheck.asks_person or _put_off(recheck, seen):
        return False
    post = _locked(recheck.post_id)
    if post.exchange.offer.person.state == Person.State.LEFT:
        # They left while the page was being read: nothing of it is kept.
        return False
    look = as_seen(post, seen, recheck.day)
    images, thread = image_of(post.exchange, seen), as_kept(post, seen.rest)
    proof = prove(post, look, images=images, answer=seen.answer, thread=thread)
    settled = settles(look)
    # At the hand-in somebody looks anyway before approving.
    if recheck.day and not settled:
        recheck.asks_person = True
        recheck.save(update_fields=["asks_person"])
        return False
    _done(recheck, proof)
    if settled:
        follow(post, look, words_of(seen))
    return True


def _put_off(recheck: Recheck, seen: Seen) -> bool:
    """Another hour may give another answer, three times; no sooner than the network wishes. While
    it rests it was not asked, which counts for nothing."""
    if seen.state != Public.NOT_SEEN or seen.permanent:
        return False
    if seen.why != RESTING:
        if recheck.tries + 1 >= TRIES:
            return False
        recheck.tries += 1
    wait = timedelta(seconds=seen.wait or 0)
    recheck.due_at = timezone.now() + (wait if seen.why == RESTING else max(wait, AGAIN_AFTER))
    recheck.save(update_fields=["tries", "due_at"])
    return True


@dataclass(frozen=True)
class Saw:
    """What somebody of the team saw with their own eyes; `text`: the new caption, if it changed."""

    found: Proof.Found
    text: str = ""
    image: bytes | None = None


def record_look(post: Post, saw: Saw, *, by: User) -> Proof:
    """Keep what a person saw, and settle every look at this post that was due."""
    if saw.found not in {Found.SAME, Found.CHANGED, Found.GONE}:
        raise Refusal(_("Say what you saw."), code="nothing_seen", field="found")
    if not post.submitted_at:
        raise Refusal(_("This post is not handed in yet."), code="not_handed_in")
    paper = read_image(saw.image) if saw.image else None
    with transaction.atomic():
        current = _locked(post.pk)
        mine = Recheck.objects.select_for_update(of=("self",)).filter(post=current)
        rows = list(due(mine).order_by("day"))
        words = saw.text.strip() if saw.found == Found.CHANGED else last_words(current)
        gone = saw.found == Found.GONE
        read = not gone and bool(words)
        verdict = pre_check(current.exchange, draft_of(current, caption=words)).verdict
        image = (store(current.exchange, paper, what=ProofImage.What.SCREENSHOT),) if paper else ()
        look = Look(
            Who.TEAM,
            Found(saw.found),
            text=words if read else "",
            whole=read,
            verdict=str(verdict) if read else "",
            day=rows[-1].day if rows else None,
            by=by,
        )
        proof = prove(current, look, images=image)
        for row in rows:
            _done(row, proof if row is rows[-1] else None)
        follow(current, look, Words(look.text))
    return proof


def _done(recheck: Recheck, proof: Proof | None) -> None:
    recheck.done_at, recheck.proof = timezone.now(), proof
    recheck.save(update_fields=["done_at", "proof"])


def _open(pk: int) -> Recheck | None:
    found: Recheck | None = (
        Recheck.objects.select_for_update(of=("self",)).filter(pk=pk, done_at=None).first()
    )
    return found


def with_programme() -> QuerySet[Post]:
    return Post.objects.select_related(
        "exchange__offer__person", "exchange__offer__campaign__brief__brand__programme"
    )


def _locked(pk: int) -> Post:
    post: Post = with_programme().select_for_update(of=("self",)).get(pk=pk)
    return post
