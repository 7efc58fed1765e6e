"""Tags, canned texts and macros: what they do to one ticket and to many, what they refuse, how they come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import House, house
from leadconsole.kernel import history
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.errors import NotAllowed, Refused, Stale
from leadconsole.kernel.text import fold
from leadconsole.tickets import commands, fillings, macros, placeholders, shelves, tagging
from leadconsole.tickets.rules import Happening
from leadconsole.tickets.shelves import MACROS, TEXTS
from tickets.test_merging import again


@pytest.fixture
def made(tmp_path: Path) -> House:
    """Four tickets of a client with a norm."""
    made = house(tmp_path / "desk.db")
    made.norm(60, 480)
    for place in range(4):
        made.ticket(f"Matter {place}", requester="Nina" if place else "")
    return made


def kept(home: House, file: str, login: str = "anna") -> list[Entry]:
    """What stands on a shelf of a person."""
    return shelves.kept(home.desk(login), file)


def macro(home: House, name: str = "Close", owner: str = "anna", **cells: str) -> Entry:
    """A macro as it was kept."""
    shelves.keep(home.desk(owner or "anna"), MACROS, {"owner": owner, "name": name, **cells})
    return next(one for one in kept(home, MACROS, owner or "anna") if one.key == (owner, name))


def said(home: House, number: int) -> list[tuple[str, str | None, str | None]]:
    """Kind, value and text of what happened to a ticket."""
    rows = home.database.reader.execute(
        "SELECT kind, value, text FROM event WHERE subject = 'ticket' AND key = ? AND kind <> 'created' ORDER BY id",
        (str(number),),
    )
    return rows.fetchall()


# --- tags -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "add", "remove"),
    [
        ("vip", ("vip",), ()),
        ("+vip, -old  #big", ("vip", "big"), ("old",)),
        ("−Старое новое НОВОЕ", ("новое",), ("Старое",)),
    ],
)
def test_tags_as_people_write_them(text: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    assert tagging.read(text) == (add, remove)


@pytest.mark.parametrize("text", ["", " + - ", "vip -VIP", "x" * 41])
def test_what_are_no_tags(text: str) -> None:
    with pytest.raises(Refused):
        tagging.read(text)


TAG = st.text("abcАБё1", min_size=1, max_size=3)


@given(st.lists(TAG), st.lists(TAG), st.lists(TAG))
def test_tags_are_a_set_that_keeps_its_order(before: list[str], add: list[str], remove: list[str]) -> None:
    had = tagging.changed(None, before, ())
    after = tagging.changed(had, add, remove)
    assert tagging.changed(after, add, remove) == after
    words = (after or "").split()
    assert len(words) == len({fold(word) for word in words})
    stayed = [word for word in (had or "").split() if word in words]
    assert words[: len(stayed)] == stayed


def test_tags_are_added_and_taken_away_one_by_one(made: House) -> None:
    desk = made.desk()
    commands.retag(desk, 1, tagging.read("vip big"))
    commands.retag(made.desk("lida"), 1, tagging.read("VIP new -big"))
    assert made.value(1, "tags") == "vip new"
    with pytest.raises(Refused, match="so already"):
        commands.retag(desk, 1, tagging.read("vip -big"))
    with pytest.raises(Refused, match="corrected again"):
        history.undo(desk)
    history.undo(made.desk("lida"))
    history.undo(desk)
    assert made.value(1, "tags") is None
    result = commands.many(desk, [1, 2], lambda one, number: tagging.retag(one, number, tagging.read("vip")))
    assert result.done == (1, 2)
    history.undo(desk)
    assert (made.value(1, "tags"), made.value(2, "tags")) == (None, None)
    assert made.differences() == []


# --- placeholders and texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Dear {requester}, № {number} «{subject}».", "Dear Nina, № 2 «Matter 1»."),
        ("{Клиент} { номер } {тема}", "Acme 2 Matter 1"),
        ("{клієнт}, {виконавець}: {термін}", "Acme, —: 2 Mar 2026 18:00"),
        ("{me} {today} {line} {promised}", "Anna 2 Mar 2026 1 —"),
        ("no {such} {} {a b} thing", "no {such} {} {a b} thing"),
    ],
)
def test_placeholders_become_what_the_ticket_says(made: House, text: str, filled: str) -> None:
    desk = made.desk()
    assert placeholders.fill(text, fillings.of_ticket(desk.reader, 2, "anna", desk.now())) == filled


def test_a_ticket_without_a_requester_greets_the_client(made: House) -> None:
    desk = made.desk()
    assert fillings.of_ticket(desk.reader, 1, "anna", desk.now())["requester"] == "Acme"


@given(st.text("ab{}1 client", max_size=30), st.text("{}clientnumber", max_size=12))
def test_what_is_filled_in_is_never_filled_again(text: str, value: str) -> None:
    values = {one.name: value for one in placeholders.PLACEHOLDERS}
    once = placeholders.fill(text, values)
    marked = placeholders.fill(text, dict.fromkeys(values, "\0"))
    assert once == marked.replace("\0", value)


def test_texts_are_kept_changed_and_thrown_away(made: House) -> None:
    desk = made.desk("lida")
    shelves.keep(desk, TEXTS, {"owner": "lida", "name": "Hello", "text": "Hello {requester}!"})
    shelves.keep(made.desk(), TEXTS, {"owner": "", "name": "Bye", "text": "Bye"})
    assert [one.key for one in kept(made, TEXTS, "lida")] == [("lida", "Hello"), ("", "Bye")]
    assert [one.key for one in kept(made, TEXTS, "oleg")] == [("", "Bye")]
    (mine, theirs) = kept(made, TEXTS, "lida")
    with pytest.raises(NotAllowed):
        shelves.keep(desk, TEXTS, {"owner": "", "name": "Mine for all", "text": "x"})
    with pytest.raises(NotAllowed):
        shelves.discard(desk, TEXTS, theirs)
    with pytest.raises(Refused, match="belongs to lida"):
        shelves.discard(made.desk("oleg"), TEXTS, mine)
    shelves.keep(desk, TEXTS, {"owner": "lida", "name": "Hi", "text": "Hi"}, mine)
    assert [one["text"] for one in kept(made, TEXTS, "lida")] == ["Hi", "Bye"]
    history.undo(desk)
    assert kept(made, TEXTS, "lida") == [mine, theirs], "a new name is one step"
    shelves.discard(desk, TEXTS, mine)
    assert kept(made, TEXTS, "lida") == [theirs]
    history.undo(desk)
    history.redo(desk)
    assert kept(made, TEXTS, "lida") == [theirs]


def test_what_is_no_text(made: House) -> None:
    desk = made.desk()
    for cells, field in (
        ({"name": "", "text": "x"}, "name"),
        ({"name": "x" * 41, "text": "x"}, "name"),
        ({"name": "x", "text": " "}, "text"),
        ({"name": "x", "text": "{numer}"}, "text"),
    ):
        with pytest.raises(Refused) as refusal:
            shelves.keep(desk, TEXTS, {"owner": "anna", **cells})
        assert refusal.value.field == field
    shelves.keep(desk, TEXTS, {"owner": "anna", "name": "x", "text": "one"})
    with pytest.raises(Refused, match="is there already"):
        shelves.keep(desk, TEXTS, {"owner": "anna", "name": "x", "text": "two"})


def test_a_stale_text_is_refused_with_both_values(made: House) -> None:
    made.person("boris", "lead")
    shelves.keep(made.desk(), TEXTS, {"owner": "", "name": "x", "text": "one"})
    (shown,) = kept(made, TEXTS)
    shelves.keep(made.desk("boris"), TEXTS, {"owner": "", "name": "x", "text": "two"}, shown)
    with pytest.raises(Stale) as refusal:
        shelves.keep(made.desk(), TEXTS, {"owner": "", "name": "x", "text": "three"}, shown)
    assert (refusal.value.seen, refusal.value.present) == ("one", "two")
    with pytest.raises(Stale):
        shelves.discard(made.desk(), TEXTS, shown)


# --- macros -----------------------------------------------------------------------------------------------------

WHOLE = {
    "assign": "lida", "line": "2", "reason": "for {client}", "priority": "high", "status": "waiting_client",
    "wait": "3d", "tags": "vip", "minutes": "5", "note": "note {number}", "reply": "Dear {requester}",
}  # fmt: skip


def test_a_macro_does_all_of_it_as_one_step(made: House) -> None:
    before = made.snapshot()
    whole = macro(made, **WHOLE)
    desk = made.desk()
    assert macros.run(desk, whole, [2, 3], dry_run=True).bulk.done == (2, 3)
    assert made.snapshot() == before
    macros.run(desk, whole, [2, 3])
    assert said(made, 3) == [
        ("note", None, "note 3"),
        ("changed", "tags", None),
        ("priority", "high", None),
        ("line", "2", "for Acme"),
        ("assign", "lida", None),
        ("time", "5", None),
        ("reply", None, "Dear Nina"),
        ("status", "waiting_client", None),
        ("changed", "wait_until", None),
    ]
    after = made.snapshot()
    history.undo(desk)
    assert made.snapshot() == before
    history.redo(desk)
    assert made.snapshot() == after
    assert made.differences() == []


def test_what_is_so_already_is_left_out_and_told(made: House) -> None:
    commands.set_priority(made.desk(), 1, "high")
    ran = macros.run(made.desk(), macro(made, priority="high", assign="@me"), [1, 2])
    assert ran.bulk.done == (1, 2)
    assert ran.skipped == {1: ("The priority is high already.",), 2: ()}
    again_ = macros.run(made.desk(), kept(made, MACROS)[0], [1])
    assert again_.bulk.refused == ((1, "It is all so already."),)


def test_one_refusal_leaves_the_whole_ticket_as_it_is(made: House) -> None:
    commands.reject(made.desk(), 1, "spam")
    before = made.value(1, "tags"), said(made, 1)
    ran = macros.run(made.desk(), macro(made, tags="done", status="accepted"), [1, 2])
    assert ran.bulk.done == (2,)
    assert "was rejected" in ran.bulk.refused[0][1]
    assert (made.value(1, "tags"), said(made, 1)) == before


def test_a_macro_that_names_a_person_who_left_is_refused(made: House) -> None:
    named = macro(made, assign="oleg", tags="x")
    made.person("oleg", ended="2026-03-01")
    with pytest.raises(Refused, match=r"Macro «Close» can't run: Oleg doesn't work here today"):
        macros.run(made.desk(), named, [1])
    assert made.value(1, "tags") is None


def test_a_macro_refuses_a_ticket_that_was_changed_since(made: House) -> None:
    urgent = macro(made, priority="urgent")
    seen = {1: int(str(made.value(1, "version")))}
    commands.note(made.desk("lida"), 1, "wait")
    ran = macros.run(made.desk(), urgent, [1], seen=seen)
    assert "meanwhile" in ran.bulk.refused[0][1]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({}, "assign"),
        ({"line": "2"}, "reason"),
        ({"wait": "3d", "tags": "x"}, "wait"),
        ({"wait": "soon", "status": "waiting_client"}, "wait"),
        ({"tags": "-"}, "tags"),
        ({"reply": "{numer}"}, "reply"),
        ({"minutes": "0"}, "minutes"),
        ({"priority": "huge"}, "priority"),
    ],
)
def test_what_is_no_macro(made: House, cells: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        shelves.keep(made.desk(), MACROS, {"owner": "anna", "name": "x", **cells})
    assert refusal.value.field == field


def test_a_macro_says_what_it_does(made: House) -> None:
    assert macros.told(macro(made, **WHOLE)) == [
        "note: note {number}",
        "tags: vip",
        "priority: high",
        "to line 2: for {client}",
        "given to lida",
        "5 minutes worked",
        "reply: Dear {requester}",
        "status: waiting for the client (3d)",
    ]


def test_one_reply_to_many_speaks_to_each(made: House) -> None:
    commands.many(made.desk(), [2, 3], lambda one, number: fillings.say(one, number, Happening.REPLY, "№ {number}"))
    assert said(made, 2) == [("reply", None, "№ 2")]
    assert said(made, 3) == [("reply", None, "№ 3")]


def test_texts_and_macros_survive_export_and_import(made: House, tmp_path: Path) -> None:
    macro(made, **WHOLE)
    macro(made, "All", "", priority="low")
    shelves.keep(made.desk("lida"), TEXTS, {"owner": "lida", "name": "Привет", "text": "=1+1\n{client}"})
    shelves.discard(made.desk(), MACROS, kept(made, MACROS)[0])
    other = again(made, tmp_path / "out")
    for table in ("macro", "canned_text"):
        rows = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert other.database.reader.execute(rows).fetchall() == made.database.reader.execute(rows).fetchall()
    history.undo(other.desk())
    assert [one.key for one in kept(other, MACROS)] == [("anna", "Close"), ("", "All")]


# --- what makes no sense on rejected work -------------------------------------------------------------------------


def test_spam_and_duplicates_lose_their_price(made: House) -> None:
    desk = made.desk()
    for number, code, price in ((1, "spam", None), (2, "duplicate of 4", None), (3, "withdrawn", 10000)):
        commands.correct(desk, number, {"price": "100"})
        commands.reject(desk, number, code)
        assert made.value(number, "price") == price
        with pytest.raises(Refused, match="rejected work has no price"):
            commands.correct(desk, number, {"price": "5"})
    commands.reject(desk, 4, "spam")
    history.undo(desk)
    history.undo(desk)
    history.undo(desk)
    history.undo(desk)
    assert made.value(2, "price") == 10000
    assert made.differences() == []


def test_a_new_ticket_is_promised_for_a_day_to_come(made: House) -> None:
    with pytest.raises(Refused, match="lies ahead") as refusal:
        made.ticket("Late", promised="2026-03-01")
    assert refusal.value.field == "promised"
