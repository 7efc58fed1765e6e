"""One person's history as a file for people: Markdown, or a workbook of Excel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.new_file import write_new
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.text import clean_line, spreadsheet_safe
from leadconsole.one_on_one import evidence, queries, words
from leadconsole.one_on_one.queries import Record, Sheet

_MARKDOWN = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_{}[]<>#|!"})


@query(Capability.OWN_REVIEW)
def export_history(desk: Desk, login: str, path: Path) -> None:
    """Write all meetings of a person to a new .md or .xlsx file (0600); private notes of the lead aren't in it."""
    ending = path.suffix.lower()
    if ending not in (".md", ".xlsx"):
        raise Refused(_("The file must end in .md or .xlsx."), code="bad_ending", field="text", file=str(path))
    sheet = queries.sheet(desk, login)
    records = [queries.record(desk, login, meeting.day) for meeting in sheet.review.standing.all_meetings]
    data = _workbook(sheet, records) if ending == ".xlsx" else "\n".join(_markdown(sheet, records)).encode() + b"\n"
    try:
        write_new(path, data)
    except Refused as refusal:
        refusal.field = "text"
        raise
    except OSError as error:
        raise Refused(
            _("{path} can't be written: {reason}.").format(path=path, reason=error.strerror),
            code="unwritable", field="text", file=str(path),
        ) from error  # fmt: skip


def _markdown(sheet: Sheet, records: list[Record]) -> Iterator[str]:
    standing = sheet.review.standing
    yield f"# {_plain(sheet.review.name)} ({sheet.review.login})"
    yield ""
    yield f"**{_plain(words.verdict(standing.verdict))}.** {_plain(words.because(standing))}"
    starts = {series.first for series in standing.series}
    for record in records:
        meeting = record.meeting
        if meeting.day in starts:
            criteria = ", ".join(f"{_plain(one.name)} ({words.points(one.most)})" for one in meeting.criteria)
            yield f"\n## {_('Criteria since {day}').format(day=_day(meeting.day))}\n\n{criteria}"
        yield f"\n### {_day(meeting.day)}: {words.points(meeting.total)} / {words.points(meeting.most)}\n"
        yield f"| {_('Criterion')} | {_('Points')} | {_('Own')} | {_('Reason')} |\n| --- | --- | --- | --- |"
        for score in meeting.scores:
            own = record.own.get(score.criterion)
            cells = (score.criterion, f"{words.points(score.points)} / {words.points(score.most)}",
                     words.points(own[0]) if own else "", score.reason)  # fmt: skip
            yield "| " + " | ".join(_plain(cell) for cell in cells) + " |"
        yield ""
        yield from (f"- {_plain(line)}" for line in _said(record))
    if sheet.actions:
        yield f"\n## {_('Agreed')}\n"
        for one in sheet.actions:
            due = f", {_day(one.due)}" if one.due else ""
            yield f"- [{'x' if one.done else ' '}] {_plain(one.text)} ({_plain(one.owner)}{due})"


def _said(record: Record) -> Iterator[str]:
    """What belongs to a record beside its points, a line each."""
    if record.evidence.since:
        yield evidence.in_words(record.evidence)
    for text in record.talked:
        yield _("Talked about: {text}").format(text=text)
    if record.acknowledged is not None:
        yield _("acknowledged by {login}").format(login=record.login) + (f": {record.remark}" if record.remark else "")
    for author, _at, text in record.corrections:
        yield _("Correction by {login}: {text}").format(login=author, text=text)


def _workbook(sheet: Sheet, records: list[Record]) -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    points = book.active
    assert points is not None
    points.title = _("Points")[:31]
    heads = (_("Date"), _("Criterion"), _("Points"), _("At most"), _("Own"), _("Reason"))
    points.append([spreadsheet_safe(head) for head in heads])
    for record in records:
        for score in record.meeting.scores:
            own = record.own.get(score.criterion)
            row = [parse_date(record.meeting.day), _cell(score.criterion), score.points / 100, score.most / 100]
            points.append([*row, own[0] / 100 if own else None, _cell(score.reason)])
    sums = book.create_sheet(_("Meetings")[:31])
    sums.append([_("Date"), _("Sum"), _("At most"), "%", _("Remark")])
    for record in records:
        one = record.meeting
        said = "\n".join(_said(record))
        sums.append([parse_date(one.day), one.total / 100, one.most / 100, round(float(one.percent), 2), _cell(said)])
    agreed = book.create_sheet(_("Agreed")[:31])
    agreed.append([_("Date"), _("What"), _("Who does it"), _("Due"), _("Done")])
    for action in sheet.actions:
        days = [parse_date(day) if day else None for day in (action.due, action.done)]
        agreed.append([parse_date(action.date), _cell(action.text), _cell(action.owner), *days])
    for page in book.worksheets:
        page.freeze_panes = "A2"
        for letter, wide in zip("ABCDEF", (12, 30, 12, 12, 12, 60), strict=True):
            page.column_dimensions[letter].width = wide
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _cell(text: str) -> str:
    """Text that neither runs as a formula nor holds what a workbook can't."""
    return spreadsheet_safe(text)[:32_000]


def _plain(text: str) -> str:
    """One line of text that Markdown shows as it is."""
    return clean_line(" ".join(text.split())).translate(_MARKDOWN)


def _day(iso: str) -> str:
    return formats.day(parse_date(iso))
