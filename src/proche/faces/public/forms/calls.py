from django import forms
from django.utils.translation import gettext_lazy as _


class NominateForm(forms.Form):
    nominator_name = forms.CharField(
        label=_("Your name, if you want it said"),
        max_length=80,
        required=False,
        help_text=_("Left empty, the invitation stays anonymous."),
    )
    # A trap for robots: a person never sees this field, so never fills it.
    website = forms.CharField(required=False, widget=forms.HiddenInput)
