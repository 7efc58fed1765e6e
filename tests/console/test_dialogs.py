from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from console.host import HOSTILE, demo_app, screen_lines, screen_text
from leadconsole.console.app import ConsoleApp
from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.error import ErrorDialog
from leadconsole.console.dialogs.form import Field, Form
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.dialogs.stale import StaleDialog
from leadconsole.console.drafts import MemoryDrafts
from leadconsole.kernel.errors import Refused, Stale

NOTHING = object()
PEOPLE = [
    Option("anna", "Анна Крылова", note="3 open"),
    Option("lida", "Лида Мороз", note="away till Fri"),
    Option("slava", "Слава [/foo]", disabled="Slava is on vacation"),
]
STATES = [Option("open", "Open", "o"), Option("waiting", "Waiting", "w"), Option("resolved", "Resolved", "r")]


class Asked:
    """A dialog over the demo screen, and what it answers."""

    def __init__(self, app: ConsoleApp, pilot: Pilot[None], dialog: ModalScreen[Any]) -> None:
        self.app, self.pilot, self.result = app, pilot, NOTHING
        app.push_screen(dialog, self._take)

    def _take(self, result: Any) -> None:
        self.result = result

    async def press(self, *keys: str) -> str:
        await self.pilot.pause()
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return screen_text(self.app)


async def run(dialog: ModalScreen[Any], *keys: str, size: tuple[int, int] = (80, 24)) -> tuple[Any, str]:
    """The result after these keys, and what was seen then."""
    app = demo_app()
    async with app.run_test(size=size) as pilot:
        asked = Asked(app, pilot, dialog)
        text = await asked.press(*keys)
        assert app.failures.errors == []
        return asked.result, text


async def test_choice_by_number_arrows_and_part_of_the_name_in_any_case() -> None:
    assert (await run(Choice("Who", PEOPLE), "2"))[0] == "lida"
    assert (await run(Choice("Who", PEOPLE), "down", "enter"))[0] == "lida"
    assert (await run(Choice("Who", PEOPLE, current="lida"), "enter"))[0] == "lida"
    assert (await run(Choice("Who", PEOPLE), *"мор", "enter"))[0] == "lida"
    result, text = await run(Choice("Who", PEOPLE), *"zzz", "enter")
    assert result is NOTHING
    assert "Nothing here has this" in text
    assert (await run(Choice("Who", PEOPLE), "escape"))[0] is None


async def test_choice_says_why_an_option_can_not_be_chosen() -> None:
    result, text = await run(Choice("Who", PEOPLE), "3")
    assert result is NOTHING
    assert "Слава [/foo]" in text
    assert text.count("Slava is on vacation") == 2


async def test_choice_by_letter_also_with_a_cyrillic_layout_and_by_filter() -> None:
    assert (await run(Choice("State", STATES), "w"))[0] == "waiting"
    assert (await run(Choice("State", STATES), "ц"))[0] == "waiting"
    assert (await run(Choice("State", STATES), "j", "enter"))[0] == "waiting"
    assert (await run(Choice("State", STATES), "slash", *"esol", "enter"))[0] == "resolved"
    with pytest.raises(ValueError, match="j"):
        Choice("State", [Option(1, "Jump", "j")])


async def test_a_long_choice_scrolls_on_a_small_screen() -> None:
    many = [Option(number, f"Person {number}") for number in range(200)]
    result, _text = await run(Choice("Who", many), *["pagedown"] * 3, "enter")
    assert result > 20
    dialog = Choice("Who", many)
    _result, text = await run(dialog, *["down"] * 150)
    assert "Person 150" in text
    assert "Esc: cancel" in text


async def test_prompt_takes_a_line_and_refuses_emptiness_under_the_field() -> None:
    assert (await run(Prompt("Subject"), *"й [b]", "enter"))[0] == Typed("й [b]")
    result, text = await run(Prompt("Subject"), "enter")
    assert result is NOTHING
    assert "Type something here first" in text
    assert (await run(Prompt("Reason", required=False), "enter"))[0] == Typed("")
    assert (await run(Prompt("Time", second_label="On"), *"1h", "tab", *"2.5", "enter"))[0] == Typed("1h", "2.5")


