"""The answer of an imported person: the consents of the sign-up, one by one, and their age."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.faces.public.forms.sign_up import ConsentsForm

ADULT = "adult"


class AnswerForm(ConsentsForm):
    def __init__(self, *args: Any, age: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ADULT] = forms.BooleanField(
            label=_("I am %(age)d or older") % {"age": age},
            error_messages={
                "required": _("The programme is for people of %(age)d and older.") % {"age": age}
            },
        )

    @property
    def purposes(self) -> list[str]:
        return [name for name in super().purposes if name != ADULT]
