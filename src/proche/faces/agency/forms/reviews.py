from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"), max_length=600, widget=forms.Textarea(attrs={"rows": 6})
    )
