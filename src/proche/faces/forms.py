"""Forms shared by more than one face: the first start, and the box beside what is sensitive."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.consent import limits
from proche.areas.consent.models import Purpose
from proche.areas.consent.queries import text_in_force
from proche.common.words import side


class _VersionBox(forms.CheckboxInput):
    """Sends the version of the words beside it: ticked under other words, it is not ticked."""

    def __init__(self, version: int, **more: str) -> None:
        super().__init__(attrs={"value": str(version), **more})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        return bool(data.get(name) == self.attrs["value"])


class LimitsBox(forms.BooleanField):
    """The consent to keep limits, beside the field they are written in. The French words stand
    first, whatever the language of the page (Charter, s. 55)."""

    def __init__(self, **attributes: str) -> None:
        self.text = text_in_force(Purpose.LIMITS)
        super().__init__(
            label=side(self.text, "title"),
            help_text=side(self.text, "consequence"),
            required=False,
            widget=_VersionBox(self.text.version, **attributes),
            template_name="ui/consent_box.html",
        )


def need_the_box(form: forms.BaseForm) -> None:
    """Limits without the box: an error beside it; both stay as they were typed."""
    if form.cleaned_data.get("limits") and not form.cleaned_data.get(limits.BOX):
        form.add_error(limits.BOX, limits.BOX_NEEDED)


class FirstStartForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your email"),
        help_text=_("You sign in with a code sent to this address. There is no password."),
    )
    agency_name = forms.CharField(label=_("Name of the agency"), max_length=120)
    programme_name = forms.CharField(
        label=_("Name of the programme"),
        max_length=120,
        help_text=_("One bank of members, with its rules and its team."),
    )
    postal_address = forms.CharField(
        label=_("Postal address"),
        max_length=250,
        help_text=_("The law asks for it at the foot of every message."),
    )
