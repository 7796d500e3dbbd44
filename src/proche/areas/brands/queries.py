"""Reads of brands and briefs used by several pages."""

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import get_language

from proche.areas.brands.models import Brand, Brief
from proche.core.topics import load
from proche.core.topics.taxonomy import Topic


def with_briefs(brands: QuerySet[Brand]) -> QuerySet[Brand]:
    """Each brand with its briefs, newest first, and how many contacts it has."""
    briefs = Brief.objects.order_by("-starts_on", "-pk")
    return brands.prefetch_related(Prefetch("briefs", queryset=briefs)).annotate(
        contact_count=Count("contacts", distinct=True)
    )


def topic_names(codes: list[str], language: str | None = None) -> list[str]:
    """The names of topics in a language; a word outside the taxonomy is shown as it was typed."""
    known: dict[str, Topic] = {topic.code: topic for topic in load()}
    side = language or get_language() or "fr"
    return [known[code].name(side) if code in known else code for code in codes]
