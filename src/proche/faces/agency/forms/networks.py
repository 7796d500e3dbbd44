"""Connecting the interface of a network."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.content.connecting import Network, read_servers
from proche.common.errors import Refusal


class NetworkForm(forms.Form):
    """One network; only where it has many servers are some to be named."""

    network = forms.ChoiceField(choices=Network, widget=forms.HiddenInput)
    servers = forms.CharField(
        label=_("Other servers"),
        help_text=_(
            "One a line. Those of the accounts that members gave are asked for their own posts "
            "without being named here."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, network: str, *args: Any, **kwargs: Any) -> None:
        # Several stand on one page.
        super().__init__(*args, **{"auto_id": f"{network}_%s", **kwargs})
        self.fields["network"].initial = network
        if network != Network.MASTODON:
            del self.fields["servers"]

    def clean_servers(self) -> list[str]:
        try:
            return read_servers(self.cleaned_data["servers"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
