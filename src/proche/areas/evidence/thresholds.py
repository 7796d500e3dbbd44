"""The thresholds of a programme: those of thresholds.toml, with what it sets otherwise."""

from dataclasses import asdict, replace
from hashlib import sha256
from json import dumps

from proche.areas.accounts.models import Programme
from proche.areas.evidence.models import ProgrammeThresholds
from proche.core.tiers import Thresholds, shipped_thresholds

# The ones a team may set, in the order of their page; the rest stay as argued in docs/methods.
SETTABLE = ("star", "sponsored_share", "active", "quiet", "near", "far")


def thresholds_of(programme: Programme) -> Thresholds:
    """Verdicts are signed under its version: that of the file, marked where a value differs."""
    own = ProgrammeThresholds.objects.filter(programme=programme).first()
    values = {k: v for k, v in (own.values if own else {}).items() if k in SETTABLE}
    values["ceiling"] = programme.follower_ceiling
    shipped = shipped_thresholds()
    differs = {k: v for k, v in values.items() if getattr(shipped, k) != v}
    if not differs:
        return shipped
    mark = sha256(dumps(differs, sort_keys=True).encode()).hexdigest()[:6]
    return replace(shipped, version=f"{shipped.version}+{mark}", **differs)


def shipped_values() -> dict[str, float]:
    return {name: value for name, value in asdict(shipped_thresholds()).items() if name in SETTABLE}
