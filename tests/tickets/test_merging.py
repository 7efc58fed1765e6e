"""Links, merges and splits: what is told where, what is refused, and that every step comes back and goes again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import MONDAY, House, at, empty_house, house
from intake.folders import load
from leadconsole.intake.commands import export_folder
from leadconsole.kernel import history
from leadconsole.kernel.access import Role
from leadconsole.kernel.clock import MINUTE, FrozenClock
from leadconsole.kernel.database import open_database
from leadconsole.kernel.errors import NotAllowed, NotFound, Refused
from leadconsole.tickets import commands, filters, linking, merging, queries, splitting, story


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk file that every test copies: six tickets of two clients, the first with a talk on it."""
    made = house(tmp_path_factory.mktemp("model") / "desk.db")
    made.norm(60, 480)
    made.client("bolt")
    for place in range(5):
        made.ticket(f"Matter {place}", requester="Nina", body=f"Body {place}")
        made.wait(7)
    made.ticket("Of another client", client="bolt")
    desk = made.desk("lida")
    commands.note(desk, 1, "first note")
    made.wait(5)
    commands.reply(desk, 1, "our reply")
    made.wait(5)
    commands.note(made.desk("oleg"), 1, "the scanner, too")
    made.wait(5)
    made.database.close()
    return made.database.path


@pytest.fixture
def made(model: Path, tmp_path: Path) -> House:
    return copied(model, tmp_path / "desk.db")


