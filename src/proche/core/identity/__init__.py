"""Who is the same human: normalised records, keys, a saved Splink model, a decision."""

from proche.core.identity.records import (
    Decision,
    Link,
    Placed,
    Profile,
    Record,
    Resolution,
)
from proche.core.identity.resolving import Bank, resolve

__all__ = ["Bank", "Decision", "Link", "Placed", "Profile", "Record", "Resolution", "resolve"]
