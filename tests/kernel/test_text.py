"""Outside text at the border: nothing that comes out can steer a terminal, hide, or break a column."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from leadconsole.kernel.text import (
    clean_line,
    clean_text,
    first_line,
    fold,
    is_login,
    pad,
    shorten,
    spreadsheet_plain,
    spreadsheet_safe,
    subject_key,
    width,
)

# Text with far more tricks than chance would give.
TRICKS = st.sampled_from(
    [
        "\r\n", "\r", "\n", "\t", "\0", "\x1b[2J", "\x7f", "\x85", "\x9b31m", "\u2028", "\u200b", "\u200d",
        "\u202e", "\u2066", "\ufeff", "\ufe0f", "\ufe0e", "\u00ad", "\u034f", "\U000e0041", "\ud800",
        "\uffff", "\u0301", "\u0338", "\u20e3", "\u1100", "\u1161", "e", "1", "ё", "й", "☀", "↔", "👩", "💻",
        "🏽", "🇷", "🇺", "漢", "ﬁ", "İ", "ß", " ",
    ]
)  # fmt: skip
HOSTILE = st.one_of(st.text(alphabet=st.characters()), st.lists(TRICKS, max_size=12).map("".join))


@pytest.mark.parametrize(
    ("outside", "line"),
    [
        ("Не проводится №4711 — «УПД», 14\u00a0000 ₽", "Не проводится №4711 — «УПД», 14\u00a0000 ₽"),
        ("[/foo] [red]x[/red]", "[/foo] [red]x[/red]"),
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("\x9b2Jgone\x9d0;title\x9c", "␛[2Jgone␛]0;title␛\\"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\u2066b\u2069c\u200ed\u061ce", "abcde"),
        ("a\0b\x7fc", "a␀b␡c"),
        ("one\r\ntwo\rthree\nfour\tfive\u2028six\u2029seven\x85eight\x0bnine\x0c",
         "one two three four five six seven "
         "eight nine "),
        ("pay\u200bpal\u00ad\ufeff\u2060\u200c\u200d\u180e\u3164\u2800", "paypal\u2800"),
        ("tag\U000e0067\U000e007f", "tag"),
        ("vs\ufe0f \ufe0e\U000e0100", "vs "),
        ("👩‍💻 👨🏽‍🚀 🏳️‍🌈 ❤️ 1️⃣ 🇺🇦 🙂‍↔️", "👩‍💻 👨🏽‍🚀 🏳️‍🌈 ❤️ 1️⃣ 🇺🇦 🙂‍↔️"),
        ("\ud83d half", "\ufffd half"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("и\u0306 е\u0308 i\u0308", "й ё ï"),
        ("Z\u0351\u036b\u0342\u036a\u0302\u036bA", "Z\u0351\u036b\u0342A"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_line_is_shown_and_not_obeyed(outside: str, line: str) -> None:
    assert clean_line(outside) == line


def test_text_keeps_its_lines_and_spreads_its_tabs() -> None:
    outside = "one\r\ntwo\rthree\u2028a\tb\n\tc\x0cd\x1b[1m"
    assert clean_text(outside) == "one\ntwo\nthree\na       b\n        c\nd␛[1m"


@given(HOSTILE)
@example("\U0001f642\u200d\u2194\u200b\u0338")
@example("a\ufe0f\u200d☀")
@example("☀\ufe0f\ufe0f\u200d\u200d☀")
def test_clean_text_has_nothing_to_clean(outside: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(outside)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
        once.encode()  # no surrogates
        invisible = {c for c in once if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")}
        assert invisible <= ({"\n"} if clean is clean_text else set())
    assert "\n" not in clean_line(outside)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Po"], max_codepoint=0x52F)))
def test_ordinary_text_is_only_composed(text: str) -> None:
    assert clean_line(text) == unicodedata.normalize("NFC", text)


@given(HOSTILE.map(clean_line), st.integers(-1, 20), st.sampled_from(["left", "right", "center"]))
@example("漢字漢字", 4, "left")
@example("🇺🇦🇺🇦", 2, "left")
def test_columns_have_the_width_they_were_given(text: str, cells: int, align: str) -> None:
    assert cell_len(shorten(text, cells)) <= max(0, cells)
    padded = pad(text, cells, align)  # type: ignore[arg-type]
    assert cell_len(padded) == max(0, cells)
    if cells > 0 and width(text) <= cells:
        assert shorten(text, cells) == text
        assert padded.strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "cells", "expected"),
    [
        ("Ромашка", 7, "Ромашка"),
        ("Ромашка", 6, "Ромаш…"),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"),
        ("🇺🇦🇺🇦", 2, "…"),
        ("👩‍💻👩‍💻", 3, "👩‍💻…"),
        ("e\u0301\u0302e\u0301e", 2, "e\u0301\u0302…"),
        ("anything", 0, ""),
        ("anything", 1, "…"),
        ("x" * 10_000, 5, "xxxx…"),
    ],
)
def test_shortening_cuts_between_characters(text: str, cells: int, expected: str) -> None:
    assert shorten(text, cells) == expected


def test_padding_aligns() -> None:
    assert [pad("漢", 5, align) for align in ("left", "right", "center")] == ["漢   ", "   漢", " 漢  "]


def test_first_line_skips_the_empty_ones() -> None:
    assert first_line("\n \n  Добрый день!  \nПосле обновления…") == "Добрый день!"
    assert first_line(" \n") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ЁЛКА", "елка"),
        ("Straße", "STRASSE"),
        ("ﬁle №1", "FILE No1"),
        ("Об'єкт", "об’єкт"),
        ("п'ять", "пʼять"),
        ("Ї", "ї"),
    ],
)
def test_folding_sees_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_folding_sees_letters_of_their_own() -> None:
    assert len({fold(letter) for letter in "иіїйе"}) == 5


@pytest.mark.parametrize(
    "subject",
    [
        "Печать УПД",
        "Re: Печать УПД",
        "RE: Fwd: fw:  печать   упд",
        "Re[2]: Печать УПД",
        "Отв: Пересл: Печать УПД",
        "Відп: [#4711] Re(3): ПЕЧАТЬ УПД",
        "[#4711] Печать УПД",
        "Печать УПД (#4711)",
        "#4711 Печать УПД",
        "Печать №4711 УПД",
        "re :Печать\u00a0УПД",
    ],
)
def test_a_repeat_is_recognised_by_its_subject(subject: str) -> None:
    assert subject_key(subject) == "печать упд"


@pytest.mark.parametrize(
    ("subject", "key"),
    [
        ("Resend: invoice", "resend: invoice"),
        ("Regarding re: x", "regarding re: x"),
        ("C#7 and #x", "c#7 and #x"),
        ("[4711] x", "[4711] x"),
        ("Счёт № 15", "счёт № 15"),
        ("Re: #1", ""),
    ],
)
def test_a_subject_keeps_what_is_no_prefix_and_no_number(subject: str, key: str) -> None:
    assert subject_key(subject) == key


@pytest.mark.parametrize(
    ("cell", "in_file"),
    [
        ("=1+1", "'=1+1"),
        ("+7 495", "'+7 495"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("''+1", "'''+1"),
        ("'quoted'", "'quoted'"),
        ("O'Brien", "O'Brien"),
        (" =1", " =1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_nothing(cell: str, in_file: str) -> None:
    assert spreadsheet_safe(cell) == in_file
    assert spreadsheet_plain(in_file) == cell


@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n"), st.characters())))
def test_the_way_through_a_spreadsheet_loses_nothing(cell: str) -> None:
    assert spreadsheet_plain(spreadsheet_safe(cell)) == cell
    assert spreadsheet_safe(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("login", ["lida", "a", "o.brien-2_x", "a" * 32])
def test_a_login_is_plain_letters(login: str) -> None:
    assert is_login(login)


@pytest.mark.parametrize("text", ["", "Lida", "1st", ".x", "лида", "a b", "a" * 33, "lida\n", "../x", "ℓida"])
def test_other_text_is_no_login(text: str) -> None:
    assert not is_login(text)
