"""How many to choose, and who at the brand is shown the choice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.brands.models import Brand, Contact


class SizeForm(forms.Form):
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=200)


class ShowForm(forms.Form):
    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), label=_("To whom"), empty_label=None
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = brand.contacts.current().order_by("name", "pk")
        field: Any = self.fields["contact"]
        field.queryset = contacts
        field.label_from_instance = lambda contact: f"{contact.name}, {contact.email}"
        field.initial = contacts.first()
