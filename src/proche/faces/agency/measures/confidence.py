"""How sure a verdict is, as a word and what it rests on."""

from django.utils.translation import gettext as _

from proche.areas.evidence.models import Verdict
from proche.common.words import share

HIGH, FAIR = 0.8, 0.5


def confidence_of(verdict: Verdict) -> tuple[str, str]:
    """The word, then what it means: a share alone would read as the odds of being right."""
    known = {"share": share(verdict.confidence)}
    rests = _("%(share)s of what makes a verdict sure is known and agrees") % known
    if verdict.confidence >= HIGH:
        return _("good"), rests
    return (_("fair") if verdict.confidence >= FAIR else _("low")), rests
