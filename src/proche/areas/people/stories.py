"""The sentence of each timeline verb; placeholders are the entry's details."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.people.models import TimelineEntry
from proche.areas.people.wording import fact_name
from proche.common.choices import Tier

STORIES: dict[str, str | Promise] = {
    "person_applied": _("Signs up."),
    "person_member": _("Joins the bank."),
    "person_asleep": _("Takes a break."),
    "person_came_back": _("Is back from a break."),
    "break_proposed": _("Is proposed a break by the team."),
    "still_true_asked": _("Is asked whether what is known is still true."),
    "still_true_reminded": _("Is reminded, once, of that question."),
    "still_true_answered": _("Says that everything is still true."),
    "still_true_heard": _("Told the team that everything is still true."),
    "person_stays": _("Changed their mind before being erased, and stays."),
    "fact_corrected": _("A fact is corrected by the team: %(fact)s."),
    "correction_taken_back": _("The correction is taken back: %(fact)s."),
    "correction_objected": _("Objects to the correction, which is undone: %(fact)s."),
    "note_written": _("The team writes a note."),
    "note_removed": _("A note is removed."),
    "note_put_back": _("A note is put back."),
    "file_kept": _("The team keeps a file."),
    "file_removed": _("A file is removed."),
    "file_put_back": _("A file is put back."),
    "person_left": _("Leaves the programme."),
    "person_refused": _("The application is refused."),
    "consent_given": _("Gives a consent."),
    "consent_withdrawn": _("Withdraws a consent."),
    "question_asked": _("Asks: “%(question)s”"),
    "question_answered": _("Gets an answer."),
    "shown_to_brand": _("Is proposed to %(brand)s, which sees what they agreed to show."),
    "offer_sent": _("Gets an offer from %(brand)s: %(campaign)s."),
    "offer_reminded": _("Is reminded, once, of the offer from %(brand)s."),
    "offer_accepted": _("Accepts the offer from %(brand)s."),
    "offer_in_line": _("Says yes to %(brand)s when every place is taken: first in line."),
    "yes_taken_back": _("Takes back their yes to %(brand)s before the parcel leaves."),
    "offer_place_opened": _("Is told that a place opened with %(brand)s."),
    "offer_declined": _("Declines the offer from %(brand)s."),
    "offer_reconsidered": _("Thinks again about the offer from %(brand)s."),
    "offer_expired": _("Does not answer %(brand)s in time."),
    "offer_yes_kept": _("Says yes to %(brand)s after the offer was withdrawn: the yes is kept."),
    "offer_no_kept": _("Says no to %(brand)s after the offer was withdrawn: the no is kept."),
    "offer_withdrawn": _("The offer from %(brand)s is withdrawn."),
    "offer_waits_again": _("The offer from %(brand)s waits for an answer again."),
    "address_given": _("Gives an address for the parcel from %(brand)s."),
    "parcel_shipped": _("The parcel from %(brand)s leaves."),
    "parcel_not_shipped": _("The parcel from %(brand)s had not left after all."),
    "parcel_received": _("Has the parcel from %(brand)s; the address is erased."),
    "parcel_lost": _("The parcel from %(brand)s is lost."),
    "parcel_broken": _("The parcel from %(brand)s came broken."),
    "parcel_returned": _("The parcel from %(brand)s came back."),
    "parcel_replaced": _("Another parcel from %(brand)s is being prepared."),
    "feedback_given": _("Says privately what they think of %(brand)s."),
    "thanked": _("Is thanked for %(brand)s."),
    "thanks_taken_back": _("The thanks for %(brand)s are taken back."),
    "post_expected": _("A post about %(brand)s is expected."),
    "post_no_longer_expected": _("No post about %(brand)s is expected any more."),
    "post_submitted": _("Hands in a post about %(brand)s."),
    "post_checked": _("The post about %(brand)s is checked."),
    "correction_asked": _("Is asked to correct the post about %(brand)s."),
    "post_fixed": _("The post about %(brand)s is corrected."),
    "post_waived": _("The post about %(brand)s is no longer asked: %(reason)s"),
    "post_changed": _("The post about %(brand)s is seen changed, and is to be checked again."),
    "screenshot_asked": _("Is asked for a screenshot of the post about %(brand)s."),
    "post_begins_without": _(
        "The thread about %(brand)s does not say the link in its first post, and is to be checked "
        "again."
    ),
    "post_hidden": _(
        "The post about %(brand)s is no longer shown to everyone: taken away, or shown to some "
        "people only. It is to be checked again."
    ),
    "post_gone": _("The post about %(brand)s is no longer there, and is to be checked again."),
    "post_reopened": _("The post about %(brand)s is open again."),
    "post_reminded": _("Is reminded, once, of the post about %(brand)s."),
    "undeclared_asked": _("Is asked whether a post that names %(brand)s is commercial."),
    "undeclared_answered": _("Says whether a post that names %(brand)s is commercial."),
    "place_kept": _("Has a place at %(event)s."),
    "in_line_for_event": _("Is in line for %(event)s: every place is taken."),
    "place_opened": _("A place opens at %(event)s."),
    "presence_confirmed": _("Confirms coming to %(event)s."),
    "presence_not_confirmed": _("Coming to %(event)s is no longer confirmed."),
    "place_given_up": _("The place at %(event)s is given up."),
    "place_given_back": _("Has a place at %(event)s again."),
    "checked_in": _("Comes in at %(event)s."),
    "check_in_taken_back": _("Had not come in at %(event)s after all."),
    "did_not_come": _("Did not come to %(event)s."),
    "erased_in_time": _("Is erased: the time to keep them is over."),
    "limits_erased": _("Erases their allergies, diets and other limits."),
    "answers_changed": _("Changes their answers."),
    "figures_confirmed": _("The interface of %(network)s confirms the figures of the account."),
    "figures_not_found": _("The interface of %(network)s knows no such account."),
    "figures_private": _("The account on %(network)s asks not to be read by everyone."),
    "figures_not_read": _("The interface of %(network)s did not give the figures of the account."),
    "data_exported": _("Takes away a copy of their data."),
    "verdict_proposed": _("A verdict is proposed: %(tier)s."),
    "verdict_signed": _("The verdict is signed: %(tier)s."),
    "verdict_reopened": _("The verdict is opened again."),
    "verdict_kept": _("Somebody looked: the verdict in force is kept."),
    "verdict_looked_at_again": _("The proposed verdict waits to be looked at again."),
    "graduated": _("Has grown past the programme, and is thanked."),
    "imported": _("Comes with a list of the agency: %(file)s."),
    "import_completed": _("Is completed from a list of the agency: %(file)s."),
    "import_undone": _("What came from the list %(file)s is taken back."),
    "import_invited": _("Is asked, once, whether they agree to be here."),
    "import_confirmed": _("Agrees to be here, by the link received."),
    "email_confirmed": _("Confirms their email."),
    "merged": _("Two records of the same person are made one."),
    "merge_undone": _("The merge is undone: two records again."),
    "applicant_asked": _("Is asked a question about the application."),
    "applicant_answered": _("Answers the question about the application."),
    "applicant_waited_for": _("An answer about the application is waited for again."),
}


def story(entry: TimelineEntry) -> str:
    """The entry as a sentence in the current language; an unknown verb is shown as it is."""
    sentence = STORIES.get(entry.verb, entry.verb)
    details = dict(entry.details)
    if details.get("tier") in Tier.values:
        details["tier"] = Tier(details["tier"]).label
    if "fact" in details:
        details["fact"] = fact_name(details["fact"])
    try:
        return str(str(sentence) % details)
    except (KeyError, TypeError, ValueError):
        return str(sentence)
