"""What the sample holds: enough to see every room at work, all of it invented."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from proche.areas.accounts.models import Programme, Role, User
from proche.areas.brands.models import Brand, Brief
from proche.areas.campaigns.models import Campaign, Exchange, Offer, Parcel
from proche.areas.consent.models import Consent, Purpose
from proche.areas.content.models import Check, Post
from proche.areas.events.models import Event, Invitation
from proche.areas.evidence.models import AudienceSample, Evidence, Verdict
from proche.areas.impact.models import Result, Study
from proche.areas.matching.models import BrandReview, Roster
from proche.areas.messages.models import Message
from proche.areas.people.models import Account, Person, TimelineEntry
from proche.areas.recruitment.models import Application, Call, Nomination
from proche.common.choices import ExchangeKind, Language, Proof
from proche.common.regions import BY_CODE
from proche.faces.agency.navigation import waiting
from proche.faces.agency.owed import owed

# Marked in the address itself; RFC 2606 keeps .example for this.
INVENTED = ".example"
# What a guest is only once the doors have opened: the evening is still to come.
AFTER_THE_DOORS = {Invitation.State.CHECKED_IN, Invitation.State.NO_SHOW}


def members() -> "models.QuerySet[Person]":
    return Person.objects.filter(state=Person.State.MEMBER)


def states(rows: Any) -> set[str]:
    return set(rows.order_by().values_list("state", flat=True))


def test_the_programme_and_its_team_are_marked_as_sample(programme: Programme) -> None:
    assert (programme.name, programme.agency_name) == ("Voisines et voisins", "Voisine")
    assert programme.officer_name == "Hélène Brisson"
    assert not User.objects.filter(is_sample=False).exists()
    assert dict(Role.objects.values_list("user__email", "kind")) == {
        "maude@voisine.example": "owner",
        "jeremie@voisine.example": "assistant",
        "porte@voisine.example": "door",
    }


def test_there_are_500_members_with_at_least_four_in_each_region(programme: Programme) -> None:
    by_region = Counter(members().values_list("region", flat=True))
    assert sum(by_region.values()) == 500
    assert set(by_region) == set(BY_CODE)
    assert min(by_region.values()) >= 4


def test_members_are_of_both_profiles_and_languages(programme: Programme) -> None:
    archetypes = Counter(members().values_list("archetype", flat=True))
    languages = Counter(members().values_list("language", flat=True))
    assert min(archetypes.values()) >= 200
    assert languages[Language.FRENCH] > 5 * languages[Language.ENGLISH] > 0


def test_figures_come_at_every_level_of_proof_and_most_were_measured(
    programme: Programme,
) -> None:
    assert set(Account.objects.values_list("proof", flat=True)) == set(Proof.values)
    measured = Evidence.objects.filter(value__isnull=False, percentile__isnull=False)
    assert measured.values("person").distinct().count() > 300
    assert AudienceSample.objects.count() > 300
    followers = Account.objects.filter(person__state="member").values_list("followers", flat=True)
    assert sum(count < 5000 for count in followers if count is not None) > 480


def test_verdicts_are_mostly_nano_signed_by_maude(programme: Programme) -> None:
    tiers = Counter(Verdict.objects.signed().values_list("tier", flat=True))
    assert tiers["nano"] > 400
    assert tiers["micro"] > 5
    assert tiers["undetermined"] > 0
    signers = set(Verdict.objects.signed().values_list("signed_by__email", flat=True))
    assert signers == {"maude@voisine.example"}
    waiting = Verdict.objects.to_sign().filter(person__state=Person.State.MEMBER)
    assert waiting.count() == 2


def test_closeness_is_unknown_where_figures_are_only_declared(programme: Programme) -> None:
    only_declared = Verdict.objects.exclude(
        person__accounts__proof__in=["archive", "api", "public"]
    )
    assert only_declared.exists()
    assert not only_declared.filter(closeness__isnull=False).exists()


def test_not_everyone_gives_every_consent(programme: Programme) -> None:
    in_force = Consent.objects.filter(person__state="member", withdrawn_at=None)
    given = Counter(in_force.values_list("purpose", flat=True))
    assert given[Purpose.BANK] == 500
    assert all(0 < given[purpose] < 500 for purpose in Purpose if purpose != Purpose.BANK)


def test_applications_stand_in_every_state(programme: Programme) -> None:
    counts = Counter(Application.objects.values_list("state", flat=True))
    assert set(counts) == set(Application.State.values)
    assert (counts["received"], counts["review"]) == (9, 1)
    assert Person.objects.filter(state=Person.State.ASLEEP).count() == 8


def test_one_call_has_60_nominations_in_every_state(programme: Programme) -> None:
    assert Call.objects.get().partner_name == "Bordée"
    assert Nomination.objects.count() == 60
    assert states(Nomination.objects) == set(Nomination.State.values)
    forgotten = Nomination.objects.filter(state__in=["refused", "expired"])
    assert not forgotten.exclude(nominator_name="", handle="", platform="").exists()


def test_six_brands_have_eight_briefs_of_every_exchange(programme: Programme) -> None:
    assert Brand.objects.filter(contacts__isnull=False).distinct().count() == 6
    assert Brief.objects.count() == 8
    assert set(Brief.objects.values_list("exchange", flat=True)) == set(ExchangeKind.values)
    assert Brief.objects.filter(adults_only=True).count() == 1


def test_two_gift_campaigns_and_one_event_are_under_way(programme: Programme) -> None:
    formats = Counter(Campaign.objects.values_list("brief__format", flat=True))
    assert formats == {"product": 2, "event": 1}
    assert states(Offer.objects) == set(Offer.State.values)
    assert states(Parcel.objects) == set(Parcel.State.values)
    assert states(Post.objects) == set(Post.State.values)
    assert states(Invitation.objects) == set(Invitation.State.values) - AFTER_THE_DOORS


def test_the_evening_is_next_thursday_at_half_past_five(programme: Programme) -> None:
    starts = timezone.localtime(Event.objects.get().starts_at)
    assert (starts.weekday(), starts.hour, starts.minute) == (3, 17, 30)
    assert 0 < (starts.date() - timezone.localdate()).days <= 7


def test_nobody_is_asked_more_often_than_the_programme_allows(programme: Programme) -> None:
    asks = Counter(Offer.objects.exclude(sent_at=None).values_list("person", flat=True))
    assert max(asks.values()) <= programme.asks_per_quarter


def test_an_address_is_kept_only_while_a_parcel_is_under_way(programme: Programme) -> None:
    with_address = Parcel.objects.exclude(street="")
    assert states(with_address) <= {"to_prepare", "shipped", "lost"}
    assert set(with_address.values_list("postal_code", flat=True)) == {"G0G 0G0"}


def test_captions_were_read_by_the_rules_and_found_good_and_bad(programme: Programme) -> None:
    verdicts = set(Check.objects.values_list("verdict", flat=True))
    assert {"OK", "MISPLACED", "AMBIGUOUS", "HUMAN"} <= verdicts
    assert set(Post.objects.exclude(caption="").values_list("language", flat=True)) == {"fr", "en"}


def test_rosters_say_how_near_they_are_to_the_best(programme: Programme) -> None:
    assert Roster.objects.count() == 6
    assert all(roster.proven and roster.proven > 0.7 for roster in Roster.objects.all())
    assert states(BrandReview.objects) == {"waiting", "approved", "questioned"}


def test_one_study_concludes_and_one_does_not(programme: Programme) -> None:
    found = dict(Result.objects.values_list("study__title_fr", "conclusive"))
    assert found == {"Sirop pétillant": True, "Vitrine d’automne": False}
    ratio = Result.objects.get(conclusive=True).figures["ratio"]
    assert ratio["set"] == "bounded"
    assert not Study.objects.filter(planned_at=None).exists()


def test_today_has_things_to_do_and_three_wait_too_long(programme: Programme) -> None:
    groups = {group.name: group.rows for group in owed(programme, waiting(programme))}
    rows = [row for some in groups.values() for row in some]
    assert 17 <= len(rows) <= 35
    assert sum(row.late for row in rows) == 3
    assert all(groups.values())


def test_nothing_is_dated_after_the_day_of_loading(programme: Programme) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert not TimelineEntry.objects.filter(at__date__gte=tomorrow).exists()
    assert not Message.objects.filter(created_at__date__gte=tomorrow).exists()


def test_timelines_tell_what_the_rows_say(programme: Programme) -> None:
    told = Counter(TimelineEntry.objects.values_list("verb", flat=True))
    assert told["offer_accepted"] == Exchange.objects.count()
    assert told["offer_sent"] == Offer.objects.exclude(sent_at=None).count()
    assert told["verdict_signed"] == Verdict.objects.signed().count()
    assert told["consent_given"] == Consent.objects.count()
    assert told["thanked"] == Exchange.objects.exclude(thanked_at=None).count()


def test_every_address_is_invented(programme: Programme) -> None:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.EmailField | models.URLField):
                for value in model._default_manager.values_list(field.name, flat=True):
                    host = str(value).split("@")[-1].split("//")[-1].split("/")[0]
                    assert not value or host.endswith(INVENTED), (model, field.name, value)
