"""Reads of brands and briefs used by several pages."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from proche.areas.brands.models import Brand, Brief, BriefDraft
from proche.areas.people.actions import fold
from proche.core import matching
from proche.core.topics import load
from proche.core.topics.taxonomy import Topic


def with_briefs(brands: QuerySet[Brand]) -> QuerySet[Brand]:
    """Each brand with its briefs, newest first, its drafts, and how many contacts it has."""
    briefs = Brief.objects.order_by("-starts_on", "-pk")
    drafts = BriefDraft.objects.current()
    return brands.prefetch_related(
        Prefetch("briefs", queryset=briefs), Prefetch("drafts", queryset=drafts)
    ).annotate(contact_count=Count("contacts", filter=Q(contacts__removed_at=None), distinct=True))


def found_by(brands: QuerySet[Brand], words: str) -> QuerySet[Brand]:
    """Those whose name, a category in either language, or the title of a brief holds the words."""
    kinds = [pk for pk, codes in brands.values_list("pk", "categories") if _names(codes, words)]
    named = Q(name__icontains=words) | Q(pk__in=kinds)
    titled = Q(briefs__title_fr__icontains=words) | Q(briefs__title_en__icontains=words)
    return brands.filter(pk__in=brands.filter(named | titled).values("pk"))


def _names(codes: list[str], words: str) -> bool:
    names = (name for side in ("fr", "en") for name in topic_names(codes, side))
    return any(fold(words) in fold(name) for name in names)


def topic_names(codes: Iterable[str], language: str | None = None) -> list[str]:
    """The names of topics in a language; a word outside the taxonomy is shown as it was typed."""
    known: dict[str, Topic] = {topic.code: topic for topic in load()}
    side = language or get_language() or "fr"
    return [known[code].name(side) if code in known else code for code in codes]


def limit_names(codes: Iterable[str], language: str | None = None) -> list[str]:
    """The same for what a product contains."""
    known = {limit.code: limit for limit in matching.limits()}
    side = language or get_language() or "fr"
    return [known[code].name(side) if code in known else code for code in codes]
