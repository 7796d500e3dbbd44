"""The words, dates, logo and sites of a call; the duties of keeping accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.logos import MOST_BYTES, Logo, drawn_again
from proche.areas.recruitment.models import Call
from proche.areas.recruitment.origins import origins
from proche.common.errors import Refusal


class CallForm(forms.ModelForm):  # type: ignore[type-arg]
    logo_file = forms.FileField(
        label=_("Logo of the partner"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, 2 MB at most. Only its pixels are kept."),
    )
    frame_origins = forms.CharField(
        label=_("Sites that may show the call in their pages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line, five at most: https://magazine.example"),
    )

    class Meta:
        model = Call
        fields = [
            "partner_name",
            "slug",
            "title_fr",
            "title_en",
            "text_fr",
            "text_en",
            "criteria_fr",
            "criteria_en",
            "opens_on",
            "closes_on",
            "most_nominations",
            "asks_handles",
        ]
        widgets = {
            "text_fr": forms.Textarea(attrs={"rows": 5}),
            "text_en": forms.Textarea(attrs={"rows": 5}),
            "criteria_fr": forms.Textarea(attrs={"rows": 3}),
            "criteria_en": forms.Textarea(attrs={"rows": 3}),
            "opens_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "slug": _("The page is /appels/ followed by this word: letters, digits, dashes."),
            "criteria_fr": _("For example: young professionals very active on social networks."),
            "criteria_en": _("The same in English, for those who choose it."),
            "most_nominations": _("Beyond them the call says it has received all it can hold."),
            "asks_handles": _(
                "Besides the link to pass on, readers may name an account, which is then kept."
            ),
        }

    def __init__(self, *args: Any, takes_accounts: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logo: Logo | None = None
        self.initial["frame_origins"] = "\n".join(self.instance.frame_origins)
        if not takes_accounts:
            del self.fields["asks_handles"]

    def clean_logo_file(self) -> None:
        """Kept as `self.logo`, drawn again; the bytes that came are let go of."""
        sent = self.cleaned_data["logo_file"]
        if sent is None:
            return
        try:
            self.logo = drawn_again(sent.read(MOST_BYTES + 1))
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def clean_frame_origins(self) -> list[str]:
        try:
            return origins(self.cleaned_data["frame_origins"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        opens, closes = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The end comes before the beginning."))
        return data

    def words(self) -> dict[str, Any]:
        """What is kept of the form, the logo aside."""
        return {name: value for name, value in self.cleaned_data.items() if name != "logo_file"}


class DutiesForm(forms.Form):
    kept_days = forms.IntegerField(
        label=_("Days an account is kept without an answer"),
        min_value=1,
        max_value=30,
        initial=30,
        help_text=_("From 1 to 30. Without an answer by then, what was kept is destroyed."),
    )
    informs = forms.BooleanField(
        label=_("Whoever is named learns at first contact what is kept, why and from whom"),
        help_text=_("The page their link opens says it; invite them soon, and only there."),
    )
    only_this = forms.BooleanField(
        label=_("The account serves for one invitation and for nothing else"),
        help_text=_("No scoring, no list, no prospecting, no reading of their page by a program."),
    )
    lawful = forms.BooleanField(
        label=_("The agency may write to them under the anti-spam law"),
        help_text=_("Ask counsel: a reader who names a stranger gives no consent for them."),
    )
    recorded = forms.BooleanField(
        label=_("The assessment of privacy factors covers this road"),
        help_text=_("Law 25 asks for it before information is collected from a third person."),
    )
