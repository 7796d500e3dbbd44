"""The answer of a brand to the people it was shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.common.ui import RadioCards


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            ("approved", _("Approve")),
            ("questioned", _("Ask a question")),
            ("refused", _("Refuse")),
        ],
        widget=RadioCards(
            helps={
                "approved": _("The agency may write to these people."),
                "questioned": _("Nobody is written to until the agency has answered."),
                "refused": _("The agency proposes other people."),
            }
        ),
    )
    comment = forms.CharField(
        label=_("Your words to the agency"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed for a question or a refusal."),
    )
