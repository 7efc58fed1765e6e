"""Cells of interchange files: what is read, what is refused with a column and a sentence, what is written back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.intake.inputs import SHAPES
from leadconsole.kernel.clock import SECOND
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.shape import (
    DATE,
    LINE,
    LOGIN,
    LONGEST_LINE,
    LONGEST_TEXT,
    PRICE,
    TEXT,
    TIME,
    ZONE,
    Column,
    Reading,
    Shape,
    Sort,
    choice,
    hours,
    read_cell,
    whole,
)

MOSCOW = Reading("Europe/Moscow")
COLOUR = choice("red", "green")
SMALL = whole(-5, 5)
WEEK = hours(168)


def read(sort: Sort, text: str | None, **how: Any) -> Any:
    """The value of a cell under the column `c`."""
    return read_cell(Column("c", sort, **how), text, MOSCOW)


def refusal(sort: Sort, text: str | None, **how: Any) -> Refused:
    """Why a cell isn't taken."""
    with pytest.raises(Refused) as caught:
        read(sort, text, **how)
    assert caught.value.field == "c"
    return caught.value


# One cell


@pytest.mark.parametrize(
    ("sort", "text", "value"),
    [
        (LINE, " a  b ", "a  b"),
        (LINE, "a\nb\tc", "a b c"),
        (LINE, "'=1+1", "=1+1"),
        (LINE, "=1+1", "=1+1"),
        (LINE, "'tis", "'tis"),
        (LINE, "x" * LONGEST_LINE, "x" * LONGEST_LINE),
        (TEXT, "\n a\r\nb \n", "a\nb"),
        (TEXT, "\x1b[31m", "␛[31m"),
        (TEXT, "a\ud800", "a\ufffd"),
        (LOGIN, "a", "a"),
        (LOGIN, "a.b_c-9", "a.b_c-9"),
        (LOGIN, "a" * 32, "a" * 32),
        (ZONE, "Asia/Omsk", "Asia/Omsk"),
        (DATE, "2026-10-31", "2026-10-31"),
        (DATE, "31.10.2026", "2026-10-31"),
        (DATE, "1.2.2026", "2026-02-01"),
        (TIME, "1970-01-01T03:00:01", SECOND),
        (TIME, "1970-01-01T00:00:01Z", SECOND),
        (TIME, "01.01.1970 03:00:01", SECOND),
        (PRICE, "12345.67", 1234567),
        (PRICE, "12 345,67", 1234567),
        (PRICE, "12\u00a0345,6", 1234560),
        (PRICE, "0", 0),
        (COLOUR, "Red", "red"),
        (SMALL, "+5", 5),
        (SMALL, "-5", -5),
        (SMALL, "005", 5),
        (WEEK, "37,5", 2250),
        (WEEK, "37.25", 2235),
        (WEEK, "168", 10080),
        (WEEK, "0", 0),
    ],
)
def test_what_a_cell_says(sort: Sort, text: str, value: object) -> None:
    assert read(sort, text) == value


