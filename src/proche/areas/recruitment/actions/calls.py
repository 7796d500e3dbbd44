"""Opening a call with a media partner."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.recruitment.models import Call
from proche.common.errors import Refusal


def open_call(programme: Programme, **words: Any) -> Call:
    try:
        with transaction.atomic():
            return Call.objects.create(programme=programme, **words)
    except IntegrityError as taken:
        raise Refusal(
            _("Another call already has this address. Choose another one."),
            code="slug_taken",
            field="slug",
        ) from taken
