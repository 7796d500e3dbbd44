"""Measures as pages of the workspace show them."""

from proche.faces.agency.measures.confidence import confidence_of
from proche.faces.agency.measures.lines import MeasureLine, measure_lines
from proche.faces.agency.measures.pages import PAGES, MeasurePage
from proche.faces.agency.measures.signs import Signs, signs_of

__all__ = [
    "PAGES",
    "MeasureLine",
    "MeasurePage",
    "Signs",
    "confidence_of",
    "measure_lines",
    "signs_of",
]
