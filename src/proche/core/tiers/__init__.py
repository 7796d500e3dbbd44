"""Verdicts: tier, archetype, reasons, and what is left to confirm. A person signs."""

from proche.core.tiers.qualify import (
    Qualification,
    Qualified,
    qualify_records,
    qualify_tables,
    verdict_table,
)
from proche.core.tiers.thresholds import Thresholds, read_thresholds, shipped_thresholds
from proche.core.tiers.verdict import ARCHETYPES, TIERS, Verdict

__all__ = [
    "ARCHETYPES",
    "TIERS",
    "Qualification",
    "Qualified",
    "Thresholds",
    "Verdict",
    "qualify_records",
    "qualify_tables",
    "read_thresholds",
    "shipped_thresholds",
    "verdict_table",
]
