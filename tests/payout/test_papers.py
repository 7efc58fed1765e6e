"""A month on paper: for people, for accounting, for hledger; files overwrite nothing and carry no formula of others."""

from __future__ import annotations

import csv
import io
import re
import shutil
import stat
import subprocess
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.desk_file import Shell
from desks import House, at, house
from leadconsole.kernel import i18n
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.errors import NotAllowed, Refused, WrongUsage
from leadconsole.kernel.period import Month
from leadconsole.payout import commands, papers, queries, rules
from leadconsole.payout.exporting import export
from leadconsole.team import commands as team
from leadconsole.tickets import commands as tickets

FEBRUARY = Month(2026, 2)


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A February with a hostile client name, a fee of half a month and a work."""
    made = house(tmp_path / "desk.db", "2026-02-10T12:00:00+03:00")
    made.client("acme", name="=HYPERLINK(1)|x")
    team.enter(made.desk(), "subscriptions", {"client": "acme", "from": "2026-02-16", "monthly_fee": "1000.01"})
    tickets.accept(made.desk(), made.ticket("Отчёт; срочно", price="700"))
    commands.enter(made.desk(), "salaries", {"login": "lida", "from": "2026-01-01", "amount": "500.05"})
    commands.enter(made.desk(), "adjustments", {"month": "2026-02", "description": "Act", "amount": "-0.01"})
    made.clock.at = at("2026-03-02T10:00:00+03:00")
    return made


def test_the_markdown_escapes_what_would_be_markup(home: House) -> None:
    text = "\n".join(papers.markdown(queries.statement(home.desk(), FEBRUARY)))
    assert "| Volume | 1,164.29 |" in text
    assert "=HYPERLINK(1)\\|x" in text


def test_the_list_for_accounting_is_safe_and_readable(home: House, tmp_path: Path) -> None:
    for name, encoding in (("a.csv", "utf-8"), ("b.csv", "cp1251")):
        export(home.desk(), FEBRUARY, str(tmp_path / name), encoding)
        text = (tmp_path / name).read_bytes().decode("utf-8-sig" if encoding == "utf-8" else encoding)
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert rows[1] == ["'=HYPERLINK(1)|x", "Subscription fees", "464.29", "", "", ""]
        assert rows[2] == ["'=HYPERLINK(1)|x", "Отчёт; срочно", "700.00", "2026-02-10", "1", ""]
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    with pytest.raises(Refused, match="exists already"):
        export(home.desk(), FEBRUARY, str(tmp_path / "a.csv"), "utf-8")
    with pytest.raises(WrongUsage, match="must end in"):
        export(home.desk(), FEBRUARY, str(tmp_path / "a.doc"), "utf-8")


def test_spreadsheets_of_the_language_read_the_list(home: House, tmp_path: Path) -> None:
    i18n.use("ru")
    export(home.desk(), FEBRUARY, str(tmp_path / "a.csv"), "cp1251")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_bytes().decode("cp1251")), delimiter=";"))
    assert rows[1][2:] == ["464,29", "", "", ""]
    assert rows[2][2:] == ["700,00", "10.02.2026", "1", ""]
    commands.pass_on(home.desk(), FEBRUARY, [("tickets", "1")])
    export(home.desk(), FEBRUARY, str(tmp_path / "a.xlsx"), "utf-8")
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[2]
    assert [cell.value for cell in sheet[3]][2:] == [700, datetime(2026, 2, 10), 1, datetime(2026, 3, 2)]


def worth(book: Any, sheet: str, place: str) -> Decimal:
    """What a spreadsheet makes of a cell: its number, or its formula counted exactly."""
    found = book[sheet][place].value
    if not isinstance(found, str):
        return Decimal(str(found))
    formula = found.removeprefix("=")
    assert formula != found, f"{sheet}!{place} is text: {found}"

    def sum_ifs(told: re.Match[str]) -> str:
        other, last, wanted = told["sheet"], int(told["last"]), told["wanted"]
        rows = [row for row in range(2, last + 1) if book[other][f"A{row}"].value == wanted]
        return f"({sum((worth(book, other, f'F{row}') for row in rows), Decimal(0))})"

    formula = re.sub(
        r"SUMIFS\('(?P<sheet>[^']+)'!F2:F(?P<last>\d+),'(?P=sheet)'!A2:A(?P=last),\"(?P<wanted>[^\"]+)\"\)",
        sum_ifs,
        formula,
    )
    formula = re.sub(r"\b([A-Z]\d+)\b", lambda told: f"({worth(book, sheet, told[1])})", formula)
    formula = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)(?![\w.])", r"Decimal('\1')", formula)
    names = {"Decimal": Decimal, "ROUND": half_away, "MAX": max, "__builtins__": {}}
    counted: Decimal = eval(formula, names)
    return counted


def half_away(number: Decimal, places: Decimal) -> Decimal:
    """ROUND as a spreadsheet does it."""
    return number.quantize(Decimal(10) ** -int(places), ROUND_HALF_UP)


ROWS = (
    "subscription", "one_off", "volume", None, "share", "salaries", "outside", "adjustments", "profit", None, "topup",
    "reserve", "bonuses", "lead_pay",
)  # fmt: skip
"""The figures of the sheet from its second row on."""


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("how", ["plain", "guarantee", "probation", "set aside"])
def test_the_formulas_of_the_workbook_make_the_figures(home: House, tmp_path: Path, how: str, lang: str) -> None:
    i18n.use(lang)
    if how == "guarantee":
        home.setting("guaranteed_minimum", "5000")
    elif how == "probation":
        home.setting("guaranteed_minimum", "1000")
        home.setting("probation_salary", "70.5")
        home.setting("probation_until", "2026-02-28")
    elif how == "set aside":
        commands.enter(home.desk(), "allocations", {"month": "2026-02", "kind": "reserve", "amount": "10.01"})
        home.setting("share_rate", "45.55")
    export(home.desk(), FEBRUARY, str(tmp_path / "a.xlsx"), "utf-8")
    book = load_workbook(tmp_path / "a.xlsx")
    statement, lines, _invoices = book.sheetnames
    assert book[lines]["B2"].value == "=HYPERLINK(1)|x"
    assert book[lines]["B2"].data_type == "s"
    counted = queries.statement(home.desk(), FEBRUARY).statement
    for row, line in enumerate(counted.lines, 2):
        assert worth(book, lines, f"F{row}") * 100 == line.amount
    sums = rules.counted(counted.lines)
    figures = {**sums, **counted.figures._asdict()}
    for row, name in enumerate(ROWS, 2):
        if name is not None:
            assert worth(book, statement, f"B{row}") * 100 == figures[name], name
    if counted.shadow is not None:
        for row, amount in ((10, counted.shadow.profit), (12, counted.shadow.topup), (15, counted.shadow.lead_pay)):
            assert worth(book, statement, f"C{row}") * 100 == amount
    if how == "set aside":
        assert worth(book, statement, "B5") == Decimal("45.55")


def test_accounting_gets_the_list_and_not_the_pay(home: House, tmp_path: Path) -> None:
    desk = home.desk().seated(Actor("dora", Role.ACCOUNTANT))
    export(desk, FEBRUARY, str(tmp_path / "a.xlsx"), "utf-8")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Invoices and acts"]
    for name in ("a.md", "a.journal"):
        with pytest.raises(NotAllowed):
            export(desk, FEBRUARY, str(tmp_path / name), "utf-8")
    assert not (tmp_path / "a.md").exists()
    shown = export(desk, FEBRUARY, "-", "utf-8").data
    assert shown["text"] == papers.invoice_csv(queries.invoices(desk, FEBRUARY), queries.timezone(desk))
    assert "lead" not in shown["text"].lower(), "what accounting may read over SSH is the list, too"
    assert ("700.00" in shown["text"], "500.05" in shown["text"]) == (True, False)


@pytest.mark.parametrize("how", ["plain", "guarantee", "probation"])
def test_hledger_finds_the_journal_in_balance(home: House, tmp_path: Path, how: str) -> None:
    if shutil.which("hledger") is None:
        pytest.skip("hledger isn't installed")
    if how == "guarantee":
        home.setting("guaranteed_minimum", "5000")
    if how == "probation":
        home.setting("probation_salary", "70")
        home.setting("probation_until", "2026-02-28")
    path = tmp_path / "a.journal"
    export(home.desk(), FEBRUARY, str(path), "utf-8")
    subprocess.run(
        ["hledger", "-f", str(path), "check"], check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )
    assert "lead:pay" in path.read_text(encoding="utf-8")


def test_the_journal_sums_to_nothing(home: House) -> None:
    home.setting("guaranteed_minimum", "5000")
    total = 0
    for line in papers.journal(queries.statement(home.desk(), FEBRUARY)):
        if line.startswith("    "):
            total += round(float(line[4:].split("  ; ")[0].split()[-2]) * 100)
    assert total == 0


def test_the_command_line(home: House, tmp_path: Path) -> None:
    home.database.close()
    shell = Shell(tmp_path, home.database.path)
    found = shell.run("payout", "2026-02", "--json")
    assert (found.status, found.json["volume"], found.json["status"]) == (0, "1164.29", "open")
    told = shell.run("payout", "2026-02")
    assert "Own pay" in told.out
    assert shell.run("payout", "close", "2026-02", "--json").json["hash"]
    assert shell.run("payout", "close", "2026-02").status == 1
    refused = shell.run("payout", "reopen", "2026-02", "--json")
    assert (refused.status, refused.json["error"]["field"]) == (1, "reason")
    assert shell.run("payout", "reopen", "2026-02", "--reason", "a slip", "--json").json["reopened"]
    assert shell.run("payout", "2026-13").status == 2
    assert shell.run("payout", "export", "2026-02", "-").out.startswith("# February 2026")
    future = shell.run("payout", "2026-04", "--json")
    assert (future.status, future.json["error"]["code"]) == (1, "future_month")
    assert shell.run("payout", "2026-02", "--as", "lida").status == 1
