"""An open call, and forms as a browser would send them."""

from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest
from django.utils import timezone

from proche.areas.recruitment import actions
from proche.areas.recruitment.actions import Admitted
from proche.areas.recruitment.models import Call
from tests.cast import Cast


def a_call(cast: Cast, **words: Any) -> Call:
    today = timezone.localdate()
    facts: dict[str, Any] = {
        "slug": "les-gens-d-ici",
        "partner_name": "Bordée",
        "title_fr": "Qui vous donne envie d’essayer?",
        "title_en": "Who makes you want to try?",
        "text_fr": "Une coiffeuse, un boulanger.",
        "text_en": "A hairdresser, a baker.",
        "opens_on": today - timedelta(days=3),
        "closes_on": today + timedelta(days=3),
    }
    return actions.open_call(cast.programme, **facts | words)


def let_in(address: str = "", *, worked: bool = True) -> Admitted:
    """A form let in, from an address of its own unless one is given."""
    mark = address or token_hex(8)
    return Admitted(key=token_hex(8), mark=mark, worked=worked, notice_version=1)


@pytest.fixture
def call(cast: Cast) -> Call:
    return a_call(cast)
