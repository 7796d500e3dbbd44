"""Reads of consent: the words in force, and who agreed to what."""

from django.db.models import Exists, OuterRef

from proche.areas.consent.models import TOGETHER, Consent, ConsentText


def text_in_force(purpose: str) -> ConsentText:
    return ConsentText.objects.filter(purpose=purpose).latest("version")


def texts_in_force() -> dict[str, ConsentText]:
    """The latest version of each purpose."""
    return {text.purpose: text for text in ConsentText.objects.order_by("version")}


def texts_together() -> dict[str, ConsentText]:
    """Of the purposes asked together, in the order they are asked."""
    texts = texts_in_force()
    return {purpose: texts[purpose] for purpose in TOGETHER}


def agreed(purpose: str, person_path: str = "pk") -> Exists:
    """A filter for people (or rows reaching them by `person_path`) with this consent in force."""
    return Exists(
        Consent.objects.filter(person=OuterRef(person_path), purpose=purpose, withdrawn_at=None)
    )
