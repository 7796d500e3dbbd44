"""The search of the bank: words that forgive, facets with exact counts, in memory."""

from proche.faces.agency.bank_search.facets import Choice, Facet
from proche.faces.agency.bank_search.search import BankSearch, Heard

__all__ = ["BankSearch", "Choice", "Facet", "Heard"]
