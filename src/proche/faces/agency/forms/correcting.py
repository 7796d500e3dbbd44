"""The form of one fact: its field as the person's own form has it, and why."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.people.models import Account, Person
from proche.areas.people.wording import fact_name
from proche.common.choices import Language
from proche.common.regions import REGIONS
from proche.core import topics


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it, and may put the fact back as it was."),
    )

    def __init__(self, row: Person | Account, name: str, data: Any = None) -> None:
        super().__init__(data, initial={"value": getattr(row, name)})
        self.fields = {"value": _field(row, name), **self.fields}
        self.fields["value"].label = fact_name(name).capitalize()


def _field(row: Person | Account, name: str) -> forms.Field:
    language = get_language() or "fr"
    if name == "region":
        found = sorted((region.code, region.name(language)) for region in REGIONS)
        return forms.ChoiceField(choices=found)
    if name == "topics":
        held = set(getattr(row, name))
        known = [t for t in topics.load() if t.broader is None or t.code in held]
        choices = sorted(((t.code, t.name(language)) for t in known), key=lambda one: one[1])
        return forms.MultipleChoiceField(
            choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    if name == "content_languages":
        return forms.MultipleChoiceField(
            choices=Language.choices, widget=forms.CheckboxSelectMultiple
        )
    field = row._meta.get_field(name).formfield()  # type: ignore[union-attr]
    assert isinstance(field, forms.Field)
    return field
