from __future__ import annotations

from pathlib import Path

from console.host import DemoScreen, demo_app, screen_text
from leadconsole.console.keymap import keymap_path, read_keymap


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_quoted_and_unquoted_ids_and_one_or_several_keys(tmp_path: Path) -> None:
    path = written(tmp_path / "k.toml", '"app.help" = ["?", "f1"]\nticket.assign = "A"\n')
    assert read_keymap(path) == ({"app.help": ("?", "f1"), "ticket.assign": ("A",)}, [])


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "none.toml") == ({}, [])


def test_what_makes_no_sense_is_told_in_one_sentence(tmp_path: Path) -> None:
    keymap, problems = read_keymap(written(tmp_path / "a.toml", 'app.help = 5\napp.quit = "Q"\n'))
    assert keymap == {"app.quit": ("Q",)}
    assert len(problems) == 1
    assert "app.help" in problems[0]
    for number, text in enumerate(["app.help = ", "\x00", "x" * 200_000]):
        keymap, problems = read_keymap(written(tmp_path / f"b{number}.toml", text))
        assert (keymap, len(problems)) == ({}, 1)
        assert str(tmp_path) in problems[0]
    broken = tmp_path / "c.toml"
    broken.write_bytes(b"\xff\xfe\xff")
    assert len(read_keymap(broken)[1]) == 1


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
