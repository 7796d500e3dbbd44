from django import forms
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import Role


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Email"), help_text=_("This person signs in with a code."))
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices)
