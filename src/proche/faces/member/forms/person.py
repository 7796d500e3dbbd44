"""What a member answers about themselves, asks, and decides."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.areas.consent import limits
from proche.areas.people.models import Person
from proche.common.choices import Language
from proche.common.regions import REGIONS
from proche.core import topics
from proche.faces.forms import LimitsBox, need_the_box


def region_choices() -> Iterator[tuple[str, str]]:
    language = get_language() or "fr"
    for region in sorted(REGIONS, key=lambda region: region.name(language)):
        yield region.code, region.name(language)


def topic_choices(held: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The widest topics, few enough to read on a phone, and the finer ones the person holds."""
    kept, language = set(held), get_language() or "fr"
    shown = [topic for topic in topics.load() if topic.broader is None or topic.code in kept]
    return sorted(((t.code, t.name(language)) for t in shown), key=lambda one: one[1].casefold())


class AnswersForm(forms.ModelForm):  # type: ignore[type-arg]
    region = forms.ChoiceField(label=_("Region"), choices=region_choices)
    topics = forms.MultipleChoiceField(
        label=_("What I post about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    content_languages = forms.MultipleChoiceField(
        label=_("Languages of my posts"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Person
        fields = [
            "region",
            "city",
            "occupation",
            "own_words",
            "topics",
            "content_languages",
            "tries_products",
            "attends_events",
            "refused_brands",
            "limits",
            "accepts_alcohol",
        ]
        labels = {
            "city": _("City or neighbourhood"),
            "occupation": _("My trade"),
            "own_words": _("Me, in my own words"),
            "tries_products": _("I like to try products"),
            "attends_events": _("I like to be invited to events"),
            "refused_brands": _("Brands I refuse"),
            "limits": _("My allergies, diets and other limits"),
            "accepts_alcohol": _("I accept alcohol"),
        }
        help_texts = {
            "tries_products": _("You are asked each time, and may always say no."),
            "attends_events": _("You are asked each time, and may always say no."),
            "refused_brands": _("We never offer you anything from them."),
            "limits": _("So that nothing harmful is ever sent to you. Only the team sees it."),
            "accepts_alcohol": _("Otherwise we send you none."),
        }
        widgets = {
            "own_words": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topics"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = topic_choices(self.instance.topics)
        self.initial["limits"] = limits.written(self.instance)
        if limits.agreed_to(self.instance) is None:
            self.fields[limits.BOX] = LimitsBox()
            names = list(self.fields)
            names.insert(names.index("limits") + 1, names.pop())
            self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if limits.BOX in self.fields:
            need_the_box(self)
        return data

    @property
    def agrees(self) -> bool:
        """Whether the box beside the limits was shown here, and ticked."""
        return bool(self.cleaned_data.get(limits.BOX))


class LimitsAgainForm(forms.Form):
    """Limits written before there was a consent, at the yearly question: keep them, or not. Its
    boxes stand apart from the button they are sent with."""

    erase = forms.BooleanField(
        label=_("Erase what I wrote"),
        help_text=_("For good, and at once."),
        required=False,
        widget=forms.CheckboxInput(attrs={"form": "still-true"}),
    )
    field_order = (limits.BOX, "erase")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[limits.BOX] = LimitsBox(form="still-true")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get(limits.BOX)) == bool(data.get("erase")):
            self.add_error(limits.BOX, _("Tick one of the two: we keep it, or it is erased."))
        return data


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=_("My question"),
        help_text=_("A person answers, by email and on this page."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReviewForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong, or missing?"),
        help_text=_("A few words are enough. A person looks at it again and answers you."),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BreakForm(forms.Form):
    until = forms.DateField(
        label=_("Back on"),
        help_text=_("Left empty, you come back when you say so."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Erase what is known of me"),
        help_text=_("You get one email, with a link to change your mind before it is done."),
    )
    at_once = forms.BooleanField(
        label=_("Erase it at once, without the days to change my mind"),
        help_text=_("It cannot be undone: not even by us."),
        required=False,
    )
