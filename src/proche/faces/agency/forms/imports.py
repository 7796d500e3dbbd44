"""What is asked to import a list: the file, what each column is, what holds for all of it."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from proche.areas.imports.columns import COLUMNS, LONGEST_TAG, Choices
from proche.areas.imports.models import Basis, ImportBatch
from proche.areas.takeout.models import Takeout
from proche.common.choices import Archetype, Language
from proche.common.regions import REGIONS, region_name
from proche.common.ui import RadioCards
from proche.common.words import language
from proche.core.sheets import LIMITS

MIB = 1024**2


capitalized = lazy(capfirst, str)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or Excel (.xlsx), 50,000 rows and 20 MB at most. One row for a person."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.file_bytes:
            raise forms.ValidationError(
                _("This file is larger than %(size)s MB. Split it.")
                % {"size": LIMITS.file_bytes // MIB}
            )
        return file


def column_choices() -> list[tuple[str, Any]]:
    """What a column may be, in groups; nothing first, which leaves it out."""
    grouped = groupby(COLUMNS.values(), key=lambda column: column.group)
    groups = [(group, [(one.code, one.label) for one in columns]) for group, columns in grouped]
    return [("", _("Do not import")), *groups]


class ColumnsForm(forms.Form):
    """One choice a column: `column_0`, `column_1`…, each labelled by its heading."""

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = column_choices()
        for place, heading in enumerate(batch.header):
            name = heading or _("Column %(number)s, without a name") % {"number": place + 1}
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=_("What “%(heading)s” is") % {"heading": name},
                choices=choices,
                required=False,
                initial=batch.mapping[place] if place < len(batch.mapping) else "",
            )

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class ChoicesForm(forms.Form):
    basis = forms.ChoiceField(
        label=_("Why does the agency hold these people?"),
        choices=[(code, capitalized(label)) for code, label in Basis.choices],
        widget=RadioCards(
            helps={
                Basis.CONSENT: _("They may be asked once, by email, to confirm it here."),
                Basis.RELATION: _("They may be asked once, within two years of that day."),
                Basis.APPLICATION: _("They may be asked once, within six months of that day."),
                Basis.NONE: _("They are not written to: they sign up, or you ask them in person."),
            }
        ),
    )
    source = forms.CharField(
        label=_("Where this can be seen"),
        max_length=200,
        required=False,
        help_text=_("A form, a contract, a list of guests: what you would show if asked."),
    )
    dated_on = forms.DateField(
        label=_("Since when"),
        required=False,
        help_text=_("For rows without a date of their own."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    region = forms.ChoiceField(label=_("Region"), required=False)
    archetype = forms.ChoiceField(label=_("Profile"), choices=Archetype.choices)
    tag = forms.CharField(
        label=_("Tag for all of them"),
        max_length=LONGEST_TAG,
        required=False,
        help_text=_("It finds them again in the bank."),
    )
    known = forms.ChoiceField(
        label=_("Somebody already in the bank"),
        choices=[
            ("complete", _("Complete what is empty, change nothing else")),
            ("leave", _("Leave as they are")),
        ],
        widget=forms.RadioSelect,
    )
    doubtful = forms.ChoiceField(
        label=_("A cell that cannot be read, though it may be left empty"),
        choices=[
            ("leave_out", _("Leave the whole row out, to correct it")),
            ("without", _("Import the row without that cell")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(region.code, region_name(region.code, language())) for region in REGIONS]
        self.fields["region"].choices = [("", _("Not known")), *named]  # type: ignore[attr-defined]

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("basis") not in (None, Basis.NONE) and not given.get("source", "").strip():
            self.add_error("source", _("Say where: whoever writes must be able to show it."))
        return given

    def needs_day(self, mapping: list[str]) -> bool:
        """Whether the basis chosen needs a day that neither the form nor a column gives."""
        given = self.cleaned_data
        asked = given["basis"] != Basis.NONE and not given["dated_on"]
        return asked and "dated_on" not in mapping

    @property
    def choices(self) -> Choices:
        day = self.cleaned_data["dated_on"]
        return Choices.of(self.cleaned_data | {"dated_on": day.isoformat() if day else ""})


class TakeoutForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Takeout
        fields = ["kind", "language"]
        widgets = {"kind": forms.RadioSelect, "language": forms.RadioSelect}
