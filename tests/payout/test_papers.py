"""A month on paper: for people, for accounting, for hledger; files overwrite nothing and carry no formula of others."""

from __future__ import annotations

import csv
import io
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.desk_file import Shell
from desks import House, at, house
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.errors import NotAllowed, Refused, WrongUsage
from leadconsole.kernel.money import round_half_away
from leadconsole.kernel.period import Month
from leadconsole.payout import commands, papers, queries
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


def opened(path: Path) -> Any:
    return load_workbook(path)


def test_the_formulas_of_the_workbook_make_the_figures(home: House, tmp_path: Path) -> None:
    export(home.desk(), FEBRUARY, str(tmp_path / "a.xlsx"), "utf-8")
    book = opened(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Statement", "Lines", "Invoices and acts"]
    lines = book["Lines"]
    assert lines["B2"].value == "=HYPERLINK(1)|x"
    assert lines["B2"].data_type == "s"
    assert lines["F2"].value == "=ROUND(C2*D2/E2,2)"
    counted = queries.statement(home.desk(), FEBRUARY)
    for row, line in enumerate(counted.statement.lines, 2):
        base, days, of_days = (lines.cell(row, column).value for column in (3, 4, 5))
        assert round_half_away((round(base * 100) * days, of_days)) == line.amount
    statement = book["Statement"]
    assert statement["B4"].value == "=B2+B3"
    assert statement["B10"].value == "=ROUND(B6-B7-B8+B9,2)"
    assert "Subscription fees" in statement["B2"].value


def test_accounting_gets_the_list_and_not_the_pay(home: House, tmp_path: Path) -> None:
    desk = home.desk().seated(Actor("dora", Role.ACCOUNTANT))
    export(desk, FEBRUARY, str(tmp_path / "a.xlsx"), "utf-8")
    assert opened(tmp_path / "a.xlsx").sheetnames == ["Invoices and acts"]
    for name in ("a.md", "a.journal"):
        with pytest.raises(NotAllowed):
            export(desk, FEBRUARY, str(tmp_path / name), "utf-8")
    assert not (tmp_path / "a.md").exists()
    listed = export(desk, FEBRUARY, "-", "utf-8").data["text"]
    assert listed == papers.invoice_csv(queries.invoices(desk, FEBRUARY), queries.timezone(desk))
    assert "lead" not in listed.lower(), "what accounting may read over SSH is the list, too"


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
