"""The sections of a person's page, each with its address: what is known and who said it, the story,
consents, exchanges, messages, who looked."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from proche.areas.campaigns.log import contact, log_with
from proche.areas.campaigns.models import Offer
from proche.areas.content import breaks, yearly
from proche.areas.events.models import Invitation
from proche.areas.people.correcting import ACCOUNT_CORRECTED, CORRECTED
from proche.areas.people.kept import Break, Said, StillTrue
from proche.areas.people.looks import note_look, seen_today
from proche.areas.people.models import Person
from proche.areas.people.said import Fact, facts_said
from proche.areas.people.stories import story
from proche.areas.people.wording import fact_name, line_of
from proche.common import ui
from proche.faces.agency.access import StaffRequest, workspace

PER_PAGE = 25
SECTIONS = [
    ("person", gettext_lazy("Overview")),
    ("person_facts", gettext_lazy("Who said what")),
    ("person_timeline", gettext_lazy("Story")),
    ("person_consents", gettext_lazy("Consents")),
    ("person_exchanges", gettext_lazy("Exchanges")),
    ("person_messages", gettext_lazy("Messages")),
    ("person_notes", gettext_lazy("Notes")),
    ("person_files", gettext_lazy("Files")),
    ("person_looks", gettext_lazy("Who looked")),
]


def person_of(request: StaffRequest, key: str) -> Any:
    """Who this page is about; the opening is noted. A stranger gets 404, so does a person gone.
    With `to_ask`: whether they answered neither the yearly question nor its reminder."""
    people = Person.objects.for_actor(request.user).exclude(state=Person.State.LEFT)
    people = people.select_related("programme", "user", "application", "origin").annotate(
        seen=seen_today(by=request.actor),
        to_ask=Exists(yearly.to_ask_of(OuterRef("pk"))),
        asleep_until=Subquery(
            Break.objects.filter(person=OuterRef("pk"), ended_at=None).values("until")[:1]
        ),
    )
    person = get_object_or_404(people.prefetch_related("accounts", "tags"), key=key)
    if not person.seen:
        note_look(person, by=request.actor)
    return person


def shown(request: StaffRequest, person: Person, section: str, **context: Any) -> HttpResponse:
    page = {"person": person, "section": section, "sections": SECTIONS, **context}
    response = render(request, f"agency/people/{section}.html", page)
    # What is known of somebody is not for a shared cache, nor for the one of this browser.
    response.headers["Cache-Control"] = "no-store"
    return response


def paged(request: StaffRequest, rows: QuerySet[Any] | Sequence[Any]) -> Any:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


@workspace
def facts(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    lines = [line_of(fact) for fact in facts_said(person)]
    undone = person.said.filter(undone_at__isnull=False).select_related("by", "undone_by")
    return shown(
        request,
        person,
        "person_facts",
        lines=[(line, _correct_url(person, line.fact)) for line in lines],
        undone=[(act, [fact_name(name) for name in act.fields]) for act in undone[:PER_PAGE]],
        confirmed=yearly.last_confirmed(person),
        question=yearly.open_question(person),
    )


def _correct_url(person: Person, fact: Fact) -> str:
    """Empty where only the person changes it."""
    if fact.account and fact.name in ACCOUNT_CORRECTED:
        return reverse("agency:account_correct", args=[person.key, fact.name, fact.account.pk])
    if fact.account is None and fact.name in CORRECTED:
        return reverse("agency:person_correct", args=[person.key, fact.name])
    return ""


@workspace
def timeline(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    page = paged(request, person.timeline.select_related("by"))
    return shown(
        request,
        person,
        "person_timeline",
        page=page,
        story=[(entry, story(entry)) for entry in page],
    )


@workspace
def consents(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    given = person.consents.select_related("text").order_by("-given_at", "-pk")
    return shown(request, person, "person_consents", page=paged(request, given))


@workspace
def exchanges(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    offers = (
        person.offers.exclude(state=Offer.State.DRAFT)
        .select_related("campaign__brief__brand", "exchange__parcel")
        .prefetch_related("exchange__posts")
        .order_by("-sent_at", "-pk")
    )
    invitations = Invitation.objects.filter(person=person).select_related("event")
    contacts = [contact(entry) for entry in log_with(person)[: PER_PAGE + 1]]
    return shown(
        request,
        person,
        "person_exchanges",
        page=paged(request, offers),
        contacts=contacts[:PER_PAGE],
        more_contacts=len(contacts) > PER_PAGE,
        invitations=invitations.order_by("-event__starts_at", "-pk")[:PER_PAGE],
    )


@workspace
def messages(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    sent = person.messages.select_related("by")
    return shown(request, person, "person_messages", page=paged(request, sent))


@workspace
def looks(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    seen = person.looks.select_related("user")
    return shown(request, person, "person_looks", page=paged(request, seen))


@workspace
@require_POST
def heard_true(request: StaffRequest, key: str) -> HttpResponse:
    """The person told the team that everything is still true."""
    person = person_of(request, key)
    question = yearly.answer_question(person, StillTrue.Answer.TRUE, by=request.actor)
    ui.toast(request, _("Noted: all still true."), undo=_undo_heard(person, question))
    return redirect("agency:person_facts", key=person.key)


def _undo_heard(person: Person, question: StillTrue) -> str:
    return reverse("agency:person_heard_undo", args=[person.key, question.pk])


@workspace
@require_POST
def heard_undo(request: StaffRequest, key: str, pk: int) -> HttpResponse:
    person = person_of(request, key)
    yearly.take_answer_back(get_object_or_404(person.still_true, pk=pk))
    ui.toast(request, _("Taken back."))
    return redirect("agency:person_facts", key=person.key)


@workspace
@require_POST
def propose_break(request: StaffRequest, key: str) -> HttpResponse:
    person = person_of(request, key)
    breaks.propose_break(person, by=request.actor)
    ui.toast(request, _("A break is proposed to %(name)s, who decides.") % {"name": person})
    return redirect("agency:person_facts", key=person.key)


def correction_of(person: Person, pk: int) -> Said:
    held: Said | None = person.said.filter(pk=pk, source=Said.Source.TEAM).first()
    if held is None:
        raise Http404
    return held
