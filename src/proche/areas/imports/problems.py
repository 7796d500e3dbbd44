"""Everything that may be wrong with a row: what it is called, and what to do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.imports.columns import COLUMNS


@dataclass(frozen=True, slots=True)
class Kind:
    """`stops`: the row cannot be imported; otherwise the cell alone is in doubt, or it is a note
    (`told`) that changes nothing."""

    label: str | Promise
    remedy: str | Promise
    stops: bool = False
    told: bool = False


PROBLEMS = {
    "no_name": Kind(_("a name is missing"), _("Write the given name and the family name."), True),
    "one_word_name": Kind(
        _("only one word for the whole name"),
        _("Write the given name and the family name, or both in columns of their own."),
        True,
    ),
    "no_email": Kind(
        _("the email is missing"),
        _("Write it: it is how somebody is recognized and written to."),
        True,
    ),
    "email": Kind(_("this is not an email"), _("Write one address, like prenom@exemple.ca."), True),
    "twice": Kind(
        _("this email is twice in the file"),
        _("Keep one row for each person: the first is imported, this one is not."),
        True,
    ),
    "formula": Kind(
        _("a cell that a spreadsheet would run as a formula"),
        _("Take the first sign out, or write an apostrophe before it."),
        True,
    ),
    "refused": Kind(
        _("this person was refused, or asked not to be invited"),
        _("Leave them out: a refusal is final."),
        True,
    ),
    "applying": Kind(
        _("this person signed up and waits for an answer"),
        _("Decide on the application: it holds what they said themselves."),
        True,
    ),
    "too_long": Kind(_("too long"), _("Shorten it; the longest allowed is shown.")),
    "region": Kind(
        _("this region is not known"),
        _("Write the name or the code (01 to 17) of an administrative region of Québec."),
    ),
    "language": Kind(_("this language is not known"), _("Write French or English.")),
    "archetype": Kind(_("this profile is not known"), _("Write consumer or professional.")),
    "topic": Kind(_("a topic is not known"), _("Take it out, or write one of our topics.")),
    "yes_no": Kind(_("neither yes nor no"), _("Write yes, no, or leave the cell empty.")),
    "number": Kind(
        _("this number cannot be read"), _("Write it in full, like 4200, or like 4.2 k.")
    ),
    "number_alone": Kind(
        _("followers without an account"), _("Add the name of the account, or empty the cell.")
    ),
    "handle": Kind(
        _("this is no account of that network"),
        _("Write the name as it stands there, or the address of the page."),
    ),
    "other_network": Kind(
        _("the address of another network"), _("Move it to the column of its own network.")
    ),
    "accounts": Kind(
        _("these accounts cannot be read"), _("Write them as instagram:name; tiktok:name.")
    ),
    "date": Kind(
        _("this date cannot be read, or could be two dates"), _("Write it as 2026-03-04.")
    ),
    "future": Kind(_("this date is still to come"), _("Write the day on which it happened.")),
    "limits": Kind(
        _("an allergy, a diet or another limit: kept out"),
        _("Nothing to do: the person writes it themselves, once they agree that it is kept."),
        told=True,
    ),
    "in_bank": Kind(
        _("already in the bank"),
        _("Nothing to do: what they said themselves is never replaced."),
        told=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell of one row; `hint` is the nearest value that would be right, or a figure."""

    row: int
    column: str
    value: str
    code: str
    hint: str = ""

    @property
    def kind(self) -> Kind:
        return PROBLEMS[self.code]

    @property
    def column_label(self) -> str | Promise:
        return COLUMNS[self.column].label if self.column in COLUMNS else self.column

    def kept(self) -> list[object]:
        return [self.row, self.column, self.value[:200], self.code, self.hint]
