"""The figures of a study as a page shows them: sentences first, then drawings and tables."""

from proche.faces.agency.impact_report.basis import Known, basis, unknowns
from proche.faces.agency.impact_report.chart import week_by_week
from proche.faces.agency.impact_report.figures import Report, report_of
from proche.faces.agency.impact_report.ratio import RatioShown, ratio_shown

__all__ = [
    "Known",
    "RatioShown",
    "Report",
    "basis",
    "ratio_shown",
    "report_of",
    "unknowns",
    "week_by_week",
]
