"""Naming somebody: by a link to pass on, or by an account where a call asks for it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.actions import NamedAccount, Sent
from proche.common.choices import Platform


class NominateForm(forms.Form):
    """`answer` shows only where the browser could not do the work by itself."""

    nominator_name = forms.CharField(
        label=_("Your name, if you want it said"),
        max_length=80,
        required=False,
        help_text=_("Left empty, the invitation stays anonymous."),
    )
    answer = forms.CharField(max_length=20, required=False)
    ticket = forms.CharField(widget=forms.HiddenInput)
    work = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    # A trap for robots: the page hides this field from people.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused = ""
        self.fields["answer"].widget.attrs.update(autocomplete="off", inputmode="text")

    def carry(self, fills: Mapping[str, str], *, ask: bool = False) -> None:
        """Show this ticket and its question; what was typed stays."""
        # Of the field, and of its drawing, which validation may have made already.
        self.fields["answer"].label = self["answer"].label = fills["question"]
        self.bits, self.ask = fills["bits"], ask
        if self.is_bound:
            typed = {name: self.data.get(name, "") for name in self.fields}
            self.data = {**typed, "ticket": fills["ticket"], "work": "", "answer": ""}
        self.initial["ticket"] = fills["ticket"]

    @property
    def name(self) -> str:
        """The nominator's, of a form that is valid."""
        return str(self.cleaned_data["nominator_name"])

    def sent(self) -> Sent:
        given = self.cleaned_data
        return Sent(given["ticket"], given["work"], given["answer"], given["website"])


class AccountForm(NominateForm):
    platform = forms.ChoiceField(label=_("Platform"), choices=Platform.choices)
    handle = forms.CharField(
        label=_("Name of their account"),
        max_length=120,
        help_text=_("As it stands on the platform. No email, no telephone."),
    )
    reason = forms.CharField(
        label=_("Why this person, in a few words"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "They will read it. No private facts: health, beliefs, family, address. The first "
            "reason given is kept."
        ),
    )
    field_order = ("platform", "handle", "reason", "nominator_name")

    def account(self) -> NamedAccount:
        given = self.cleaned_data
        return NamedAccount(given["platform"], given["handle"], given["reason"])
