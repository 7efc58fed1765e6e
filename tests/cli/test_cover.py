"""`leadconsole cover` as the contract has it: keys, exit statuses, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.desk_file import Shell
from desks import house
from leadconsole.curation import commands
from leadconsole.roster import commands as roster
from leadconsole.team.commands import enter


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder: Path = tmp_path_factory.mktemp("cover")
    made = house(folder / "desk.db")
    made.setting("lead", "anna")
    made.client("bolt")
    commands.set_levels(made.desk(), [("acme", "lida", "lead"), ("acme", "oleg", "curator")], "2026-01-01")
    enter(made.desk(), "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "12000"})
    roster.enter(made.desk(), "shift_types", {"code": "D", "name": "Day", "starts": "09:00", "ends": "18:00"})
    roster.set_shifts(
        made.desk(), {("lida", "2026-03-12"): "D", ("lida", "2026-03-20"): "D", ("oleg", "2026-03-12"): "D"}
    )
    made.database.close()
    return Shell(folder, made.database.path)


def test_what_if_has_the_keys_of_the_contract(cover: Shell) -> None:
    told = cover.run("cover", "--absent", "lida:2026-03-09..13.03.2026", "--json")
    assert (told.status, told.err) == (0, "")
    answer = told.json
    assert {"from", "to", "feasible", "clients", "load"} <= answer.keys()
    assert (answer["from"], answer["to"], answer["feasible"]) == ("2026-03-09", "2026-03-13", True)
    (client,) = answer["clients"]
    substitute = {"login": "oleg", "from": "2026-03-09", "to": "2026-03-13"}
    assert client == {
        "code": "acme", "lead": "lida", "present": 1, "uncovered_days": [], "substitutes": [substitute],
        "open_tickets": 0, "monthly_fee": "12000.00", "promises": [],
    }  # fmt: skip
    assert answer["load"] == [{"login": "oleg", "clients": 1, "minutes_per_week": 0.0}]
    assert answer["shifts"] == [{"login": "lida", "date": "2026-03-12", "shift": "D"}]


def test_an_infeasible_plan_is_an_answer_too(cover: Shell) -> None:
    spans = ("--absent", "lida:2026-03-09..2026-03-13", "--absent", "oleg:2026-03-12..2026-03-20")
    told = cover.run("cover", *spans, "--json")
    assert told.status == 0
    assert told.json["clients"][0]["uncovered_days"] == ["2026-03-12", "2026-03-13"]
    assert told.json["feasible"] is False
    aligned = cover.run("cover", *spans, "--lang", "en").out
    assert "12 Mar 2026 – 13 Mar 2026" in aligned
    assert "There are days without cover." in aligned
    assert "2 shifts fall away: lida 12 Mar 2026 D, oleg 12 Mar 2026 D" in aligned
    assert "It works if oleg stays" in aligned


def test_fees_are_for_those_who_may_see_them(cover: Shell) -> None:
    told = cover.run("cover", "--absent", "lida:2026-03-09..2026-03-13", "--json", "--as", "oleg")
    assert told.json["clients"][0]["monthly_fee"] is None


def test_depth_has_the_keys_of_the_contract(cover: Shell) -> None:
    answer = cover.run("cover", "--depth", "2", "--json").json
    assert {"depth", "missing", "pairs", "single_points"} <= answer.keys()
    assert (answer["depth"], answer["missing"]) == (2, 2)
    assert {one["client"] for one in answer["pairs"]} == {"bolt"}
    assert all(one.keys() == {"client", "login", "because"} for one in answer["pairs"])
    assert "bolt" in cover.run("cover", "--depth", "2").out


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        ((), 2, "--absent"),
        (("--absent", "lida:2026-03-09"), 2, "lida:2026-08-01..2026-08-14"),
        (("--absent", "lida:2026-03-09..2026-03-13", "--depth", "2"), 2, "--depth"),
        (("--depth", "0"), 2, "0"),
        (("--absent", "lida:2026-03-13..2026-03-09"), 1, "before it starts"),
        (("--absent", "nemo:2026-03-09..2026-03-13"), 1, "nemo"),
    ],
)
def test_what_makes_no_sense_is_refused(cover: Shell, arguments: tuple[str, ...], status: int, word: str) -> None:
    told = cover.run("cover", *arguments, "--lang", "en")
    assert told.status == status
    assert word in told.err
