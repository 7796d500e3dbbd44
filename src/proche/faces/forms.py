"""Forms of the doors shared by every face."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
