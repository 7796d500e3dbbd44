"""By which road the server looks at a post: the interface of its network where an owner connected
it, then the public page where an owner lets it read those."""

from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, Q

from proche.areas.accounts.models import Programme
from proche.areas.content import public_checks
from proche.areas.content.asking import Interfaces, told_in
from proche.areas.content.models import Post
from proche.areas.content.networks import Connection, ProofAnswer
from proche.areas.content.proofs import PublicChecks, RecheckQuerySet
from proche.areas.content.seeing import SAYS_THE_LINK, verdict_of, words_of
from proche.platforms.public_pages import Reader, Seen, State
from proche.platforms.seen import Rest

# After these the public page may still show it; after a wish to be left alone nothing is read.
NOT_THERE = {State.NOT_FOUND, State.NOT_SEEN}
# No page says better: it is no post of theirs, or the name in its address leads nowhere.
SETTLED = {"author", "no_handle"}


@dataclass(frozen=True)
class Eyes:
    """How the server goes out."""

    reader: Reader = field(default_factory=public_checks.reader)
    interfaces: Interfaces = field(default_factory=Interfaces)


def may_look() -> Q:
    """Looks that the server may try by itself, as a filter of Recheck."""
    programme = OuterRef(RecheckQuerySet.programme_path)
    pages = PublicChecks.objects.filter(programme=programme, off_at=None)
    networks = Connection.objects.filter(
        programme=programme, network=OuterRef("post__platform"), off_at=None
    )
    return Q(Exists(pages)) | Q(Exists(networks))


def may_look_at(post: Post, programme: Programme) -> bool:
    connected = programme.connections.filter(network=post.platform, off_at=None)
    return public_checks.in_force(programme) is not None or connected.exists()


def look_at(post: Post, eyes: Eyes) -> Seen | None:
    """None where no road is open any more. Writes nothing."""
    programme = post.exchange.offer.campaign.brief.brand.programme
    # Asked of the database each time: switched off, nothing more is asked, even in this run.
    connection = programme.connections.filter(network=post.platform, off_at=None).first()
    pages = public_checks.in_force(programme)
    seen = None
    if connection is not None:
        person = post.exchange.offer.person
        seen = eyes.interfaces.post(connection, person, post.url, author_id=_author_of(post))
        final = seen.state not in NOT_THERE or seen.wait or seen.why in SETTLED
        if final or pages is None:
            seen = _with_rest(seen, post, eyes.interfaces)
            return _with_image(seen, post, eyes.reader, pages)
    if pages is None:
        return None
    page = eyes.reader.look(post.platform, post.url, with_image=pages.with_images)
    return seen if seen is not None and page.state == State.NOT_SEEN else page


def _author_of(post: Post) -> str:
    """As the last answer about this address told it: a handle may change, and this does not."""
    answers = ProofAnswer.objects.filter(proof__post=post, proof__url=post.url)
    last = answers.order_by("-pk").first()
    told = told_in(post.platform, bytes(last.body)) if last else None
    return told.author_id if told else ""


def _with_rest(seen: Seen, post: Post, interfaces: Interfaces) -> Seen:
    """What its author says below it, where the rest of a thread is asked about: the replies of
    others come with it, so it is not read without need."""
    if seen.state != State.UP or seen.told is None:
        return seen
    if post.format != "thread" and verdict_of(post, words_of(seen)) in SAYS_THE_LINK:
        return seen
    if seen.told.counts.replies == 0:
        return replace(seen, rest=Rest())
    rest = interfaces.rest_of_thread(post.platform, post.url, seen.answer)
    return replace(seen, rest=rest)


def _with_image(seen: Seen, post: Post, reader: Reader, pages: PublicChecks | None) -> Seen:
    if pages is None or not pages.with_images or not seen.image_url:
        return seen
    return reader.with_image(post.platform, seen)
