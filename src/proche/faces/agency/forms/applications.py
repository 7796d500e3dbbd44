from django import forms
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "ceiling": _(
        "One of your accounts is above the number of followers of this programme. It is made for "
        "smaller communities."
    ),
    "living": _(
        "You told us that you want to live from your networks. This programme is for people who "
        "do not; an agency for creators would serve you better."
    ),
    "quiet": _(
        "Your accounts have few posts for now. Write to us again once you post more regularly."
    ),
}


class RefuseForm(forms.Form):
    """A preset fills the reason, which stays editable: it is what the person reads."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person reads these words, and may ask for a review."),
    )


class AskForm(forms.Form):
    text = forms.CharField(
        label=_("Your question"), max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
