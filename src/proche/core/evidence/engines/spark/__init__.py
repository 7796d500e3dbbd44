"""The steps on Spark: the text DuckDB runs, on a cluster or on this machine."""

from proche.core.evidence.engines.spark.running import count, count_in
from proche.core.evidence.engines.spark.session import open_session

__all__ = ["count", "count_in", "open_session"]