@pytest.mark.parametrize(
    ("sort", "text", "code", "said"),
    [
        (LINE, "x" * (LONGEST_LINE + 1), "too_long", "The text is longer than 500 characters."),
        (TEXT, "x" * (LONGEST_TEXT + 1), "too_long", "The text is longer than 6000000 characters."),
        (LOGIN, "Anna", "bad_login", "«Anna» is no login"),
        (LOGIN, "9anna", "bad_login", "«9anna» is no login"),
        (LOGIN, "анна", "bad_login", "«анна» is no login"),
        (LOGIN, "a" * 33, "bad_login", "at most 32"),
        (LOGIN, "a/b", "bad_login", "«a/b» is no login"),
        (LOGIN, "=a", "bad_login", "«=a» is no login"),
        (ZONE, "Moscow", "bad_timezone", "There is no time zone «Moscow»"),
        (ZONE, "../../etc/passwd", "bad_timezone", "There is no time zone"),
        (DATE, "2026-02-30", "bad_date", "«2026-02-30» is not a date"),
        (DATE, "10/31/2026", "bad_date", "is not a date"),
        (DATE, "2026-10-31T10:00", "bad_date", "is not a date"),
        (TIME, "yesterday", "bad_time", "«yesterday» is not a time"),
        (TIME, "2026-10-31T25:00", "bad_time", "is not a time"),
        (PRICE, "-1", "negative", "A price can't be negative: -1"),
        (PRICE, "1.234", "bad_money", "«1.234» is not an amount of money"),
        (PRICE, "1,234.50", "bad_money", "is not an amount of money"),
        (PRICE, "1e5", "bad_money", "is not an amount of money"),
        (COLOUR, "blue", "bad_choice", "«blue» is none of red, green."),
        (SMALL, "6", "bad_number", "«6» is not a whole number from -5 to 5."),
        (SMALL, "1.0", "bad_number", "is not a whole number"),
        (SMALL, "٣", "bad_number", "is not a whole number"),
        (SMALL, "1_0", "bad_number", "is not a whole number"),
        (SMALL, "9" * 5000, "bad_number", "is not a whole number"),
        (WEEK, "168.01", "bad_number", "is not a number of hours from 0 to 168 in whole minutes."),
        (WEEK, "0.01", "bad_number", "in whole minutes"),
        (WEEK, "-1", "bad_number", "is not a number of hours"),
    ],
)
def test_what_a_cell_can_not_say(sort: Sort, text: str, code: str, said: str) -> None:
    refused = refusal(sort, text)
    assert refused.code == code
    assert said in refused.message
    assert len(refused.message) < 300, "a sentence, however long the cell"


@pytest.mark.parametrize("text", [None, "", "  ", "\t", "\u00a0", "\u200b", "\u202e\ufeff"])
def test_an_empty_cell_is_the_default_or_missing(text: str | None) -> None:
    assert read(LINE, text) is None
    assert read(LINE, text, default="x") == "x"
    assert read(LINE, text, required=True, default="x") == "x"
    refused = refusal(LINE, text, required=True)
    assert (refused.code, refused.message) == ("missing", "c must be given.")


@given(st.text(max_size=40))
def test_a_line_is_one_line_and_stays_as_it_is(text: str) -> None:
    value = read(LINE, text)
    if value is None:
        return
    assert value == value.strip() != ""
    assert "\n" not in value
    assert read(LINE, LINE.write(value, MOSCOW)) == value


@given(st.text(st.sampled_from("'=+-@ \n\r\t\"aё\u0308\u200b\u202e\x00"), max_size=10))
def test_a_text_is_written_as_it_is_read_and_never_runs(text: str) -> None:
    value = read(TEXT, text)
    if value is None:
        return
    written = TEXT.write(value, MOSCOW)
    assert written[0] not in "=+-@\t\r"
    assert read(TEXT, written) == value


@given(st.integers(0, 10**15))
def test_a_price_is_written_as_it_is_read(minor: int) -> None:
    assert read(PRICE, PRICE.write(minor, MOSCOW)) == minor


@given(st.integers(0, 10080))
def test_hours_that_can_be_read_are_written_back(minutes: int) -> None:
    if minutes * 100 % 60 == 0:  # two decimals can say it
        assert read(WEEK, WEEK.write(minutes, MOSCOW)) == minutes


@given(st.integers(-(10**15), 7 * 10**15), st.sampled_from(["UTC", "Europe/Moscow", "Asia/Kathmandu", "Europe/Berlin"]))
def test_a_time_is_written_as_it_is_read_in_every_zone(when: int, zone: str) -> None:
    column, reading = Column("c", TIME), Reading(zone)
    assert read_cell(column, TIME.write(when, reading), reading) == when


# A row


def even(row: dict[str, Any]) -> None:
    """A rule: `b` is even."""
    if (row["bb"] or 0) % 2:
        raise Refused("b is odd", field="b")


PAIR = Shape(
    "pairs",
    "pair",
    (Column("a", LINE, required=True, key=True), Column("b", SMALL, stored_as="bb", default=2), Column("c", DATE)),
    even,
)


