from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.evidence.models import Verdict
from proche.common.choices import Archetype, Tier


class SignForm(forms.Form):
    """The proposal, which the person who signs may change; a change needs a reason."""

    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices)
    archetype = forms.ChoiceField(label=_("Profile"), choices=Archetype.choices)
    reason = forms.CharField(
        label=_("Why, if you decide otherwise"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person may ask for it and read it."),
    )

    @classmethod
    def about(cls, verdict: Verdict) -> "SignForm":
        proposed = verdict.proposed_archetype or verdict.person.archetype
        return cls(initial={"tier": verdict.proposed_tier, "archetype": proposed})
