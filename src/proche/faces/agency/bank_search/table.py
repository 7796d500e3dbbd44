"""The table of the bank: which columns, in which order, how many rows, as each person chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proche.areas.accounts.models import User
from proche.areas.people.bank import BankTable, BankView

ROWS = (25, 50, 100)


@dataclass(frozen=True)
class Column:
    """`sort` is the name it sorts by, with the direction of a first click before it."""

    code: str
    label: str | Promise
    sort: str = ""
    number: bool = False


COLUMNS = (
    Column("region", _("Region"), "region"),
    Column("topics", _("Talks about")),
    Column("followers", _("Followers"), "-followers", number=True),
    Column("closeness", _("Closeness"), "-closeness"),
    Column("proof", _("Proof"), "-proof"),
    Column("contact", _("Contact"), "-contact"),
    Column("tier", _("Tier")),
    Column("profile", _("Profile")),
    Column("language", _("Language")),
    Column("wishes", _("Wishes to")),
    Column("tags", _("Tags")),
    Column("joined", _("Member since"), "-joined"),
)
BY_CODE = {column.code: column for column in COLUMNS}
USUAL = ("region", "topics", "followers", "closeness", "proof", "contact")


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: int = ROWS[0]

    @property
    def codes(self) -> list[str]:
        return [column.code for column in self.columns]


def columns_of(codes: Sequence[str]) -> tuple[Column, ...]:
    """The columns of these codes in the order of the page; a code no longer ours is passed by."""
    return tuple(column for column in COLUMNS if column.code in codes)


def table_of(user: User, view: BankView | None) -> Table:
    """A view opened brings its own columns; else those chosen last, else the usual ones."""
    kept = BankTable.objects.filter(user=user).first()
    codes = view.columns if view else kept.columns if kept else USUAL
    return Table(columns_of(codes), kept.rows if kept and kept.rows in ROWS else ROWS[0])
