"""What is asked on the pages of the bank."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.messages.team_letters import TeamLetter
from proche.areas.people.bank import BankView
from proche.faces.agency.bank_search.table import COLUMNS, ROWS


class TableForm(forms.Form):
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(column.code, column.label) for column in COLUMNS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rows = forms.TypedChoiceField(
        label=_("Rows on a page"), choices=[(n, str(n)) for n in ROWS], coerce=int
    )


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = BankView
        fields = ["name", "shared", "opens_first"]
        help_texts = {
            "shared": _("Everyone of the team sees it and may copy it; you alone change it."),
            "opens_first": _("The bank opens with it, for you."),
        }


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """Both languages, for each person is written to in theirs; one may be left out whole."""

    class Meta:
        model = TeamLetter
        fields = ["subject_fr", "body_fr", "subject_en", "body_en"]
        widgets = {
            "body_fr": forms.Textarea(attrs={"rows": 8, "lang": "fr"}),
            "body_en": forms.Textarea(attrs={"rows": 8, "lang": "en"}),
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for language in ("fr", "en"):
            subject, body = given.get(f"subject_{language}"), given.get(f"body_{language}")
            if body and not subject:
                self.add_error(f"subject_{language}", _("A message needs a subject."))
            if subject and not body:
                self.add_error(f"body_{language}", _("A subject needs a message."))
        if not any(given.get(f"body_{language}") for language in ("fr", "en")):
            raise forms.ValidationError(_("Write the message in one language at least."))
        return given
