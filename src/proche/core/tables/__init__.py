"""Read one table of any command from CSV, CSV.gz or Parquet, or refuse it in one line."""

from proche.core.evidence.tables import FLAG_WORDS, PROOF_WORDS, Column, Table, Type
from proche.core.tables.reading import Read, read_table

__all__ = ["FLAG_WORDS", "PROOF_WORDS", "Column", "Read", "Table", "Type", "read_table"]