def copied(model: Path, path: Path) -> House:
    """The desk of the model in a file of its own, at the moment at which that was left."""
    with closing(sqlite3.connect(model)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    clock = FrozenClock(at(MONDAY) + 50 * MINUTE)
    people = {"anna": Role.LEAD, "lida": Role.SPECIALIST, "oleg": Role.SPECIALIST}
    return House(open_database(path, clock), clock, people)


def again(home: House, folder: Path) -> House:
    """What an export of the desk makes of an empty file."""
    export_folder(home.desk(), folder)
    made = empty_house(folder.with_name(f"{folder.name}.db"))
    made.clock.at, made.people = home.clock.at, dict(home.people)
    assert not load(made, folder).rejected
    return made


def everything(home: House) -> dict[str, list[tuple[object, ...]]]:
    """The state of the desk with its links."""
    links = home.database.reader.execute("SELECT * FROM ticket_link ORDER BY 1, 2").fetchall()
    return home.snapshot() | {"ticket_link": links}


def told(home: House, number: int) -> list[tuple[str, str | None, str | None, int | None]]:
    """Kind, actor, text and origin of what counts in a timeline."""
    moments = story.ticket(home.desk(), number).timeline
    return [(one.kind, one.actor, one.text, one.ticket) for one in moments if not one.undone and one.kind != "undo"]


def relatives(home: House, number: int) -> list[tuple[int, str]]:
    """Who belongs to a ticket, and how."""
    return [(one.number, one.how) for one in story.related(home.desk(), number)]


def test_a_merged_ticket_is_closed_and_speaks_in_the_one_that_is_kept(made: House) -> None:
    before = everything(made)
    commands.merge(made.desk(), 1, 3)
    assert (made.value(1, "status"), made.value(1, "resolution_code")) == ("closed_rejected", "duplicate of 3")
    assert made.value(3, "status") == "new", "the counters of the kept one are its own"
    assert made.value(3, "first_reply_at") is None
    talk = told(made, 3)
    assert ("message_in", "Nina", "Body 0", 1) in talk
    assert ("reply", "lida", "our reply", 1) in talk
    assert ("takes_in", "anna", "Nina: Matter 0", None) in talk
    assert (relatives(made, 1), relatives(made, 3)) == ([(3, "merged_into")], [(1, "merged")])
    assert made.differences() == []
    after = everything(made)
    history.undo(made.desk())
    assert everything(made) == before
    assert told(made, 3) == []
    history.redo(made.desk())
    assert everything(made) == after
    assert made.differences() == []


def test_the_number_of_a_merged_ticket_finds_where_work_goes_on(made: House) -> None:
    commands.merge(made.desk(), 1, 2)
    commands.merge(made.desk(), 2, 3)
    desk = made.desk()
    assert [row.number for row in queries.page(desk, "open", search=filters.read("number:2"))] == [3]
    assert [row.number for row in queries.page(desk, "open", search="#1")] == [3], "through two merges"
    assert [row.number for row in queries.page(desk, "all", search=filters.read("number:1"))] == [3, 1, 2]
    commands.merge(desk, 4, 1)
    assert relatives(made, 4) == [(3, "merged_into")], "what is merged into a merged one goes where that went"
    assert {one for _kind, _actor, _text, one in told(made, 3) if one} == {1, 2, 4}
    assert made.differences() == []
    commands.reopen(desk, 2, "not the same after all")
    assert [row.number for row in queries.page(desk, "open", search="#1")] == [2]
    assert made.differences() == []


@pytest.mark.parametrize(
    ("number", "into", "why"),
    [
        (1, 1, "into itself"),
        (1, 6, "different clients"),
        (1, 99, "no ticket 99"),
        (99, 1, "no ticket 99"),
        (1, 4, "is finished"),
        (4, 1, "what was solved stays"),
        (5, 1, "has a price"),
        (2, 3, "was merged into 1"),
        (1, 2, "into itself"),
    ],
)
def test_what_can_not_be_merged(made: House, number: int, into: int, why: str) -> None:
    desk = made.desk()
    commands.merge(desk, 2, 1)
    commands.set_status(desk, 4, "resolved")
    commands.correct(desk, 5, {"price": "100"})
    before = everything(made)
    with pytest.raises(Refused, match=why):
        commands.merge(desk, number, into)
    assert everything(made) == before


def test_clients_are_merged_only_knowingly(made: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.merge(made.desk(), 1, 6)
    assert refusal.value.code == merging.OTHER_CLIENT
    commands.merge(made.desk(), 1, 6, across=True)
    assert relatives(made, 6) == [(1, "merged")]


def test_work_on_a_merged_ticket_goes_on_in_the_other_and_reopening_takes_it_out(made: House) -> None:
    desk = made.desk()
    commands.merge(desk, 1, 2)
    writes: tuple[Callable[[], None], ...] = (
        lambda: commands.reply(desk, 1, "hello"),
        lambda: commands.set_status(desk, 1, "open"),
        lambda: commands.correct(desk, 1, {"tags": "vip"}),
        lambda: commands.assign(desk, 1, "lida"),
    )
    for write in writes:
        with pytest.raises(Refused, match="was merged into 2"):
            write()
    merged = everything(made)
    commands.reopen(desk, 1, "another matter")
    assert (relatives(made, 1), made.value(1, "status")) == ([], "open")
    assert [kind for kind, _a, _t, _n in told(made, 2)] == ["takes_in", "lets_go"]
    commands.reply(desk, 1, "hello")
    history.undo(desk)
    history.undo(desk)
    assert everything(made) == merged
    assert made.differences() == []


def test_an_undo_over_a_later_step_is_refused(made: House) -> None:
    commands.merge(made.desk(), 1, 2)
    commands.reopen(made.desk("lida"), 1, "no")
    with pytest.raises(Refused, match="changed"):
        history.undo(made.desk())


def test_a_link_is_seen_from_both_sides(made: House) -> None:
    before = everything(made)
    commands.link(made.desk(), 6, 1)
    assert (relatives(made, 1), relatives(made, 6)) == ([(6, "related")], [(1, "related")])
    for number, other in ((6, 1), (1, 6)):
        with pytest.raises(Refused, match="linked already"):
            commands.link(made.desk(), number, other)
    for number, other, why in ((1, 1, "itself"), (1, 99, "no ticket 99")):
        with pytest.raises(Refused, match=why):
            commands.link(made.desk(), number, other)
    commands.unlink(made.desk(), 1, 6)
    assert everything(made) == before
    with pytest.raises(Refused, match="aren't linked"):
        commands.unlink(made.desk(), 1, 6)
    history.undo(made.desk())
    assert relatives(made, 1) == [(6, "related")]
    history.undo(made.desk())
    assert everything(made) == before
    commands.merge(made.desk(), 1, 2)
    with pytest.raises(Refused, match="are merged"):
        commands.unlink(made.desk(), 2, 1)


def test_a_new_ticket_that_was_linked_is_not_withdrawn(made: House) -> None:
    fresh = made.ticket("By mistake")
    commands.link(made.desk("lida"), fresh, 1)
    with pytest.raises(Refused, match="must be undone first"):
        history.undo(made.desk())


def places(home: House, *texts: str) -> list[splitting.Place]:
    """The places of what was said in these words on ticket 1."""
    found = {part.text: part.place for part in story.parts(home.desk(), 1)}
    return [found[text] for text in texts]


def test_what_is_split_off_keeps_its_time_and_author_and_leaves_a_trace(made: House) -> None:
    before = everything(made)
    chosen = places(made, "our reply", "the scanner, too")
    desk = made.desk()
    assert commands.split(desk, 1, chosen, "The scanner", dry_run=True) == 7
    assert everything(made) == before
    new = commands.split(desk, 1, chosen, "The scanner")
    assert (made.value(new, "client"), made.value(new, "requester")) == ("acme", "Nina")
    assert made.value(new, "created") == chosen[0][0], "its clock runs since the first of its messages"
    assert told(made, new) == [
        ("reply", "lida", "our reply", None),
        ("note", "oleg", "the scanner, too", None),
        ("split_from", "anna", None, None),
    ]
    assert (relatives(made, 1), relatives(made, new)) == ([(new, "split_off")], [(1, "split_from")])
    moved = {one.text: one.moved_to for one in story.ticket(desk, 1).timeline}
    assert moved == {"first note": None, "our reply": new, "the scanner, too": new, None: None}
    assert made.value(1, "first_reply_at") is not None, "history isn't rewritten"
    with pytest.raises(NotFound, match="moved or taken back"):
        commands.split(desk, 1, chosen, "again")
    assert made.differences() == []
    after = everything(made)
    history.undo(desk)
    assert everything(made) == before
    history.redo(desk)
    assert everything(made) == after
    # Nobody else's undo takes it for a step of his own.
    history.undo(made.desk("oleg"))
    assert relatives(made, new) == [(1, "split_from")]
    assert made.differences() == []


def test_the_request_itself_may_go_too_but_something_must_stay(made: House) -> None:
    desk = made.desk()
    every = [part.place for part in story.parts(desk, 1)]
    assert every[0] == splitting.BODY
    with pytest.raises(Refused, match="something must stay"):
        commands.split(desk, 1, every, "All of it")
    with pytest.raises(Refused, match="Choose what"):
        commands.split(desk, 1, [], "Nothing")
    with pytest.raises(Refused):
        commands.split(desk, 1, every[1:2], "  ")
    new = commands.split(desk, 1, every[:2], "The request")
    assert (made.value(new, "body"), made.value(1, "body")) == ("Body 0", None)
    assert made.value(new, "created") == made.value(1, "created")
    assert made.differences() == []
    history.undo(desk)
    assert made.value(1, "body") == "Body 0"


def test_who_left_gets_no_ticket_by_a_split(made: House) -> None:
    commands.assign(made.desk(), 1, "oleg")
    made.person("oleg", ended="2026-03-01")
    new = commands.split(made.desk(), 1, places(made, "first note"), "The note")
    assert made.value(new, "assignee") is None


def test_who_only_reads_changes_nothing(made: House) -> None:
    made.person("dora", "director")
    desk = made.desk("dora")
    with pytest.raises(NotAllowed):
        commands.merge(desk, 1, 2)
    with pytest.raises(NotAllowed):
        commands.link(desk, 1, 2)
    with pytest.raises(NotAllowed):
        commands.split(desk, 1, [(0, -1)], "x")


def test_many_are_merged_in_one_step(made: House) -> None:
    desk = made.desk()
    before = everything(made)
    result = commands.many(desk, [1, 2, 3, 6], lambda one, number: merging.merge(one, number, 3))
    assert result.done == (1, 2)
    assert [number for number, _why in result.refused] == [3, 6]
    assert relatives(made, 3) == [(1, "merged"), (2, "merged")]
    history.undo(desk)
    assert everything(made) == before


def test_all_of_it_survives_export_and_import(made: House, tmp_path: Path) -> None:
    desk = made.desk()
    new = commands.split(desk, 1, places(made, "our reply"), "The scanner")
    commands.merge(desk, 2, 3)
    commands.merge(desk, 3, 4)
    commands.link(desk, 1, 6)
    commands.merge(desk, 5, new)
    history.undo(desk)
    other = again(made, tmp_path / "out")
    assert everything(other) == everything(made)
    for number in range(1, new + 1):
        assert told(other, number) == told(made, number)
    assert other.differences() == []
    history.redo(other.desk())
    assert relatives(other, new) == [(5, "merged"), (1, "split_from")]
    history.undo(other.desk())
    history.undo(other.desk())
    assert relatives(other, 1) == [(new, "split_off")]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "link", "unlink", "reopen", "split", "undo", "redo"]),
        st.integers(1, 6),
        st.integers(1, 6),
        st.sampled_from(["anna", "lida"]),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_whatever_is_done_in_whatever_order_the_desk_stays_true(
    model: Path, tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[str, int, int, str]]
) -> None:
    """No order of steps leaves a circle of merges, a wrong cache, or a redo that isn't what was undone."""
    made = copied(model, tmp_path_factory.mktemp("any") / "desk.db")
    for what, number, other, who in wanted:
        desk = made.desk(who)
        made.wait(1)
        try:
            if what == "merge":
                commands.merge(desk, number, other, across=True)
            elif what == "link":
                commands.link(desk, number, other)
            elif what == "unlink":
                commands.unlink(desk, number, other)
            elif what == "reopen":
                commands.reopen(desk, number, "again")
            elif what == "split":
                commands.split(desk, number, [story.parts(desk, number)[-1].place], "Split")
            elif what == "undo":
                before = everything(made)
                history.undo(desk)
                history.redo(desk)
                assert everything(made) == before
                history.undo(desk)
            else:
                history.redo(desk)
        except (Refused, IndexError):
            continue
        kept = linking.kept_for(made.database.reader, number)
        assert linking.merged_into(made.database.reader, kept) is None
    assert made.differences() == []
    made.database.close()
