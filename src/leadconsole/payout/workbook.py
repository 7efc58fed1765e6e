"""A month as a workbook whose formulas a person can follow: lines, the statement that sums them up, what to invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _
from leadconsole.payout import words
from leadconsole.payout.counting import Counted
from leadconsole.payout.papers import invoice_titles, listed
from leadconsole.payout.queries import Invoice
from leadconsole.payout.rules import Figures, SchemeKind, Section
from leadconsole.payout.summary import remarks

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MONEY = "#,##0.00"
_DAY = "yyyy-mm-dd"
_WIDE = (30, 60, 16, 10, 10, 16, 16, 30)


def workbook(counted: Counted | None, invoices: Iterable[Invoice], timezone: str) -> bytes:
    """The bytes of an XLSX file; without a statement, for whoever may not see it, the list to invoice alone."""
    from openpyxl import Workbook

    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    if counted is not None:
        lines_title = _("Lines")
        figures = book.create_sheet(_("Statement"))
        _lines(book.create_sheet(lines_title), counted)
        _figures(figures, counted, f"'{lines_title}'")
    sheet = book.create_sheet(_("Invoices and acts"))
    _put(sheet, invoice_titles())
    for one in invoices:
        row = listed(one, timezone)
        _put(sheet, [row.client, row.work, _money(row.amount), row.accepted, row.ticket, row.passed_on])
    _finish(sheet, (40, 60, 16, 14, 10, 14), {3})
    for cells in sheet.iter_rows(min_row=2):
        cells[3].number_format = cells[5].number_format = _DAY
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(sheet: Worksheet, counted: Counted) -> None:
    _put(sheet, [_("Section"), _("For"), _("Base"), _("Days"), _("Of days"), _("Amount"), _("Source"), _("Key")])
    for row, one in enumerate(counted.statement.lines, 2):
        told = [words.section(one.section), words.label(one), _money(one.base), one.days, one.of_days]
        _put(sheet, [*told, None, one.file, one.key])
        sheet.cell(row, 6, f"=ROUND(C{row}*D{row}/E{row},2)")
    _finish(sheet, _WIDE, {3, 6})


def _figures(sheet: Worksheet, counted: Counted, lines: str) -> None:
    statement = counted.statement
    scheme = statement.scheme
    status = words.status(counted.status)
    _put(sheet, [formats.month(statement.month), f"{words.scheme(statement.kind)}, {status}, {scheme.currency}"])
    last = len(statement.lines) + 1

    def sums(*sections: Section) -> str:
        parts = (f'SUMIFS({lines}!F2:F{last},{lines}!A2:A{last},"{words.section(one)}")' for one in sections)
        return "=" + "+".join(parts)

    probation = statement.kind == SchemeKind.PROBATION
    rows: list[tuple[str, Any]] = [
        (_("Subscription fees"), sums(Section.SUBSCRIPTION)),
        (_("One-off work accepted"), sums(Section.ONE_OFF)),
        (_("Volume"), "=B2+B3"),
        (_("Share in percent"), _money(scheme.share_rate)),
        (_("Share"), "=ROUND(B4*B5/100,2)"),
        (_("Salaries"), sums(Section.SALARY)),
        (_("Outside resources"), sums(Section.OUTSIDE)),
        (_("Adjustments"), sums(Section.ADJUSTMENT)),
        (_("Profit"), "=ROUND(B6-B7-B8+B9,2)"),
        (_("Guaranteed minimum"), _money(scheme.guaranteed_minimum)),
        (_("Top-up to the minimum"), _money(0) if probation else "=MAX(0,ROUND(B11-B10,2))"),
        (_("Reserve"), sums(Section.RESERVE)),
        (_("Bonuses"), sums(Section.BONUS)),
        (
            _("Own pay"),
            _money(statement.figures.lead_pay) if probation else "=MAX(0,ROUND(B10+B12-B13-B14,2))",
        ),
    ]
    for row, (name, value) in enumerate(rows, 2):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, value)
    if statement.shadow is not None:
        _shadow(sheet, statement.shadow)
    for row, told in enumerate(remarks(counted), len(rows) + 3):
        _text(sheet.cell(row, 1), told)
    _finish(sheet, (44, 20, 20), {2, 3})


def _shadow(sheet: Worksheet, shadow: Figures) -> None:
    """On probation, beside the pay, what the formula would have made of the same profit."""
    sheet.cell(1, 3, _("By the formula"))
    for row, value in (
        (10, "=B10"),
        (11, "=B11"),
        (12, "=MAX(0,ROUND(C11-C10,2))"),
        (13, _money(shadow.reserve)),
        (14, _money(shadow.bonuses)),
        (15, "=MAX(0,ROUND(C10+C12-C13-C14,2))"),
    ):
        sheet.cell(row, 3, value)


def _money(minor: int) -> Decimal:
    return Decimal(minor) / 100


def _put(sheet: Worksheet, values: Sequence[Any]) -> None:
    row = sheet.max_row + (sheet.max_row > 1 or sheet.cell(1, 1).value is not None)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            _text(cell, value)
        else:
            cell.value = value


def _text(cell: Any, value: str) -> None:
    """Text from outside, which is no formula whatever it begins with."""
    cell.value = value
    cell.data_type = "s"


def _finish(sheet: Worksheet, widths: Sequence[int], money: set[int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.column in money:
                cell.number_format = _MONEY
    sheet.freeze_panes = "A2"