def test_a_row_is_read_by_the_columns_of_the_table() -> None:
    assert PAIR.read({"a": "x", "b": "4", "c": "31.10.2026"}, MOSCOW) == {"a": "x", "bb": 4, "c": "2026-10-31"}
    assert PAIR.key == ("a",)


def test_columns_that_are_not_given_get_their_defaults() -> None:
    assert PAIR.read({"a": "x"}, MOSCOW) == {"a": "x", "bb": 2, "c": None}


def test_columns_that_are_not_given_keep_what_is_stored() -> None:
    given = PAIR.read_given({"a": "x", "c": ""}, MOSCOW)
    assert given == {"a": "x", "c": None}
    assert PAIR.complete(given, {"a": "x", "bb": 4, "c": "2026-01-01"}) == {"a": "x", "bb": 4, "c": None}


def test_a_required_column_that_is_not_given_is_missing() -> None:
    with pytest.raises(Refused, match=r"^a must be given\.$") as caught:
        PAIR.read({"b": "2"}, MOSCOW)
    assert (caught.value.field, caught.value.code) == ("a", "missing")


def test_the_rule_is_asked_about_the_whole_row() -> None:
    with pytest.raises(Refused, match="odd"):
        PAIR.read({"a": "x", "b": "3"}, MOSCOW)
    with pytest.raises(Refused, match="odd"):
        PAIR.complete({"a": "x"}, {"a": "x", "bb": 3, "c": None})


def test_a_row_is_written_in_the_order_of_its_columns() -> None:
    assert PAIR.write({"c": None, "bb": -4, "a": "=x"}, MOSCOW) == ["'=x", "-4", ""]


