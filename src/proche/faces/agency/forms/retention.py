from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from proche.areas.content import retention


class DelaysForm(forms.Form):
    refused = forms.IntegerField(
        label=_("Months after a refusal"),
        min_value=retention.REFUSED_LEAST,
        max_value=retention.REFUSED_MOST,
        help_text=_("The law asks to keep for a year what a decision rested on: 12 to 36."),
    )
    silent = forms.IntegerField(
        label=_("Months without an answer, for somebody of a list"),
        min_value=retention.SILENT_LEAST,
        max_value=retention.SILENT_MOST,
        help_text=_("From the message that asked them, or from the day they came: 1 to 24."),
    )
    # Shown only where the delays would erase somebody at once.
    sure = forms.BooleanField(label=_("Yes, erase them"), required=False)

    def ask_first(self, people: int) -> None:
        self.add_error(
            "sure",
            ngettext(
                "%(n)d person would be erased within the hour, for good. Tick the box to say yes, "
                "or write a longer delay.",
                "%(n)d people would be erased within the hour, for good. Tick the box to say yes, "
                "or write a longer delay.",
                people,
            )
            % {"n": people},
        )
