from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path

import pytest

from console.host import DemoScreen, demo_app, screen_text
from desks import MONDAY, as_nobody, at, house
from leadconsole.console.key_names import normal_key
from leadconsole.console.keymap import Keymap, all_problems, keymap_path, read_keymap, template, write_template
from leadconsole.console.launch import DeskConsole
from leadconsole.console.preferences import UserPreferences
from leadconsole.console.registry import Command, Registry
from leadconsole.console.shared_commands import APP_COMMANDS, LIST_COMMANDS
from leadconsole.kernel import i18n
from leadconsole.kernel.clock import FrozenClock
from leadconsole.kernel.errors import Refused
from leadconsole.welcome.rules import Answers
from leadconsole.welcome.screen.app import WelcomeApp


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Keymap:
    return read_keymap(written(folder / "keymap.toml", text))


def test_quoted_and_unquoted_ids_tables_and_one_or_several_keys(tmp_path: Path) -> None:
    keymap = read(
        tmp_path, '\ufeff"app.help" = ["?", "f1"]\r\nticket.assign = "A" # mine\n[queue]\nsearch = [\n "/",\n "F",\n]\n'
    )
    assert keymap.keys == {"app.help": ("?", "f1"), "ticket.assign": ("A",), "queue.search": ("/", "F")}
    assert keymap.lines == {"app.help": 1, "ticket.assign": 2, "queue.search": 4}
    assert keymap.problems == []


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert read_keymap(tmp_path / "none.toml") == Keymap({}, {}, [])
    assert read_keymap(tmp_path / "file" / "none.toml") == Keymap({}, {}, [])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("app.help = ", [1]),
        ('app.quit = "Q"\napp.help = 5\n', [2]),
        ('"app.help" = "x"\n"app.quit" = Q\n"app.back" = "b"\n', [2]),
        ('"app.help" = ["x"\n"app.quit" = "Q"\n', [1]),
        ('"app.help" = "x"\n"app.help" = "y"\n', [2]),
        ("\x00\n", [1]),
        ('= "x"\n"app.quit" = "Q"\nnonsense\n"app.back = "b"\n', [1, 3, 4]),
        ('app = "x"\napp.help = "y"\n', [2]),
        ('app.help = [["a"]]', [1]),
        ('app.help = ""', [1]),
        ("x = " + "[" * 5_000, [1]),
    ],
)
def test_a_broken_line_is_told_with_its_number_and_costs_only_itself(
    tmp_path: Path, text: str, lines: list[int]
) -> None:
    keymap = read(tmp_path, text)
    assert [int(re.findall(r"keymap.toml, line (\d+): ", told)[0]) for told in keymap.problems] == lines
    good = sum(bool(line.strip()) for line in text.split("\n")) - len(lines)
    assert len(keymap.keys) == good


def test_a_file_that_is_no_keymap_is_told_in_one_sentence(tmp_path: Path) -> None:
    for number, text in enumerate(["x" * 200_000, "no\n" * 1_000]):
        keymap = read_keymap(written(tmp_path / f"b{number}.toml", text))
        assert (keymap.keys, len(keymap.problems)) == ({}, 1)
        assert f"b{number}.toml" in keymap.problems[0]
        assert "standard" in keymap.problems[0]
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "link.toml").symlink_to("gone")
    os.mkfifo(tmp_path / "pipe.toml")
    for name in ("c", "folder", "link", "pipe"):
        (problem,) = read_keymap(tmp_path / f"{name}.toml").problems
        assert f"{name}.toml" in problem


def test_a_keymap_that_may_not_be_read_is_told(common: Path) -> None:
    path = written(common / "closed" / "keymap.toml", "")
    path.parent.chmod(0o700)

    def attempt() -> None:
        (problem,) = read_keymap(path).problems
        assert "can't be read" in problem

    as_nobody(attempt)


def test_what_the_registry_refuses_gets_its_line(tmp_path: Path) -> None:
    keymap = read(tmp_path, '# mine\n"app.hepl" = "x"\n\n"app.quit" = "j"\n"app.theme" = "ctrl+m"\n')
    problems = all_problems(keymap, Registry((*APP_COMMANDS, *LIST_COMMANDS)).use_keymap(keymap.keys))
    assert problems == [
        "keymap.toml, line 2: There is no command «app.hepl»; did you mean app.help?",
        "keymap.toml, line 5: app.theme: a terminal sends Enter for Ctrl+M; choose another key.",
        "keymap.toml, line 4: app.quit: list.down has the key j already; give one of them another key.",
    ]


