"""How sure a verdict is, as a word and what it rests on."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from proche.areas.evidence.models import Verdict
from proche.common.words import share

HIGH, FAIR = 0.8, 0.5


def confidence_of(verdict: Verdict) -> tuple[str, str]:
    """The word, then what it means: a share alone would read as the odds of being right."""
    known = {"share": share(verdict.confidence)}
    rests = _("%(share)s of what makes a verdict sure is known and agrees") % known
    if verdict.confidence >= HIGH:
        return pgettext("confidence", "good"), rests
    return (
        pgettext("confidence", "fair")
        if verdict.confidence >= FAIR
        else pgettext("confidence", "low")
    ), rests
