"""Members for the tests: known to the letter, changed one field at a time."""

from typing import Any

from proche.core.matching import Member


def member(member_id: str = "camille", **changes: Any) -> Member:
    known: dict[str, Any] = {
        "text": "Coiffeuse à Rimouski",
        "region": "01",
        "languages": ("fr",),
        "followers": 900,
        "closeness": 60.0,
        "closeness_measures": 4,
        "proof": "public",
        "tier": "nano",
        "archetype": "professional",
        "try_products": True,
        "attend_events": True,
        "age_ok": True,
        "may_be_shortlisted": True,
        "asks_this_quarter": 0,
        "mentioned_brand": False,
        "accepts_alcohol": True,
    }
    return Member(member_id=member_id, **{**known, **changes})
