"""What a member writes about an offer or an exchange."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.campaigns.actions import Address

# Letters Canada Post never uses: D F I O Q U, and W Z in first place.
POSTAL_CODE = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d")


class AddressForm(forms.Form):
    street = forms.CharField(
        label=_("Street and number"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    town = forms.CharField(
        label=_("City"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "short"}),
    )
    note = forms.CharField(
        label=_("Note for the delivery"),
        help_text=_("A door code, a workplace, the best hours."),
        max_length=160,
        required=False,
    )

    def clean_postal_code(self) -> str:
        code = re.sub(r"[\s-]", "", self.cleaned_data["postal_code"]).upper()
        if not POSTAL_CODE.fullmatch(code):
            raise forms.ValidationError(_("A postal code looks like G5L 1A1."))
        return f"{code[:3]} {code[3:]}"

    @property
    def address(self) -> Address:
        return Address(**self.cleaned_data)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("A reason, if you wish"),
        help_text=_("It helps us to offer you things you like. Nothing else."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BrokenForm(forms.Form):
    what = forms.CharField(
        label=_("What is wrong with it?"),
        help_text=_("A few words are enough: broken jar, wrong colour, empty box."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FeedbackForm(forms.Form):
    text = forms.CharField(
        label=_("What do you think of it?"),
        help_text=_("Good or bad. Only the team reads it; it is never published."),
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
