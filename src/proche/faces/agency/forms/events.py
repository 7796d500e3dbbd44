"""Where and when guests come."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from proche.areas.events.actions import Facts
from proche.areas.events.models import Event


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        # The control of the browser reads and writes ISO moments in every language.
        super().__init__(format="%Y-%m-%dT%H:%M")


class EventForm(forms.Form):
    title_fr = forms.CharField(label=_("Title in French"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    place = forms.CharField(
        label=_("Place"), max_length=120, help_text=_("As people call it: the name of the room.")
    )
    address = forms.CharField(label=_("Address"), max_length=200)
    starts_at = forms.DateTimeField(label=_("Starts at"), widget=Moment())
    ends_at = forms.DateTimeField(label=_("Ends at"), widget=Moment())
    seats = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        max_value=5000,
        help_text=_("Beyond them, whoever accepts waits in line."),
    )

    def clean_starts_at(self) -> datetime:
        starts_at: datetime = self.cleaned_data["starts_at"]
        # Moving an event that has begun is refused; correcting it in place is not.
        unchanged = starts_at == self.initial.get("starts_at")
        if starts_at < timezone.now() and not unchanged:
            raise forms.ValidationError(_("This moment has passed. Give one to come."))
        return starts_at

    def facts(self) -> Facts:
        return Facts(**self.cleaned_data)


def as_typed(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in EventForm.base_fields}
