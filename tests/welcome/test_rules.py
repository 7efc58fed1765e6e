from __future__ import annotations

from pathlib import Path

import pytest

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.text import is_login
from leadconsole.welcome import proposals as told
from leadconsole.welcome.rules import Answers, checked, proposed_country, proposed_login, proposed_zone

ANNA = Answers("Анна Смирнова", "anna", "ru", "Europe/Moscow", "RU")


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Anna Smith", "anna"),
        ("Анна Смирнова", "anna"),
        ("Щукин", "schukin"),
        ("Єва Їжакевич", "eva"),
        ("  Jean-Luc  Picard", "jean-luc"),
        ("Ёлка", "elka"),
        ("Zoë", "zoe"),
        ("007 Bond", "n007"),
        ("", ""),
        ("   ", ""),
        ("漢字", ""),
        ("x" * 100, "x"),
    ],
)
def test_a_login_is_proposed_from_the_first_word(name: str, login: str) -> None:
    found = proposed_login(name)
    assert found == login or (login == "x" and found.startswith("xxx"))
    assert not found or is_login(found)


@pytest.mark.parametrize(
    ("zone", "locale", "country"),
    [
        ("Europe/Moscow", "en_US.UTF-8", "RU"),
        ("Asia/Ust-Nera", "", "RU"),
        ("Europe/Kyiv", "ru_RU.UTF-8", "UA"),
        ("Europe/Kiev", "", "UA"),
        ("Europe/Berlin", "ru_RU", ""),
        ("UTC", "ru_RU.UTF-8", "RU"),
        ("", "uk_UA@x", "UA"),
        ("Etc/UTC", "en_GB", ""),
        ("UTC", "C.UTF-8", ""),
    ],
)
def test_the_country_is_the_zones_else_the_locales(zone: str, locale: str, country: str) -> None:
    assert proposed_country(zone, locale) == country


@pytest.mark.parametrize(
    ("zone", "language", "proposed"),
    [
        ("Asia/Omsk", "en", "Asia/Omsk"),
        ("UTC", "ru", "Europe/Moscow"),
        ("", "uk", "Europe/Kyiv"),
        ("", "en", "UTC"),
        ("Etc/UTC", "en", "Etc/UTC"),
    ],
)
def test_a_machine_that_was_told_no_zone_is_where_most_speak_so(zone: str, language: str, proposed: str) -> None:
    assert proposed_zone(zone, language) == proposed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b "),
        ("name", "x" * 600),
        ("login", ""),
        ("login", "Anna"),
        ("login", "анна"),
        ("login", "1anna"),
        ("login", "a" * 33),
        ("timezone", ""),
        ("timezone", "Europe/Moskva"),
        ("timezone", "../../etc/passwd"),
    ],
)
def test_an_answer_that_can_not_be_is_refused_under_its_name(field: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked(Answers(**{**ANNA._asdict(), field: value}))
    assert refusal.value.field == field
    assert checked(ANNA) == ANNA


def test_what_the_machine_tells_is_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "_full_name", lambda: "Anna\x1b[31m Smith")
    assert told.proposals({"TZ": ":Asia/Omsk", "LANG": "en_US"}, tmp_path) == Answers(
        "Anna␛[31m Smith", "anna-31m", "en", "Asia/Omsk", "RU"
    )
    assert told.proposals({"TZ": "MSK-3"}, tmp_path).timezone == "UTC"
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Kyiv")
    assert told.proposals({"LC_ALL": "ru_RU"}, tmp_path)[3:5] == ("Europe/Kyiv", "UA")
    (tmp_path / "timezone").write_text("Europe/Moscow\n")
    assert told.proposals({}, tmp_path).timezone == "Europe/Moscow"
    (tmp_path / "timezone").write_bytes(b"\xff")
    assert told.proposals({}, tmp_path).timezone == "Europe/Kyiv"
