"""A resolution as the table and the document that leave the command."""

import csv
import io
from typing import Any

from proche.core.identity.records import Decision, Link, Resolution

COLUMNS = ("record_id", "cluster_id", "decision", "probability", "review_with", "review_also")


def csv_of(resolution: Resolution) -> bytes:
    """UTF-8, one row per record in the order given; `review_with` names the likeliest other, and
    `review_also` the rest of the queue for this record, separated by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in resolution.placed:
        likeliest, rest = one.others[:1], one.others[1:]
        writer.writerow(
            (
                one.record_id,
                one.cluster_id,
                one.decision.value,
                f"{one.probability:.6f}",
                *(likeliest or ("",)),
                ";".join(rest),
            )
        )
    return out.getvalue().encode()


def document_of(resolution: Resolution) -> dict[str, Any]:
    """The counts, the clusters of two records or more, and the queue, likeliest first."""
    clusters: dict[str, list[str]] = {}
    for one in resolution.placed:
        clusters.setdefault(one.cluster_id, []).append(one.record_id)
    decided = [one.decision for one in resolution.placed]
    return {
        "records": len(resolution.placed),
        "people": len(clusters),
        "decisions": {kind.value: decided.count(kind) for kind in Decision},
        "clusters": [
            {"cluster_id": name, "records": records}
            for name, records in clusters.items()
            if len(records) > 1
        ],
        "review": [_asked(link) for link in resolution.queue],
        "left_out": resolution.left_out,
    }


def _asked(link: Link) -> dict[str, Any]:
    return {
        "record_id": link.left,
        "review_with": link.right,
        "probability": link.probability,
        "agree": list(link.keys),
    }
