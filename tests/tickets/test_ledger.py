"""The ledger of a month and the tickets that missed their norms, against reading everything, and what SQLite does."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from desks import House, at, house
from leadconsole.kernel import history
from leadconsole.kernel.access import Role
from leadconsole.kernel.clock import HOUR, MINUTE
from leadconsole.kernel.errors import NotAllowed, Refused
from leadconsole.kernel.period import Month
from leadconsole.tickets import commands, handovers, ledger, norms, queries, rules
from leadconsole.tickets.caches import folds
from leadconsole.tickets.handovers import Account
from leadconsole.tickets.ledger import Ledger
from tickets.test_queries import lived

MARCH = Month(2026, 3)


def read_everything(house: House, month: Month) -> tuple[Account, ...]:
    """The accounts of a month from the whole history of every ticket."""
    reader = house.database.reader
    clockwork = queries.clockwork_of(house.database.memo, reader)
    begin, end = month.bounds("Europe/Moscow")
    passed, held = [], []
    for one in folds(reader, clockwork):
        (calendar,) = reader.execute(
            "SELECT calendar FROM client c JOIN ticket t ON t.client = c.code WHERE t.number = ?", (one.number,)
        ).fetchone()
        full = rules.full_history(one.start, one.entries)
        passed += [found for found in handovers.transfers(one.start, full) if begin <= found.at < end]
        held += handovers.holdings(
            one.number, one.standing.spans, begin, min(end, house.clock.at), clockwork.calendars.of(calendar)
        )
    return handovers.accounts(passed, held)


def hand_about(house: House, seed: int, steps: int = 150) -> None:
    """Some months in which tickets go from hand to hand, finished ones and undone steps among them."""
    dice = random.Random(seed)
    numbers = [number for (number,) in house.database.reader.execute("SELECT number FROM ticket")]
    for _step in range(steps):
        desk, one = house.desk(dice.choice(["anna", "lida"])), dice.choice(numbers)
        acts: list[Callable[[], object]] = [
            *[partial(commands.assign, desk, one, dice.choice(["anna", "lida", "oleg", None]))] * 4,
            *[partial(commands.move_line, desk, one, dice.choice([1, 2, 3]), "why")] * 2,
            partial(commands.set_status, desk, one, dice.choice(["open", "waiting_client", "closed_rejected"])),
            partial(commands.set_status, desk, one, "resolved"),
            partial(commands.accept, desk, one),
            partial(history.undo, desk),
        ]
        with suppress(Refused):
            dice.choice(acts)()
        house.wait(dice.choice([1, 60, 1_000, 2_000]))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_ledger_agrees_with_reading_everything(tmp_path: Path, seed: int) -> None:
    made = lived(tmp_path / "desk.db", seed)
    hand_about(made, seed)
    seen = 0
    for month in (Month(2026, place) for place in range(1, 9)):
        found = ledger.ledger(made.desk(), month)
        assert found.month == str(month)
        assert found.accounts == read_everything(made, month)
        people = [account for account in found.accounts if isinstance(account.of, str)]
        assert sum(account.given for account in people) == sum(account.taken for account in people)
        assert sum(account.given for account in found.accounts) == len(found.passed)
        seen += len(found.passed)
        for account in found.accounts:
            assert sum(one.worked for one in found.held if one.of == account.of) == account.worked
    assert seen > 20


def worked(found: Ledger) -> dict[int | str, float]:
    """Hours held, by holder."""
    return {account.of: account.worked / HOUR for account in found.accounts}


@pytest.fixture
def made(tmp_path: Path) -> House:
    """A Monday morning at nine on an empty desk."""
    return house(tmp_path / "desk.db", "2026-03-02T09:00:00+03:00")


def test_who_gave_what_to_whom_and_why(made: House) -> None:
    number = made.ticket(assignee="lida")
    made.wait(60)
    commands.move_line(made.desk("lida"), number, 2, "needs the database")
    commands.assign(made.desk("lida"), number, "oleg")
    made.wait(120)
    commands.assign(made.desk("anna"), number, "lida")
    made.wait(30)
    found = ledger.ledger(made.desk(), MARCH)
    assert found.accounts == (
        Account(1, given=1, worked=HOUR), Account(2, taken=1, worked=2 * HOUR + 30 * MINUTE),
        Account("lida", 1, 1, 0, HOUR + 30 * MINUTE), Account("oleg", 1, 1, 1, 2 * HOUR),
    )  # fmt: skip
    told = [(one.transfer.giver, one.transfer.taker, one.transfer.back, one.actor, one.reason) for one in found.passed]
    assert told == [
        ("oleg", "lida", True, "anna", None),
        ("lida", "oleg", False, "lida", "needs the database"),  # two steps of one hand-over, the reason at the first
        (1, 2, False, "lida", "needs the database"),
    ]
    assert {one.number for one in found.passed} == {number}
    assert ledger.titles(made.desk(), [number, 99]) == {number: ("Acme", "The printer is silent")}


Life = Callable[[House, int], object]


def _undone(made: House, number: int) -> None:
    commands.assign(made.desk(), number, "oleg")
    history.undo(made.desk())


LIVES: list[tuple[str, Life, dict[int | str, float]]] = [
    ("it goes on over the end of a month", lambda made, number: None, {1: 9, "lida": 9}),
    ("what was undone wasn't held", _undone, {1: 9, "lida": 9}),
    ("waiting isn't held", lambda made, number: commands.set_status(made.desk(), number, "waiting_client"), {}),
    ("resolved isn't held", lambda made, number: commands.set_status(made.desk(), number, "resolved"), {}),
    ("rejected isn't held", lambda made, number: commands.set_status(made.desk(), number, "closed_rejected"), {}),
    ("nobody's is the line's", lambda made, number: commands.assign(made.desk(), number, None), {1: 9}),
    ("the line of the day", lambda made, number: commands.move_line(made.desk(), number, 3, "x"), {3: 9, "lida": 9}),
]


@pytest.mark.parametrize(("life", "held"), [case[1:] for case in LIVES], ids=[case[0] for case in LIVES])
def test_a_month_counts_what_was_held_in_it_until_now(tmp_path: Path, life: Life, held: dict[int | str, float]) -> None:
    """What happens on the last afternoon of March is seen on the evening of the first of April, a Wednesday."""
    made = house(tmp_path / "desk.db", "2026-03-31T18:00:00+03:00")
    number = made.ticket(assignee="lida")
    life(made, number)
    made.clock.at = at("2026-04-01T20:00:00+03:00")
    assert worked(ledger.ledger(made.desk(), Month(2026, 4))) == held
    march = ledger.ledger(made.desk(), MARCH)
    assert set(worked(march).values()) <= {0}


@pytest.mark.parametrize("last", ["resolved", "closed_rejected"])
def test_a_month_long_gone_still_has_its_tickets(made: House, last: str) -> None:
    number = made.ticket(assignee="lida")
    made.clock.at = at("2026-05-04T12:00:00+03:00")
    commands.set_status(made.desk(), number, last)
    made.clock.at = at("2026-08-03T12:00:00+03:00")
    for month in (2, 3, 4, 5, 6):
        found = ledger.ledger(made.desk(), Month(2026, month))
        assert found.accounts == read_everything(made, Month(2026, month))
        assert bool(found.accounts) == (month in (3, 4, 5))


def test_the_queries_use_the_indexes_and_scan_no_history(made: House) -> None:
    for sql in ledger.IN_WORK:
        plan = [row[3] for row in made.database.reader.execute(f"EXPLAIN QUERY PLAN {sql}", {"begin": 0, "end": 1})]
        assert all("USING" in step or step.startswith("CORRELATED") for step in plan), plan
        assert "INDEX ticket_open" in plan[0] or "SEARCH ticket USING INDEX ticket_month" in plan[0]


def test_counting_tells_of_its_progress_and_can_be_ended(made: House) -> None:
    for _place in range(3):
        made.ticket()
    heard: list[int] = []
    ledger.ledger(made.desk(), MARCH, heard.append)
    assert heard == [3]

    def stop(count: int) -> None:
        raise KeyError(count)

    with pytest.raises(KeyError):
        ledger.ledger(made.desk(), MARCH, stop)


def test_who_may_not_see_tickets_sees_figures_only(made: House) -> None:
    number = made.ticket(assignee="lida")
    commands.assign(made.desk(), number, "oleg")
    made.people["dora"] = Role.DIRECTOR
    told = ledger.ledger(made.desk("dora"), MARCH)
    assert told.accounts == (Account("lida", given=1), Account("oleg", taken=1))
    assert (told.passed, told.held) == ((), ())
    for read in (
        lambda: norms.missed(made.desk("dora"), MARCH),
        lambda: ledger.titles(made.desk("dora"), [number]),
        lambda: ledger.ledger(made.desk("lida"), MARCH),
        lambda: norms.missed(made.desk("lida"), MARCH),
    ):
        with pytest.raises(NotAllowed):
            read()


# --- The tickets that missed their norms ------------------------------------------------------------------------------


def _late(made: House, number: int) -> None:
    made.wait(100)
    commands.reply(made.desk(), number, "x")
    made.wait(200)


def _waited(made: House, number: int) -> None:
    """Forty minutes late, then a week of waiting for the client."""
    commands.reply(made.desk(), number, "x")
    made.wait(280)
    commands.set_status(made.desk(), number, "waiting_client")
    made.wait(7 * 24 * 60)


def _again(made: House, number: int) -> None:
    """Resolved in time without a reply, then reopened for long; the reply after that isn't late."""
    made.wait(50)
    commands.set_status(made.desk(), number, "resolved")
    commands.reopen(made.desk(), number, "again")
    made.wait(100)
    commands.reply(made.desk(), number, "x")
    made.wait(120)


