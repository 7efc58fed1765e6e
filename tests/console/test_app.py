from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from console.host import DemoScreen, OtherScreen, demo_app, screen_lines, screen_text
from leadconsole.console.app import ConsoleApp
from leadconsole.console.dialogs.prompt import Prompt
from leadconsole.console.drafts import MemoryDrafts
from leadconsole.console.messages import OpenSubject
from leadconsole.console.theme import THEMES, first_theme
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.kernel import error_log
from leadconsole.kernel.errors import Refused


def demo(app: ConsoleApp) -> DemoScreen:
    screen = app.screen
    assert isinstance(screen, DemoScreen)
    return screen


async def test_tabs_status_and_keys_are_around_the_screen() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        lines = screen_lines(app)
        assert lines[0].startswith(" 1 Demo   2 Other")
        assert lines[0].rstrip().endswith("Мир-Софт · Анна (lead)")
        assert lines[-1].startswith(" a assign  x close  / filter")
        assert lines[-1].rstrip().endswith("? help  : commands")
        app.set_count("other", 4)
        await pilot.press("a")
        lines = screen_lines(app)
        assert "2 Other 4" in lines[0]
        assert lines[-2].startswith(" ✓ assigned 4711 to lida")
        assert lines[-2].rstrip().endswith("u undo")


async def test_a_disabled_key_says_why_and_does_nothing() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        assert "~ It is closed already [/foo]" in screen_lines(app)[-2]
        assert demo(app).ran == []
        demo(app).closed = False
        await pilot.press("x")
        assert demo(app).ran == ["close"]


async def test_the_palette_finds_runs_and_says_why_not() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("colon")
        await pilot.pause()
        text = screen_text(app)
        assert "Close [/foo]" in text
        assert "It is closed already" in text
        assert "screenshot" not in text.lower()
        await pilot.press(*"assi", "enter")
        await pilot.pause()
        assert demo(app).ran == ["assign"]
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press("escape")
        assert demo(app).ran == ["assign"]


async def test_help_shows_the_keys_of_the_screen_and_its_signs() -> None:
    app = demo_app()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        text = screen_text(app)
        for part in ("Gives it to somebody.", "Close [/foo]", "Next row", "Command palette", "!  overdue"):
            assert part in text
        await pilot.press("2")
        await pilot.press("q", "2", "question_mark")
        await pilot.pause()
        assert "Gives it to somebody." not in screen_text(app)


async def test_screens_are_made_when_first_shown_and_kept() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "j")
        first = app.screen
        await pilot.press("2")
        assert isinstance(app.screen, OtherScreen)
        assert "n add" in screen_lines(app)[-1]
        await pilot.press("1")
        assert app.screen is first
        assert first.query_one(RowTable).cursor == 2
        await pilot.press("7")
        assert app.screen is first


async def test_a_subject_is_opened_by_the_screen_that_shows_its_kind() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(OpenSubject("ticket", 4711))
        await pilot.pause()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, OtherScreen)
        assert screen.opened == [("ticket", 4711)]
        screen.post_message(OpenSubject("moon", 1))
        await pilot.pause()
        await pilot.pause()
        assert "No screen shows this yet" in screen_text(app)


async def test_an_unexpected_error_opens_a_dialog_is_logged_and_the_screen_lives_on(tmp_path: Path) -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        text = screen_text(app)
        assert "RuntimeError: the [/foo] broke" in text
        log = tmp_path / "state" / "leadconsole" / error_log.NAME
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
        assert "do_demo_crash" in log.read_text(encoding="utf-8")
        await pilot.press("escape", "j", "a")
        assert demo(app).ran == ["assign"]
        assert demo(app).query_one(RowTable).cursor == 1


async def test_handlers_workers_timers_and_callbacks_may_fail_and_the_next_message_comes() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:

        async def fail() -> None:
            raise RuntimeError("late")

        screen = demo(app)
        for start in (
            lambda: screen.run_worker(fail()),
            lambda: app.run_worker(fail()),
            lambda: screen.set_timer(0.01, fail),
            lambda: screen.call_later(fail),
        ):
            before = len(app.failures.errors)
            start()
            for _turn in range(100):
                if len(app.failures.errors) > before:
                    break
                await pilot.pause(0.01)
            app.failures._when.clear()
            await pilot.pause()
            await pilot.press("escape")
        assert [str(error) for error in app.failures.errors] == ["late"] * 4
        await pilot.press("a")
        assert screen.ran == ["assign"]


