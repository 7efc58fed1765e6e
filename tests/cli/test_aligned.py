"""Columns of text: what gives way, what wraps, and that nothing is wider than the terminal."""

from __future__ import annotations

import pytest

from leadconsole.kernel.aligned import Column, aligned, wrapped
from leadconsole.kernel.text import width

TEXTS = (
    "Очень длинное предложение из обычных слов, которое не помещается",
    "a" * 500,
    "日本語の長い文章" * 9,
    "👩‍👩‍👧‍👦" * 40,
    "word " + "x" * 90 + " end",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("cells", [1, 2, 7, 20, 33])
def test_wrapping_keeps_every_character_and_the_width(text: str, cells: int) -> None:
    lines = wrapped(text, cells)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    if cells > 1:  # a wide character needs two
        assert max(map(width, lines)) <= cells


def test_own_lines_stay() -> None:
    assert wrapped("one\n\n  two three", 6) == ["one", "", "  two", "three"]
    assert wrapped("one\ntwo three", None) == ["one", "two three"]


def test_a_table_fits_the_terminal() -> None:
    columns = [Column("N", "right"), Column("Subject", gives_way=True), Column("Text", wraps=True), Column("Left")]
    rows = [["1", "s" * 40, "some words that wrap " * 5, "-1:00"], ["20", "short", "", "0:10"]]
    for cells in (12, 40, 60, 80, 200):
        lines = list(aligned(columns, rows, cells))
        assert max(map(width, lines)) <= cells
    assert list(aligned(columns, rows, 60))[-1].startswith("20  short")
    wide = list(aligned(columns, rows))
    assert len(wide) == 3
    assert rows[0][2].strip() in wide[1]


def test_what_wraps_loses_nothing() -> None:
    text = "each of these words is still there"
    told = " ".join(" ".join(aligned([Column(), Column(wraps=True)], [["at", text]], 16)).split())
    assert told == f"at {text}"


def test_cells_are_cleaned() -> None:
    (line,) = aligned([Column(), Column(wraps=True)], [["\x1b[2J", "a\u202eb\nc"]], 40)
    assert not set(line) & {"\x1b", "\u202e", "\n"}
