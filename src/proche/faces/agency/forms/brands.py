"""What is asked of a brand and of its contacts."""

from typing import Any

from django import forms
from django.forms import fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Programme
from proche.areas.brands.models import Brand, Contact
from proche.areas.brands.queries import topic_names
from proche.areas.recruitment.logos import MOST_BYTES, Logo, drawn_again
from proche.common.choices import Language
from proche.common.errors import Refusal
from proche.core.topics import named
from proche.faces.agency.forms.fields import Ticked, WordList, region_choices

KEPT = ["name", "values_fr", "values_en", "never_beside"]
AS_IS = ["website", "regions", "languages"]


class BrandForm(forms.Form):
    """Not a model form: the verb refuses in words what a constraint would refuse in its name."""

    aliases = WordList(
        label=_("Handles and other spellings"),
        help_text=_("Separated by commas. Posts are checked for these names."),
    )
    categories = WordList(
        label=_("Categories"),
        help_text=_("Separated by commas, in French or English: hair care, bakery, clothing…"),
        meaning=named,
    )
    rivals = forms.ModelMultipleChoiceField(
        label=_("Rivals in the programme"),
        queryset=Brand.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever worked with one of them lately is not asked by the other."),
    )
    other_rivals = WordList(
        label=_("Other rivals"),
        help_text=_("Separated by commas. A member who names one stays in; the row says it."),
    )
    regions = Ticked(
        label=_("Regions where it sells"),
        choices=region_choices,
        help_text=_("Ticked beforehand in its next briefs."),
    )
    languages = Ticked(
        label=_("Languages it speaks"),
        choices=Language.choices,
        help_text=_("Ticked beforehand in its next briefs."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, 2 MB at most. Only its pixels are kept."),
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        programme: Programme,
        brand: Brand | None = None,
    ) -> None:
        super().__init__(data, files, initial=_typed(brand) if brand else None)
        self.logo: Logo | None = None
        self.fields |= fields_for_model(
            Brand,
            KEPT,
            widgets={
                "values_fr": forms.Textarea(attrs={"rows": 3}),
                "values_en": forms.Textarea(attrs={"rows": 3}),
            },
            help_texts=HELPS,
        )
        self._offer_rivals(programme, brand)
        if brand is None or not brand.logo:
            del self.fields["without_logo"]

    def _offer_rivals(self, programme: Programme, brand: Brand | None) -> None:
        others = Brand.objects.in_programme(programme).exclude(pk=brand.pk if brand else None)
        field: Any = self.fields["rivals"]
        field.queryset = others.order_by("name", "pk")

    def clean_logo_file(self) -> None:
        """Kept as `self.logo`, drawn again; the bytes that came are let go of."""
        sent = self.cleaned_data["logo_file"]
        if sent is None:
            return
        try:
            self.logo = drawn_again(sent.read(MOST_BYTES + 1))
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal

    def facts(self) -> dict[str, Any]:
        facts = {name: v for name, v in self.cleaned_data.items() if name != "logo_file"}
        facts["rivals"] = list(facts["rivals"])
        if self.logo is not None:
            facts["logo"] = self.logo
        return facts


def _typed(brand: Brand) -> dict[str, Any]:
    return {
        **model_to_dict(brand, [*KEPT, *AS_IS]),
        "aliases": ", ".join(brand.aliases),
        "categories": ", ".join(topic_names(brand.categories)),
        "rivals": [rival.pk for rival in brand.rivals.all()],
        "other_rivals": ", ".join(brand.other_rivals),
    }


HELPS: dict[str, Any] = {
    "never_beside": _("Subjects or kinds of products, separated by commas."),
}


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("Email"), help_text=_("Links to approve a roster are sent here.")
    )
    language = forms.ChoiceField(
        label=_("Language of the messages"), choices=Language.choices, initial=Language.FRENCH
    )

    @classmethod
    def about(cls, contact: Contact, data: Any = None) -> "ContactForm":
        return cls(data, initial=model_to_dict(contact, ["name", "email", "language"]))
