"""Verdicts: tier, archetype, reasons, and what is left to confirm. A person signs."""

from proche.core.tiers.facts import ARCHETYPES, TIERS
from proche.core.tiers.files import qualify_files, read_norms, write_results
from proche.core.tiers.qualify import (
    Qualification,
    Qualified,
    norms_from,
    qualify_records,
    qualify_tables,
    verdict_table,
)
from proche.core.tiers.summary import counted_lines, doubts_of, summarise, summary_lines
from proche.core.tiers.thresholds import Thresholds, read_thresholds, shipped_thresholds
from proche.core.tiers.verdict import Verdict

__all__ = [
    "ARCHETYPES",
    "TIERS",
    "Qualification",
    "Qualified",
    "Thresholds",
    "Verdict",
    "counted_lines",
    "doubts_of",
    "norms_from",
    "qualify_files",
    "qualify_records",
    "qualify_tables",
    "read_norms",
    "read_thresholds",
    "shipped_thresholds",
    "summarise",
    "summary_lines",
    "verdict_table",
    "write_results",
]
