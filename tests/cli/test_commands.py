"""The command line as the contract has it: names, JSON, exit statuses, sentences."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cli.desk_file import Shell

QUEUE_KEYS = {
    "number", "client", "requester", "subject", "kind", "priority", "line", "status", "assignee", "created",
    "first_reply_due", "first_reply_at", "resolution_due", "resolved_at", "accepted_at", "paused", "state",
    "handovers", "returns", "pingpongs", "line_pushbacks", "reopens", "repeat_of", "price", "version",
}  # fmt: skip


def test_queue_has_the_keys_of_the_contract(shell: Shell) -> None:
    told = shell.run("queue", "--json")
    assert told.status == 0
    assert told.err == ""
    answer = told.json
    assert answer["now"] == "2026-03-02T12:00:00+03:00"
    assert (answer["view"], answer["total"]) == ("open", 3)
    assert answer["tickets"][0].keys() >= QUEUE_KEYS
    first = next(one for one in answer["tickets"] if one["number"] == 1)
    assert first["first_reply_due"] == "2026-03-02T11:00:00+03:00"
    assert first["resolution_due"] == "2026-03-02T18:00:00+03:00"
    assert first["state"] == "overdue"
    assert next(one for one in answer["tickets"] if one["number"] == 3)["price"] == "14000.00"
    assert shell.run("queue", "--json", "--limit", "1").json["total"] == 3
    assert len(shell.run("queue", "--json", "--limit", "1").json["tickets"]) == 1


@pytest.mark.parametrize(
    "view", ["all", "open", "mine", "unassigned", "overdue", "at_risk", "waiting", "to_accept", "repeats"]
)
def test_every_view_of_the_contract_is_known(shell: Shell, view: str) -> None:
    assert shell.run("queue", "--view", view, "--json").json["view"] == view


def test_a_ticket_through_its_life(shell: Shell) -> None:
    added = shell.run("ticket", "add", "--client", "acme", "--subject", "New", "--price", "12 345,67", "--json").json
    number = str(added["number"])
    assert (added["price"], added["status"]) == ("12345.67", "new")
    assert shell.run("ticket", "assign", number, "oleg", "--json").json["assignee"] == "oleg"
    assert shell.run("ticket", "assign", number, "-", "--json").json["assignee"] is None
    assert shell.run("ticket", "line", number, "2", "--reason", "hard", "--json").json["line"] == 2
    assert shell.run("ticket", "priority", number, "urgent", "--json").json["priority"] == "urgent"
    piped = shell.run("ticket", "reply", number, "-", "--json", stdin="Привет\nдва").json
    assert piped["timeline"][-1]["text"] == "Привет\nдва"
    assert shell.run("ticket", "note", number, "seen", "--json").status == 0
    assert shell.run("ticket", "time", number, "30", "--json").json["timeline"][-1]["value"] == "30"
    assert shell.run("ticket", "status", number, "waiting_client", "--json").json["paused"] == "waiting_client"
    assert shell.run("ticket", "status", number, "resolved", "--json").json["state"] is None
    accepted = shell.run("ticket", "accept", number, "--json").json
    assert accepted["accepted_at"] == "2026-03-02T12:00:00+03:00"
    reopened = shell.run("ticket", "reopen", number, "--reason", "again", "--json").json
    assert (reopened["status"], reopened["reopens"], reopened["resolved_at"]) == ("open", 1, None)
    shown = shell.run("ticket", "show", number, "--json").json
    assert {"timeline", "held", "suggested"} <= shown.keys()
    assert [one["kind"] for one in shown["timeline"]] == [
        "assign", "assign", "line", "priority", "reply", "note", "time", "status", "status", "accept", "reopen",
    ]  # fmt: skip
    assert {"who", "line", "minutes"} == shown["held"][0].keys()
    suggested = shell.run("ticket", "show", "2", "--json").json["suggested"]
    assert [one["login"] for one in suggested] == ["anna", "oleg"]
    assert {"login", "because"} == suggested[0].keys()
    assert shell.run("check", "--json").json["ok"] is True


def test_norms_of_a_month(shell: Shell) -> None:
    shell.run("ticket", "assign", "1", "lida")
    shell.run("ticket", "status", "1", "resolved")
    share = {"tickets": 1, "inside": 0, "percent": 0.0}
    assert shell.run("norms", "2026-03", "--json").json == {
        "month": "2026-03",
        **share,
        "lines": [{"line": 1, **share}],
        "people": [{"login": "lida", **share, "small": True}],
        "handovers": [{"login": "lida", "given": 0, "taken": 0, "returned": 0, "minutes": 120}],
        "line_handovers": [{"line": 1, "given": 0, "taken": 0, "returned": 0, "minutes": 360}],
    }
    empty = shell.run("norms", "2026-02", "--json").json
    assert (empty["tickets"], empty["percent"], empty["lines"], empty["people"]) == (0, None, [], [])
    assert shell.run("norms", "2026-13").status == 2


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["frobnicate"], 2, "usage"),
        (["queue", "--view", "nothing"], 2, "usage"),
        (["ticket", "status", "1", "lost"], 2, "usage"),
        (["ticket", "show", "99"], 1, "not_found"),
        (["ticket", "assign", "1", "nobody"], 1, "not_found"),
        (["ticket", "reopen", "1", "--reason", "x"], 1, None),
        (["ticket", "add", "--client", "nobody", "--subject", "x"], 1, "not_found"),
        (["queue", "--as", "ghost"], 1, "not_found"),
        (["import", "nowhere"], 1, "missing"),
        (["queue", "--lang", "xx"], 2, "usage"),
    ],
)
def test_refusals_are_one_sentence_and_one_object(
    shell: Shell, arguments: list[str], status: int, code: str | None
) -> None:
    told = shell.run(*arguments, "--json")
    assert told.status == status
    assert told.err.strip()
    assert len(told.err.strip().splitlines()) == 1
    error = told.json["error"]
    assert error.keys() == {"code", "message", "field", "file", "line"}
    assert code is None or error["code"] == code
    assert error["message"] == told.err.strip()
    plain = shell.run(*arguments)
    assert (plain.status, plain.out) == (status, "")


def test_roles_are_checked_where_data_is_read(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("login,name,role\ndora,Dora,accountant\nigor,Igor,director\n")
    assert shell.run("import", str(tmp_path / "people.csv")).status == 0
    for arguments in (["queue"], ["ticket", "show", "1"], ["norms", "2026-03"], ["check"], ["export", "out"]):
        told = shell.run(*arguments, "--as", "dora", "--json")
        assert (told.status, told.json["error"]["code"]) == (1, "not_allowed"), arguments
    shell.run("backup", str(tmp_path / "copy.db"))
    for arguments in (
        ["import", "people.csv"],
        ["export", "out"],
        ["check"],
        ["backup", "b.db"],
        ["restore", "copy.db"],
    ):
        told = shell.run(*arguments, "--as", "lida", "--json")
        assert (told.status, told.json["error"]["code"]) == (1, "not_allowed"), arguments
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "b.db").exists()
    assert shell.run("norms", "2026-03", "--as", "igor").status == 0
    assert shell.run("queue", "--as", "igor").status == 1
    assert shell.run("queue", "--view", "mine", "--as", "lida", "--json").json["total"] == 1


def test_the_language_is_the_users_to_choose(shell: Shell) -> None:
    assert "There is no ticket 99" in shell.run("ticket", "show", "99").err
    assert "Заявки 99 нет" in shell.run("ticket", "show", "99", "--lang", "ru").err
    assert shell.run("ticket", "show", "99", LEADCONSOLE_LANG="uk").err != shell.run("ticket", "show", "99").err
    shell.run("import", "--json", str(_settings(shell.folder, "language", "ru")))
    assert "Заявки 99 нет" in shell.run("ticket", "show", "99").err
    assert "There is no ticket 99" in shell.run("ticket", "show", "99", "--lang", "en").err


def test_wrong_usage_and_help_speak_the_language_too(shell: Shell) -> None:
    english = shell.run("ticket", "show")
    assert english.status == 2
    assert "the following arguments are required: N" in english.err
    assert "не хватает аргументов: N" in shell.run("ticket", "show", "--lang", "ru").err
    assert "бракує аргументів: N" in shell.run("ticket", "show", "--lang=uk").err
    assert "не хватает" in shell.run("ticket", "show", LANG="ru_RU.UTF-8").err
    assert "бракує" in shell.run("ticket", "show", LANG="ru_RU.UTF-8", LEADCONSOLE_LANG="uk").err
    assert "выберите en, ru, uk" in shell.run("queue", "--lang", "xx", LANG="ru_RU.UTF-8").err
    shell.run("import", str(_settings(shell.folder, "language", "uk")))
    assert "бракує" in shell.run("ticket", "show", LANG="ru_RU.UTF-8").err
    assert shell.run("queue", "--help").out.startswith("запуск")
    assert "the following" in shell.run("ticket", "show", "--lang", "en").err


def test_global_options_stand_anywhere(shell: Shell) -> None:
    after = shell.run("queue", "--view", "all", "--json", "--as", "lida", "--lang", "ru")
    before = shell.run("--json", "--as", "lida", "--lang", "ru", "queue", "--view", "all")
    assert after.json == before.json
    other = Shell(shell.folder, shell.folder / "none.db")
    assert other.run("queue", "--lang", "ru").status == 3
    assert shell.run("--as=ghost", "queue", "--json").json["error"]["field"] == "as"
    assert shell.run("queue", "--js").status == 2, "options are not guessed from their beginnings"


def _settings(folder: Path, key: str, value: str) -> Path:
    path = folder / "settings.csv"
    path.write_text(f"key,value\n{key},{value}\n")
    return path


def test_text_reaches_any_stream(shell: Shell) -> None:
    told = shell.run("queue", "--json", PYTHONIOENCODING="ascii")
    assert any(one["subject"].startswith("Слишком") for one in told.json["tickets"])
    assert shell.run("queue", PYTHONIOENCODING="ascii").status == 0
    assert shell.run("queue", LC_ALL="C", PYTHONUTF8="0").status == 0
    with open("/dev/full", "w") as full:
        status = subprocess.run(
            [sys.executable, "-m", "leadconsole", "queue", "--db", str(shell.desk)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert status.returncode != 0
    assert "Traceback" not in status.stderr


def test_nothing_from_outside_reaches_the_terminal_raw(shell: Shell) -> None:
    shell.run("ticket", "note", "1", "ESC \x1b[31m OSC \x1b]52;c;AAAA\x07 bidi \u202e end")
    for arguments in (["ticket", "show", "1"], ["ticket", "show", "1", "--json"]):
        out = shell.run(*arguments).out
        assert not set(out) & {"\x1b", "\x07", "\u202e", "\x9b"}


def test_a_frozen_clock_writes_no_desk_of_the_real_time(tmp_path: Path) -> None:
    shell = Shell(tmp_path, tmp_path / "real.db")
    (tmp_path / "clients.csv").write_text("code,name\nacme,Acme\n")
    assert shell.run("import", "clients.csv", now=None).status == 0
    told = shell.run("ticket", "add", "--client", "acme", "--subject", "x", "--json")
    assert (told.status, told.json["error"]["code"]) == (3, "frozen_clock")
    assert shell.run("queue").status == 0
    assert shell.run("queue", now="yesterday").status == 2


def test_backup_and_restore(shell: Shell) -> None:
    copy = shell.folder / "copy.db"
    assert shell.run("backup", str(copy), "--json").json["bytes"] > 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert shell.run("backup", str(copy)).status == 1, "a backup never overwrites"
    shell.run("ticket", "note", "1", "after the backup")
    told = shell.run("restore", str(copy), "--json").json
    assert shell.run("ticket", "show", "1", "--json").json["timeline"] == []
    kept = Shell(shell.folder, Path(told["kept"]))
    assert kept.run("ticket", "show", "1", "--json").json["timeline"][0]["text"] == "after the backup"
    (shell.folder / "bad.db").write_bytes(b"no database at all")
    assert shell.run("restore", str(shell.folder / "bad.db")).status == 3
    assert shell.run("check", "--json").json["ok"] is True


def test_demo_into_a_file(tmp_path: Path) -> None:
    shell = Shell(tmp_path, tmp_path / "unused.db")
    told = shell.run("demo", "--into", "demo.db", "--lang", "uk", "--json").json
    assert told["clients"] == 120
    demo = Shell(tmp_path, tmp_path / "demo.db")
    assert demo.run("check", "--json").json["ok"] is True
    assert demo.run("queue", "--json").json["total"] > 40
    assert shell.run("demo", "--into", "demo.db").status == 1
    assert shell.run("demo").status == 2, "without a terminal there is no console"
    assert not shell.desk.exists()


def test_a_restore_on_a_machine_without_a_desk(shell: Shell) -> None:
    """The folder of the user's own desk is made, as an import does; a folder that was named is not."""
    copy = shell.folder / "copy.db"
    shell.run("backup", str(copy))
    told = subprocess.run(
        [sys.executable, "-m", "leadconsole", "restore", str(copy)],
        capture_output=True,
        text=True,
        env=shell.environment(),
        check=False,
    )
    assert told.returncode == 0, told.stderr
    home = Path(os.environ["XDG_DATA_HOME"]) / "leadconsole"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "desk.db").stat().st_mode) == 0o600
    assert Shell(shell.folder, shell.folder / "no" / "desk.db").run("restore", str(copy)).status == 3


