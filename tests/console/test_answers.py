"""What terminals say: keys stay keys, and what makes no sense ends nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.geometry import Size

from leadconsole.console.answers import PatientParser, _patient_decoder
from leadconsole.console.bounds import HIGHEST, WIDEST, bounded


def keys(text: str) -> list[str]:
    """The keys that a terminal's words are taken for."""
    parser = PatientParser()
    return [one.key for one in (*parser.feed(text), *parser.tick()) if isinstance(one, events.Key)]


def test_keys_stay_keys() -> None:
    assert keys("aй\r") == ["a", "й", "enter"]
    assert keys("\x1b[A\x1b[5~") == ["up", "pageup"]
    assert keys("\x1b[97;5u") == ["ctrl+a"]


@pytest.mark.parametrize("said", ["\x1b[1;1:9u", "\x1b[97;1:3u", "\x1b[99999999999u", "\x1b[999999999999;99999999999A"])
def test_a_report_of_a_key_that_is_none_is_left_out(said: str) -> None:
    assert keys(f"{said}j")[-1] == "j"


@given(st.text(alphabet="\x1b[;:0123456789<>?~uAMmRtPc$r\\]aй", max_size=40))
def test_no_word_of_a_terminal_ends_the_reading(said: str) -> None:
    keys(said)


@given(st.lists(st.binary(max_size=12), max_size=6))
def test_no_byte_ends_the_reading(chunks: list[bytes]) -> None:
    decode = _patient_decoder("utf-8")().decode
    whole = "".join([decode(chunk) for chunk in chunks] + [decode(b"", final=True)])
    assert whole == b"".join(chunks).decode("utf-8", "replace")


def test_a_terminal_is_taken_up_to_a_bound() -> None:
    assert bounded(Size(120, 40)) == Size(120, 40)
    assert bounded(Size(65_000, 65_000)) == Size(WIDEST, HIGHEST)
