"""The language in use: how it is found, what it changes, and that a bad catalogue costs nothing but words."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadconsole.kernel import i18n
from leadconsole.kernel.errors import WrongUsage
from leadconsole.kernel.i18n import _, detect, language, ngettext, pgettext, use


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize(
    ("flag", "desk", "environment", "expected"),
    [
        (None, None, {}, "en"),
        ("uk", "ru", {"LEADCONSOLE_LANG": "en", "LANG": "ru_RU.UTF-8"}, "uk"),
        (None, "ru", {"LEADCONSOLE_LANG": "uk"}, "uk"),
        (None, "uk", {"LANGUAGE": "ru", "LANG": "ru_RU.UTF-8"}, "uk"),
        (None, "de", {"LANG": "ru_RU.UTF-8"}, "ru"),
        (None, "", {"LEADCONSOLE_LANG": " ", "LANG": "uk_UA.UTF-8"}, "uk"),
        (None, None, {"LANGUAGE": "de:uk:ru", "LC_ALL": "ru_RU"}, "uk"),
        (None, None, {"LC_ALL": "en_GB.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "POSIX", "LANG": "ru_RU.KOI8-R"}, "ru"),
        (None, None, {"LC_MESSAGES": "uk_UA@euro", "LANG": "ru_RU"}, "uk"),
        (None, None, {"LANG": "ua"}, "uk"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        ("UA", None, {}, "uk"),
        ("ru-RU", None, {}, "ru"),
    ],
)
def test_the_first_that_names_our_language_decides(
    flag: str | None, desk: str | None, environment: dict[str, str], expected: str
) -> None:
    assert detect(flag, desk, environment) == expected


@pytest.mark.parametrize(("flag", "environment"), [("de", {}), (None, {"LEADCONSOLE_LANG": "klingon"})])
def test_asking_for_an_unknown_language_is_wrong_usage(flag: str | None, environment: dict[str, str]) -> None:
    with pytest.raises(WrongUsage, match="en, ru, uk"):
        detect(flag, "ru", environment)


def test_a_message_follows_the_language_at_the_time_of_use() -> None:
    assert _("options") == "options"
    use("ru")
    assert (language(), _("options")) == ("ru", "параметры")
    use("uk")
    assert (language(), _("options")) == ("uk", "параметри")
    use("xx")
    assert (language(), _("options")) == ("en", "options")


@pytest.mark.parametrize(("n", "expected"), [(1, "1 г."), (2, "2 г."), (5, "5 л."), (11, "11 л."), (21, "21 г.")])
def test_russian_has_three_plurals(n: int, expected: str) -> None:
    use("ru")
    assert ngettext("{n}y", "{n}y", n).format(n=n) == expected


def test_the_context_tells_one_short_word_from_another() -> None:
    use("uk")
    assert pgettext("duration", "{n}h") == "{n} год"
    assert pgettext("no such context", "{n}h") == "{n}h"


def test_an_unknown_or_empty_message_stays_itself() -> None:
    use("ru")
    assert _("") == ""
    assert _("nobody translated this") == "nobody translated this"
    assert ngettext("{n} thing", "{n} things", 5) == "{n} things"


@pytest.mark.parametrize(
    "content",
    [None, b"", b"\xde\x12\x04\x95", b"not a catalogue at all" * 9, b"\xde\x12\x04\x95" + b"\xff" * 60],
)
def test_a_missing_or_broken_catalogue_means_english(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    if content is not None:
        (folder / "leadconsole.mo").write_bytes(content)
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    use("ru")
    assert _("options") == "options"
    assert ngettext("{n}y", "{n}y", 2) == "{n}y"


def test_argparse_speaks_the_language_chosen_after_it_was_imported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    use("ru")
    parser = argparse.ArgumentParser(prog="leadconsole")
    parser.add_argument("number", type=int)
    parser.add_argument("--status", choices=["new", "open"])
    assert "показать эту справку и выйти" in parser.format_help()
    with pytest.raises(SystemExit):
        parser.parse_args([])
    assert "не хватает аргументов: number" in capsys.readouterr().err
    use("uk")
    with pytest.raises(SystemExit):
        parser.parse_args(["1", "--status", "odd"])
    assert "немає вибору 'odd'" in capsys.readouterr().err


def test_a_language_leaves_the_environment_of_other_programs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    use("ru")
    shown = subprocess.run(
        [sys.executable, "-c", "import os; print(os.environ['LANGUAGE'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "de\n"


def test_importing_it_stays_light() -> None:
    heavy = "import sys, leadconsole.kernel.i18n; print({'babel', 'rich', 'locale'} & sys.modules.keys())"
    shown = subprocess.run([sys.executable, "-I", "-c", heavy], capture_output=True, text=True, check=True)
    assert shown.stdout == "set()\n"
