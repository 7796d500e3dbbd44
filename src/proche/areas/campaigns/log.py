"""The contact log: who asked whom, when, by which road, with what answer. It is read from the
timelines, where every act about an offer is written in the transaction that does it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.campaigns.models import Campaign, Offer
from proche.areas.people.models import Person, TimelineEntry
from proche.areas.people.stories import story

BY_MAIL = _("by email")
ON_THEIR_PAGE = _("on their page")
ROADS: dict[str, str | Promise] = {
    "offer_sent": BY_MAIL,
    "offer_reminded": BY_MAIL,
    "offer_place_opened": BY_MAIL,
    "offer_accepted": ON_THEIR_PAGE,
    "offer_in_line": ON_THEIR_PAGE,
    "offer_declined": ON_THEIR_PAGE,
    "offer_reconsidered": ON_THEIR_PAGE,
    "offer_yes_kept": ON_THEIR_PAGE,
    "offer_no_kept": ON_THEIR_PAGE,
    "yes_taken_back": ON_THEIR_PAGE,
    "offer_withdrawn": _("nobody is written to"),
    "offer_waits_again": _("nobody is written to"),
    "offer_expired": "",
}
# As the log of one campaign says it: the page names the brand and the campaign once.
BRIEFLY: dict[str, str | Promise] = {
    "offer_sent": _("Gets the offer."),
    "offer_reminded": _("Is reminded, once."),
    "offer_place_opened": _("Is told that a place opened."),
    "offer_accepted": _("Accepts."),
    "offer_in_line": _("Says yes when every place is taken: first in line."),
    "offer_declined": _("Declines."),
    "offer_reconsidered": _("Thinks again."),
    "offer_yes_kept": _("Says yes after the offer was withdrawn: the yes is kept."),
    "offer_no_kept": _("Says no after the offer was withdrawn: the no is kept."),
    "yes_taken_back": _("Takes back their yes before the parcel leaves."),
    "offer_withdrawn": _("The offer is withdrawn."),
    "offer_waits_again": _("The offer waits for an answer again."),
    "offer_expired": _("Does not answer in time."),
}


@dataclass(frozen=True)
class Contact:
    """One line of the log; without `by`, the person themself or the machine."""

    person: Person
    at: datetime
    by: User | None
    said: str
    road: str


def log_of(campaign: Campaign) -> QuerySet[TimelineEntry]:
    """Every contact of a campaign, the latest first."""
    offers = list(campaign.offers.exclude(state=Offer.State.DRAFT).values_list("pk", flat=True))
    rows = TimelineEntry.objects.filter(verb__in=ROADS, person__offers__campaign=campaign)
    return rows.filter(details__offer__in=offers).select_related("person", "by")


def log_with(person: Person) -> QuerySet[TimelineEntry]:
    """Every contact about an offer with one person, whatever the campaign, the latest first."""
    return person.timeline.filter(verb__in=ROADS).select_related("person", "by")


def contact(entry: TimelineEntry, *, briefly: bool = False) -> Contact:
    """`briefly`: among those of one campaign, which is not named again."""
    said = str(BRIEFLY[entry.verb]) if briefly else story(entry)
    return Contact(entry.person, entry.at, entry.by, said, _road(entry))


def _road(entry: TimelineEntry) -> str:
    if entry.verb == "offer_waits_again" and entry.details.get("told"):
        return str(BY_MAIL)
    road = str(ROADS[entry.verb])
    wave = entry.details.get("wave")
    if wave is None:
        return road
    if entry.details.get("by_itself"):
        return gettext("%(road)s, wave %(wave)s, left by itself") % {"road": road, "wave": wave}
    return gettext("%(road)s, wave %(wave)s") % {"road": road, "wave": wave}