async def test_a_refusal_outside_of_a_dialog_is_told_in_the_status_line() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:

        def refuse() -> None:
            raise Refused("Lida is on vacation [/foo]")

        demo(app).do_demo_assign = refuse  # type: ignore[method-assign]
        await pilot.press("a")
        await pilot.pause()
        assert "~ Lida is on vacation [/foo]" in screen_lines(app)[-2]
        assert app.failures.errors == []


async def test_a_flood_of_errors_ends_the_app_with_the_drafts_kept() -> None:
    drafts = MemoryDrafts()
    app = demo_app()

    async def flood() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            app.push_screen(Prompt("Reply", lines=True, drafts=drafts, draft_key="k"))
            await pilot.pause()
            await pilot.press("a", "b")
            for _number in range(5):
                app._handle_exception(RuntimeError("paint"))
            await pilot.pause()

    with pytest.raises(RuntimeError, match="paint"):
        await flood()
    assert drafts.texts == {"k": "ab"}


async def test_notifications_are_plain_text() -> None:
    app = demo_app()
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        app.notify("[/foo] [red]x\x1b[31m", title="[/bar]")
        await pilot.pause()
        await pilot.pause()
        assert "[/foo] [red]x␛[31m" in screen_text(app)
        assert app.failures.errors == []


async def test_escape_never_quits_and_q_does() -> None:
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "escape")
        assert app.is_running
        await pilot.press("q")
    assert not app.is_running
    assert app.return_code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_keeps_the_draft_and_ends_the_app(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadconsole.console.signals.PATIENCE", 600.0)
    drafts = MemoryDrafts()
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Prompt("Reply", lines=True, drafts=drafts, draft_key="k"))
        await pilot.pause()
        await pilot.press("a", "b")
        os.kill(os.getpid(), number)
        await asyncio.sleep(0.05)
    assert drafts.texts == {"k": "ab"}
    assert app.return_code == 128 + number


async def test_the_theme_changes_through_all_and_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    app = demo_app()
    async with app.run_test(size=(80, 24)) as pilot:
        seen = [app.theme]
        for _number in THEMES:
            await pilot.press("colon")
            await pilot.pause()
            await pilot.press(*"colour", "enter")
            await pilot.pause()
            seen.append(app.theme)
        assert sorted(seen[:3]) == sorted(theme.name for theme in THEMES)
        assert seen[3] == seen[0]


def test_few_colours_start_in_high_contrast_and_none_in_greys() -> None:
    assert first_theme("lead-light", no_color=False, color_system="truecolor").name == "lead-light"
    assert first_theme("unheard", no_color=False, color_system="256").name == "lead-dark"
    assert first_theme("lead-light", no_color=True, color_system="truecolor").name == "lead-colourless"
    assert first_theme("lead-light", no_color=False, color_system="standard").name == "lead-high-contrast"
    assert first_theme("lead-light", no_color=False, color_system=None).name == "lead-high-contrast"


def test_the_start_imports_no_dialog_no_input_and_nothing_heavy() -> None:
    code = (
        "import sys, leadconsole.console.app; print([name for name in sys.modules if name.startswith(("
        "'leadconsole.console.dialogs', 'leadconsole.console.help', 'leadconsole.console.palette',"
        "'leadconsole.console.keymap', 'textual.widgets._text_area', 'sqlmodel',"
        "'sqlalchemy', 'tomllib'))])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_the_error_log_is_appended_to_and_a_folder_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    path = error_log.write("one", tmp_path / "log")
    assert path is not None
    error_log.write("two \ud800", tmp_path / "log")
    assert [word in path.read_text(encoding="utf-8") for word in ("one", "two")] == [True, True]
    (tmp_path / "file").write_text("")
    assert error_log.write("three", tmp_path / "file") is None
