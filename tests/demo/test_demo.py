"""The demo desk: how much there is, that it is alive at any hour, in every language, and always the same."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from leadconsole.demo import make_demo
from leadconsole.demo.days import public_days
from leadconsole.demo.parts import Scene, parts
from leadconsole.kernel.access import Actor, Role
from leadconsole.kernel.clock import DAY, FrozenClock, Instant, instant, moment
from leadconsole.kernel.database import Database, open_database
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Refused, Unusable
from leadconsole.kernel.period import Month, time_zone
from leadconsole.payout import queries as payout
from leadconsole.team.production_calendar import KNOWN_YEARS, country_days
from leadconsole.tickets import check, queries, rules
from leadconsole.tickets.views import Filter

NOON = "2026-10-28T12:00:00+03:00"
"""A Wednesday."""
LANGUAGES = ("en", "ru", "uk")
OPEN = ("new", "open", "waiting_client", "waiting_third_party")


def at(text: str) -> Instant:
    return instant(datetime.fromisoformat(text))


def made(path: Path, now: str = NOON, language: str = "ru") -> Database:
    """A demo desk, opened."""
    clock = FrozenClock(at(now))
    make_demo(path, clock, language)
    return open_database(path, clock)


def rows_of(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that the program wrote; the search's own tables follow from them."""
    names = [
        name
        for (name,) in database.reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        if not name.startswith(("sqlite_", "ticket_search"))
    ]
    return {name: database.reader.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for name in names}


def states(database: Database, now: Instant) -> Counter[str]:
    """How many open tickets are in which state."""
    found = database.reader.execute("SELECT status, verdict, urgency, risk_at FROM ticket").fetchall()
    return Counter(str(rules.state_at(now, *row)) for row in found if row[0] in OPEN)


