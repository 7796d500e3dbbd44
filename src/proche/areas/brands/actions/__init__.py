"""What changes a brand, its contacts or its briefs."""

from proche.areas.brands.actions.brands import add_brand, change_brand
from proche.areas.brands.actions.briefs import change_brief, write_brief
from proche.areas.brands.actions.contacts import (
    add_contact,
    change_contact,
    put_contact_back,
    remove_contact,
)
from proche.areas.brands.actions.drafts import put_draft_back, remove_draft, save_draft

__all__ = [
    "add_brand",
    "add_contact",
    "change_brand",
    "change_brief",
    "change_contact",
    "put_contact_back",
    "put_draft_back",
    "remove_contact",
    "remove_draft",
    "save_draft",
    "write_brief",
]
