"""One person: the verdict to sign, what is known and what is not, exchanges, consents, story."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from proche.areas.campaigns.queries import exchanges_of
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import texts_in_force
from proche.areas.content import figures, yearly
from proche.areas.evidence.actions import reopen, sign
from proche.areas.evidence.models import Verdict
from proche.areas.evidence.placing import places_of
from proche.areas.evidence.queries import latest_evidence, norms_behind
from proche.areas.people.models import Account, Person
from proche.areas.people.stories import story
from proche.common import ui
from proche.common.choices import Proof, Tier
from proche.common.errors import Refusal
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.people import SignForm
from proche.faces.agency.measures import confidence_of, measure_lines, signs_of
from proche.faces.agency.views.people_sections import person_of, shown

STORY_SHOWN = 8


@workspace
def detail(request: StaffRequest, key: str) -> HttpResponse:
    try:
        person = person_of(request, key)
    except Http404:
        gone = Person.objects.for_actor(request.user).filter(state=Person.State.LEFT)
        left = get_object_or_404(gone.select_related("departure"), key=key)
        return render(request, "agency/people/left.html", {"person": left})
    return _page(request, person, None)


def _page(request: StaffRequest, person: Any, form: SignForm | None) -> HttpResponse:
    verdicts = list(person.verdicts.select_related("signed_by", "kept_by"))
    open_ones = [v for v in verdicts if v.replaced_at is None]
    to_sign = next((v for v in open_ones if v.signed_at is None), None)
    signed = next((v for v in open_ones if v.signed_at), None)
    verdict = to_sign or signed
    facts = latest_evidence(person)
    norms = norms_behind(verdict, person.programme)
    entries = list(person.timeline.select_related("by")[: STORY_SHOWN + 1])
    context = {
        "to_sign": to_sign,
        "signed": signed,
        "verdict": verdict,
        "history": [v for v in verdicts if v.signed_at or v.kept_at],
        "has_grown": _has_grown(person, signed),
        "grown_until": _grown_until(verdicts),
        "form": form or (SignForm.about(to_sign) if to_sign else None),
        "measures": measure_lines(facts, places_of(facts, norms) if norms else {}),
        "norms": norms,
        "signs": signs_of(verdict, _signals(facts), _largest(person)) if verdict else None,
        "confidence": confidence_of(verdict) if verdict else None,
        "consents": _consents(person),
        "exchanges": exchanges_of(person).order_by("-agreed_at"),
        "proofs": _ladder(person),
        "confirmable": figures.confirmable(person, person.programme),
        "story": [(entry, story(entry)) for entry in entries[:STORY_SHOWN]],
        "more": len(entries) > STORY_SHOWN,
        "question": yearly.open_question(person) if person.to_ask else None,
    }
    return shown(request, person, "person", **context)


def _signals(facts: dict[str, Any]) -> int:
    fact = facts.get("authenticity")
    return (fact.n or 0) if fact else 0


def _largest(person: Person) -> Account | None:
    return max(person.accounts.all(), key=lambda account: account.followers or 0, default=None)


def _has_grown(person: Person, signed: Verdict | None) -> bool:
    """Signed nano, and an account has reached the ceiling since."""
    largest = _largest(person)
    most = (largest.followers or 0) if largest else 0
    ceiling = person.programme.follower_ceiling
    return signed is not None and signed.tier == Tier.NANO and most >= ceiling


def _grown_until(verdicts: list[Verdict]) -> date | None:
    """The day until which somebody decided that a person who has grown stays as they are."""
    today = timezone.localdate()
    days = [v.kept_until for v in verdicts if v.kept_until and v.kept_until > today]
    return max(days, default=None)


def _consents(person: Person) -> list[tuple[Any, Any]]:
    """Each purpose in order, with the consent in force or None."""
    given = {c.purpose: c for c in person.consents.filter(withdrawn_at=None)}
    texts = texts_in_force()
    return [(texts[purpose], given.get(purpose)) for purpose in Purpose.values if purpose in texts]


def _ladder(person: Person) -> list[tuple[str, str]]:
    """What each level of proof means for this person."""
    meaning = {
        Proof.DECLARED: _("said by %(name)s"),
        Proof.SCREENSHOT: _("a screenshot"),
        Proof.PUBLIC: _("visible to everyone"),
        Proof.ARCHIVE: _("the export of the account"),
        Proof.API: _("read with consent"),
    }
    return [(level, words % {"name": person.given_name}) for level, words in meaning.items()]


@workspace
@require_POST
def sign_verdict(request: StaffRequest, key: str) -> HttpResponse:
    """Sign as proposed, or decide otherwise with a reason."""
    decides(request)
    person = person_of(request, key)
    verdict = get_object_or_404(Verdict.objects.to_sign(), person=person)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            sign(verdict, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _("Verdict signed for %(name)s.") % {"name": person})
            return redirect("agency:person", key=person.key)
    return _page(request, person, form)


@workspace
@require_POST
def reopen_verdict(request: StaffRequest, key: str) -> HttpResponse:
    decides(request)
    person = person_of(request, key)
    reopen(get_object_or_404(Verdict.objects.signed(), person=person), by=request.actor)
    return redirect("agency:person", key=person.key)
