"""What a kept answer of an interface says besides the words: whose post it is, and what was counted
at that hour. A count that the network hides is left out."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proche.areas.content.asking import told_in
from proche.areas.content.proofs import Proof
from proche.areas.content.proving import answer_of
from proche.common.words import figure
from proche.platforms.seen import Counts


def answer_words(proof: Proof, platform: str) -> str:
    """Empty where no interface was asked, or once it is erased."""
    answer = answer_of(proof)
    told = told_in(platform, answer) if answer else None
    if told is None:
        return ""
    parts = [f"@{told.author}", *_counted(told.counts)]
    if told.edited_at:
        day = date_format(timezone.localtime(told.edited_at), "DATE_FORMAT")
        parts.append(_("edited by its author on %(day)s") % {"day": day})
    return ", ".join(parts)


def _counted(counts: Counts) -> list[str]:
    found = []
    if counts.likes is not None:
        found.append(ngettext("%(n)s like", "%(n)s likes", counts.likes) % _n(counts.likes))
    if counts.replies is not None:
        found.append(ngettext("%(n)s reply", "%(n)s replies", counts.replies) % _n(counts.replies))
    if counts.reposts is not None:
        found.append(ngettext("%(n)s repost", "%(n)s reposts", counts.reposts) % _n(counts.reposts))
    return found


def _n(count: int) -> dict[str, str]:
    return {"n": figure(count)}
