"""A post to have looked at, and the answer to a question about one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.content.models import Undeclared
from proche.areas.content.pasted import in_file, in_text
from proche.areas.content.undeclared import Found
from proche.common.choices import Platform
from proche.common.errors import Refusal


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


class SeveralForm(forms.Form):
    """Posts pasted one under the other, a file of them, or both."""

    text = forms.CharField(
        label=_("The texts of my posts"),
        required=False,
        help_text=_(
            "A blank line parts two posts. If a post holds blank lines itself, put a line of three "
            "dashes (---) between the posts. A line that is an address says where the post stands."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=_("Or a file of my own export"),
        required=False,
        help_text=_(
            ".txt, .csv, .xlsx or .json, such as posts_1.json of Instagram. Only the posts are "
            "read in it; the file is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,.xlsx,.json"}),
    )
    platform = forms.ChoiceField(
        label=_("Where"),
        choices=Platform.choices,
        help_text=_("For the posts without an address."),
    )

    def clean(self) -> dict[str, Any]:
        """Adds `pasted` and `filed`, the posts of each."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["pasted"] = in_text(given.get("text", ""))
        sent = given.get("file")
        try:
            given["filed"] = in_file(sent.read(), sent.name) if sent else []
        except Refusal as refusal:
            self.add_error("file", str(refusal.sentence))
        if not (given["pasted"] or sent or self.errors):
            self.add_error("text", _("Paste at least one post, or choose a file."))
        return given


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
