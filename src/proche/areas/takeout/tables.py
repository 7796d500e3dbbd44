"""Which tables leave, with which columns. One list for the files, their headings and their
description; a column is the path of a field from the rows of its table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, Field, Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brand
from proche.areas.people.models import Account, Tag
from proche.areas.recruitment.models import Nomination

# Rows read at once, and held in memory.
PAGE = 2_000
Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """`owner` is the path from a row to its programme; `paths` are the columns in their order."""

    name: str
    label: str | Promise
    model: str
    owner: str
    paths: tuple[str, ...]
    # Columns worked out for a page of rows at once, by primary key.
    worked_out: tuple[tuple[str, Callable[[list[int]], dict[int, Any]]], ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.paths, *(name for name, _work in self.worked_out))

    def of(self, programme: Programme) -> QuerySet[Any]:
        model: type[Model] = apps.get_model(self.model)
        return model._default_manager.filter(**{self.owner: programme})

    def count(self, programme: Programme) -> int:
        return self.of(programme).count()

    def rows(self, programme: Programme) -> Rows:
        """In the order of the primary keys, a page at a time: no cursor stays open for minutes,
        and memory does not grow with the table."""
        last = 0
        while True:
            page = self.of(programme).filter(pk__gt=last).order_by("pk")
            found = list(page.values_list("pk", *self.paths)[:PAGE])
            if not found:
                return
            keys = [row[0] for row in found]
            more = [work(keys) for _name, work in self.worked_out]
            for row in found:
                yield (*row[1:], *(values.get(row[0]) for values in more))
            last = keys[-1]

    def field(self, path: str) -> "Field[Any, Any] | None":
        """The field of the model at the end of a path; None for a column worked out."""
        if path not in self.paths:
            return None
        model: Any = apps.get_model(self.model)
        *steps, last = path.split("__")
        for step in steps:
            model = model._meta.get_field(step).related_model
        field: Field[Any, Any] = model._meta.get_field(last)
        return field


def _tags_of(people: list[int]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    rows = Tag.people.through.objects.filter(person__in=people).order_by("tag__name")
    for person, name in rows.values_list("person_id", "tag__name"):
        found.setdefault(person, []).append(name)
    return {person: "; ".join(names) for person, names in found.items()}


def _accounts_of(people: list[int]) -> dict[int, str]:
    """`instagram:camille=4200; tiktok:camille`, which an import reads back."""
    found: dict[int, list[str]] = {}
    rows = Account.objects.filter(person__in=people).order_by("pk")
    for person, platform, handle, followers in rows.values_list(
        "person_id", "platform", "handle", "followers"
    ):
        count = "" if followers is None else f"={followers}"
        found.setdefault(person, []).append(f"{platform}:{handle}{count}")
    return {person: "; ".join(accounts) for person, accounts in found.items()}


def _nominations_of(calls: list[int]) -> dict[int, int]:
    rows = Nomination.objects.filter(call__in=calls).order_by().values_list("call")
    return dict(rows.annotate(n=Count("pk")))


def _accepted_of(calls: list[int]) -> dict[int, int]:
    rows = Nomination.objects.filter(call__in=calls, state=Nomination.State.ACCEPTED)
    return dict(rows.order_by().values_list("call").annotate(n=Count("pk")))


def _rivals_of(brands: list[int]) -> dict[int, str]:
    """Of the programme; those it only names are in a column of their own."""
    found: dict[int, list[str]] = {}
    rows = Brand.objects.filter(rivals__in=brands).order_by("name", "pk")
    for brand, name in rows.values_list("rivals", "name"):
        found.setdefault(brand, []).append(name)
    return {brand: "; ".join(names) for brand, names in found.items()}


def _table(
    name: str, label: str | Promise, model: str, owner: str, paths: str, **more: Any
) -> Table:
    worked_out = tuple(more.items())
    return Table(name, label, model, owner, tuple(paths.split()), worked_out)


TABLES = (
    _table(
        "people", _("People"), "people.Person", "programme",
        "key given_name family_name email language region city archetype occupation "
        "seeks_living own_words topics content_languages tries_products attends_events "
        "refused_brands limits limits_to_ask accepts_alcohol adult state joined_at created_at",
        accounts=_accounts_of, tags=_tags_of,
    ),
    _table(
        "accounts", _("Accounts"), "people.Account", "person__programme",
        "person__key platform handle followers following posts_total bio proof as_of",
    ),
    _table(
        "tags", _("Tags"), "people.Tag_people", "person__programme", "person__key tag__name",
    ),
    _table(
        "consents", _("Consents"), "consent.Consent", "person__programme",
        "person__key purpose text__version text__title_fr text__title_en language source "
        "french_shown_at given_at withdrawn_at",
    ),
    _table(
        "facts", _("Who said what"), "people.Said", "person__programme",
        "person__key account__platform account__handle fields before source by__name at reason "
        "undone_at",
    ),
    _table(
        "notes", _("Notes"), "people.Note", "person__programme",
        "person__key author__name text written_at edited_at removed_at",
    ),
    _table(
        "files", _("Files"), "people.PersonFile", "person__programme",
        "person__key key name kind size why by__name at removed_at",
    ),
    _table(
        "looks", _("Who looked"), "people.Look", "person__programme",
        "person__key user__name what day",
    ),
    _table(
        "breaks", _("Breaks"), "people.Break", "person__programme",
        "person__key began_at until ended_at",
    ),
    _table(
        "yearly", _("Yearly question"), "people.StillTrue", "person__programme",
        "person__key asked_at reminded_at answered_at answer by__name",
    ),
    _table(
        "origins", _("Imported people"), "imports.Origin", "person__programme",
        "person__key batch__file_name created_at basis dated_on source note invited_at "
        "confirmed_at",
    ),
    _table(
        "imports", _("Imports"), "imports.ImportBatch", "programme",
        "file_name state by__name created_at total counts imported_at undone_at",
    ),
    _table(
        "evidence", _("Evidence"), "evidence.Evidence", "person__programme",
        "person__key account__platform account__handle measure value n low high percentile proof "
        "as_of note",
    ),
    _table(
        "verdicts", _("Verdicts"), "evidence.Verdict", "person__programme",
        "person__key tier archetype closeness closeness_low closeness_high closeness_from "
        "authenticity confidence reasons to_confirm thresholds_version proposed_at "
        "signed_by__name signed_at override_reason replaced_at change kept_at kept_until",
    ),
    _table(
        "calls", _("Calls, with how many were named"), "recruitment.Call", "programme",
        "slug partner_name title_fr title_en opens_on closes_on",
        nominations=_nominations_of, nominations_accepted=_accepted_of,
    ),
    _table(
        "applications", _("Applications"), "recruitment.Application", "person__programme",
        "person__key state language submitted_at email_confirmed_at decided_by__name decided_at "
        "refusal_reason review_asked_at workplace shows_trade shows_clients shares",
    ),
    _table(
        "ready_words", _("Ready words"), "recruitment.Preset", "programme",
        "kind code version title_fr title_en text_fr text_en removed written_by__name written_at",
    ),
    _table(
        "brands", _("Brands"), "brands.Brand", "programme",
        "id name aliases categories other_rivals regions languages values_fr values_en "
        "never_beside website created_at",
        rivals=_rivals_of,
    ),
    _table(
        "contacts", _("Contacts of the brands"), "brands.Contact", "brand__programme",
        "brand__name name email language removed_at",
    ),
    _table(
        "briefs", _("Briefs"), "brands.Brief", "brand__programme",
        "id brand__name format exchange obligation title_fr title_en gets_fr gets_en asks_fr "
        "asks_en content_fr content_en avoid_fr avoid_en fair_value_cents budget_cents quantity "
        "starts_on ends_on topics regions languages archetypes contains alcohol adults_only "
        "for_children required_words countries created_at",
    ),
    _table(
        "brief_drafts", _("Drafts of briefs"), "brands.BriefDraft", "brand__programme",
        "brand__name typed saved_at saved_by__name removed_at",
    ),
    _table(
        "ranking_rules", _("How the programme ranks"), "matching.RankingRules", "programme",
        "weights exclusivity_months asks_per_quarter changed_by__name changed_at",
    ),
    _table(
        "incidents", _("Register of incidents"), "incidents.IncidentVersion", "incident__programme",
        "incident__number version at by__name reason what happened_on happened_until known_on "
        "information whose people estimated serious why_serious commission_told_on people_told_on "
        "public_notice measures",
    ),
    _table(
        "kept_for", _("How long people are kept"), "content.KeptFor", "programme",
        "refused_months silent_months changed_by__name changed_at",
    ),
    _table(
        "shortlists", _("Shortlists"), "matching.ShortlistEntry",
        "shortlist__brief__brand__programme",
        "shortlist__brief_id person__key shortlist__made_at rank score parts reasons against",
    ),
    _table(
        "factors", _("What decided a choice"), "matching.Factors", "brief__brand__programme",
        "brief_id person__key ranked_at chosen_at chosen_by__name rank considered score weights "
        "parts reasons against",
    ),
    _table(
        "rosters", _("Rosters"), "matching.RosterPlace",
        "roster__shortlist__brief__brand__programme",
        "roster__shortlist__brief_id person__key roster__made_at position gain locked",
    ),
    _table(
        "roster_terms", _("People in the conditions of rosters"), "matching.RosterTerm",
        "roster__shortlist__brief__brand__programme",
        "roster__shortlist__brief_id person__key left_out let_go_at let_go_by__name had_seat "
        "cost_cents",
    ),
    _table(
        "roster_conflicts", _("People kept apart in rosters"), "matching.RosterConflict",
        "roster__shortlist__brief__brand__programme",
        "roster__shortlist__brief_id first__key second__key",
    ),
    _table(
        "reviews", _("Reviews by the brands"), "matching.BrandReview",
        "roster__shortlist__brief__brand__programme",
        "id roster__shortlist__brief_id contact__name state sent_by__name created_at expires_at "
        "opened_at revoked_at answered_at",
    ),
    _table(
        "review_words", _("Words of the reviews"), "matching.ReviewWord",
        "review__roster__shortlist__brief__brand__programme",
        "review_id state text at by__name",
    ),
    _table(
        "waves", _("Waves"), "campaigns.Wave", "campaign__brief__brand__programme",
        "campaign__brief_id number made_at sent_at sent_by__name respond_by ended_at",
    ),
    _table(
        "offers", _("Offers"), "campaigns.Offer", "campaign__brief__brand__programme",
        "key campaign__brief_id wave__number person__key state sent_at sent_by__name respond_by "
        "answered_at decline_reason wanted_at called_at reminded_at reminded_by__name stopped_at "
        "withdrawal_read_at meanwhile meanwhile_at",
    ),
    _table(
        "exchanges", _("Exchanges"), "campaigns.Exchange",
        "offer__campaign__brief__brand__programme",
        "offer__key offer__person__key kind obligation fair_value_cents agreed_at post_due_on "
        "feedback thanked_at closed_at",
    ),
    _table(
        "parcels", _("Parcels"), "campaigns.Parcel",
        "exchange__offer__campaign__brief__brand__programme",
        "exchange__offer__key exchange__offer__person__key state street town postal_code note "
        "tracking prepared_at shipped_at received_at problem",
    ),
    _table(
        "events", _("Events"), "events.Event", "campaign__brief__brand__programme",
        "id campaign__brief_id title_fr title_en place address starts_at ends_at seats",
    ),
    _table(
        "invitations", _("Invitations"), "events.Invitation",
        "event__campaign__brief__brand__programme",
        "event_id person__key state changed_at check_in__at",
    ),
    _table(
        "posts", _("Posts"), "content.Post",
        "exchange__offer__campaign__brief__brand__programme",
        "id exchange__offer__key exchange__offer__person__key state platform format language url "
        "caption on_screen said expected_at submitted_at corrections closed_by__name closed_at "
        "waiver_reason",
    ),
    _table(
        "findings", _("Findings"), "content.Check",
        "post__exchange__offer__campaign__brief__brand__programme",
        "post_id at verdict findings not_seen rules_version jurisdiction",
    ),
    _table(
        "undeclared", _("Posts asked about"), "content.Undeclared", "person__programme",
        "person__key brand__name platform url caption signs asked_at answered_at answer note "
        "closed_by__name closed_at",
    ),
    _table(
        "proofs", _("Proofs of the posts"), "content.Proof",
        "post__exchange__offer__campaign__brief__brand__programme",
        "post_id seen_at who by__name day found source http_status reason url text whole verdict "
        "rules_version sealed previous erased_at",
    ),
    _table(
        "proof_images", _("Images of the posts"), "content.ProofImage",
        "exchange__offer__campaign__brief__brand__programme",
        "proof__post_id proof__seen_at key what kind size sha256 at",
    ),
    _table(
        "rechecks", _("Looks at the posts"), "content.Recheck",
        "post__exchange__offer__campaign__brief__brand__programme",
        "post_id day due_at asks_person done_at",
    ),
    _table(
        "studies", _("Studies"), "impact.Study", "brand__programme",
        "id brand__name title_fr title_en unit_fr unit_en outcome_fr outcome_en units_per_arm "
        "periods_before periods_after planned_at starts_on created_at",
    ),
    _table(
        "observations", _("Figures of the studies"), "impact.Observation",
        "study__brand__programme",
        "study_id unit arm period on outcome exposure cost",
    ),
    _table(
        "results", _("Results of the studies"), "impact.Result", "study__brand__programme",
        "study_id entered_by__name entered_at file_name figures conclusive",
    ),
    _table(
        "messages", _("Messages"), "programme_messages.Message", "programme",
        "person__key direction kind to language subject body state by__name created_at sent_at",
    ),
    _table(
        "timeline", _("Timeline"), "people.TimelineEntry", "person__programme",
        "person__key at verb by__name details",
    ),
    _table(
        "team", _("Team"), "accounts.Role", "programme", "user__name user__email kind given_at",
    ),
)  # fmt: skip
