"""What happened with each person, with the captions of what they posted."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from proche.areas.accounts.models import Programme
from proche.areas.campaigns import histories as campaigns
from proche.areas.content.models import Post
from proche.areas.matching.history import NEW, History

# Enough to know what somebody speaks of; the newest say best what they speak of now.
CAPTIONS = 5


def histories(
    programme: Programme, *, today: date | None = None, only: Collection[int] | None = None
) -> dict[int, History]:
    """By person, of everybody or of these; three queries, whatever the bank."""
    found = campaigns.histories(programme, today=today, only=only)
    for person_id, captions in _captions(programme, only).items():
        found[person_id] = replace(found.get(person_id, NEW), captions=tuple(captions))
    return found


def _captions(programme: Programme, only: Collection[int] | None) -> dict[int, list[str]]:
    """The newest first."""
    posts = Post.objects.in_programme(programme).filter(submitted_at__isnull=False)
    if only is not None:
        posts = posts.filter(exchange__offer__person__in=only)
    said = posts.exclude(caption="").order_by("-submitted_at", "-pk")
    newest: dict[int, list[str]] = defaultdict(list)
    for person_id, caption in said.values_list("exchange__offer__person", "caption"):
        if len(newest[person_id]) < CAPTIONS:
            newest[person_id].append(caption)
    return newest
