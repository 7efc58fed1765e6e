from __future__ import annotations

import pytest
from textual.widgets import Input

from console.host import DemoScreen, demo_app, screen_text
from leadconsole.console.help import HelpDialog
from leadconsole.console.layout_keys import command_key
from leadconsole.console.widgets.row_table import RowTable


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        *zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True),
        *zip("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM", strict=True),
        ("і", "s"),
        ("І", "S"),
        ("х", "["),
        ("ъ", "]"),
        ("ї", "]"),
        ("Ж", ":"),
        ("ж", ";"),
        ("э", "'"),
        ("є", "'"),
        ("ґ", "\\"),
        (".", "/"),
        (",", "?"),
        ("ю", "/"),
        ("б", "?"),
    ],
)
def test_a_cyrillic_key_means_the_latin_one_at_its_place(sent: str, meant: str) -> None:
    found = command_key(sent, sent)
    assert found is not None
    assert found[1] == meant


def test_latin_letters_and_named_keys_stay() -> None:
    assert [command_key(key, character) for key, character in [("a", "a"), ("enter", "\r"), ("f5", None)]] == [None] * 3


def test_a_modifier_is_kept() -> None:
    assert command_key("ctrl+с", None) == ("ctrl+c", "c")


async def test_commands_work_with_a_cyrillic_layout_on() -> None:
    app = demo_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        table = screen.query_one(RowTable)
        await pilot.press("о", "о", "о", "л")
        assert table.cursor == 2
        await pilot.press("П")
        assert table.cursor == 999_999
        await pilot.press("п", "ф")
        assert (table.cursor, screen.ran) == (0, ["assign"])
        await pilot.press(",")
        assert isinstance(app.screen, HelpDialog)
        await pilot.press("й")
        await pilot.press("Ж")
        await pilot.pause()
        assert "Commands" in screen_text(app)
        await pilot.press("escape", ".")
        assert screen.ran == ["assign", "filter"]


async def test_text_input_gets_every_letter_as_it_was_typed() -> None:
    app = demo_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("slash", *"йЖі.,?q/")
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        assert screen.query_one(Input).value == "йЖі.,?q/"
        assert screen.ran == ["filter"]