def _silent(made: House, number: int) -> None:
    made.wait(70)


MISSED: list[tuple[str, Callable[[House, int], None], tuple[int | None, int | None]]] = [
    ("both", _late, (40, 60)),
    ("a clock that waits isn't late", _waited, (None, 40)),
    ("resolving is a first reply", _again, (None, 30)),
    ("resolving late without a reply", _silent, (10, None)),
]


@pytest.mark.parametrize(("life", "late"), [case[1:] for case in MISSED], ids=[case[0] for case in MISSED])
def test_by_how_much_a_norm_was_missed(
    made: House, life: Callable[[House, int], None], late: tuple[int | None, int | None]
) -> None:
    made.norm(60, 240)
    number = made.ticket(assignee="lida")
    life(made, number)
    commands.set_status(made.desk(), number, "resolved")
    (found,) = norms.missed(made.desk(), MARCH)
    assert (found.number, found.client, found.line, found.assignee) == (number, "Acme", 1, "lida")
    minutes = [worked and worked // MINUTE for worked in (found.first_reply_late, found.resolution_late)]
    assert tuple(minutes) == late


@pytest.mark.parametrize("seed", [4, 5])
def test_exactly_those_outside_the_norm_have_missed_it(tmp_path: Path, seed: int) -> None:
    made = lived(tmp_path / "desk.db", seed)
    total = 0
    for month in (Month(2026, 2), MARCH):
        shares = norms.norm_shares(made.desk(), month)
        found = norms.missed(made.desk(), month)
        assert len(found) == shares.all.tickets - shares.all.inside
        assert all(one.first_reply_late is not None or one.resolution_late is not None for one in found)
        late = [max(one.first_reply_late or 0, one.resolution_late or 0) for one in found]
        assert late == sorted(late, reverse=True)
        total += len(found)
    assert total > 0
