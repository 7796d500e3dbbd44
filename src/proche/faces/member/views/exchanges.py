"""An accepted exchange: where the parcel is, what is owed, what the member has to say."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.campaigns import actions
from proche.areas.campaigns.models import Exchange, Parcel
from proche.areas.campaigns.queries import exchanges_of
from proche.areas.content.models import Post
from proche.areas.content.proof_words import with_proofs
from proche.areas.events import actions as events
from proche.areas.events.models import Invitation
from proche.common import ui
from proche.common.errors import Refusal
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.exchanges import AddressForm, BrokenForm, FeedbackForm
from proche.faces.member.shown import post_words, words_of


def own_exchange(request: MemberRequest, key: str) -> Exchange:
    return get_object_or_404(exchanges_of(request.person), offer__key=key)


def parcel_of(exchange: Exchange) -> Parcel | None:
    return getattr(exchange, "parcel", None)


def exchange_page(exchange: Exchange, **context: Any) -> dict[str, Any]:
    brief = exchange.offer.campaign.brief
    return {
        "exchange": exchange,
        "key": exchange.offer.key,
        "brief": brief,
        "words": words_of(brief),
        "parcel": parcel_of(exchange),
        **context,
    }


def days_left(exchange: Exchange, *, today: date) -> int | None:
    return (exchange.post_due_on - today).days if exchange.post_due_on else None


@own_page
def exchange(request: MemberRequest, key: str) -> HttpResponse:
    exchange = own_exchange(request, key)
    posts = list(exchange.posts.prefetch_related("checks", *with_proofs()))
    waiting = next((p for p in posts if p.state == Post.State.EXPECTED), None)
    to_correct = next((p for p in posts if p.correction_asked_at), None)
    page = exchange_page(
        exchange,
        posts=[post_words(post) for post in posts if post.submitted_at],
        expected=waiting,
        to_correct=to_correct,
        days_left=days_left(exchange, today=timezone.localdate()),
        invitation=getattr(exchange, "invitation", None),
    )
    return render(request, "member/exchanges/exchange.html", page)


@require_POST
@own_page
def receive(request: MemberRequest, key: str) -> HttpResponse:
    exchange = own_exchange(request, key)
    actions.confirm_receipt(_parcel(exchange))
    ui.toast(request, _("Noted: you have it. Your address is erased."))
    return redirect("member:exchange", key=key)


@own_page
def broken(request: MemberRequest, key: str) -> HttpResponse:
    exchange = own_exchange(request, key)
    parcel = _parcel(exchange)
    form = BrokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_broken(parcel, what=form.cleaned_data["what"])
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _("Thank you for telling us. The team looks into it."))
            return redirect("member:exchange", key=key)
    return render(request, "member/exchanges/broken.html", exchange_page(exchange, form=form))


@own_page
def feedback(request: MemberRequest, key: str) -> HttpResponse:
    exchange = own_exchange(request, key)
    form = FeedbackForm(request.POST or None, initial={"text": exchange.feedback})
    if request.method == "POST" and form.is_valid():
        actions.feedback(exchange, form.cleaned_data["text"])
        ui.toast(request, _("Your words reached the team. Thank you."))
        return redirect("member:exchange", key=key)
    return render(request, "member/exchanges/feedback.html", exchange_page(exchange, form=form))


@own_page
def address(request: MemberRequest, key: str) -> HttpResponse:
    """Give or correct the address while the parcel has not left."""
    exchange = own_exchange(request, key)
    parcel = _parcel(exchange)
    given = {name: getattr(parcel, name) for name in AddressForm.base_fields}
    form = AddressForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_address(parcel, form.address)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _("The address is kept until you have the parcel."))
            return redirect("member:exchange", key=key)
    return render(request, "member/exchanges/address.html", exchange_page(exchange, form=form))


@own_page
def give_up(request: MemberRequest, key: str) -> HttpResponse:
    """Take a yes back while the parcel has not left: asks first, because the place goes on."""
    exchange = own_exchange(request, key)
    if request.method == "POST":
        actions.give_up(exchange)
        ui.toast(request, _("Noted. Nothing changes for what comes next."))
        return redirect("member:offer", key=key)
    return render(request, "member/exchanges/give_up.html", exchange_page(exchange))


@require_POST
@own_page
def coming(request: MemberRequest, key: str) -> HttpResponse:
    events.confirm(_invitation(own_exchange(request, key)))
    ui.toast(request, _("Noted: you are coming."))
    return redirect("member:exchange", key=key)


@require_POST
@own_page
def not_coming(request: MemberRequest, key: str) -> HttpResponse:
    """Give the place up; somebody in line takes it."""
    events.cancel(_invitation(own_exchange(request, key)))
    ui.toast(
        request,
        _("Thank you for telling us. Somebody in line takes the place."),
        undo=reverse("member:coming_again", args=[key]),
    )
    return redirect("member:exchange", key=key)


@require_POST
@own_page
def coming_again(request: MemberRequest, key: str) -> HttpResponse:
    events.reinstate(_invitation(own_exchange(request, key)))
    return redirect("member:exchange", key=key)


def _invitation(exchange: Exchange) -> Invitation:
    return get_object_or_404(Invitation, exchange=exchange)


def _parcel(exchange: Exchange) -> Parcel:
    return get_object_or_404(Parcel, exchange=exchange)
