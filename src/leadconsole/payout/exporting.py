"""`leadconsole payout export`: statement, list for accounting or journal as a file that overwrites nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leadconsole.kernel.access import Capability
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused, WrongUsage
from leadconsole.kernel.headless import Answer
from leadconsole.kernel.i18n import _
from leadconsole.kernel.new_file import write_new
from leadconsole.kernel.period import Month
from leadconsole.payout import papers, queries

KINDS = {".xlsx": "workbook", ".csv": "invoices", ".md": "statement", ".journal": "journal", ".ledger": "journal"}
ENCODINGS = ("utf-8", "cp1251")
PLAIN = "utf_8"
"""UTF-8 for readers that want no mark."""


def export(desk: Desk, month: Month, target: str, encoding: str) -> Answer:
    """Write a month to a file by its ending; for `-` the statement to standard output, or what is to be invoiced.

    Whoever makes the invoices needn't see what people earn, so that is all that accounting gets.
    """
    if target == "-" and not desk.actor.may(Capability.READ_PAYOUT):
        listed = papers.invoice_csv(queries.invoices(desk, month), queries.timezone(desk))
        return Answer({"month": str(month), "format": "invoices", "text": listed}, lambda cells: listed.splitlines())
    if target == "-":
        text = "\n".join(papers.markdown(queries.statement(desk, month)))
        return Answer({"month": str(month), "format": "markdown", "text": text}, lambda cells: text.split("\n"))
    path = Path(target)
    if path.suffix.lower() not in KINDS:
        raise WrongUsage(
            _("{path} must end in {endings}, or be - for the terminal.").format(path=path, endings=", ".join(KINDS))
        )
    size = write(desk, month, path, encoding)

    def lines(cells: int | None) -> Iterator[str]:
        yield _("Written to {path}.").format(path=path)

    kind = KINDS[path.suffix.lower()]
    return Answer({"month": str(month), "format": kind, "file": str(path), "bytes": size}, lines)


def write(desk: Desk, month: Month, path: Path, encoding: str) -> int:
    """Write a month to a new file by its ending; returns how many bytes. Refused for an ending that means nothing."""
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise Refused(_("The name must end in one of {endings}.").format(endings=", ".join(KINDS)), field="file")
    data = _made(desk, month, kind, encoding)
    write_new(path, data)
    return len(data)


def _made(desk: Desk, month: Month, kind: str, encoding: str) -> bytes:
    if kind == "statement":
        return _encoded("\n".join(papers.markdown(queries.statement(desk, month))) + "\n", PLAIN)
    if kind == "journal":
        return _encoded("\n".join(papers.journal(queries.statement(desk, month))) + "\n", PLAIN)
    invoices = queries.invoices(desk, month)
    zone = queries.timezone(desk)
    if kind == "invoices":
        return _encoded(papers.invoice_csv(invoices, zone), encoding)
    from leadconsole.payout.workbook import workbook

    # Whoever makes the invoices needn't see what people earn.
    counted = queries.statement(desk, month) if desk.actor.may(Capability.READ_PAYOUT) else None
    return workbook(counted, invoices, zone)


def _encoded(text: str, encoding: str) -> bytes:
    """The text in its encoding; UTF-8 with a mark, without which a spreadsheet takes it for something else."""
    if encoding == "cp1251":
        return text.encode("cp1251", "replace")
    return text.encode("utf-8-sig" if encoding == ENCODINGS[0] else encoding)
