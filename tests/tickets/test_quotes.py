"""Quoted text of messages is told apart, in three languages, and nothing is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadconsole.tickets.quotes import parts


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Just words\nin two lines", []),
        ("Yes.\n> one\n> two\nBye", [("> one", "> two")]),
        ("Yes.\n> only one line stays", []),
        ("Thanks\n\nOn 3 March 2026 Anna wrote:\nHello\nthere", [("On 3 March 2026 Anna wrote:", "Hello", "there")]),
        ("Спасибо\n03.03.2026 10:12, Анна написала:\n> а\nб", [("03.03.2026 10:12, Анна написала:", "> а", "б")]),
        ("Дякую\nВ пн, 3 бер. Оля пише:\nтекст", [("В пн, 3 бер. Оля пише:", "текст")]),
        ("See\n-----Original Message-----\nFrom: x", [("-----Original Message-----", "From: x")]),
        ("a > b is no quote\nnor is this", []),
    ],
)
def test_what_is_quoted(text: str, quoted: list[tuple[str, ...]]) -> None:
    assert [part.lines for part in parts(text) if part.quoted] == quoted


@given(st.text(alphabet="ab> \n:|-", max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert "\n".join("\n".join(part.lines) for part in parts(text)) == text
