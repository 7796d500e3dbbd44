"""Posts: to check, to correct, expected; what the rules found, and what a person decides."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from proche.areas.campaigns.models import Campaign
from proche.areas.content import actions, queries
from proche.areas.content.actions.asking_to_see import asked_for, unseen_in
from proche.areas.content.drawing import draw
from proche.areas.content.findings import findings_in, flagged_spans, latest_check
from proche.areas.content.models import Post
from proche.areas.content.proof_words import (
    looks_to_come,
    not_there,
    proofs_of,
    with_proofs,
)
from proche.areas.content.rules import link_of, places_of, why_to_say
from proche.areas.people.models import Person
from proche.common import ui
from proche.common.errors import Refusal
from proche.common.exports import csv_response
from proche.common.words import language, side
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.exporting import noting
from proche.faces.agency.forms.posts import CorrectionForm, WaiverForm
from proche.faces.agency.forms.proofs import LookForm

PER_PAGE = 50
TABS = {
    "to_check": _("To check"),
    "to_correct": _("Correction asked"),
    "look_again": _("Look again"),
    "expected": _("Expected"),
    "overdue": _("Late"),
    "done": _("Done"),
}


def _own(request: StaffRequest) -> QuerySet[Post]:
    return queries.with_exchange(Post.objects.for_actor(request.user))


def _in_tab(request: StaffRequest, tab: str, today: date) -> QuerySet[Post]:
    posts = _own(request)
    if tab == "look_again":
        return queries.to_look_at_again(posts, request.programme)
    if tab == "overdue":
        return queries.overdue(posts, today=today).order_by("exchange__post_due_on", "pk")
    if tab == "expected":
        return queries.expected(posts).order_by("exchange__post_due_on", "pk")
    if tab == "to_check":
        return queries.to_check(posts).order_by("submitted_at", "pk")
    return queries.to_correct(posts) if tab == "to_correct" else queries.done(posts)


def _asked(request: StaffRequest) -> tuple[str, str, QuerySet[Post]]:
    """The tab, the campaign and the posts the address asks for."""
    tab = request.GET.get("state", "")
    tab = tab if tab in TABS else "to_check"
    campaign = request.GET.get("campaign", "")
    rows = _in_tab(request, tab, timezone.localdate())
    if campaign.isdigit():
        rows = rows.filter(exchange__offer__campaign=int(campaign))
    return tab, campaign, rows


@workspace
def index(request: StaffRequest) -> HttpResponse:
    tab, campaign, rows = _asked(request)
    counts = queries.counts(request.programme, today=timezone.localdate())
    counts["look_again"] = queries.looks_due(request.programme).n
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "tabs": [(name, label, counts[name]) for name, label in TABS.items()],
        "campaign": campaign,
        "campaigns": Campaign.objects.for_actor(request.user).select_related("brief__brand"),
        "page": page,
        "rows": [_row(post) for post in page],
        "rate": queries.disclosure_rate(request.programme),
        "counts": counts,
    }
    return render(request, "agency/posts/index.html", context)


def _row(post: Post) -> dict[str, Any]:
    check = latest_check(post)
    findings = findings_in(check, language())
    return {
        "post": post,
        "offer": post.exchange.offer,
        "check": check,
        "not_there": not_there(post),
        "to_fix": [finding for finding in findings if finding.wrong],
        "notes": [finding for finding in findings if not finding.wrong],
    }


@workspace
def detail(request: StaffRequest, post_id: int) -> HttpResponse:
    return post_page(request, post_id)


def post_page(request: StaffRequest, post_id: int, **forms: Any) -> HttpResponse:
    post = get_object_or_404(_own(request).prefetch_related(*with_proofs()), pk=post_id)
    return render(request, "agency/posts/detail.html", _detail(post, **forms))


def _detail(post: Post, **forms: Any) -> dict[str, Any]:
    check = latest_check(post)
    spans = flagged_spans(check)
    # Once it was seen changed, the newest words are those that were read.
    words = check.caption if check else post.caption
    left = post.exchange.offer.person.state == Person.State.LEFT
    proofs = [] if left else proofs_of(post)
    unseen = None if left else unseen_in(list(post.proofs.all()))
    return {
        **_row(post),
        "words": words,
        "why": why_to_say(link_of(post.exchange), places_of(post.exchange.offer.campaign.brief)),
        "proofs": proofs,
        "gone": bool(proofs) and proofs[0].is_gone and post.state == Post.State.SUBMITTED,
        "unseen": unseen,
        "screenshot_asked": asked_for(unseen) if unseen else None,
        "below": next((one.thread for one in proofs[:1] if one.says_further_down), None),
        "to_come": looks_to_come(post),
        "look_form": LookForm(),
        "drawn": draw(words, platform=post.platform, format=post.format, spans=spans),
        "correction_form": CorrectionForm(initial={"text": actions.corrected_text(post)}),
        "waiver_form": WaiverForm(),
        "open": post.state in {Post.State.EXPECTED, Post.State.SUBMITTED}
        or post.correction_asked_at is not None,
        **forms,
    }


@require_POST
@workspace
def approve(request: StaffRequest, post_id: int) -> HttpResponse:
    post = get_object_or_404(_own(request), pk=post_id)
    actions.approve(post, by=request.actor)
    ui.toast(request, _("Checked."), undo=reverse("agency:post_reopen", args=[post.pk]))
    return redirect("agency:posts")


@require_POST
@workspace
def reopen(request: StaffRequest, post_id: int) -> HttpResponse:
    post = get_object_or_404(_own(request), pk=post_id)
    actions.reopen(post, by=request.actor)
    return redirect("agency:post", post_id=post.pk)


@require_POST
@workspace
def correct(request: StaffRequest, post_id: int) -> HttpResponse:
    """Write to the member with the exact text."""
    post = get_object_or_404(_own(request), pk=post_id)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_correction(post, text=form.cleaned_data["text"], by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            ui.toast(request, _("Written to the member, with the text to paste."))
            return redirect("agency:posts")
    return post_page(request, post_id, correction_form=form)


@require_POST
@workspace
def waive(request: StaffRequest, post_id: int) -> HttpResponse:
    post = get_object_or_404(_own(request), pk=post_id)
    form = WaiverForm(request.POST)
    decides(request)
    if form.is_valid():
        try:
            actions.waive(post, reason=form.cleaned_data["reason"], by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            undo = reverse("agency:post_reopen", args=[post.pk])
            ui.toast(request, _("No post is asked any more."), undo=undo)
            return redirect("agency:posts")
    return post_page(request, post_id, waiver_form=form)


@require_POST
@workspace
def remind(request: StaffRequest, post_id: int) -> HttpResponse:
    post = get_object_or_404(_own(request), pk=post_id)
    actions.remind_post(post.exchange, by=request.actor)
    ui.toast(request, _("Reminded, once. There will be no second reminder."))
    return redirect(reverse("agency:posts") + "?state=expected")


@workspace
def export(request: StaffRequest) -> HttpResponse:
    """The posts the page shows, as a table."""
    _tab, _campaign, rows = _asked(request)
    told = noting(request, rows, lambda post: post.exchange.offer.person_id)
    return csv_response("publications", _columns(), (_cells(post) for post in told))


def _columns() -> list[str]:
    return [
        gettext("Member"),
        gettext("Brand"),
        gettext("Brief"),
        gettext("State"),
        gettext("Platform"),
        gettext("Address of the post"),
        gettext("Due on"),
        gettext("Handed in on"),
        gettext("Reading"),
        gettext("To correct"),
        gettext("Caption"),
    ]


def _cells(post: Post) -> list[Any]:
    row, offer = _row(post), post.exchange.offer
    brief, check = offer.campaign.brief, row["check"]
    return [
        str(offer.person),
        brief.brand.name,
        side(brief, "title"),
        post.get_state_display(),
        post.get_platform_display(),
        post.url,
        post.exchange.post_due_on,
        timezone.localdate(post.submitted_at) if post.submitted_at else None,
        check.verdict if check else None,
        " ".join(finding.title for finding in row["to_fix"]),
        post.caption,
    ]
