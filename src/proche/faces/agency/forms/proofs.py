"""What somebody of the team saw of a post, and whether the server may look by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.content.actions import Saw
from proche.areas.content.proofs import Proof
from proche.areas.people.papers import MOST_BYTES

Found = Proof.Found


class LookForm(forms.Form):
    found = forms.ChoiceField(
        label=_("What I see"),
        choices=[(one.value, one.label) for one in (Found.SAME, Found.CHANGED, Found.GONE)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you saw.")},
    )
    text = forms.CharField(
        label=_("The caption as it reads now"),
        help_text=_("Only where it changed. Paste it: the rules read it."),
        max_length=5000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    images = forms.FileField(
        label=_("Screenshot"),
        help_text=_("PNG, JPEG or WebP, 8 MB at most."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Another form of the same page has a field named text.
        super().__init__(*args, **{"auto_id": "look_%s", **kwargs})

    @property
    def saw(self) -> Saw:
        given: dict[str, Any] = self.cleaned_data
        sent = given.get("images")
        image: bytes | None = sent.read(MOST_BYTES + 1) if sent else None
        return Saw(Found(given["found"]), given["text"], image)


class PublicChecksForm(forms.Form):
    with_images = forms.BooleanField(
        label=_("Keep the public image too"),
        help_text=_("One more request, to the image server of the platform."),
        required=False,
    )