@pytest.fixture(scope="module", params=LANGUAGES)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The desk of a weekday noon in each language."""
    database = made(tmp_path_factory.mktemp("demo") / "demo.db", language=request.param)
    yield database
    database.close()


def value(database: Database, sql: str, *given: object) -> int:
    """The one number that a query gives."""
    return int(database.reader.execute(sql, given).fetchone()[0])


def test_there_is_as_much_as_promised(desk: Database) -> None:
    assert value(desk, "SELECT count(*) FROM person") == 12
    assert value(desk, "SELECT count(*) FROM person WHERE timezone IS NOT NULL") == 1
    assert value(desk, "SELECT count(*) FROM person WHERE ended IS NOT NULL") == 1
    roles = Counter(role for (role,) in desk.reader.execute("SELECT role FROM person"))
    assert roles == {"lead": 1, "specialist": 8, "contractor": 1, "accountant": 1, "director": 1}
    assert value(desk, "SELECT count(*) FROM client") == 120
    assert value(desk, "SELECT count(DISTINCT client) FROM contact") == 120
    assert value(desk, "SELECT count(*) FROM client WHERE toxic_since IS NOT NULL AND toxic_reason <> ''") == 1
    assert {status for (status,) in desk.reader.execute("SELECT status FROM client")} == {"active", "leaving", "left"}
    assert 2_800 < value(desk, "SELECT count(*) FROM ticket") < 3_200
    assert value(desk, "SELECT count(*) FROM event") > 25_000
    first, last = (value(desk, f"SELECT {pick}(created) FROM ticket") for pick in ("min", "max"))
    assert 360 * DAY < last - first < 370 * DAY
    assert value(desk, "SELECT count(*) FROM ticket WHERE repeat_of IS NOT NULL") > 20
    for counter in ("reopens", "pingpongs", "returns", "line_pushbacks", "handovers"):
        assert value(desk, f"SELECT count(*) FROM ticket WHERE {counter} > 0") > 20, counter
    kinds = desk.reader.execute("SELECT DISTINCT kind FROM event WHERE subject = 'ticket'")
    assert {kind for (kind,) in kinds} == set(rules.Happening) - {"undo"}


def test_the_setting_names_a_lead_who_has_work(desk: Database) -> None:
    settings = dict(desk.reader.execute("SELECT key, value FROM setting"))
    lead = settings["lead"]
    assert desk.reader.execute("SELECT role FROM person WHERE login = ?", (lead,)).fetchone() == ("lead",)
    assert settings.get("country", "") == {"ru": "RU", "uk": "UA", "en": ""}[settings["language"]]
    assert value(desk, "SELECT count(*) FROM ticket WHERE assignee = ? AND status = 'open'", lead) >= 4
    assert desk.reader.execute("SELECT value FROM desk_fact WHERE name = 'frozen'").fetchone() == ("1",)


def test_every_figure_is_what_the_history_makes_of_it(desk: Database) -> None:
    assert check.differences(Desk(desk, FrozenClock(at(NOON)), Actor("anna", Role.LEAD))) == []


def test_the_search_knows_every_ticket_and_what_was_said_on_it(desk: Database) -> None:
    assert value(desk, "SELECT count(*) FROM ticket_text") == value(desk, "SELECT count(*) FROM ticket")
    seated = Desk(desk, FrozenClock(at(NOON)), Actor("anna", Role.LEAD))
    client, name = desk.reader.execute(
        "SELECT c.code, c.name FROM ticket t JOIN client c ON c.code = t.client WHERE length(c.name) > 9 LIMIT 1"
    ).fetchone()
    tickets = value(desk, "SELECT count(*) FROM ticket WHERE client = ?", client)
    assert queries.count(seated, "all", search=Filter("", (), (name,))) >= tickets > 0
    key, text = desk.reader.execute("SELECT key, text FROM event WHERE kind = 'reply' AND length(text) > 40").fetchone()
    assert int(key) in queries.numbers(seated, "all", search=Filter("", (), (text[5:40],)))


def test_no_text_has_a_slot_left(desk: Database) -> None:
    texts = [
        text
        for sql in (
            "SELECT subject FROM ticket",
            "SELECT body FROM ticket WHERE body IS NOT NULL",
            "SELECT text FROM event WHERE text IS NOT NULL",
        )
        for (text,) in desk.reader.execute(sql)
    ]
    assert len(texts) > 15_000
    assert [text for text in texts if "{" in text or "}" in text or not text or text != text.strip()] == []


def test_a_ticket_tells_one_story(desk: Database) -> None:
    """The number in the request is that of the answer: what is drawn for a ticket stays."""
    told = desk.reader.execute(
        "SELECT body, e.text FROM ticket t JOIN event e ON e.key = CAST(t.number AS TEXT) AND e.kind = 'reply'"
        " WHERE body IS NOT NULL AND t.repeat_of IS NULL"
    ).fetchall()
    pairs = [
        (asked[0], answered[0])
        for body, reply in told
        if len(asked := re.findall(r"(?<!\d)\d{3}(?!\d)", body)) == 1
        and len(answered := re.findall(r"(?<![\d\u00a0,])\d{3}(?!\d)", reply)) == 1
        and asked[0] != "500"  # an error code of a server
    ]
    assert len(pairs) > 100
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_doubles_name_the_other_ticket(desk: Database) -> None:
    doubles = 0
    for number, client, text in desk.reader.execute(
        "SELECT t.number, client, e.text FROM ticket t JOIN event e ON e.key = CAST(t.number AS TEXT)"
        " WHERE t.status = 'closed_rejected' AND e.kind = 'note'"
    ).fetchall():
        for other in re.findall(r"\d+", text):
            doubles += 1
            assert other != str(number)
            assert value(desk, "SELECT count(*) FROM ticket WHERE number = ? AND client = ?", other, client) == 1
    assert doubles >= 5


def test_history_is_in_order_and_over_by_now(desk: Database) -> None:
    last: dict[tuple[str, str], tuple[int, int]] = {}
    for *key, seq, when in desk.reader.execute(
        "SELECT subject, key, seq, at FROM event ORDER BY subject, CAST(key AS INTEGER), key, seq"
    ):
        before_seq, before = last.get((key[0], key[1]), (0, 0))
        assert seq == before_seq + 1
        assert when >= before
        last[key[0], key[1]] = (seq, when)
    assert value(desk, "SELECT max(at) FROM event") <= at(NOON)
    assert value(desk, "SELECT max(created) FROM ticket") <= at(NOON)
    early = "SELECT count(*) FROM event e JOIN ticket t ON t.number = CAST(e.key AS INTEGER)"
    early += " WHERE e.subject = 'ticket' AND e.at < t.created"
    assert value(desk, early) == 0


def test_nobody_works_before_coming_or_after_leaving(desk: Database) -> None:
    zone = time_zone(dict(desk.reader.execute("SELECT key, value FROM setting"))["timezone"])
    here = {
        login: (started, ended or "9999")
        for login, started, ended in desk.reader.execute("SELECT login, started, ended FROM person")
    }
    worked = Counter[str]()
    for actor, when in desk.reader.execute("SELECT actor, at FROM event").fetchall():
        if actor in here:
            worked[actor] += 1
            day = moment(when).astimezone(zone).date().isoformat()
            assert here[actor][0] <= day <= here[actor][1]
    left = next(login for login, (_started, ended) in here.items() if ended != "9999")
    assert worked[left] > 500
    assert value(desk, f"SELECT count(*) FROM ticket WHERE assignee = ? AND status IN {OPEN}", left) == 0
    gone = (
        "SELECT count(*) FROM ticket t JOIN client c ON c.code = t.client"
        " WHERE c.status = 'left' AND date(t.created / 1000000, 'unixepoch') > c.ended"
    )
    assert value(desk, gone) == 0
    assert value(desk, gone.replace("> c.ended", "<= c.ended")) > 0


def test_people_are_away_over_the_year_and_do_nothing_meanwhile(desk: Database) -> None:
    today = "2026-10-28"
    spans = desk.reader.execute("SELECT login, first, last, kind FROM absence ORDER BY login, first").fetchall()
    for one, other in pairwise(spans):
        assert one[0] != other[0] or one[2] < other[1]
    running = [one for one in spans if one[1] <= today <= one[2]]
    assert [kind for *_rest, kind in running] == ["vacation"]
    ahead = [one for one in spans if one[3] == "vacation" and "2026-11-11" <= one[1] <= "2026-11-25"]
    assert len(ahead) == 1
    days = "SELECT login, max(julianday(last) - julianday(first) + 1) FROM absence WHERE kind = 'vacation' GROUP BY 1"
    longest = dict(desk.reader.execute(days).fetchall())
    assert len(longest) >= 8
    assert min(longest.values()) >= 14
    assert sum(kind == "sick" for *_rest, kind in spans) >= 8
    zone = time_zone(dict(desk.reader.execute("SELECT key, value FROM setting"))["timezone"])
    away = defaultdict(list)
    for login, first, last, _kind in spans:
        away[login].append((first, last))
    for actor, when in desk.reader.execute("SELECT actor, at FROM event").fetchall():
        if actor in away:
            day = moment(when).astimezone(zone).date().isoformat()
            assert not any(first <= day <= last for first, last in away[actor]), (actor, day)


def test_clients_pay_by_the_month_and_some_paid_less_before(desk: Database) -> None:
    paying = value(desk, "SELECT count(DISTINCT client) FROM subscription")
    assert 105 <= paying <= 117
    fees = desk.reader.execute("SELECT client, first, last, monthly_fee FROM subscription ORDER BY client, first")
    rows = fees.fetchall()
    changed = 0
    for one, other in pairwise(rows):
        if one[0] == other[0]:
            changed += 1
            assert one[2] < other[1]
            assert one[3] <= other[3]
    assert 20 <= changed <= 70
    assert all(fee > 0 and fee % 100 == 0 for *_rest, fee in rows)
    open_ended = "SELECT count(*) FROM subscription s JOIN client c ON c.code = s.client WHERE c.ended IS NOT NULL"
    assert value(desk, open_ended + " AND coalesce(s.last, '9999') > c.ended") == 0
    assert (
        value(desk, "SELECT count(*) FROM subscription s JOIN client c ON c.code = client WHERE first < started") == 0
    )
    assert value(desk, "SELECT count(*) FROM subscription WHERE first > '2026-10-28'") >= 1


def test_three_months_are_closed_one_below_the_guarantee_and_one_runs(desk: Database) -> None:
    here = Desk(desk, FrozenClock(at(NOON)), Actor("anna", Role.LEAD))
    now = Month.at(at(NOON), "Europe/Moscow")
    months = [payout.statement(here, now.plus(back)) for back in (-3, -2, -1, 0)]
    assert [one.status for one in months] == ["closed", "closed", "closed", "open"]
    assert [one.statement.figures.abnormal for one in months] == [False, True, False, False]
    assert months[1].decision is not None
    assert months[2].owed == months[1].decision
    assert payout.broken_chain(here) == []
    for one in months:
        figures = one.statement.figures
        assert one.statement.scheme.guaranteed_minimum <= figures.lead_pay < figures.share // 2
    assert all(one.passed_at for one in payout.invoices(here, now.previous))
    assert not any(one.passed_at for one in payout.invoices(here, now))


def test_work_is_done_in_working_hours(desk: Database) -> None:
    zone = time_zone(dict(desk.reader.execute("SELECT key, value FROM setting"))["timezone"])
    moments = [moment(when).astimezone(zone) for (when,) in desk.reader.execute("SELECT at FROM event")]
    inside = [one for one in moments if one.weekday() < 5 and 9 <= one.hour < 18]
    assert len(inside) > 0.97 * len(moments)
    arrived = [moment(when).astimezone(zone) for (when,) in desk.reader.execute("SELECT created FROM ticket")]
    nightly = [one for one in arrived if one.hour < 7 or one.hour >= 22]
    assert 0 < len(nightly) < 0.05 * len(arrived)
    by_day = Counter(one.weekday() for one in arrived)
    assert by_day[0] > by_day[4] > 4 * (by_day[5] + by_day[6])


def test_norms_are_worth_looking_at(desk: Database) -> None:
    replied, inside = desk.reader.execute(
        "SELECT count(*), sum(first_reply_at <= first_reply_due) FROM ticket"
        " WHERE first_reply_at IS NOT NULL AND first_reply_due IS NOT NULL"
    ).fetchone()
    assert 0.93 < inside / replied < 0.97
    shares = [
        share
        for (share,) in desk.reader.execute(
            "SELECT avg(verdict = 'met') FROM ticket WHERE verdict IS NOT NULL GROUP BY assignee HAVING count(*) > 100"
        )
    ]
    assert len(shares) >= 7
    assert max(shares) - min(shares) > 0.02
    months = "SELECT round(avg(verdict = 'met'), 3) FROM ticket WHERE verdict IS NOT NULL GROUP BY {} / 2629800000000"
    assert len(set(desk.reader.execute(months.format("resolved_at")))) > 5


NOWS = {
    "just after opening": "2026-10-28T09:05:00+03:00",
    "lunch": "2026-10-29T13:30:00+03:00",
    "Sunday night": "2026-10-25T23:30:00+03:00",
    "New Year": "2027-01-01T00:30:00+03:00",
    "in the January holidays": "2026-01-06T12:00:00+03:00",
    "clocks go forward": "2026-03-29T02:30:00+00:00",
    "clocks go back": "2026-10-25T01:30:00+00:00",
    "29 February": "2024-02-29T12:00:00+03:00",
}


@pytest.mark.parametrize(("language", "now"), [(("ru", "en", "uk")[n % 3], now) for n, now in enumerate(NOWS.values())])
def test_the_queue_is_alive_at_any_hour(tmp_path: Path, language: str, now: str) -> None:
    database = made(tmp_path / "demo.db", now, language)
    found = states(database, at(now))
    assert 60 <= sum(found.values()) <= 90
    assert 5 <= found["overdue"] <= 8
    assert 6 <= found["at_risk"] <= 10
    assert 5 <= value(database, "SELECT count(*) FROM ticket WHERE status = 'new' AND assignee IS NULL") <= 9
    reasons = (
        "SELECT count(*) FROM ticket t WHERE status = ? AND (SELECT e.text <> '' FROM event e WHERE e.subject ="
        " 'ticket' AND e.key = CAST(t.number AS TEXT) AND e.kind IN ('reply', 'note') ORDER BY seq DESC LIMIT 1)"
    )
    for status in ("waiting_client", "waiting_third_party"):
        held = value(database, "SELECT count(*) FROM ticket WHERE status = ?", status)
        assert held == value(database, reasons, status) >= 3, status
    assert 15 <= value(database, "SELECT count(*) FROM ticket WHERE status = 'resolved'") <= 50
    priced = f"SELECT count(*) FROM ticket WHERE price > 0 AND status IN {OPEN} AND agreed IS"
    assert value(database, f"{priced} NULL") >= 2
    assert value(database, f"{priced} NOT NULL") >= 2
    assert value(database, "SELECT count(*) FROM ticket WHERE promised > ?", at(now)) >= 2
    assert value(database, "SELECT max(at) FROM event") <= at(now)
    assert check.differences(Desk(database, FrozenClock(at(now)), Actor("anna", Role.LEAD))) == []
    database.close()


def test_the_same_moment_makes_the_same_desk(tmp_path: Path) -> None:
    one = made(tmp_path / "one.db")
    program = (
        "import sys; from pathlib import Path; from leadconsole.demo import make_demo;"
        "from leadconsole.kernel.clock import FrozenClock;"
        "make_demo(Path(sys.argv[1]), FrozenClock(int(sys.argv[2])), 'ru')"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "two.db"), str(at(NOON))],
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        check=True,
    )
    two = open_database(tmp_path / "two.db", FrozenClock(at(NOON)))
    assert rows_of(one) == rows_of(two)
    later = made(tmp_path / "later.db", "2026-10-29T12:00:00+03:00")
    assert value(later, "SELECT max(created) FROM ticket") - value(one, "SELECT max(created) FROM ticket") > DAY // 2
    for database in (one, two, later):
        database.close()


def test_a_new_part_changes_nothing_of_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = made(tmp_path / "one.db")

    def new_part(scene: Scene) -> None:
        drawn = scene.random("new part").random()
        scene.sql.execute("INSERT INTO desk_fact VALUES ('drawn', ?)", (str(drawn),))

    team, *others = parts()
    monkeypatch.setattr("leadconsole.demo.making.parts", lambda: (team, new_part, *others))
    two = made(tmp_path / "two.db")
    before, after = rows_of(one), rows_of(two)
    assert len(after.pop("desk_fact")) == len(before.pop("desk_fact")) + 1
    assert before == after
    one.close()
    two.close()


def test_the_public_days_are_those_that_the_setting_lays_out(desk: Database) -> None:
    country = dict(desk.reader.execute("SELECT key, value FROM setting")).get("country", "")
    known = country_days(country, KNOWN_YEARS.get(country, ()))
    expected = {(country, day.isoformat(), kind.value) for day, kind in known.items()}
    assert set(desk.reader.execute("SELECT country, date, kind FROM public_day")) == expected
    assert public_days(country) == known


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_bytes(b"mine")
    with pytest.raises(Refused, match=r"mine\.db"):
        make_demo(path, FrozenClock(at(NOON)), "en")
    assert path.read_bytes() == b"mine"
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "nowhere.db")
    with pytest.raises(Refused):
        make_demo(link, FrozenClock(at(NOON)), "en")
    assert link.is_symlink()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link.db", "mine.db"]


@pytest.mark.parametrize("error", [RuntimeError("no idea"), KeyboardInterrupt(), sqlite3.OperationalError("disk full")])
def test_a_failure_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def broken(scene: Scene) -> None:
        raise error

    monkeypatch.setattr("leadconsole.demo.tickets.fill", broken)
    with pytest.raises((RuntimeError, KeyboardInterrupt, Unusable)):
        make_demo(tmp_path / "demo.db", FrozenClock(at(NOON)), "en")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "missing" / "demo.db", tmp_path / "file" / "demo.db"):
        with pytest.raises(Unusable):
            make_demo(path, FrozenClock(at(NOON)), "en")


HEAVY = {"sqlmodel", "sqlalchemy", "alembic", "holidays", "pydantic", "textual", "dateutil"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_making_it_loads_neither_orm_nor_library(tmp_path: Path, language: str) -> None:
    program = (
        "import sys, json; from pathlib import Path; import leadconsole.demo\n"
        "lazy = 'leadconsole.demo.making' not in sys.modules\n"
        "from leadconsole.kernel.clock import FrozenClock\n"
        "leadconsole.demo.make_demo(Path(sys.argv[1]), FrozenClock(int(sys.argv[2])), sys.argv[3])\n"
        "print(json.dumps([lazy, sorted(sys.modules)]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "demo.db"), str(at(NOON)), language],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    lazy, loaded = json.loads(told)
    assert lazy is True
    assert not HEAVY & set(loaded)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_clients_hang_on_one_person_and_a_handover_is_half_way(tmp_path: Path, language: str) -> None:
    from leadconsole.curation import progress, queries
    from leadconsole.curation.deepening import depth_plan

    database = made(tmp_path / "desk.db", language=language)
    lead = database.reader.execute("SELECT value FROM setting WHERE key = 'lead'").fetchone()[0]
    desk = Desk(database, FrozenClock(at(NOON)), Actor(lead, Role.LEAD))
    plan = depth_plan(desk, 2)
    assert plan.missing == 2
    assert [len(point.clients) for point in plan.single_points] == [1, 1]
    matrix = queries.matrix(desk)
    assert all(client.lead for client in matrix.clients)
    levels = Counter(row.level for row in matrix.cells.values())
    assert levels["curator"] > levels["lead"] > 100
    assert levels["learning"] >= 5
    evidence = queries.evidence(desk)
    stale = sum(evidence.stale(*cell) for cell in matrix.cells)
    assert 0 < stale < len(matrix.cells) / 3
    running = [one for one in progress.substitutions(desk) if one.state == "running"]
    assert running
    assert {one.acknowledged is None for one in running} == {True, False}
    (handover,) = progress.handovers(desk)
    assert (handover.state, handover.done_steps) == ("running", 2)
    assert {one.state for one in progress.tasks(desk)} == {"open", "late"}
    clients = dict(
        database.reader.execute(
            "SELECT client, count(DISTINCT login) FROM curation WHERE level = 'lead' GROUP BY client"
        )
    )
    assert Counter(clients.values())[2] == 1, "only the one that is handed over has a lead to come"