@pytest.mark.parametrize(
    ("name", "cells", "field", "said"),
    [
        ("people", {"login": "a", "name": "A", "role": "deputy"}, "role", "«deputy» is none of lead, specialist"),
        ("people", {"login": "a", "name": "A", "role": "lead", "lines": "4"}, "lines", "«4» is no list of lines"),
        ("people", {"login": "a", "name": "A", "role": "lead", "lines": "1+"}, "lines", "«1+» is no list of lines"),
        ("people", {"login": "a", "name": "A", "role": "lead", "started": "2026-02-01", "ended": "2026-01-31"}, "ended",
         "It ends (2026-01-31) before it starts (2026-02-01)."),
        ("settings", {"key": "colour", "value": "red"}, "key", "There is no setting «colour»"),
        ("settings", {"key": "share_rate", "value": "101"}, "value", "is not a percentage from 0 to 100"),
        ("settings", {"key": "country", "value": "DE"}, "value", "«DE» is none of RU, UA."),
        ("settings", {"key": "timezone", "value": "Moscow"}, "value", "There is no time zone «Moscow»"),
        ("calendars", {"calendar": "o", "weekday": "mon", "opens": "18:00", "closes": "09:00"}, "closes",
         "The closing time must be after the opening time"),
        ("calendars", {"calendar": "o", "weekday": "mon", "opens": "24:01", "closes": "25:00"}, "opens",
         "«24:01» is no time of day"),
        ("calendars", {"calendar": "o", "weekday": "monday", "opens": "9:00", "closes": "18:00"}, "weekday",
         "«monday» is none of mon, tue"),
        ("calendar_days", {"calendar": "o", "date": "2026-03-08", "kind": "off", "opens": "9:00", "closes": "10:00"},
         "opens", "A day off has no opening hours."),
        ("calendar_days", {"calendar": "o", "date": "2026-03-08", "kind": "work", "opens": "9:00"}, "closes",
         "Give both opens and closes, or neither."),
        ("norms", {"policy": "p", "priority": "top"}, "priority", "«top» is none of low, normal, high, urgent."),
        ("norms", {"policy": "p", "priority": "low", "line": "0"}, "line", "«0» is not a whole number from 1 to 3."),
        ("norms", {"policy": "p", "priority": "low", "resolution_minutes": "-1"}, "resolution_minutes", "«-1» is not"),
        ("tickets", {"number": "0", "client": "a", "subject": "s", "created": "2026-01-01"}, "number", "«0» is not"),
        ("tickets", {"number": "1", "client": "a", "subject": " ", "created": "2026-01-01"}, "subject",
         "subject must be given."),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "status"}, "value",
         "An event of the kind status needs a value."),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "status", "value": "done"}, "value",
         "«done» is none of new, open"),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "line", "value": "4"}, "value",
         "«4» is not a whole number from 1 to 3."),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "assign", "value": "A B"}, "value",
         "«A B» is no login"),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "call"}, "kind", "«call» is none of"),
    ],
)  # fmt: skip
def test_rows_that_the_shapes_refuse(name: str, cells: dict[str, str], field: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        SHAPES[name].read(cells, MOSCOW)
    assert caught.value.field == field
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("name", "cells", "row"),
    [
        ("people", {"login": "a", "name": "A", "role": "lead", "lines": "2+1", "weekly_hours": "20"},
         {"lines": "1+2", "weekly_minutes": 1200}),
        ("people", {"login": "a", "name": "A", "role": "lead"}, {"lines": "1", "weekly_minutes": 2400, "ended": None}),
        ("people", {"login": "a", "name": "A", "role": "lead", "started": "2026-02-01", "ended": "2026-02-01"},
         {"started": "2026-02-01", "ended": "2026-02-01"}),
        ("clients", {"code": "a", "name": "A"}, {"status": "active", "policy": None}),
        ("settings", {"key": "share_rate", "value": "33,50 %"}, {"value": "33.5"}),
        ("settings", {"key": "share_rate", "value": "100"}, {"value": "100"}),
        ("settings", {"key": "share_rate", "value": "0"}, {"value": "0"}),
        ("settings", {"key": "guaranteed_minimum", "value": "100 000"}, {"value": "100000.00"}),
        ("settings", {"key": "country", "value": "ru"}, {"value": "RU"}),
        ("settings", {"key": "country", "value": ""}, {"value": ""}),
        ("calendars", {"calendar": "o", "weekday": "SUN", "opens": "0:00", "closes": "24:00"},
         {"weekday": 6, "opens": 0, "closes": 1440}),
        ("calendar_days", {"calendar": "RU", "date": "08.03.2026", "kind": "short"},
         {"date": "2026-03-08", "opens": None, "closes": None}),
        ("norms", {"policy": "p", "priority": "low"},
         {"line": 0, "first_reply_minutes": None, "resolution_minutes": None}),
        ("norms", {"policy": "p", "priority": "low", "first_reply_minutes": "0"}, {"first_reply_minutes": 0}),
        ("tickets", {"number": "1", "client": "a", "subject": "s", "created": "2026-01-01"},
         {"start_priority": "normal", "kind": "incident", "start_line": 1, "start_status": "new"}),
        ("tickets", {"number": "1", "client": "a", "subject": "s", "created": "2026-01-01", "resolved": "2026-01-02"},
         {"start_status": "resolved"}),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "assign"}, {"value": None}),
        ("ticket_events", {"ticket": "1", "at": "2026-01-01", "seq": "1", "kind": "STATUS", "value": "Open"},
         {"kind": "status", "value": "open"}),
    ],
)  # fmt: skip
def test_rows_that_the_shapes_take(name: str, cells: dict[str, str], row: dict[str, object]) -> None:
    read = SHAPES[name].read(cells, MOSCOW)
    assert {column: read[column] for column in row} == row
    written = dict(zip((column.name for column in SHAPES[name].columns), SHAPES[name].write(read, MOSCOW), strict=True))
    assert SHAPES[name].read(written, MOSCOW) == read


@pytest.mark.parametrize("sort", [LOGIN, ZONE, DATE, TIME, PRICE, COLOUR, SMALL, WEEK])
def test_a_long_wrong_cell_is_not_told_in_full(sort: Sort) -> None:
    assert len(refusal(sort, "x" * 5000).message) < 300
