"""What is owed today: to whom, since when, and the one gesture that settles it.

It stands in the face because it reads from every area at once, one query a group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proche.areas.accounts.models import Programme
from proche.areas.campaigns.models import Exchange, Offer, Parcel
from proche.areas.campaigns.queries import parcels_with_people
from proche.areas.content import yearly
from proche.areas.content.models import Check, Post
from proche.areas.content.proof_words import not_there
from proche.areas.content.queries import looks_due, with_exchange
from proche.areas.events.models import Invitation
from proche.areas.events.queries import with_event
from proche.areas.evidence.models import Change
from proche.areas.evidence.queries import to_look_at
from proche.areas.matching.models import BrandReview
from proche.areas.messages.models import Message
from proche.areas.people.models import Account, Person
from proche.areas.recruitment.models import Application
from proche.common.words import figure, language, short_day, side
from proche.faces.agency.navigation import Waiting

LATE_AFTER_DAYS = 5


@dataclass(frozen=True)
class Owed:
    """One gesture. `row` names what it acts on when ticked; empty where the limit is reached.
    `icon` stands where a person has initials, for a count of several."""

    who: str
    where: str
    what: str
    since: datetime
    note: str
    url: str
    row: str = ""
    icon: str = ""

    @property
    def days(self) -> int:
        return max(0, (timezone.localdate() - timezone.localdate(self.since)).days)

    @property
    def late(self) -> bool:
        return self.days > LATE_AFTER_DAYS


@dataclass(frozen=True)
class Group:
    """Gestures of one kind. `act` is done on the ticked rows; without it each row opens a page."""

    name: str
    title: str | Promise
    verb: str | Promise
    rows: list[Owed]
    settled: str | Promise
    act: str = ""


@dataclass
class Desk:
    """What is read for several groups is read once."""

    programme: Programme
    # As the side bar counts it: what is asked once a page is not asked again here.
    waiting: Waiting

    @cached_property
    def posts(self) -> list[Post]:
        """Those to check, with what was `found` in them last, and those expected before today."""
        late = Q(state=Post.State.EXPECTED, exchange__post_due_on__lt=timezone.localdate())
        last = Check.objects.filter(post=OuterRef("pk")).order_by("-at", "-pk")
        posts = with_exchange(Post.objects.in_programme(self.programme)).prefetch_related(None)
        found = posts.annotate(found=Subquery(last.values("findings")[:1]))
        return list(found.filter(late | Q(state=Post.State.SUBMITTED)))

    @cached_property
    def offers(self) -> list[Offer]:
        """Those that wait for an answer, and the drafts of the waves that wait for a word."""
        today = timezone.localdate()
        open_still = Q(respond_by=None) | Q(respond_by__gte=today)
        waiting = open_still & Q(state=Offer.State.SENT, wanted_at=None)
        prepared = Q(state=Offer.State.DRAFT, wave__isnull=False, wave__sent_at=None)
        offers = Offer.objects.in_programme(self.programme).filter(waiting | prepared)
        return list(offers.select_related("person", "wave", "campaign__brief__brand"))


def _of(person: Person) -> tuple[str, str]:
    return str(person), person.city


def _person_url(person: Person) -> str:
    return reverse("agency:person", args=[person.key])


def to_answer(desk: Desk) -> Iterable[Owed]:
    questions = Message.objects.in_programme(desk.programme).filter(state=Message.State.RECEIVED)
    for question in questions.select_related("person"):
        who, where = _of(question.person) if question.person else (question.to, "")
        url = reverse("agency:answer", args=[question.pk])
        words = _("“%(words)s”") % {"words": Truncator(question.body).chars(90)}
        note = ""
        if question.kind == Message.REVIEW:
            words = _("Asks for a review of their verdict: %(words)s") % {"words": words}
            note = _("asked on %(day)s") % {"day": short_day(question.created_at)}
        yield Owed(who, where, words, question.created_at, note, url)
    asked = BrandReview.objects.filter(
        roster__shortlist__brief__brand__programme=desk.programme,
        state=BrandReview.State.QUESTIONED,
        revoked_at=None,
    )
    for review in asked.select_related("contact__brand", "roster__shortlist__brief"):
        brief = review.roster.shortlist.brief
        url = reverse("agency:reply", args=[brief.pk, review.pk])
        since = review.answered_at or review.created_at
        yield Owed(str(review.contact.brand), _("brand"), review.comment, since, "", url)


def to_read(desk: Desk) -> Iterable[Owed]:
    State = Application.State
    waiting = Application.objects.in_programme(desk.programme).filter(
        state__in=[State.RECEIVED, State.REVIEW]
    )
    for application in waiting.select_related("person"):
        who, where = _of(application.person)
        again = application.state == State.REVIEW
        what = _("Asks for a review") if again else (application.person.occupation or _("Opinions"))
        since = application.review_asked_at or application.submitted_at
        yield Owed(who, where, what, since, "", _person_url(application.person))
    yield from _verdicts(desk.programme)
    if n := desk.waiting.pairs:
        what = ngettext(
            "%(n)s pair of records that may be one person",
            "%(n)s pairs of records that may be one person",
            n,
        )
        what %= {"n": figure(n)}
        since, url = desk.waiting.pairs_since or timezone.now(), reverse("agency:duplicates")
        yield Owed(_("The bank"), "", what, since, "", url, icon="users")


def _verdicts(programme: Programme) -> Iterable[Owed]:
    """A row for each person who has grown, and one for all other verdicts: they have a page."""
    ceiling = figure(programme.follower_ceiling)
    for verdict in _waiting(programme):
        if verdict.change == Change.GRADUATION:
            who, where = _of(verdict.person)
            counts = {"n": figure(verdict.most), "ceiling": ceiling}
            what = _("Has grown: %(n)s followers, ceiling %(ceiling)s") % counts
            url = reverse("agency:verdict_grown", args=[verdict.pk])
            yield Owed(who, where, what, verdict.proposed_at, "", url)
        else:
            n = verdict.alike
            what = ngettext("%(n)d verdict to look at", "%(n)d verdicts to look at", n) % {"n": n}
            url = reverse("agency:verdicts")
            yield Owed(_("The bank"), "", what, verdict.proposed_at, "", url, icon="users")


def _waiting(programme: Programme) -> QuerySet[Any]:
    """Every graduation, then the oldest of the other verdicts with how many are `alike`."""
    grown = Q(change=Change.GRADUATION)
    kind = Case(When(grown, then=Value(1)), default=Value(0))
    largest = Account.objects.filter(person=OuterRef("person")).order_by("-followers")
    told = to_look_at(programme).annotate(
        most=Subquery(largest.exclude(followers=None).values("followers")[:1]),
        alike=Window(Count("pk"), partition_by=kind),
        place=Window(RowNumber(), order_by=["proposed_at", "pk"], partition_by=kind),
    )
    oldest = told.filter(grown | Q(place=1)).select_related("person")
    return oldest.order_by(Case(When(grown, then=Value(0)), default=Value(1)), "proposed_at", "pk")


def to_ship(desk: Desk) -> Iterable[Owed]:
    parcels = parcels_with_people(Parcel.objects.in_programme(desk.programme))
    for parcel in parcels.filter(state=Parcel.State.TO_PREPARE):
        offer = parcel.exchange.offer
        who, where = _of(offer.person)
        # Without an address nothing can leave: the member was asked for it.
        missing = "" if parcel.street else _("address awaited")
        since = parcel.exchange.agreed_at
        row = str(parcel.pk) if parcel.street else ""
        what = side(offer.campaign.brief, "gets")
        yield Owed(who, where, what, since, missing, _person_url(offer.person), row)


def to_remind(desk: Desk) -> Iterable[Owed]:
    for post in (post for post in desk.posts if post.state == Post.State.EXPECTED):
        exchange = post.exchange
        yield _reminder(
            exchange.offer.person,
            _("Post agreed for %(brand)s") % {"brand": exchange.offer.campaign.brief.brand},
            _start(exchange.post_due_on),
            exchange.reminded_at,
            reverse("agency:post", args=[post.pk]),
            f"post-{exchange.pk}",
        )
    for offer in (offer for offer in desk.offers if offer.state == Offer.State.SENT):
        since = offer.sent_at or timezone.now()
        if (timezone.now() - since).days < LATE_AFTER_DAYS - 2:
            continue
        what = _("No answer to %(brand)s yet") % {"brand": offer.campaign.brief.brand}
        url = _person_url(offer.person)
        yield _reminder(offer.person, what, since, offer.reminded_at, url, f"offer-{offer.pk}")


def _start(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _reminder(
    person: Person, what: str, since: datetime, reminded_at: datetime | None, url: str, row: str
) -> Owed:
    """One reminder, no more: once done the box is gone and the row says so."""
    who, where = _of(person)
    if reminded_at is None:
        return Owed(who, where, what, since, _("never reminded"), url, row)
    note = _("reminded %(day)s") % {"day": short_day(reminded_at)}
    return Owed(who, where, _("One reminder per exchange: it is done"), since, note, url)


def to_check(desk: Desk) -> Iterable[Owed]:
    for post in (post for post in desk.posts if post.state == Post.State.SUBMITTED):
        who, where = _of(post.exchange.offer.person)
        found: list[dict[str, Any]] = getattr(post, "found", None) or []
        finding = next(iter(found), None)
        said = finding[f"title_{language()[:2]}"] if finding else _("Nothing to correct found")
        said = not_there(post) or said
        what = _("%(network)s: %(said)s") % {"network": post.get_platform_display(), "said": said}
        since = post.submitted_at or post.expected_at
        yield Owed(who, where, what, since, "", reverse("agency:post", args=[post.pk]))
    due = looks_due(desk.programme)
    if due.since is not None:
        what = ngettext("%(n)s post to look at again", "%(n)s posts to look at again", due.n)
        what %= {"n": figure(due.n)}
        url = f"{reverse('agency:posts')}?state=look_again"
        yield Owed(_("Approved posts"), "", what, due.since, "", url, icon="eye")


def to_confirm(desk: Desk) -> Iterable[Owed]:
    coming = with_event(Invitation.objects.in_programme(desk.programme)).filter(
        state=Invitation.State.ACCEPTED, event__starts_at__gte=timezone.now()
    )
    for invitation in coming:
        who, where = _of(invitation.person)
        starts = timezone.localtime(invitation.event.starts_at)
        what = f"{side(invitation.event, 'title')}, {date_format(starts, 'DATETIME_FORMAT')}"
        url = _person_url(invitation.person)
        yield Owed(who, where, what, invitation.changed_at, "", url, str(invitation.pk))


def to_thank(desk: Desk) -> Iterable[Owed]:
    posted = (
        Exchange.objects.in_programme(desk.programme)
        .filter(
            thanked_at=None,
            posts__state__in=[Post.State.CHECKED, Post.State.FIXED],
            posts__correction_asked_at=None,
        )
        .select_related("offer__person", "offer__campaign__brief__brand")
        .distinct()
    )
    for exchange in posted:
        who, where = _of(exchange.offer.person)
        what = _("Posted about %(brand)s") % {"brand": exchange.offer.campaign.brief.brand}
        since = exchange.closed_at or exchange.agreed_at
        url = _person_url(exchange.offer.person)
        yield Owed(who, where, what, since, "", url, str(exchange.pk))


def to_ask(desk: Desk) -> Iterable[Owed]:
    """Waves that are ready and wait for a word; then who answered neither the yearly question nor
    its reminder: nobody is removed for it."""
    yield from _waves(desk)
    for question in yearly.to_ask(desk.programme).select_related("person"):
        who, where = _of(question.person)
        what = _("Did not say whether this is still them")
        reminded = question.reminded_at or question.asked_at
        note = _("reminded %(day)s") % {"day": short_day(reminded)}
        url = reverse("agency:person_facts", args=[question.person.key])
        yield Owed(who, where, what, reminded + yearly.TO_ASK_AFTER, note, url)


def _waves(desk: Desk) -> Iterable[Owed]:
    ready: dict[int, list[Offer]] = {}
    for offer in desk.offers:
        if offer.state == Offer.State.DRAFT and offer.wave_id is not None:
            ready.setdefault(offer.wave_id, []).append(offer)
    for drafts in ready.values():
        wave, brief, n = drafts[0].wave, drafts[0].campaign.brief, len(drafts)
        assert wave is not None
        what = ngettext(
            "Wave %(number)d is ready: %(n)d person, %(title)s",
            "Wave %(number)d is ready: %(n)d people, %(title)s",
            n,
        ) % {"number": wave.number, "n": n, "title": side(brief, "title")}
        url = reverse("agency:offers", args=[brief.pk])
        yield Owed(str(brief.brand), _("brand"), what, wave.made_at, "", url)


Reader = Callable[[Desk], Iterable[Owed]]
GROUPS: list[tuple[str, Any, Any, Reader, Any, str]] = [
    ("repondre", gettext_lazy("To answer"), gettext_lazy("Reply"), to_answer,
     gettext_lazy("Everyone has an answer."), ""),
    ("lire", gettext_lazy("To read"), gettext_lazy("Open"), to_read,
     gettext_lazy("Every application has been read."), ""),
    ("relancer", gettext_lazy("To remind"), gettext_lazy("Remind"), to_remind,
     gettext_lazy("Nobody is late."), "remind"),
    ("expedier", gettext_lazy("To ship"), gettext_lazy("Shipped"), to_ship,
     gettext_lazy("Every parcel has left."), "ship"),
    ("verifier", gettext_lazy("To check"), gettext_lazy("Open"), to_check,
     gettext_lazy("Every post has been read."), ""),
    ("confirmer", gettext_lazy("To confirm"), gettext_lazy("Confirmed"), to_confirm,
     gettext_lazy("Every guest is confirmed."), "confirm"),
    ("remercier", gettext_lazy("To thank"), gettext_lazy("Thank"), to_thank,
     gettext_lazy("Everyone has been thanked."), "thank"),
    ("demander", gettext_lazy("To ask"), gettext_lazy("Open"), to_ask,
     gettext_lazy("Everyone said whether this is still them."), ""),
]  # fmt: skip


def owed(programme: Programme, waiting: Waiting) -> list[Group]:
    """Every group, oldest gesture first; `waiting` as the side bar counts it."""
    desk = Desk(programme, waiting)
    return [
        Group(name, title, verb, sorted(read(desk), key=lambda o: o.since), settled, act)
        for name, title, verb, read, settled, act in GROUPS
    ]
