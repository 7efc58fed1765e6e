"""The search looks through everything that was said on a ticket and through the contacts of its client."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks import House, house
from leadconsole.kernel.history import redo, undo
from leadconsole.kernel.text import fold
from leadconsole.team import commands as team
from leadconsole.tickets import commands, filters, queries, texts


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with three tickets of two clients."""
    made = house(tmp_path / "desk.db")
    made.client("globex", name="Глобекс")
    made.ticket("Принтер молчит", requester="Ольга")
    made.ticket("No ink", "globex", body="The second till says «bad cartridge»")
    made.ticket("Касса", "globex")
    return made


def found(home: House, text: str, view: str = "all") -> list[int]:
    """The numbers that a search finds, newest first, counted and held alike."""
    desk, wanted = home.desk(), filters.read(text)
    rows = queries.page(desk, view, search=wanted, newest=True)
    numbers = [row.number for row in rows]
    assert queries.numbers(desk, view, search=wanted, newest=True) == numbers
    assert queries.count(desk, view, search=wanted) == len(numbers)
    for index, row in enumerate(rows):
        assert queries.holds(desk, view, row.number, search=wanted)
        assert queries.position(desk, view, row.place, search=wanted, newest=True) == index
    return numbers


def test_what_is_said_is_found_by_any_part_of_a_word_and_folded(home: House) -> None:
    commands.reply(home.desk(), 1, "Перезапустил слу́жбу печати, всё ЁЛОЧКОЙ")
    commands.note(home.desk(), 3, "Наталья просила позвонить: п'ята каса")
    commands.move_line(home.desk(), 2, 2, "needs the Workshop")
    assert found(home, "елочк") == found(home, "ЗАПУСТ") == [1]
    assert found(home, "п’ята") == found(home, "п'ята") == [3]
    assert found(home, "workSHO") == [2]
    assert found(home, "принтер печати") == [1], "words may stand in different messages"
    assert found(home, "касса наталья -перезапустил") == [3]
    assert found(home, "second till") == found(home, '"bad cart"') == [2]
    assert found(home, "cartridges") == []
    assert home.differences() == []


def test_a_client_is_found_by_its_contacts_as_they_are_now(home: House) -> None:
    contact = {"client": "globex", "name": "Зинаида Ёжикова", "email": "zina@globex.example", "phone": "+7 495 123"}
    assert found(home, "зинаида") == []
    team.enter(home.desk(), "contacts", contact)
    assert found(home, "зинаида") == found(home, "ежиков") == found(home, "zina@") == [3, 2]
    assert found(home, "зинаида касса") == [3]
    assert found(home, "ла зи") == []
    assert found(home, "глобекс") == found(home, "globex") == [3, 2]
    assert found(home, "-зинаида") == [1]
    assert found(home, "зи", "open") == [3, 2]
    assert found(home, "495", "open") == [3, 2]
    team.remove(home.desk(), "contacts", ("globex", "Зинаида Ёжикова"))
    assert found(home, "зинаида") == []
    undo(home.desk())
    assert found(home, "зинаида") == [3, 2]
    home.client("globex", name="Acmeist")
    assert found(home, "acme") == [3, 2, 1]
    assert home.differences() == []


def test_an_undone_message_is_found_no_more_until_it_is_done_again(home: House) -> None:
    commands.reply(home.desk(), 1, "alpha")
    commands.reply(home.desk(), 1, "bravo")
    undo(home.desk())
    assert (found(home, "alpha"), found(home, "bravo")) == ([1], [])
    redo(home.desk())
    assert found(home, "alpha bravo") == [1]
    number = home.ticket("charlie")
    assert found(home, "charlie") == [number]
    undo(home.desk())
    assert found(home, "charlie") == []
    assert home.differences() == []


def test_correcting_a_subject_keeps_what_was_said(home: House) -> None:
    commands.note(home.desk(), 1, "alpha")
    commands.correct(home.desk(), 1, {"subject": "Сканер молчит"})
    assert (found(home, "сканер alpha"), found(home, "принтер")) == ([1], [])
    assert home.differences() == []


def test_check_notices_a_text_that_is_out_of_step(home: House) -> None:
    commands.note(home.desk(), 1, "alpha")
    with home.database.write(home.clock, "anna") as transaction:
        transaction.sql.execute("UPDATE ticket_text SET text = text || 'x' WHERE id = ?", (texts.page_id(1),))
    (difference,) = home.differences()
    assert (difference.ticket, difference.field) == (1, "search")  # type: ignore[attr-defined]
    with home.database.write(home.clock, "anna") as transaction:
        texts.rebuild(transaction.sql, [1])
        transaction.sql.execute("INSERT INTO ticket_text VALUES (?, 'ghost')", (texts.page_id(77),))
    assert len(home.differences()) == 1


def test_a_long_ticket_has_several_pages_and_is_found_once(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "PAGE", 300)
    monkeypatch.setattr(texts, "OVERLAP", 20)
    for n in range(40):
        commands.reply(home.desk(), 1, f"message {n} needle{n % 7}")
    commands.correct(home.desk(), 2, {"body": "hay " * 80 + "needle9 " + "straw " * 80})
    assert len(texts.stored(home.database.reader, 1)) >= 3
    assert found(home, "needle") == [2, 1]
    assert found(home, "needle6") == [1]
    assert found(home, "принтер needle3") == [1], "the subject goes with every page"
    assert found(home, "needle9") == [2]
    assert home.differences() == []
    undo(home.desk())
    undo(home.desk())
    assert found(home, "needle4 39") == []
    assert home.differences() == []


def test_adding_to_the_end_makes_what_a_rebuild_makes(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "PAGE", 120)
    monkeypatch.setattr(texts, "OVERLAP", 10)
    for size in (5, 50, 200, 1, 70, 70, 400, 3):
        commands.note(home.desk(), 3, "word" * size)
        assert home.differences() == []


def test_two_clients_with_one_mark_are_told_apart(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "client_mark", lambda code: "\ue000\ue000\ue000")
    monkeypatch.setattr("leadconsole.tickets.search.client_mark", lambda code: "\ue000\ue000\ue000")
    with home.database.write(home.clock, "anna") as transaction:
        texts.rebuild(transaction.sql, [1, 2, 3])
    assert found(home, "глобекс") == [3, 2]
    assert found(home, "acme") == [1]


def test_clients_with_every_letter_have_marks_of_their_own() -> None:
    marks = {texts.client_mark(f"c{n}") for n in range(5_000)}
    assert len(marks) > 4_990
    assert {len(mark) for mark in marks} == {3}


@given(st.text())
def test_the_short_way_of_folding_folds_alike(text: str) -> None:
    import unicodedata

    slow = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    assert fold(text) == slow.replace("ё", "е").translate(str.maketrans("’ʼ`", "'''"))


def test_every_letter_folds_alike() -> None:
    for code in range(0x20, 0x2100):
        test_the_short_way_of_folding_folds_alike.hypothesis.inner_test(chr(code))  # type: ignore[attr-defined]


def test_signs_of_the_index_language_are_words(home: House) -> None:
    commands.note(home.desk(), 1, 'AND "quo"te* OR (x) NEAR^ -minus')
    for text in ("AND", "quo", "te*", "near^", "(x)", "'-minus'"):
        assert found(home, text.strip("'").replace("-minus", "minus")) == [1], text
