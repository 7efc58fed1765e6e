"""A month of the roster as an XLSX sheet to print: people by days, hours, coverage; days off are shaded."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, pgettext
from leadconsole.kernel.text import spreadsheet_safe
from leadconsole.roster import table, words
from leadconsole.roster.queries import RosterMonth
from leadconsole.roster.rules.finding import Report

_SHADE = "FFE0E0E0"


def workbook(shown: RosterMonth, report: Report, status: str) -> bytes:
    """The bytes of the file; openpyxl is imported here alone."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    facts = shown.facts
    days = [date.fromisoformat(day) for day in facts.days]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = str(facts.month)
    sheet.append([f"{formats.month(facts.month)} · {status}"])
    sheet.append(["", *(formats.weekday(day) for day in days)])
    sheet.append(
        [
            "",
            *(f"{day.day}{table.day_mark(facts, day)}" for day in days),
            _("Hours"),
            pgettext("hours", "Norm"),
            _("Nights"),
            _("Weekends"),
        ]
    )
    for one, hours in zip(facts.people, report.hours, strict=True):
        cells = [table.cell(shown, one.login, day).replace(table.FREE, "") for day in facts.days]
        figures = [round(hours.planned / 60, 2), round(hours.norm / 60, 2), hours.nights, hours.weekends]
        sheet.append([spreadsheet_safe(one.name), *map(spreadsheet_safe, cells), *figures])
    for title, row in table.coverage(report, facts):
        sheet.append([title, *row])
    sheet.append([])
    for kind in facts.types.values():
        ends = kind.starts + kind.length
        hours_of = f"{words.wall(kind.starts)}–{words.wall(ends % 1440 or 1440)}"
        sheet.append([spreadsheet_safe(f"{kind.code} {kind.name}"), hours_of])
    sheet["A1"].font = Font(bold=True)
    shade = PatternFill("solid", start_color=_SHADE)
    for place, day in enumerate(days, 2):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 5
        for line in range(2, 4 + len(facts.people)):
            cell = sheet.cell(line, place)
            cell.alignment = Alignment(horizontal="center")
            if not facts.is_work_day(day):
                cell.fill = shade
    sheet.column_dimensions["A"].width = 28
    sheet.freeze_panes = "B4"
    sheet.print_title_rows, sheet.print_title_cols = "2:3", "A:A"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
