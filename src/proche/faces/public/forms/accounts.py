"""The accounts somebody declares: one a line, as many lines as they need up to ten."""

import re
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from proche.areas.recruitment.handles import platform_in, read_handle
from proche.common.choices import Platform
from proche.common.errors import Refusal

MOST_ACCOUNTS = 10
MOST_FOLLOWERS = 1_000_000_000
# « 8 200 », “8,200”, « 8,2 k », “1.2M”: as people write what their phone shows.
WRITTEN = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+|\d+)([.,]\d+)?\s*([km])?", re.I)


class FollowersField(forms.CharField):
    """A count as an application shows it, exact or in thousands; a whole number comes out."""

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = WRITTEN.fullmatch(text)
        if not found or (found[2] and not found[3]):
            raise forms.ValidationError(_("Write a number, like 820 or 8.2k."), code="invalid")
        whole = int(re.sub(r"\D", "", found[1]))
        part = float((found[2] or "0").replace(",", "."))
        unit = {"": 1, "k": 1_000, "m": 1_000_000}[(found[3] or "").lower()]
        count = round((whole + part) * unit)
        if count > MOST_FOLLOWERS:
            raise forms.ValidationError(_("No account has that many followers."), code="invalid")
        return count


class AccountLine(forms.Form):
    """An empty line is no account; a line begun is finished."""

    platform = forms.ChoiceField(
        label=_("Network"), choices=[("", "—"), *Platform.choices], required=False
    )
    handle = forms.CharField(
        label=_("Your name there"),
        max_length=300,
        required=False,
        help_text=_("As in @name, or the address you copied."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    followers = FollowersField(
        label=_("Followers"),
        max_length=20,
        required=False,
        help_text=_("As shown today, even roughly."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"}),
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and not any(str(value or "").strip() for value in data.values()):
            return {}
        typed = str(data.get("handle") or "").strip()
        platform = data.get("platform") or platform_in(typed)
        if not typed:
            self.add_error("handle", _("Write your name on this network, or empty the line."))
        elif not platform:
            self.add_error("platform", _("Choose the network of this account."))
        else:
            data["platform"] = platform
            self._read(platform, typed)
        if typed and data.get("followers") is None and "followers" not in self.errors:
            self.add_error("followers", _("Write how many followers it shows; 0 is welcome too."))
        return data

    def _read(self, platform: str, typed: str) -> None:
        try:
            self.cleaned_data["handle"] = read_handle(platform, typed)
        except Refusal as refusal:
            self.add_error("handle", str(refusal.sentence))


class AccountLinesBase(BaseFormSet):  # type: ignore[type-arg]
    """At least one account, and each once."""

    def clean(self) -> None:
        seen: dict[tuple[str, str], int] = {}
        for number, line in enumerate(self.forms, start=1):
            data = getattr(line, "cleaned_data", {})
            if not data.get("handle") or line.errors:
                continue
            account = (data["platform"], data["handle"].casefold())
            if account in seen:
                line.add_error(
                    "handle",
                    _("This account is already on line %(line)d: leave this line empty.")
                    % {"line": seen[account]},
                )
            seen.setdefault(account, number)
        if not seen and not any(line.errors for line in self.forms):
            self.forms[0].add_error(
                "handle", _("Give at least one account: it is how you are close.")
            )

    @property
    def accounts(self) -> list[dict[str, Any]]:
        return [line.cleaned_data for line in self.forms if line.cleaned_data.get("handle")]


AccountLines = formset_factory(
    AccountLine, formset=AccountLinesBase, extra=1, max_num=MOST_ACCOUNTS, validate_max=True
)
