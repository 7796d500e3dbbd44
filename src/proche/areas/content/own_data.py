"""Everything collected from a person and about them, for them to take away (Law 25, s. 27).

The document holds plain values only; the tags the team put on the person are named too.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from proche.areas.campaigns.models import Parcel
from proche.areas.content.models import Post
from proche.areas.content.networks import ProofAnswer, ProofThread
from proche.areas.content.proofs import Proof, ProofImage
from proche.areas.events.models import Invitation
from proche.areas.imports.models import Origin
from proche.areas.matching.everybody import rankings_of
from proche.areas.matching.models import RosterTerm, ShortlistEntry
from proche.areas.people.duplicates import DuplicatePair
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application, Nomination

ABOUT = (
    "given_name family_name email language region city archetype occupation seeks_living "
    "own_words topics content_languages tries_products attends_events refused_brands limits "
    "limits_to_ask accepts_alcohol adult state joined_at created_at"
)
Rows = list[dict[str, Any]]


def own_data(person: Person) -> dict[str, Any]:
    """One section per kind of fact, each a list of rows with the same names."""
    return {
        "person": [{name: getattr(person, name) for name in ABOUT.split()}],
        "accounts": _rows(
            person.accounts.all(),
            "platform handle followers following posts_total bio proof as_of audience__n "
            "audience__as_of",
        ),
        "application": _rows(
            Application.objects.filter(person=person),
            "state language submitted_at email_confirmed_at decided_at refusal_reason "
            "review_asked_at workplace shows_trade shows_clients shares",
        ),
        "import": _rows(
            Origin.objects.filter(person=person),
            "batch__file_name created_at basis dated_on source note invited_at confirmed_at",
        ),
        "nomination": _rows(
            Nomination.objects.filter(person=person),
            "call__title_fr call__title_en state nominator_name platform handle created_at",
        ),
        "consents": _rows(
            person.consents.all(),
            "purpose text__version text__title_fr text__title_en language source "
            "french_shown_at given_at withdrawn_at",
        ),
        "evidence": _rows(
            person.evidence.all(),
            "measure account__platform account__handle value n low high percentile proof as_of "
            "note",
        ),
        "verdicts": _rows(
            person.verdicts.all(),
            "tier archetype closeness closeness_low closeness_high closeness_from authenticity "
            "confidence reasons to_confirm thresholds_version proposed_at signed_at "
            "override_reason replaced_at change kept_at kept_until",
        ),
        # The brand is not named: a brief is its secret until an offer is sent.
        "shortlists": _rows(
            ShortlistEntry.objects.filter(person=person), "shortlist__made_at reasons against"
        ),
        "rankings": rankings_of(person),
        "choices": _rows(
            person.factors.all(), "ranked_at chosen_at rank considered score parts reasons against"
        ),
        "roster_terms": _rows(
            RosterTerm.objects.filter(person=person),
            "roster__made_at left_out let_go_at cost_cents",
        ),
        "offers": _rows(
            person.offers.exclude(state="draft"),
            "campaign__brief__brand__name campaign__brief__title_fr campaign__brief__title_en "
            "state sent_at respond_by answered_at decline_reason wanted_at called_at reminded_at "
            "withdrawal_read_at meanwhile meanwhile_at",
        ),
        "exchanges": _rows(
            person.offers.filter(exchange__isnull=False),
            "campaign__brief__brand__name exchange__kind exchange__obligation "
            "exchange__fair_value_cents exchange__agreed_at exchange__post_due_on "
            "exchange__feedback exchange__thanked_at",
        ),
        "parcels": _rows(
            Parcel.objects.filter(exchange__offer__person=person),
            "exchange__offer__campaign__brief__brand__name state street town postal_code note "
            "tracking shipped_at received_at problem",
        ),
        "invitations": _rows(
            Invitation.objects.filter(person=person),
            "event__title_fr event__title_en event__starts_at state changed_at check_in__at",
        ),
        "posts": _rows(
            Post.objects.filter(exchange__offer__person=person),
            "exchange__offer__campaign__brief__brand__name state platform format language url "
            "caption on_screen said expected_at submitted_at waiver_reason",
        ),
        "proofs": _rows(
            Proof.objects.filter(post__exchange__offer__person=person),
            "post__url seen_at who day found url text verdict sealed erased_at",
        ),
        # What the interface of a network said of their posts, as it came.
        "network_answers": [
            {"seen_at": kept.proof.seen_at, "answer": bytes(kept.body).decode("utf-8", "replace")}
            for kept in ProofAnswer.objects.filter(
                proof__post__exchange__offer__person=person
            ).select_related("proof")
        ],
        # What they said further down the thread of a post.
        "threads": [
            {"seen_at": kept.proof.seen_at, "thread": bytes(kept.body).decode()}
            for kept in ProofThread.objects.filter(
                proof__post__exchange__offer__person=person
            ).select_related("proof")
        ],
        "post_images": _rows(
            ProofImage.objects.filter(exchange__offer__person=person),
            "proof__seen_at what kind size sha256 at",
        ),
        "messages": _rows(
            person.messages.all(), "direction kind subject body language created_at sent_at"
        ),
        "tags": _rows(person.tags.all(), "name"),
        "said": _rows(
            person.said.all(),
            "at source fields before account__platform account__handle reason undone_at",
        ),
        "notes": _rows(person.notes.all(), "text written_at edited_at removed_at"),
        "files": _rows(person.files.all(), "name kind size why at removed_at"),
        # Who of the team it was stays within the team.
        "looks": _rows(person.looks.all(), "day what"),
        "breaks": _rows(person.breaks.all(), "began_at until ended_at"),
        "still_true": _rows(person.still_true.all(), "asked_at reminded_at answered_at answer"),
        "undeclared_posts": _rows(
            person.undeclared.all(),
            "brand__name platform url caption signs asked_at answered_at answer note",
        ),
        "timeline": _rows(person.timeline.all(), "at verb details"),
        # Records of theirs that were merged, as they were; and how much they resemble somebody,
        # who is not named.
        "merges": [
            {"at": merge.at, **{name: merge.other.get(name) for name in ABOUT.split()}}
            for merge in person.merges.filter(undone_at=None)
        ],
        "resemblances": _rows(
            DuplicatePair.objects.filter(Q(first=person) | Q(second=person)),
            "found_at probability keys decision decided_at",
        ),
    }


def _rows(rows: QuerySet[Any], names: str) -> Rows:
    return list(rows.values(*names.split()))


def as_table(document: dict[str, Any]) -> Iterator[tuple[str, int, str, Any]]:
    """The same facts as lines of one table: section, row, name, value."""
    for section, rows in document.items():
        for number, row in enumerate(rows, start=1):
            for name, value in row.items():
                yield section, number, name, value