async def test_a_refusal_keeps_the_dialog_and_what_was_typed() -> None:
    tries: list[str] = []

    async def submit(typed: Typed) -> None:
        await asyncio.sleep(0)
        tries.append(typed.text)
        if len(tries) == 1:
            raise Refused("«[/foo]» is no time", field="minutes")

    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Prompt("Time", field="minutes", submit=submit))
        text = await asked.press(*"abc", "enter")
        assert "«[/foo]» is no time" in text
        lines = screen_lines(app)
        typed = next(number for number, line in enumerate(lines) if "abc" in line)
        assert "is no time" in lines[typed + 1]
        await asked.press("d", "enter")
        assert (tries, asked.result) == (["abc", "abcd"], Typed("abcd"))


async def test_an_unexpected_error_in_submit_keeps_what_was_typed() -> None:
    def submit(typed: Typed) -> None:
        raise RuntimeError("disk [/full]")

    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Prompt("Note", lines=True, submit=submit))
        text = await asked.press(*"abc", "ctrl+s")
        assert "RuntimeError: disk [/full]" in text
        await asked.press("escape")
        assert app.screen.query_one(TextArea).text == "abc"


async def test_a_stale_write_shows_both_values_under_the_field() -> None:
    def submit(typed: Typed) -> None:
        raise Stale("Oleg was faster", field="text", seen="[old]", present="[/new]")

    _result, text = await run(Prompt("Subject", submit=submit), "a", "enter")
    assert "You saw: [old]" in text
    assert "It is now: [/new]" in text


async def test_several_lines_with_enter_and_ctrl_s() -> None:
    assert (await run(Prompt("Note", lines=True), "a", "enter", "ж", "ctrl+s"))[0] == Typed("a\nж")


async def test_a_draft_is_kept_on_escape_offered_again_and_dropped_when_sent() -> None:
    drafts = MemoryDrafts()

    def prompt() -> Prompt:
        return Prompt("Reply", lines=True, drafts=drafts, draft_key="reply:4711")

    assert (await run(prompt(), *"one", "escape"))[0] is None
    assert drafts.texts == {"reply:4711": "one"}
    result, text = await run(prompt(), *" two", "ctrl+s")
    assert result == Typed("one two")
    assert drafts.texts == {}
    drafts.put("reply:4711", "kept")
    _result, text = await run(prompt())
    assert "This is your draft" in text


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_quitting_keeps_the_draft(key: str) -> None:
    drafts = MemoryDrafts()
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Prompt("Reply", lines=True, drafts=drafts, draft_key="k"))
        await asked.press(*"typed", key)
    assert drafts.texts == {"k": "typed"}
    assert app.return_code == 0


async def test_ctrl_c_with_selected_text_copies_and_stays() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Prompt("Subject", text="печать"))
        await asked.press("shift+home", "ctrl+c")
        assert app.clipboard == "печать"
        assert asked.result is NOTHING


FIELDS = (
    Field("client", "Client", required=True),
    Field("state", "State", "choice", value="waiting", options=STATES),
    Field("minutes", "Minutes", "number", value=15, hint="whole minutes"),
    Field("text", "What happened [/foo]", "lines"),
)


async def test_a_form_gives_a_value_per_field() -> None:
    result, _text = await run(Form("New", FIELDS), *"Acme", "tab", "right", "tab", "tab", *"ж", "ctrl+s")
    assert result == {"client": "Acme", "state": "resolved", "minutes": 15, "text": "ж"}


async def test_a_form_opens_the_list_of_a_choice() -> None:
    result, _text = await run(Form("New", FIELDS), *"A", "tab", "enter", "o", "ctrl+s")
    assert result["state"] == "open"


async def test_a_form_says_what_is_wrong_under_the_field_and_goes_there() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Form("New", FIELDS))
        assert "This field can't be empty" in await asked.press("ctrl+s")
        text = await asked.press(*"Acme", "tab", "tab", "x", "ctrl+s")
        assert "«15x» is not a whole number" in text
        assert "can't be empty" not in text
        assert isinstance(app.focused, Input)
        await asked.press("backspace", "ctrl+s")
        assert asked.result != NOTHING


async def test_a_form_keeps_its_draft() -> None:
    drafts = MemoryDrafts()
    await run(Form("New", FIELDS, drafts=drafts, draft_key="new"), *"Acme", "escape")
    result, _text = await run(Form("New", FIELDS, drafts=drafts, draft_key="new"), *"!", "ctrl+s")
    assert result["client"] == "Acme!"
    assert drafts.texts == {}


