"""An offer, and the two answers to it: the same size, on the same line."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brief
from proche.areas.campaigns import actions
from proche.areas.campaigns.models import Offer
from proche.areas.campaigns.queries import place_in_line, places_open, with_brief
from proche.areas.consent.models import Purpose
from proche.areas.content.rules import link_offered, places_of, why_to_say, words_to_say
from proche.areas.events import actions as events
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.words import language
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.exchanges import AddressForm, ReasonForm
from proche.faces.member.shown import words_of


def _own(request: MemberRequest, key: str) -> Offer:
    """The member's own offer; a draft is not an offer yet, and nobody else's is found."""
    sent = with_brief(request.person.offers.exclude(state=Offer.State.DRAFT))
    return get_object_or_404(sent, key=key)


def _page(offer: Offer, **context: Any) -> dict[str, Any]:
    brief = offer.campaign.brief
    return {"offer": offer, "brief": brief, "words": words_of(brief), **context}


@own_page
def offer(request: MemberRequest, key: str) -> HttpResponse:
    """What I get, what is asked, whether I must post, how to say it, by when."""
    offer = _own(request, key)
    if offer.state == Offer.State.ACCEPTED:
        return redirect("member:exchange", key=key)
    if offer.state == Offer.State.WITHDRAWN and offer.withdrawal_read_at is None:
        actions.note_withdrawal_read(offer)
    page = _offer_page(offer, reason_form=ReasonForm(initial={"reason": offer.decline_reason}))
    return render(request, "member/offers/offer.html", page)


def _offer_page(offer: Offer, *, reason_form: ReasonForm) -> dict[str, Any]:
    brief = offer.campaign.brief
    late = offer.respond_by is not None and offer.respond_by < timezone.localdate()
    return _page(
        offer,
        to_say=words_to_say(link_offered(brief), language(), places_of(brief)),
        why=why_to_say(link_offered(brief), places_of(brief)),
        answerable=offer.state == Offer.State.SENT and not late,
        declined=offer.state == Offer.State.DECLINED,
        may_reconsider=offer.state == Offer.State.DECLINED and not late,
        full=places_open(offer.campaign, to=offer) == 0,
        in_line=place_in_line(offer) if offer.wanted_at else 0,
        named_if_yes=offer.person.consents.filter(
            purpose=Purpose.BRANDS, withdrawn_at=None
        ).exists(),
        is_event=brief.format == Brief.Format.EVENT,
        reason_form=reason_form,
    )


@own_page
def accept(request: MemberRequest, key: str) -> HttpResponse:
    """Where a parcel is needed, one more step asks for the address; otherwise one tap."""
    offer = _own(request, key)
    if offer.campaign.brief.format == Brief.Format.EVENT:
        return _accept_invitation(request, offer)
    if request.method != "POST" and offer.state != Offer.State.SENT:
        # The page of the offer says what became of it; the address would be typed for nothing.
        return redirect("member:offer", key=key)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept(offer, address=form.address)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            return _accepted(request, offer)
    return render(request, "member/offers/address.html", _page(offer, form=form))


def _accept_invitation(request: HttpRequest, offer: Offer) -> HttpResponse:
    if request.method != "POST":
        return redirect("member:offer", key=offer.key)
    # Both may be called again: a yes that was counted but not seated is seated on the second try.
    events.invite(actions.accept(offer))
    return _accepted(request, offer)


def _accepted(request: HttpRequest, offer: Offer) -> HttpResponse:
    ui.toast(request, _("It is a yes. Thank you."))
    return redirect("member:exchange", key=offer.key)


@own_page
def decline(request: MemberRequest, key: str) -> HttpResponse:
    """A no is one tap, like a yes; a reason may follow, and so may a change of mind."""
    offer = _own(request, key)
    if request.method == "POST":
        actions.decline(offer)
    return redirect("member:offer", key=key)


@own_page
def say_why(request: MemberRequest, key: str) -> HttpResponse:
    offer = _own(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.say_why(offer, reason=form.cleaned_data["reason"])
        ui.toast(request, _("Noted. Thank you for telling us."))
        return redirect("member:home")
    return render(request, "member/offers/offer.html", _offer_page(offer, reason_form=form))


@own_page
def reconsider(request: MemberRequest, key: str) -> HttpResponse:
    offer = _own(request, key)
    if request.method == "POST":
        actions.reconsider(offer)
    return redirect("member:offer", key=key)
