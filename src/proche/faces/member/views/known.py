"""What is known of the member, from where, and what a person concluded from it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.evidence.queries import latest_evidence
from proche.areas.messages.actions import ask_team
from proche.areas.people.models import Person
from proche.areas.recruitment.actions import ask_review
from proche.areas.recruitment.models import Application
from proche.common import ui
from proche.common.choices import Proof
from proche.faces.member.access import MemberRequest, own_page
from proche.faces.member.forms.person import ReviewForm
from proche.faces.member.measures import facts_of


@own_page
def known(request: MemberRequest) -> HttpResponse:
    person = request.person
    signed = person.verdicts.filter(replaced_at=None, signed_at__isnull=False).first()
    accounts = list(person.accounts.all())
    proofs = [account.proof for account in accounts]
    page = {
        "accounts": accounts,
        "facts": facts_of(latest_evidence(person)),
        "verdict": signed,
        "ladder": [(proof.value, proof.value in proofs) for proof in Proof],
    }
    return render(request, "member/known/index.html", page)


@own_page
def review(request: MemberRequest) -> HttpResponse:
    """A person looks again (Law 25, s. 12.1): the request is a message to the team."""
    form = ReviewForm(request.POST or None)
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
    ask_team(person, f"{opening} {words}".strip())