async def test_confirm_takes_y_n_in_both_layouts_and_enter_only_when_harmless() -> None:
    assert (await run(Confirm("Close 3 tickets?"), "y"))[0] is True
    assert (await run(Confirm("Close 3 tickets?"), "н"))[0] is True
    assert (await run(Confirm("Close 3 tickets?"), "enter"))[0] is True
    assert (await run(Confirm("Close 3 tickets?"), "т"))[0] is None
    result, text = await run(Confirm("Delete?", touches=[HOSTILE, "4711 Ромашка"], dangerous=True), "enter")
    assert result is NOTHING
    assert "[/foo] [red]x␛[31m" in text
    assert "4711 Ромашка" in text


async def test_stale_dialog_shows_seen_present_and_mine() -> None:
    stale = Stale("Oleg changed the line", field="line", seen="1", present="2")
    _result, text = await run(StaleDialog(stale, "3"), size=(80, 24))
    for part in ("Oleg changed the line", "You saw: 1", "It is now: 2", "You want: 3"):
        assert part in text
    assert (await run(StaleDialog(stale, "3"), "o"))[0] == "overwrite"
    assert (await run(StaleDialog(stale, "3"), "enter"))[0] == "keep"
    assert (await run(StaleDialog(stale, "3"), "escape"))[0] is None


async def test_error_dialog_can_be_copied() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, ErrorDialog("It broke [/foo]", "line\n" * 100, Path("/var/log/x.log")))
        text = await asked.press("c")
        assert "/var/log/x.log" in text
        assert "Sent to the terminal's clipboard" in text
        assert app.clipboard.startswith("It broke [/foo]\nline")


LONG = "Очень длинный текст с [/foo] и 漢字 " * 60
DIALOGS: dict[str, Callable[[], ModalScreen[Any]]] = {
    "choice": lambda: Choice(LONG, [Option(number, LONG, note=LONG) for number in range(40)]),
    "prompt": lambda: Prompt(LONG, text=LONG, label=LONG, hint="hint", lines=True, second_label="Second"),
    "form": lambda: Form("Form", (*FIELDS, Field("more", "More", "lines"), Field("last", "Last"))),
    "confirm": lambda: Confirm("Sure?", touches=[LONG] * 5, dangerous=True),
    "stale": lambda: StaleDialog(Stale(LONG, field="x", seen=LONG, present=LONG), LONG),
    "error": lambda: ErrorDialog("broke", LONG, None),
}


@pytest.mark.parametrize("name", DIALOGS)
async def test_every_dialog_survives_long_text_and_a_resize_and_still_says_how_to_leave(name: str) -> None:
    app = demo_app()
    async with app.run_test(size=(120, 40)) as pilot:
        asked = Asked(app, pilot, DIALOGS[name]())
        await pilot.pause()
        for size in ((80, 24), (60, 16), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause(0.05)
            assert "Esc" in screen_text(app), size
        assert app.failures.errors == []
        await asked.press("escape")
        assert asked.result is None


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _round in range(100):
        if holds():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause in typing is over at once."""
    monkeypatch.setattr("leadconsole.console.dialogs.base.KEEP_AFTER", 0.01)


@pytest.mark.usefixtures("at_once")
async def test_a_draft_is_kept_while_the_dialog_is_open_once_typing_pauses() -> None:
    drafts = MemoryDrafts()
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Prompt("Reply", lines=True, drafts=drafts, draft_key="k"))
        await asked.press(*"half")
        await until(pilot, lambda: drafts.texts == {"k": "half"})
        await asked.press(*"way")
        await until(pilot, lambda: drafts.texts == {"k": "halfway"})
        await asked.press("ctrl+s")
        await until(pilot, lambda: drafts.texts == {})


@pytest.mark.usefixtures("at_once")
async def test_a_draft_that_cannot_be_written_now_is_written_later_and_typing_goes_on() -> None:
    class Busy(MemoryDrafts):
        tries = 0

        def put(self, key: str, text: str) -> None:
            self.tries += 1
            if self.tries == 1:
                raise Refused("somebody else writes")
            super().put(key, text)

    drafts = Busy()
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        asked = Asked(app, pilot, Prompt("Reply", drafts=drafts, draft_key="k"))
        await asked.press(*"a")
        await until(pilot, lambda: drafts.tries == 1)
        await asked.press(*"b")
        await until(pilot, lambda: drafts.texts == {"k": "ab"})
