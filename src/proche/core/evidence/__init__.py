"""Evidence: what is measured of an account, from which proof, with which certainty."""

from proche.core.evidence.gathering import Evidence, evidence_table
from proche.core.evidence.mapping import ColumnMapping, read_mapping
from proche.core.evidence.measures import CLOSENESS, MEASURES, PROOFS, Measure, Measurement
from proche.core.evidence.norms import Norms
from proche.core.evidence.unknowns import WHY_UNKNOWN

__all__ = [
    "CLOSENESS",
    "MEASURES",
    "PROOFS",
    "WHY_UNKNOWN",
    "ColumnMapping",
    "Evidence",
    "Measure",
    "Measurement",
    "Norms",
    "evidence_table",
    "read_mapping",
]
