"""Fields that several forms of brands and briefs share."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from proche.common.regions import REGIONS

LONGEST_LIST = 400
MOST_DOLLARS = 1_000_000
Meaning = Callable[[str], Sequence[str]]


def split_words(text: str) -> list[str]:
    """Words typed with commas or on separate lines, once each, in the order typed."""
    parts = text.replace("\n", ",").replace(";", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


class WordList(forms.CharField):
    """Words with commas between. `meaning` gives the codes of a word of a list; a word it does
    not know is kept as it was typed."""

    def __init__(self, *, meaning: Meaning | None = None, **kwargs: Any) -> None:
        self.meaning = meaning
        super().__init__(required=False, max_length=LONGEST_LIST, **kwargs)

    def clean(self, value: Any) -> Any:
        words = split_words(super().clean(value))
        if self.meaning is None:
            return words
        return list(dict.fromkeys(code for word in words for code in self.meaning(word) or (word,)))


class Ticked(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class Dollars(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal(0), max_value=Decimal(MOST_DOLLARS), decimal_places=2, **kwargs
        )


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        # The control of the browser reads and writes ISO dates in every language.
        super().__init__(format="%Y-%m-%d")


def region_choices() -> list[tuple[str, str]]:
    return [(region.code, region.name(get_language() or "fr")) for region in REGIONS]


def capitals(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, capfirst(str(label))) for value, label in choices]


EVERYWHERE = _("None ticked: everywhere in Québec.")
BOTH = _("None ticked: both.")
