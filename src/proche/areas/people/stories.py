"""The sentence of each timeline verb; placeholders are the entry's details."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.people.models import TimelineEntry

STORIES: dict[str, str | Promise] = {
    "person_applied": _("Signs up."),
    "person_member": _("Joins the bank."),
    "person_asleep": _("Takes a break."),
    "person_left": _("Leaves the programme."),
    "person_refused": _("The application is refused."),
    "consent_given": _("Gives a consent."),
    "consent_withdrawn": _("Withdraws a consent."),
    "question_asked": _("Asks: “%(question)s”"),
    "question_answered": _("Gets an answer."),
}


def story(entry: TimelineEntry) -> str:
    """The entry as a sentence in the current language; an unknown verb is shown as it is."""
    sentence = STORIES.get(entry.verb, entry.verb)
    try:
        return str(sentence) % entry.details
    except (KeyError, TypeError, ValueError):
        return str(sentence)
