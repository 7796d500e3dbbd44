"""What is known of the member, from where, and what a person concluded from it."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.content import yearly
from proche.areas.evidence.queries import latest_evidence, norms_behind
from proche.areas.messages.actions import ask_team
from proche.areas.messages.models import Message
from proche.areas.people.correcting import put_back
from proche.areas.people.kept import Look, Said
from proche.areas.people.models import Person
from proche.areas.people.said import facts_said
from proche.areas.people.wording import line_of
from proche.areas.recruitment.actions import ask_review
from proche.areas.recruitment.models import Application
from proche.common import ui
from proche.common.choices import Proof
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.person import ReviewForm
from proche.faces.member.measures import facts_of

LOOKS_READ, DAYS_SHOWN = 60, 12


@own_page
def known(request: MemberRequest) -> HttpResponse:
    person = request.person
    signed = list(person.verdicts.filter(signed_at__isnull=False).order_by("-signed_at"))
    verdict = next((one for one in signed if one.replaced_at is None), None)
    accounts = list(person.accounts.all())
    proofs = [account.proof for account in accounts]
    page = {
        "accounts": accounts,
        "facts": facts_of(latest_evidence(person)),
        "verdict": verdict,
        "earlier": [one for one in signed if one.replaced_at is not None],
        "norms": norms_behind(verdict, person.programme) if verdict else None,
        "ladder": [(proof.value, proof.value in proofs) for proof in Proof],
        "lines": [line_of(fact, to_member=True) for fact in facts_said(person)],
        "confirmed": yearly.last_confirmed(person),
        "files": person.files.filter(removed_at=None),
        "looks": _looks(person),
        **_review(person),
    }
    return render(request, "member/known/index.html", page)


def _looks(person: Person) -> list[tuple[date, list[str]]]:
    """The last days somebody of the team looked, and at what; who it was stays in the team."""
    days: dict[date, list[str]] = {}
    seen = person.looks.order_by("-day", "what").values_list("day", "what").distinct()
    for day, what in seen[:LOOKS_READ]:
        days.setdefault(day, []).append(str(Look.What(what).label))
    return list(days.items())[:DAYS_SHOWN]


@require_POST
@own_page
def object_to(request: MemberRequest, pk: int) -> HttpResponse:
    """What somebody says of themselves counts: the correction is undone, and the team sees it."""
    held = get_object_or_404(request.person.said.all(), pk=pk, source=Said.Source.TEAM)
    put_back(held, by=None)
    ui.toast(request, _("It says again what you said. The team sees that you objected."))
    return redirect("member:known")


@own_page
def file(request: MemberRequest, key: str) -> HttpResponse:
    kept = get_object_or_404(request.person.files.filter(removed_at=None), key=key)
    return ui.served(kept.stored, kept.name, kept.kind)


def _review(person: Person) -> dict[str, Any]:
    """The last request for a review, and whether somebody has still to answer it."""
    asked = person.messages.filter(kind=Message.REVIEW).prefetch_related("replies").first()
    return {"asked": asked, "awaited": bool(asked and asked.state == Message.State.RECEIVED)}


@own_page
def review(request: MemberRequest) -> HttpResponse:
    """A person looks again (Law 25, s. 12.1): the request is a message to the team."""
    form = ReviewForm(request.POST or None)
    awaited = _review(request.person)["awaited"]
    if awaited:
        ui.toast(request, _("The review was already asked. Somebody will answer."))
        return redirect("member:known")
    if request.method == "POST" and form.is_valid():
        _ask_again(request.person, form.cleaned_data["text"].strip())
        ui.toast(request, _("Your request reached the team. A person looks again."))
        return redirect("member:home")
    return render(request, "member/known/review.html", {"form": form})


def _ask_again(person: Person, words: str) -> None:
    if person.state == Person.State.REFUSED:
        ask_review(get_object_or_404(Application, person=person), words)
        return
    opening = gettext("I ask for a person to look at my verdict again.")
    ask_team(person, f"{opening} {words}".strip(), kind=Message.REVIEW)
