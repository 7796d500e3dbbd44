"""The sign-up, one question a screen. Nothing is ticked in advance."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.consent.models import ConsentText, Purpose
from proche.areas.people.models import Person
from proche.common import ui
from proche.common.choices import Archetype, Language, Platform
from proche.common.regions import REGIONS
from proche.core import topics

ACCOUNT_LINES = 3


class TrackForm(forms.Form):
    archetype = forms.ChoiceField(
        label="",
        choices=[
            (Archetype.CONSUMER, _("I like to give my opinion")),
            (Archetype.PROFESSIONAL, _("I show my trade")),
        ],
        widget=ui.RadioCards(
            helps={
                Archetype.CONSUMER: _("Your finds, your tries, your outings."),
                Archetype.PROFESSIONAL: _("Your cuts, your loaves, your bouquets, your workshop."),
            }
        ),
        error_messages={"required": _("Choose the one that looks most like you.")},
    )


class YouForm(forms.Form):
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(
        label=_("Email"), help_text=_("We send one message to confirm it, nothing else before.")
    )
    region = forms.ChoiceField(label=_("Region"))
    city = forms.CharField(label=_("City or neighbourhood"), max_length=80, required=False)
    adult = forms.BooleanField(
        label=_("I am 18 or older"),
        error_messages={"required": _("The programme is for people of 18 and older.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fr"
        regions = sorted((region.name(language), region.code) for region in REGIONS)
        choices = [("", _("Choose a region"))] + [(code, name) for name, code in regions]
        self.fields["region"] = forms.ChoiceField(label=_("Region"), choices=choices)


def topic_choices() -> list[tuple[str, str]]:
    """The wide topics; the narrow ones are found in what people write."""
    language = get_language() or "fr"
    wide = [topic for topic in topics.load() if topic.broader is None]
    return [(topic.code, topic.name(language)) for topic in wide]


class SharingForm(forms.Form):
    """What they share; a professional also says their trade."""

    occupation = forms.CharField(
        label=_("Your trade"), max_length=80, help_text=_("Hairdresser, baker, guide…")
    )
    topics = forms.MultipleChoiceField(
        label=_("What do you talk about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    content_languages = forms.MultipleChoiceField(
        label=_("In which language do you post?"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    seeks_living = forms.ChoiceField(
        label=_("Do you want to live from this?"),
        choices=[
            (Person.SeeksLiving.NO, _("No")),
            (Person.SeeksLiving.YES, _("Yes")),
            (Person.SeeksLiving.UNKNOWN, _("I do not know yet")),
        ],
        widget=forms.RadioSelect,
        help_text=_("The three answers are welcome. It tells us what to offer you."),
    )
    own_words = forms.CharField(
        label=_("Why do you post, in your words?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, archetype: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topic_choices()  # type: ignore[attr-defined]
        if archetype != Archetype.PROFESSIONAL:
            del self.fields["occupation"]


class AccountLine(forms.Form):
    platform = forms.ChoiceField(label=_("Network"), choices=[("", "—"), *Platform.choices])
    handle = forms.RegexField(
        r"^@?[\w.\-]{1,60}$",
        label=_("Your name there"),
        help_text=_("As in @name, without the address of the site."),
        error_messages={"invalid": _("Letters, digits, dots and dashes only, like @name.")},
    )
    followers = forms.IntegerField(
        label=_("Followers"),
        min_value=0,
        max_value=1_000_000_000,
        help_text=_("As shown today, even roughly."),
    )

    def clean_handle(self) -> str:
        return str(self.cleaned_data["handle"]).lstrip("@")


class WishesForm(forms.Form):
    tries_products = forms.BooleanField(label=_("Try new products"), required=False)
    attends_events = forms.BooleanField(label=_("Be invited to exclusive events"), required=False)
    accepts_alcohol = forms.BooleanField(label=_("Alcohol may be offered to me"), required=False)
    limits = forms.CharField(
        label=_("Allergies, diets, anything to avoid"),
        max_length=250,
        required=False,
        help_text=_("Only if you want to say it. It serves to never send you the wrong thing."),
    )
    refused_brands = forms.CharField(
        label=_("Brands you would never work with"), max_length=250, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("tries_products") or data.get("attends_events")):
            self.add_error(None, _("Choose at least one: trying products, events, or both."))
        return data


class ConsentsForm(forms.Form):
    """One unticked box per purpose, with the words in force in the language asked."""

    def __init__(
        self, *args: Any, texts: dict[str, ConsentText], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Purpose.values:
            text = texts[purpose]
            self.fields[purpose] = forms.BooleanField(
                label=getattr(text, f"title_{language}"),
                help_text=getattr(text, f"consequence_{language}"),
                required=purpose == Purpose.BANK,
                error_messages={"required": _("Without this one we may not keep your answers.")},
            )

    @property
    def purposes(self) -> list[str]:
        return [purpose for purpose, agreed in self.cleaned_data.items() if agreed]
