"""A spreadsheet somebody uploads, read row by row: bytes in, cells of text out, within limits."""

from proche.core.sheets.limits import LIMITS, Limits
from proche.core.sheets.opening import Opened, Row, open_sheet, rows_of

__all__ = ["LIMITS", "Limits", "Opened", "Row", "open_sheet", "rows_of"]
