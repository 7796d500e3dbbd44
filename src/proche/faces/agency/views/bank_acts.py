"""What is done to many people of the bank at once: a tag, a message."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proche.areas.messages.team_letters import TeamLetter
from proche.areas.messages.writing import REASONS, post_letter, previews, reach_of
from proche.areas.people.bank import TagAct
from proche.areas.people.bank_actions import tag_people, take_back, untag_people
from proche.common import ui
from proche.faces.agency.access import StaffRequest, decides, workspace
from proche.faces.agency.forms.bank import LetterForm
from proche.faces.agency.views.bank_choice import chosen_people


@workspace
@require_POST
def tag(request: StaffRequest) -> HttpResponse:
    """Put one word on the people chosen, or take it off them."""
    chosen, name = chosen_people(request, request.POST), request.POST.get("tag", "")
    if request.POST.get("act") == "untag":
        act = untag_people(request.programme, name, chosen.people, by=request.actor)
    else:
        act = tag_people(request.programme, name, chosen.people, by=request.actor)
    undo = reverse("agency:bank_tag_undo", args=[act.pk]) if act.people else None
    ui.toast(request, _said(act), undo=undo)
    return redirect(back_to_bank(request))


def _said(act: TagAct) -> str:
    n = len(act.people)
    if act.given:
        said = ngettext("%(n)d person tagged “%(tag)s”.", "%(n)d people tagged “%(tag)s”.", n)
    else:
        said = ngettext(
            "The tag “%(tag)s” is taken off %(n)d person.",
            "The tag “%(tag)s” is taken off %(n)d people.",
            n,
        )
    return said % {"n": n, "tag": act.name}


@workspace
@require_POST
def tag_undo(request: StaffRequest, pk: int) -> HttpResponse:
    take_back(get_object_or_404(TagAct.objects.for_actor(request.user), pk=pk))
    ui.toast(request, _("The tags are as before."))
    return redirect(back_to_bank(request))


def back_to_bank(request: HttpRequest) -> str:
    """Where the person came from, if it is a page of ours."""
    back = request.POST.get("back") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if safe else reverse("agency:bank")


@workspace
@require_POST
def letter_begin(request: StaffRequest) -> HttpResponse:
    """Keep who was chosen, then ask for the words."""
    decides(request)
    people = chosen_people(request, request.POST).people
    letter = TeamLetter.objects.create(programme=request.programme, by=request.actor, people=people)
    return redirect("agency:letter_write", letter.pk)


@workspace
def letter_write(request: StaffRequest, pk: int) -> HttpResponse:
    letter = _draft(request, pk)
    form = LetterForm(request.POST or None, instance=letter)
    if form.is_valid():
        form.save()
        return redirect("agency:letter", letter.pk)
    reach = reach_of(letter)
    return render(
        request,
        "agency/bank/letter_write.html",
        {"form": form, "letter": letter, "people": len(letter.people), "reach": reach},
    )


@workspace
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Before: who reads what, who cannot be written to and why. After: how far it is."""
    shown = _letter(request, pk)
    template = "agency/bank/letter.html"
    if request.headers.get("HX-Target") == "progress":
        template = "agency/bank/_letter_progress.html"
    context = {"letter": shown, "people": len(shown.people)}
    if not shown.sent_at:
        reach = reach_of(shown)
        context |= {
            "reach": reach,
            "left_out": [(REASONS[code], n) for code, n in sorted(reach.left_out.items())],
            "previews": previews(shown),
        }
    answer = render(request, template, context)
    # The watching stops by itself once there is nothing more to watch.
    if template.endswith("_letter_progress.html") and shown.finished_at:
        answer["HX-Refresh"] = "true"
    return answer


@workspace
@require_POST
def letter_send(request: StaffRequest, pk: int) -> HttpResponse:
    decides(request)
    post_letter(_letter(request, pk), by=request.actor)
    return redirect("agency:letter", pk)


def _letter(request: StaffRequest, pk: int) -> TeamLetter:
    found: TeamLetter = get_object_or_404(TeamLetter.objects.for_actor(request.user), pk=pk)
    return found


def _draft(request: StaffRequest, pk: int) -> TeamLetter:
    decides(request)
    drafts = TeamLetter.objects.for_actor(request.user).filter(sent_at=None)
    found: TeamLetter = get_object_or_404(drafts, pk=pk)
    return found
