"""What the team writes about a post."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("The exact text to paste"),
        help_text=_("The member gets it as it stands here. Change it if you know better."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class WaiverForm(forms.Form):
    reason = forms.CharField(
        label=_("Why no post is needed"),
        help_text=_("Kept on the member’s timeline: a move, an illness, a product taken back."),
        max_length=300,
    )
