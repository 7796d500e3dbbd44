"""The caption a member checks, and the post they hand in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from proche.areas.content.actions import Draft
from proche.areas.content.rules import FORMATS_OF
from proche.common.choices import Language, Platform
from proche.platforms.public_pages import SITES, on_one_of

FORMAT_NAMES: dict[str, str | Promise] = {
    "post": pgettext_lazy("format", "post"),
    "carousel": pgettext_lazy("format", "carousel"),
    "reel": pgettext_lazy("format", "reel"),
    "story": pgettext_lazy("format", "story"),
    "video": pgettext_lazy("format", "video"),
    "short": pgettext_lazy("format", "short"),
    "thread": pgettext_lazy("format", "thread"),
    "article": pgettext_lazy("format", "article"),
}


def homes(platform: str) -> tuple[str, ...]:
    """Where a post of the platform lives; none where it may live anywhere."""
    site = SITES.get(platform)
    return () if site is None or site.anywhere else site.hosts


def place_name(platform: str, format: str) -> str:
    """« Instagram, publication »: where a post is, in words."""
    named = dict(Platform.choices)
    return f"{named.get(platform, platform)}, {FORMAT_NAMES.get(format, format)}"


def places() -> Iterator[tuple[Any, Any]]:
    """One list of what can be posted where, so that no impossible pair can be chosen."""
    for platform, label in Platform.choices:
        formats = FORMATS_OF[platform]
        yield label, [(f"{platform}/{one}", place_name(platform, one)) for one in formats]


class CaptionForm(forms.Form):
    # A browser must not stop a story, which has no caption; the server tells what is missing.
    use_required_attribute = False

    place = forms.ChoiceField(label=_("Where"), choices=places)
    language = forms.ChoiceField(label=_("Language of the caption"), choices=Language.choices)
    caption = forms.CharField(
        label=_("My caption"),
        max_length=5000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    on_screen = forms.CharField(
        label=_("Written on screen"),
        help_text=_("For a story, one line for each image."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    said = forms.CharField(
        label=_("Said aloud"),
        help_text=_("Above all in the first 30 seconds. A line may begin with its time: 0:31."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A story has no caption: what is told of the screen stands for it."""
        given: dict[str, Any] = super().clean() or {}
        told = given.get("on_screen") or given.get("said")
        if told and self.has_error("caption", "required"):
            del self.errors["caption"]
            given["caption"] = ""
        return given

    @property
    def draft(self) -> Draft:
        platform, format = self.cleaned_data["place"].split("/")
        words = {name: self.cleaned_data[name] for name in ("caption", "on_screen", "said")}
        return Draft(platform, format, language=self.cleaned_data["language"], **words)


class ImagesInput(forms.FileInput):
    allow_multiple_selected = True


class PostForm(CaptionForm):
    url = forms.URLField(
        label=_("Address of the post"),
        help_text=_("Open the post, tap Share, then Copy link."),
        max_length=400,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    # What was sent is kept before the form is judged, so it is read from the files themselves.
    images = forms.FileField(
        label=_("Screenshot, or each image of the story"),
        help_text=_("PNG, JPEG or WebP, 8 MB at most each. What the camera noted is left out."),
        required=False,
        widget=ImagesInput(attrs={"accept": "image/png,image/jpeg,image/webp", "multiple": True}),
    )
    field_order = ["place", "url", "language", "caption", "on_screen", "said", "images"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        platform, _slash, _format = given.get("place", "").partition("/")
        sites, host = homes(platform), urlsplit(given.get("url", "")).hostname or ""
        if sites and host and not on_one_of(host, sites):
            sentence = _("This address is not on %(platform)s. Check where you posted.")
            self.add_error("url", sentence % {"platform": Platform(platform).label})
        return given
