"""What waits for the member, most urgent first, and what they took part in."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proche.areas.campaigns.models import Exchange, Parcel
from proche.areas.campaigns.queries import exchanges_of, offers_to_answer
from proche.areas.content import yearly
from proche.areas.content.models import Post
from proche.areas.messages.models import Message
from proche.areas.people.models import Person
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.shown import BriefWords, words_of

ANSWERS_SHOWN = 3


@dataclass(frozen=True)
class Waiting:
    """One thing the member may do: the page that does it, its words, and what is waited for."""

    kind: str
    key: str
    words: BriefWords
    exchange: Exchange
    days_left: int | None = None


@own_page
def index(request: MemberRequest) -> HttpResponse:
    person = request.person
    if person.state in {Person.State.APPLIED, Person.State.REFUSED}:
        return render(request, "member/not_member.html", {"application": _application(person)})
    offers = [(offer, words_of(offer.campaign.brief)) for offer in offers_to_answer(person)]
    exchanges = list(exchanges_of(person).prefetch_related("posts"))
    waiting = [one for exchange in exchanges if (one := _waiting(exchange)) is not None]
    answers = Message.objects.filter(person=person, kind="reply").select_related("answers")
    page = {
        "offers": offers,
        "waiting": waiting,
        "count": len(offers) + len(waiting),
        "history": [(exchange, words_of(exchange.offer.campaign.brief)) for exchange in exchanges],
        "answers": list(answers[:ANSWERS_SHOWN]),
        "asked_about": person.undeclared.filter(answer="", closed_at=None).count(),
        "question": yearly.open_question(person),
    }
    return render(request, "member/home.html", page)


def _application(person: Person) -> object | None:
    return getattr(person, "application", None)


def _waiting(exchange: Exchange) -> Waiting | None:
    """The one next thing an exchange asks of the member."""
    parcel: Parcel | None = getattr(exchange, "parcel", None)
    posts = list(exchange.posts.all())
    kind = None
    if parcel is not None and parcel.state == Parcel.State.SHIPPED:
        kind = "parcel"
    elif parcel is not None and parcel.state == Parcel.State.TO_PREPARE and not parcel.street:
        kind = "address"
    elif any(post.correction_asked_at for post in posts):
        kind = "correction"
    elif any(post.state == Post.State.EXPECTED for post in posts):
        kind = "post"
    if kind is None:
        return None
    due = exchange.post_due_on
    days = (due - timezone.localdate()).days if due and kind == "post" else None
    words = words_of(exchange.offer.campaign.brief)
    return Waiting(kind, exchange.offer.key, words, exchange, days)
