"""What Today tells whom: every sort of line, the place that it opens, and what a role must not see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desks import House, at, empty_house
from leadconsole.curation import commands as curation
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.errors import NotAllowed
from leadconsole.roster import commands as roster
from leadconsole.today import queries, words
from leadconsole.today.lines import Day, Line, Opens
from today.houses import away, today_house


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A desk that nobody of these tests changes."""
    return today_house(tmp_path_factory.mktemp("today") / "desk.db")


def lines(day: Day, name: str) -> list[Line]:
    """The lines of a section, none where it isn't there."""
    return [line for one in day.sections if one.name == name for line in one.lines]


def told(day: Day, name: str) -> list[tuple[str, str]]:
    """Sign and text of each line of a section."""
    return [(line.sign, line.text) for line in lines(day, name)]


def test_a_specialist_sees_the_day(home: House) -> None:
    day = queries.day(home.desk("lida"))
    assert [text for text, _tone in words.head(day.head, day.timezone)] == [
        "Mo 2 Mar", "Day 09:00–18:00", "on shift: Lida 09:00–18:00", "away: Oleg (sick leave until 6 Mar)"
    ]  # fmt: skip
    assert [one.name for one in day.sections] == [
        "acknowledge", "tickets", "promises", "stands_in", "one_on_one", "roster"
    ]  # fmt: skip
    tickets = lines(day, "tickets")
    assert [(line.sign, line.number) for line in tickets] == [("!", 4), ("~", 5), ("·", 2), ("·", 3)]
    assert 6 not in {line.number for line in tickets}, "it waits for the client"
    assert tickets[0].because == "Overdue by 1:45 of working time: nobody has replied yet."
    assert tickets[0].opens == Opens("ticket", 4)
    assert told(day, "promises") == [("~", "Report for the board")]
    assert told(day, "acknowledge") == [("!", "handover sheet of Delta Bank")]
    assert lines(day, "stands_in")[0].opens == Opens("sheet-of", ("delta", "oleg", "2026-02-26"))
    assert told(day, "one_on_one") == [("~", "meeting today")]
    assert told(day, "roster") == [("~", "We 4 Mar: E, it was D")]


def test_a_lead_watches_the_department(home: House) -> None:
    day = queries.day(home.desk())
    assert next((line.sign, line.number) for line in lines(day, "overdue")) == ("!", 4)
    unassigned = lines(day, "unassigned")
    assert {line.number for line in unassigned} == {7, 8}
    assert all(line.because.startswith("Nobody has it.") for line in unassigned)
    assert [line.number for line in lines(day, "promised")] == [5], "what others have promised"
    assert told(day, "away") == [("·", "Oleg")]
    assert lines(day, "away")[0].because == "Sick leave until 6 Mar 2026. Covered by lida 1."
    thin = {line.opens: (line.sign, line.because) for line in lines(day, "thin")}
    assert thin[Opens("cover", "coral")] == ("~", "Only lida knows this client today. Away: oleg.")
    assert thin[Opens("cover", "edge")][0] == "!"
    assert told(day, "meetings") == [("·", "today with Lida"), ("!", "owed to Lida")]
    assert told(day, "approvals") == [("~", "oleg learns Acme")]
    assert [line.number for line in lines(day, "to_accept")] == [9]
    assert [line.text for line in lines(day, "invoices")] == [
        "February 2026: 4 invoices of 4", "March 2026: 4 invoices of 4"
    ]  # fmt: skip
    assert told(day, "payout") == [("!", "February 2026: decide what changes"), ("~", "February 2026: to be closed")]
    assert day.pressing > 0


def test_an_absence_ahead_without_substitutes_wants_a_decision(tmp_path: Path) -> None:
    made = today_house(tmp_path / "desk.db")
    away(made, "lida", "2026-03-10", "2026-03-20")
    line = lines(queries.day(made.desk()), "approvals")[0]
    assert (line.sign, line.text, line.opens) == ("!", "vacation of lida", Opens("absence", ("lida", "2026-03-10")))
    assert line.because == "2 clients that lida leads have no substitute for it yet."
    made.clock.at = at("2026-03-23T10:00:00+03:00")
    assert "roster of April 2026" in {text for _sign, text in told(queries.day(made.desk()), "approvals")}


def test_whoever_covers_and_is_away_too_covers_nobody(tmp_path: Path) -> None:
    made = today_house(tmp_path / "desk.db")
    away(made, "lida", "2026-03-02", "2026-03-20")
    lida, oleg = lines(queries.day(made.desk()), "away")
    assert (lida.sign, oleg.sign) == ("~", "!")
    assert lida.because.endswith("2 clients have nobody appointed. 5 open tickets are still with lida.")
    assert oleg.because.endswith("Covered by lida 1. Away, too: lida.")
    own = queries.day(made.desk("lida"))
    assert own.head.absent is not None
    assert {"acknowledge", "stands_in"} <= {one.name for one in own.sections}, "what she still owes is told"


