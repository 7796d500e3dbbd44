"""A form whose verb may refuse: the refusal stands by its field, what was typed is kept."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from proche.common.errors import Refusal

T = TypeVar("T")


def kept(form: forms.BaseForm, act: Callable[[], T]) -> T | None:
    """What the verb gave back; None where the form or the verb refused."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.sentence))
        return None
