"""Days as people say them, without the year: « mardi 21 octobre », “Tuesday, October 21”."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def long_day(moment: date | datetime | None) -> str:
    return _written(moment, pgettext("how a day is written", "l, F j"))


@register.filter
def month_day(moment: date | datetime | None) -> str:
    return _written(moment, pgettext("how a day is written", "F j"))


def _written(moment: date | datetime | None, pattern: str) -> str:
    if moment is None:
        return ""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return written(day, pattern)
