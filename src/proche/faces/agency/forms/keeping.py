"""Notes and files about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.people.papers import MOST_BYTES


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The person may ask to read it, and it is in their copy of their data. Write what "
            "you would say to them; nothing about health, beliefs or origins."
        ),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("An image (PNG, JPEG, WebP) or a PDF, 8 MB at most."),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/png,image/jpeg,image/webp,application/pdf"}
        ),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        help_text=_("Left empty, the name of the file."),
    )
    why = forms.CharField(
        label=_("Why it is kept"),
        max_length=200,
        help_text=_("The person may ask to read it."),
    )

    def read(self) -> bytes:
        """What was sent, one byte beyond the most at most: the limit is checked on what is read."""
        sent = self.cleaned_data["file"]
        data: bytes = sent.read(MOST_BYTES + 1)
        return data

    @property
    def title(self) -> str:
        return str(self.cleaned_data["name"] or self.cleaned_data["file"].name)
