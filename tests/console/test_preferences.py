"""The theme that is kept: where, by whom, and what overrides it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from console.host import demo_app, screen_text
from desks import as_nobody
from leadconsole.console.preferences import NAME, UserPreferences
from leadconsole.console.theme import THEMES, WORDS, word_of
from leadconsole.kernel.errors import WrongUsage


def kept(folder: Path, **environment: str) -> UserPreferences:
    return UserPreferences(folder, environment)


@pytest.mark.parametrize("word", list(WORDS))
def test_a_theme_is_kept_in_a_file_of_ones_own(tmp_path: Path, word: str) -> None:
    folder = tmp_path / "config" / "leadconsole"
    assert kept(folder).theme() == ""
    kept(folder).keep_theme("dark")
    kept(folder).keep_theme(word)
    assert kept(folder).theme() == word
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_else_stands_in_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("# mine\ntheme = 'dark' # now\nfuture = 1\n", encoding="utf-8")
    kept(tmp_path).keep_theme("light")
    assert (tmp_path / NAME).read_text(encoding="utf-8") == '# mine\ntheme = "light"\nfuture = 1\n'


@pytest.mark.parametrize("content", [b"\xff\xfe", b"theme = 5", b"x" * 20_000, b'theme = "pink"', b""])
def test_a_file_that_makes_no_sense_is_no_refusal(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert kept(tmp_path).theme() in ("", "pink")
    app = demo_app(preferences=kept(tmp_path))
    assert app.theme in {theme.name for theme in THEMES}


def test_the_variable_goes_before_the_file_and_must_be_a_theme(tmp_path: Path) -> None:
    kept(tmp_path).keep_theme("dark")
    assert kept(tmp_path, LEADCONSOLE_THEME="light").theme() == "light"
    with pytest.raises(WrongUsage, match="dark, light, high-contrast"):
        kept(tmp_path, LEADCONSOLE_THEME="pink").theme()


async def test_the_next_theme_is_there_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    app = demo_app(preferences=kept(tmp_path))
    async with app.run_test(size=(80, 24)):
        first = app.theme
        await app.run_command("app.theme")
        chosen = app.theme
    assert chosen != first
    assert kept(tmp_path).theme() == word_of(chosen)
    assert demo_app(preferences=kept(tmp_path)).theme == chosen


async def test_without_preferences_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    app = demo_app()
    async with app.run_test(size=(80, 24)):
        await app.run_command("app.theme")
    assert not (tmp_path / "config").exists()


async def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    (tmp_path / "file").write_text("")
    app = demo_app(preferences=kept(tmp_path / "file"))
    async with app.run_test(size=(80, 24)):
        await app.run_command("app.theme")
        assert "can't be kept" in screen_text(app)


def test_a_folder_that_may_not_be_entered_is_no_refusal(common: Path) -> None:
    kept(common).keep_theme("light")
    common.chmod(0o700)

    def attempt() -> None:
        assert kept(common).theme() == ""
        with pytest.raises(PermissionError):
            kept(common).keep_theme("dark")

    as_nobody(attempt)


@pytest.mark.parametrize(
    ("environment", "told"), [({"NO_COLOR": "1"}, "NO_COLOR is set"), ({"TERM": "linux"}, "sixteen colours")]
)
async def test_where_there_is_no_choice_it_is_said(
    environment: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    app = demo_app()
    async with app.run_test(size=(80, 24)):
        before = app.theme
        await app.run_command("app.theme")
        assert told in screen_text(app)
        assert app.theme == before
