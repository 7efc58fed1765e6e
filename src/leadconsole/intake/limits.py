"""How much an input file may ask for: nothing from outside decides how much memory an import takes."""

from __future__ import annotations

LONGEST_LINE = 8_000_000
"""Characters of one physical line of a text file; a body may have 6,000,000."""

LONGEST_CELL = 6_500_000
MOST_COLUMNS = 500
SAMPLE = 1 << 20
"""Bytes that are looked at to tell an unknown encoding."""

XLSX_BYTES = 64 << 20
XLSX_UNPACKED = 512 << 20
XLSX_RATIO = 200
XLSX_ROWS = 1_048_576

MOST_TOLD = 1_000
"""Rejections that a report holds; all of them stand in the rejected file."""