def test_the_first_day_of_a_month_without_a_roster(tmp_path: Path) -> None:
    made = today_house(tmp_path / "desk.db")
    made.clock.at = at("2026-04-01T08:00:00+03:00")
    day = queries.day(made.desk())
    found = {line.text: line for line in lines(day, "approvals")}["roster of April 2026"]
    assert (found.sign, found.because, found.opens) == (
        "!", "This month has no roster yet.", Opens("roster", "2026-04")
    )  # fmt: skip
    assert told(day, "payout")[0] == ("!", "March 2026: decide what changes")
    roster.enter(made.desk(), "shifts", {"login": "lida", "date": "2026-04-02", "shift": "D"})
    found = {line.text: line for line in lines(queries.day(made.desk()), "approvals")}["roster of April 2026"]
    assert (found.sign, found.because) == ("~", "This month isn't published yet.")


def test_nothing_is_left_out_where_no_other_place_has_it(tmp_path: Path) -> None:
    made = today_house(tmp_path / "desk.db")
    for number in range(6):
        made.person(f"p{number}")
        away(made, f"p{number}", "2026-03-02", "2026-03-06")
        made.client(f"c{number}")
        curation.enter(
            made.desk(), "substitutions",
            {"client": f"c{number}", "absent": "oleg", "from": "2026-03-02", "to": "2026-03-06", "substitute": "lida"},
        )  # fmt: skip
    day = queries.day(made.desk())
    assert len(lines(day, "away")) == 7
    own = queries.day(made.desk("lida"))
    assert (len(lines(own, "acknowledge")), len(lines(own, "stands_in"))) == (7, 7)
    for one in (*day.sections, *own.sections):
        assert not one.more or one.opens is not None, one.name


def test_a_director_sees_money_and_norms_and_no_ticket(home: House) -> None:
    day = queries.day(home.desk("victor"))
    assert {one.name for one in day.sections} <= {"payout", "norms"}
    assert told(day, "payout")[-1][1] == "February 2026: not closed yet"
    assert (day.head.on_shift, day.head.away, day.head.shift) == ((), (), None)
    assert queries.opening(home.desk("victor")).sections == ()


def test_a_specialist_sees_no_money_and_nobody_elses_points(home: House) -> None:
    day = queries.day(home.desk("lida"))
    assert not {one.name for one in day.sections} & {"invoices", "payout", "norms", "meetings", "thin", "approvals"}
    with pytest.raises(NotAllowed):
        queries.day(home.desk().seated(Actor("grace", Role.ACCOUNTANT)))


def test_the_opening_is_the_beginning_of_the_day(home: House) -> None:
    for login in ("anna", "lida"):
        first, whole = queries.opening(home.desk(login)), queries.day(home.desk(login))
        lines_of = {one.name: one.lines for one in whole.sections}
        assert all(one.lines == lines_of[one.name] for one in first.sections)
        assert first.sections


def test_an_empty_desk_has_nothing_and_hasnt_begun(tmp_path: Path) -> None:
    day = queries.day(empty_house(tmp_path / "desk.db").desk())
    assert day.sections == ()
    assert not day.begun


def test_reading_a_day_costs_the_same_questions_at_any_size(tmp_path: Path) -> None:
    made = today_house(tmp_path / "desk.db")

    def asked() -> int:
        questions: list[str] = []
        made.database.reader.set_trace_callback(questions.append)
        queries.day(made.desk())
        made.database.reader.set_trace_callback(None)
        return len(questions)

    queries.day(made.desk())
    before = asked()
    for number in range(12):
        made.client(f"more{number}", policy="std")
        made.ticket(f"more {number}", f"more{number}", assignee="" if number % 2 else "anna")
    assert asked() <= before + 12, "a question for every client would be twelve and more for each"


def test_the_command_line_tells_the_same(home: House, capsys: pytest.CaptureFixture[str]) -> None:
    from leadconsole.cli import run

    environment = pytest.MonkeyPatch()
    environment.setenv("LEADCONSOLE_NOW", "2026-03-02T12:00:00+03:00")
    try:
        assert run(["today", "--db", str(home.database.path), "--as", "lida"]) == 0
        text = capsys.readouterr().out
        assert "my tickets" in text
        assert "The till is dead" in text
        assert "Overdue by 1:45 of working time" in text
        assert run(["today", "--db", str(home.database.path), "--as", "lida", "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
    finally:
        environment.undo()
    assert (data["login"], data["role"], data["date"]) == ("lida", "deputy", "2026-03-02")
    assert data["shift"] == {"code": "D", "name": "Day", "starts": "09:00", "ends": "18:00"}
    assert data["away"] == [{"login": "oleg", "kind": "sick", "until": "2026-03-06"}]
    assert data["on_shift"][0]["end"] == "2026-03-02T18:00:00+03:00"
    first = next(one for one in data["sections"] if one["name"] == "tickets")["lines"][0]
    assert (first["number"], first["sign"]) == (4, "!")
    assert first["opens"] == {"kind": "ticket", "key": 4}
