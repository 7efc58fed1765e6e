"""The lines of Today as rows of a table, the title of a section before its first line."""

from __future__ import annotations

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import clean_line, pad, shorten
from leadconsole.today import words
from leadconsole.today.lines import Day, Line, Opens, Section

_TONES = {"!": "danger", "~": "warning", "✓": "good"}
Key = tuple[str, Opens | None, str]
"""Section, what it opens, and the text, for lines that open the same."""


CLIENT_CELLS = 14


def columns() -> list[Column]:
    """The columns of Today; a line that is about no ticket has the whole width for its words."""
    return [
        Column("section", "", words.TITLE_CELLS),
        Column("sign", "", 1),
        Column("text", "", 30, flex=5),
        Column("who", _("Who"), 8, keep=2),
        Column("because", _("Why"), 40, flex=4, keep=3),
        Column("when", _("Left"), 10, align="right"),
    ]


def rows(day: Day) -> list[Row]:
    """Every line of a day, and after a section how many more there are."""
    numbers = [line.number or 0 for one in day.sections for line in one.lines]
    cells = len(str(max(numbers, default=0)))
    return [row for one in day.sections for row in _rows(one, cells)]


def line_at(day: Day, key: object) -> tuple[Section, Line | None] | None:
    """The section and line of a row; no line for the row that tells how many more there are."""
    for one in day.sections:
        for line in one.lines:
            if _key(one, line) == key:
                return one, line
        if _more_key(one) == key:
            return one, None
    return None


def _rows(one: Section, number_cells: int) -> list[Row]:
    made = []
    for place, line in enumerate(one.lines):
        title = words.title(one.name) if not place else ""
        tone = _TONES.get(line.sign, "")
        cells = (
            Cell(title, "accent"), Cell(line.sign, tone), _what(line, number_cells), line.who,
            Cell(clean_line(line.because), "dim"), Cell(line.when, tone),
        )  # fmt: skip
        made.append(Row(_key(one, line), cells))
    if one.more and one.opens is not None:
        made.append(Row(_more_key(one), ("", "", Cell(words.more(one), "dim"), "", "", "")))
    return made


def _what(line: Line, number_cells: int) -> str:
    """A ticket by number, client and subject, in columns of their own; else what the line says."""
    if line.number is None:
        return clean_line(line.text)
    client = pad(shorten(clean_line(line.client), CLIENT_CELLS), CLIENT_CELLS)
    return f"{line.number:>{number_cells}} {client} {clean_line(line.text)}"


def _key(one: Section, line: Line) -> Key:
    return one.name, line.opens, line.text


def _more_key(one: Section) -> Key:
    return one.name, one.opens, ""
