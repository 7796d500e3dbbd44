"""Topics people post about and trades they work in: one bilingual taxonomy for match, search and
sign-up."""

from proche.core.topics.finding import find
from proche.core.topics.taxonomy import Topic, load, named, wider

__all__ = ["Topic", "find", "load", "named", "wider"]
