"""Briefs put aside as they were typed."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from proche.areas.accounts.models import User
from proche.areas.brands.models import Brand, BriefDraft


def save_draft(
    brand: Brand,
    typed: Mapping[str, Sequence[str]],
    *,
    by: User | None,
    draft: BriefDraft | None = None,
) -> BriefDraft:
    """Keep what was typed, right or wrong; a draft already open is written over."""
    kept = draft or BriefDraft(brand=brand)
    # PostgreSQL holds no null character, which no keyboard writes.
    kept.typed = {
        name: [value.replace("\0", "") for value in values] for name, values in typed.items()
    }
    kept.saved_at, kept.saved_by, kept.removed_at = timezone.now(), by, None
    kept.save()
    return kept


def remove_draft(draft: BriefDraft, *, by: User | None) -> None:
    BriefDraft.objects.filter(pk=draft.pk, removed_at=None).update(removed_at=timezone.now())


def put_draft_back(draft: BriefDraft, *, by: User | None) -> None:
    BriefDraft.objects.filter(pk=draft.pk).update(removed_at=None)
