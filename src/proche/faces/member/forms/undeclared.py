"""A post to have looked at, and the answer to a question about one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.content.models import Undeclared
from proche.areas.content.undeclared import Found
from proche.common.choices import Platform


class PastedForm(forms.Form):
    caption = forms.CharField(
        label=_("The text of my post"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    platform = forms.ChoiceField(label=_("Where"), choices=Platform.choices)
    url = forms.URLField(
        label=_("Address of the post"), required=False, max_length=400, assume_scheme="https"
    )

    @property
    def found(self) -> Found:
        given = self.cleaned_data
        return Found(given["caption"], given["platform"], given["url"])


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is it commercial?"),
        choices=Undeclared.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
    note = forms.CharField(
        label=_("What I want to add"),
        required=False,
        max_length=300,
        help_text=_("If you wish. The team reads it."),
    )
