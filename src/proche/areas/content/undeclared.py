"""Posts nobody declared: with the member's consent only, plain rules look for signs of commerce,
and a person is asked. No verdict, no score, and nothing is held against anybody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brand
from proche.areas.consent.actions import withdraw as withdraw_consent
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import agreed
from proche.areas.content.models import Post, Undeclared
from proche.areas.people.actions import record
from proche.areas.people.models import Person
from proche.common.errors import Refusal
from proche.core import disclosure
from proche.core.disclosure.normalise import squash

Answer = Undeclared.Answer
# A question nobody answered, and one the team closed, are destroyed after so long.
UNANSWERED = timedelta(days=90)
CLOSED = timedelta(days=730)


@dataclass(frozen=True)
class Found:
    """A post of the member, as they pasted it or handed it in."""

    caption: str
    platform: str = ""
    url: str = ""
    language: str = ""


def may_read(person: Person) -> bool:
    return person.consents.filter(purpose=Purpose.POSTS, withdrawn_at=None).exists()


@dataclass(frozen=True)
class Looked:
    """What came of one post: the questions asked now, or whether it was known before."""

    asked: tuple[Undeclared, ...] = ()
    known: bool = False


def look(person: Person, posts: Iterable[Found]) -> list[Undeclared]:
    """Ask about each post that shows signs; one asked about before is not asked about again.

    Raises Refusal where the member did not agree: then nothing is read.
    """
    return [row for looked in look_at_each(person, posts) for row in looked.asked]


@transaction.atomic
def look_at_each(person: Person, posts: Iterable[Found]) -> list[Looked]:
    """The same, with what came of each post in turn."""
    locked: Person = Person.objects.select_for_update().get(pk=person.pk)
    if not may_read(locked):
        raise Refusal(
            _("Your other posts are read only if you agree, on the page of your consents."),
            code="no_consent",
        )
    brands = list(Brand.objects.filter(programme=locked.programme_id))
    declared = _declared(locked)
    return [_look(locked, post, brands, declared) for post in posts]


def _look(
    person: Person, post: Found, brands: list[Brand], declared: set[tuple[int, str]]
) -> Looked:
    trace, asked, known = _trace(post.caption), [], False
    for brand in brands:
        if (brand.pk, trace) in declared:
            known = True
        elif signs := _signs(post, brand):
            new = list(_asked(person, post, brand, trace, signs))
            asked += new
            known = known or not new
    return Looked(tuple(asked), known)


def _declared(person: Person) -> set[tuple[int, str]]:
    """The posts handed in for a brand: they have a link, and their own check."""
    handed_in = Post.objects.filter(exchange__offer__person=person).exclude(caption="")
    rows = handed_in.values_list("exchange__offer__campaign__brief__brand", "caption")
    return {(brand, _trace(caption)) for brand, caption in rows}


def _trace(caption: str) -> str:
    return sha256(squash(caption).encode()).hexdigest()


def _signs(post: Found, brand: Brand) -> tuple[disclosure.Sign, ...]:
    read = disclosure.Post(
        post.platform or "instagram", "post", post.caption, post.language or None
    )
    return disclosure.signs_of_commerce(read, brand.name, tuple(brand.aliases))


def _asked(
    person: Person, post: Found, brand: Brand, trace: str, signs: Iterable[disclosure.Sign]
) -> Iterator[Undeclared]:
    row, made = Undeclared.objects.get_or_create(
        person=person,
        brand=brand,
        trace=trace,
        defaults={
            "platform": post.platform,
            "url": post.url,
            "caption": post.caption[:5000],
            "signs": [
                {
                    "code": sign.sentence.code,
                    "fr": sign.sentence.fr,
                    "en": sign.sentence.en,
                    "spans": [list(span) for span in sign.spans],
                }
                for sign in signs
            ],
            "asked_at": timezone.now(),
        },
    )
    if made:
        record(person, "undeclared_asked", brand=brand.name)
        yield row


def look_at_handed_in() -> int:
    """Captions handed in for one brand that name another one. Every night; those of members who
    agreed, and no others, are read. Returns how many questions were asked."""
    willing = Person.objects.members().filter(agreed(Purpose.POSTS))
    asked = 0
    for person in willing.order_by("pk"):
        rows = Post.objects.filter(exchange__offer__person=person).exclude(caption="")
        found = [Found(p.caption, p.platform, p.url, p.language) for p in rows]
        try:
            asked += len(look(person, found))
        except Refusal:  # taken back a moment ago
            continue
    return asked


@transaction.atomic
def answer(row: Undeclared, said: str, *, note: str = "") -> Undeclared:
    """The member's own answer, which they may change until the team has closed it."""
    current: Undeclared = (
        Undeclared.objects.select_for_update(of=("self",))
        .select_related("person", "brand")
        .get(pk=row.pk)
    )
    if current.closed_at is not None:
        raise Refusal(
            _("The team has read this answer. Write to it if something changed."), code="closed"
        )
    if said not in Answer.values:
        raise Refusal(_("Choose one of the three answers."), code="no_answer", field="answer")
    current.answer, current.note, current.answered_at = said, note.strip(), timezone.now()
    current.save(update_fields=["answer", "note", "answered_at"])
    record(current.person, "undeclared_answered", brand=current.brand.name)
    return current


def close(row: Undeclared, *, by: User) -> None:
    """Somebody of the team read it. Undone by `reopen`."""
    Undeclared.objects.filter(pk=row.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=by
    )


def reopen(row: Undeclared) -> None:
    Undeclared.objects.filter(pk=row.pk).update(closed_at=None, closed_by=None)


@transaction.atomic
def withdraw(person: Person, purpose: str) -> None:
    """Take a consent back; with that to read posts go the questions nobody answered."""
    withdraw_consent(person, purpose)
    if purpose == Purpose.POSTS:
        person.undeclared.filter(answered_at=None).delete()


def open_ones(rows: QuerySet[Undeclared]) -> QuerySet[Undeclared]:
    """Of who is leaving nothing is shown any more, before it is erased."""
    here = rows.filter(closed_at=None).exclude(person__state=Person.State.LEFT)
    return here.select_related("person", "brand")


def forget_old() -> int:
    now = timezone.now()
    old = Q(answered_at=None, asked_at__lte=now - UNANSWERED) | Q(closed_at__lte=now - CLOSED)
    return Undeclared.objects.filter(old).delete()[0]