async def test_the_users_keys_work_and_what_was_refused_is_shown() -> None:
    written(keymap_path(), '"demo.assign" = ["x", "Z"]\n"demo.close" = "a"\n"demo.nothing" = "y"\n"other.add" = "j"\n')
    app = demo_app()
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, DemoScreen)
        text = screen_text(app)
        assert "x assign" in text
        assert "demo.nothing" in text
        assert "other.add" in text
        await pilot.press("x")
        await pilot.press("Z")
        assert screen.ran == ["assign", "assign"]
        await pilot.press("a")
        assert "It is closed already" in screen_text(app)
        await pilot.press("x")
        assert screen.ran == ["assign"] * 3
        await pilot.press("question_mark")
        await pilot.pause()
        assert "x Z  Assign" in screen_text(app)
        await pilot.press("escape", "colon")
        await pilot.pause()
        assert "x Z" in screen_text(app)


async def test_a_hundred_wrong_lines_do_not_bury_the_screen() -> None:
    written(keymap_path(), "".join(f'"no.command-{n}" = "y"\n' for n in range(100)))
    app = demo_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(app._notifications) == 4
        assert "97 more lines are not used" in screen_text(app)


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
def test_the_template_has_all_ids_and_without_its_signs_it_is_the_standard(tmp_path: Path, language: str) -> None:
    i18n.use(language)
    registry = Registry((*APP_COMMANDS, *LIST_COMMANDS, Command("x.y", "X", '"', "x", also=("\\", "["))))
    text = template([("Everywhere", registry.commands("app", "list")), ("X", registry.commands("x"))])
    path = tmp_path / "new" / "keymap.toml"
    write_template(path, text)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert read_keymap(path) == Keymap({}, {}, [])
    bare = re.sub(r'^# (?=")', "", text, flags=re.MULTILINE)
    keymap = read_keymap(written(tmp_path / "all.toml", bare))
    assert keymap.problems == []
    assert keymap.keys.keys() == {command.id for command in registry.commands()}
    assert registry.use_keymap(keymap.keys) == []
    assert all(registry.keys(command) == tuple(map(normal_key, command.keys)) for command in registry.commands())
    with pytest.raises(Refused, match=r"keymap\.toml"):
        write_template(path, "other")
    assert path.read_text(encoding="utf-8") == text


async def test_own_keys_of_the_palette_write_a_template_once_and_then_take_it(tmp_path: Path) -> None:
    app = demo_app(preferences=UserPreferences())
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.pause()
        await app.run_command("app.keymap")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "All ids are in " in screen_text(app)
        text = keymap_path().read_text(encoding="utf-8")
        assert '# "demo.assign" = "a"  # Assign' in text
        assert tomllib.loads(text) == {}
        written(keymap_path(), text.replace('# "demo.assign" = "a"', '"demo.assign" = "e"'))
        await app.run_command("app.keymap")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "are taken" in screen_text(app)
        await pilot.press("e")
        assert app.screen.ran == ["assign"]  # type: ignore[attr-defined]


async def test_a_session_without_a_home_writes_no_keymap() -> None:
    app = demo_app()
    async with app.run_test(size=(120, 30)) as pilot:
        await app.run_command("app.keymap")
        await pilot.pause()
        assert "this session writes no files" in screen_text(app)
    assert not keymap_path().parent.exists()


async def test_ids_of_screens_that_are_not_shown_here_are_no_mistake(tmp_path: Path) -> None:
    """The first run, and who may not see every screen, share the keymap with those who do."""
    text = '"ticket.assign" = "E"\n"welcome.demo" = "X"\n"app.screen-2" = "0"\n"zzz.qqq" = "y"\n"matrix.sort" = "F"\n'
    written(keymap_path(), text)
    app = WelcomeApp(tmp_path / "desk.db", FrozenClock(at(MONDAY)), Answers("", "", "en", "UTC"))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        (told,) = [one.message for one in app._notifications]
        assert told == "keymap.toml, line 4: There is no command «zzz.qqq»; screens.md lists the ids."
        assert "X Look at the demo" in screen_text(app)
    made = house(tmp_path / "desk.db")
    console = DeskConsole(made.desk())
    async with console.run_test(size=(120, 30), notifications=True) as pilot:
        await console.workers.wait_for_complete()
        await pilot.pause()
        assert len(console._notifications) == 1
        assert console.registry.keys(console.registry["app.screen-2"]) == ("0",)