def test_rejected_rows_are_told_and_counted(shell: Shell) -> None:
    people = shell.folder / "people.csv"
    people.write_text("login,name,role\nvera,Vera,specialist\nmax,\x1b]52;c;AAAA\x07Max,\x1b[31mking\n")
    refused = shell.run("import", str(people), "--json")
    assert refused.status == 4
    assert (refused.json["error"]["code"], refused.json["error"]["line"]) == ("rows_rejected", 3)
    assert refused.json["error"]["message"] == refused.err.strip()
    assert shell.run("ticket", "assign", "1", "vera").status == 1, "nothing was taken"
    kept = shell.run("import", str(people), "--keep-good", "--json")
    assert kept.status == 4
    assert kept.json["error"]["file"] == "people.csv"
    assert kept.json["files"][0]["added"] == 1
    assert shell.run("ticket", "assign", "1", "vera").status == 0
    plain = shell.run("import", str(people), "--keep-good")
    assert "people.csv:3" in plain.out
    assert not set(plain.out + plain.err) & {"\x1b", "\x07"}


def test_an_import_that_takes_nothing_leaves_no_desk(tmp_path: Path) -> None:
    shell = Shell(tmp_path, tmp_path / "new.db")
    (tmp_path / "clients.csv").write_text("code\nacme\n")
    assert shell.run("import", "clients.csv").status == 4
    assert shell.run("import", "clients.csv", "--dry-run").status == 4
    assert shell.run("import", "clients.csv", "--as", "anna").status == 1
    assert not list(tmp_path.glob("new.db*"))


def test_help_names_every_command(shell: Shell) -> None:
    out = shell.run("--help").out
    for name in ("demo", "import", "export", "queue", "ticket", "norms", "check", "backup", "restore"):
        assert f"  {name}" in out
        assert shell.run(name, "--help").status == 0


def test_an_error_of_ours_goes_to_the_log(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from leadconsole import cli
    from leadconsole.tickets import queries

    def broken(*arguments: object, **more: object) -> int:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(queries, "count", broken)
    monkeypatch.setenv("LEADCONSOLE_NOW", "2026-03-02T12:00:00+03:00")
    assert cli.run(["queue", "--json", "--db", str(shell.desk)]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["code"] == "internal"
    assert "Traceback" not in err
    assert "secret detail" not in err
    log = Path(os.environ["XDG_STATE_HOME"]) / "leadconsole" / "errors.log"
    assert "secret detail" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
