"""Tags, merges, splits, links and macros without a screen."""

from __future__ import annotations

from pathlib import Path

from cli.desk_file import NOW, Shell, desk_shell
from desks import at
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.desk import Desk
from leadconsole.tickets import shelves


def test_tickets_are_joined_and_parted_on_the_command_line(tmp_path: Path) -> None:
    shell = desk_shell(tmp_path)
    first, second = (_added(shell, subject) for subject in ("The printer", "The printer again"))
    shell.run("ticket", "note", first, "and the scanner", "--json")
    shown = shell.run("ticket", "reply", first, "We look into it", "--json").json
    assert [one["seq"] for one in shown["timeline"]] == [2, 3]
    split = shell.run("ticket", "split", first, "--seq", "2", "--subject", "The scanner", "--json").json
    assert (split["subject"], split["related"][0]["how"]) == ("The scanner", "split_from")
    refused = shell.run("ticket", "split", first, "--seq", "3", "--subject", "All", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (1, "everything")
    refused = shell.run("ticket", "split", first, "--seq", "9", "--subject", "None", "--json")
    assert (refused.status, refused.json["error"]["field"]) == (1, "seq")
    merged = shell.run("ticket", "merge", second, first, "--json").json
    assert (merged["status"], merged["related"][0]["how"]) == ("closed_rejected", "merged_into")
    assert shell.run("ticket", "merge", first, first).status == 1
    found = shell.run("queue", "--view", "open", "--search", f"#{second}", "--json").json
    assert [str(one["number"]) for one in found["tickets"]] == [first]
    linked = shell.run("ticket", "link", first, str(split["number"]))
    assert linked.status == 1
    other = _added(shell, "The till")
    assert shell.run("ticket", "link", first, other).status == 0
    told = shell.run("ticket", "show", first).out
    assert "related: " + other in told
    assert "merged into this: " + second in told
    assert shell.run("ticket", "unlink", other, first, "--json").json["related"] == []
    assert shell.run("check").status == 0


def test_tags_and_macros_on_the_command_line(tmp_path: Path) -> None:
    shell = desk_shell(tmp_path)
    number = _added(shell, "The printer")
    assert shell.run("ticket", "tag", number, "vip", "till", "--json").json["tags"] == "vip till"
    assert shell.run("ticket", "tag", number, "--remove", "vip", "--json").json["tags"] == "till"
    assert shell.run("ticket", "tag", number).status == 1
    unknown = shell.run("ticket", "macro", number, "Night", "--json")
    assert (unknown.status, unknown.json["error"]["field"]) == (1, "name")
    clock = FrozenClock(at(NOW))
    database = open_database(shell.desk, clock)
    cells = {"owner": "", "name": "Night", "priority": "high", "note": "№ {number}"}
    shelves.keep(Desk(database, clock, Actor("anna", Role.LEAD)), shelves.MACROS, cells)
    database.close()
    shown = shell.run("ticket", "macro", number, "Night", "--json").json
    assert shown["priority"] == "high"
    assert [one["text"] for one in shown["timeline"] if one["kind"] == "note"] == [f"№ {number}"]


def _added(shell: Shell, subject: str) -> str:
    added = shell.run("ticket", "add", "--client", "acme", "--subject", subject, "--json").json
    return str(added["number"])
