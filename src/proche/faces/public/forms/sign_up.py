"""The sign-up, one question a screen. Nothing is ticked in advance."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.consent import limits
from proche.areas.consent.models import TOGETHER, ConsentText, Purpose
from proche.areas.people.models import Person
from proche.areas.recruitment.models import Application
from proche.common import ui
from proche.common.choices import Archetype, Language
from proche.common.regions import REGIONS
from proche.core import topics
from proche.faces.forms import LimitsBox, need_the_box

CHOOSE_ONE = {"required": _("Choose at least one.")}


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


def _typed(purpose: str, **more: Any) -> forms.TextInput:
    """A field a phone fills in by itself."""
    return forms.TextInput(attrs={"autocomplete": purpose, **more})


class YouForm(forms.Form):
    given_name = forms.CharField(
        label=_("Given name"), max_length=80, widget=_typed("given-name", autocapitalize="words")
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=80, widget=_typed("family-name", autocapitalize="words")
    )
    email = forms.EmailField(
        label=_("Email"),
        help_text=_("We send one message to confirm it, nothing else before."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Write the whole address, as in name@site.example.")},
    )
    region = forms.ChoiceField(label=_("Region"))
    city = forms.CharField(
        label=_("City or neighbourhood"),
        max_length=80,
        required=False,
        help_text=_("Type a few letters, and choose or go on."),
        widget=_typed("address-level2", list="places"),
    )
    adult = forms.BooleanField()

    def __init__(self, *args: Any, age: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fr"
        regions = sorted((region.name(language), region.code) for region in REGIONS)
        choices = [("", _("Choose a region"))] + [(code, name) for name, code in regions]
        attrs = {"autocomplete": "address-level1"}
        self.fields["region"] = forms.ChoiceField(
            label=_("Region"), choices=choices, widget=forms.Select(attrs=attrs)
        )
        self.fields["adult"] = forms.BooleanField(
            label=_("I am %(age)d or older") % {"age": age},
            error_messages={
                "required": _(
                    "The programme is for people of %(age)d and older. Not yet? Thank you for your "
                    "interest: “Forget my answers”, below, leaves nothing of what you typed."
                )
                % {"age": age}
            },
        )


def topic_choices() -> list[tuple[str, str]]:
    """The wide topics; the narrow ones are found in what people write."""
    language = get_language() or "fr"
    wide = [topic for topic in topics.load() if topic.broader is None]
    return [(topic.code, topic.name(language)) for topic in wide]


class SharingForm(forms.Form):
    """What both tracks are asked; each adds its own questions."""

    topics = forms.MultipleChoiceField(
        label=_("What do you talk about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_ONE,
    )
    content_languages = forms.MultipleChoiceField(
        label=_("In which language do you post?"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_ONE,
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
        max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    # What is kept with the application rather than with the person.
    TRACK: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topic_choices()  # type: ignore[attr-defined]


class ConsumerForm(SharingForm):
    """What they like to share, and how they choose it."""

    shares = forms.MultipleChoiceField(
        label=_("What do you like to share?"),
        choices=Application.Share.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE_ONE,
    )
    TRACK = ("shares",)
    field_order = ("shares", "topics", "own_words", "content_languages", "seeks_living")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_words"].label = _("How do you choose what you talk about?")


class ProfessionalForm(SharingForm):
    """Their trade, where they do it, and what of it their accounts may show."""

    occupation = forms.CharField(
        label=_("Your trade"),
        max_length=80,
        help_text=_("Hairdresser, baker, guide…"),
        widget=_typed("organization-title"),
    )
    workplace = forms.CharField(
        label=_("Where do you work?"),
        max_length=120,
        required=False,
        help_text=_("The salon, shop or workshop, and its city. Not the address of your home."),
        widget=_typed("organization"),
    )
    shows_trade = forms.ChoiceField(
        label=_("Do your accounts show your trade?"),
        choices=Application.ShowsTrade.choices,
        widget=forms.RadioSelect,
    )
    shows_clients = forms.ChoiceField(
        label=_("May your clients be seen there?"),
        choices=Application.ShowsClients.choices,
        widget=forms.RadioSelect,
    )
    TRACK = ("workplace", "shows_trade", "shows_clients")
    field_order = (
        *("occupation", "workplace", "shows_trade", "shows_clients"),
        *("topics", "own_words", "content_languages", "seeks_living"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["own_words"].label = _("What do you like to show of your trade?")


SHARING: dict[str, type[SharingForm]] = {
    Archetype.CONSUMER: ConsumerForm,
    Archetype.PROFESSIONAL: ProfessionalForm,
}


class WishesForm(forms.Form):
    tries_products = forms.BooleanField(label=_("Try new products"), required=False)
    attends_events = forms.BooleanField(label=_("Be invited to exclusive events"), required=False)
    accepts_alcohol = forms.BooleanField(
        label=_("Alcohol may be offered to me"),
        required=False,
        help_text=_("Leave it empty and none is ever offered. For adults only."),
    )
    limits = forms.CharField(
        label=_("Allergies, diets, anything to avoid"),
        max_length=250,
        required=False,
        help_text=_("Only if you want to say it. It serves to never send you the wrong thing."),
    )
    refused_brands = forms.CharField(
        label=_("Brands you would never work with"),
        max_length=250,
        required=False,
        help_text=_("None of them will be offered to you, and none of them will know."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[limits.BOX] = LimitsBox()
        names = list(self.fields)
        names.insert(names.index("limits") + 1, names.pop())
        self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        need_the_box(self)
        if not (data.get("tries_products") or data.get("attends_events")):
            self.add_error(
                "tries_products", _("Choose at least one: trying products, events, or both.")
            )
        return data


class ConsentsForm(forms.Form):
    """One unticked box per purpose of those asked together, with the words in force in the
    language asked."""

    def __init__(
        self, *args: Any, texts: dict[str, ConsentText], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for purpose in TOGETHER:
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


class LaterForm(forms.Form):
    email = forms.EmailField(
        label=_("Email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Write the whole address, as in name@site.example.")},
    )
