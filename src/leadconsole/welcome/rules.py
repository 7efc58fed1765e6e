"""What the first run proposes, and what the answers must satisfy."""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.intake.mapping import code_of
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import Reading
from leadconsole.team.shapes import PEOPLE, SETTINGS

COUNTRIES = ("", "RU", "UA")
"""Whose public holidays there may be; "" is none."""

_ZONE_OF_LANGUAGE = {"ru": "Europe/Moscow", "uk": "Europe/Kyiv"}
_UNTOLD_ZONES = frozenset({"", "UTC", "UCT", "GMT", "Universal", "Zulu", "Etc/UTC", "Etc/UCT", "Etc/GMT"})
"""What a machine says that nobody has told where it stands."""

_UKRAINIAN_ZONES = frozenset({"Europe/Kyiv", "Europe/Kiev", "Europe/Uzhgorod", "Europe/Zaporozhye"})
_RUSSIAN_ZONES = frozenset(
    f"{continent}/{city}"
    for continent, cities in (
        ("Europe", "Kaliningrad Moscow Kirov Volgograd Astrakhan Saratov Ulyanovsk Samara"),
        (
            "Asia",
            "Yekaterinburg Omsk Novosibirsk Barnaul Tomsk Novokuznetsk Krasnoyarsk Irkutsk Chita Yakutsk Khandyga"
            " Vladivostok Ust-Nera Magadan Sakhalin Srednekolymsk Kamchatka Anadyr",
        ),
    )
    for city in cities.split()
)

OFFICE = "office"
_LUNCH = (("09:00", "13:00"), ("14:00", "18:00"))
OFFICE_HOURS = tuple(
    {"calendar": OFFICE, "weekday": day, "opens": opens, "closes": closes}
    for day in ("mon", "tue", "wed", "thu", "fri")
    for opens, closes in _LUNCH
)
"""Monday to Friday from nine to six with lunch from one to two, as rows of calendars.csv."""


class Answers(NamedTuple):
    """What was answered: who leads, in which language, where, and whether in office hours or around the clock."""

    name: str
    login: str
    language: str
    timezone: str
    country: str = ""
    office: bool = True

    @property
    def lead(self) -> dict[str, str]:
        """The lead as a row of people.csv."""
        return {"login": self.login, "name": self.name, "role": "lead"}

    @property
    def settings(self) -> dict[str, str]:
        """The settings by key as settings.csv has them."""
        return {
            "language": self.language,
            "timezone": self.timezone,
            "country": self.country,
            "calendar": OFFICE if self.office else "",
        }

    @property
    def hours(self) -> tuple[dict[str, str], ...]:
        """The desk's opening hours as rows of calendars.csv; none means around the clock."""
        return OFFICE_HOURS if self.office else ()


def proposed_login(name: str) -> str:
    """A login made of the first word of a name in Latin, Russian or Ukrainian letters; empty where none comes of it."""
    words = name.split()
    return code_of(words[0]) if words else ""


def proposed_zone(told: str, language: str) -> str:
    """The zone that the machine tells, or the language's where the machine was told none."""
    return told if told not in _UNTOLD_ZONES else _ZONE_OF_LANGUAGE.get(language, told or "UTC")


def proposed_country(timezone: str, locale: str) -> str:
    """The country of a time zone, else the one of a locale such as ru_RU.UTF-8, else none.

    The zone says more: in Kyiv many a machine speaks ru_RU.
    """
    if timezone in _UKRAINIAN_ZONES:
        return "UA"
    if timezone in _RUSSIAN_ZONES:
        return "RU"
    if timezone not in _UNTOLD_ZONES:
        return ""
    country = locale.partition(".")[0].partition("@")[0].partition("_")[2].upper()
    return country if country in COUNTRIES else ""


def checked(answers: Answers) -> Answers:
    """The answers as they will be stored; Refused under the name of the answer that can't be."""
    reading = Reading("UTC")
    for field in ("name", "login", "timezone"):
        if not getattr(answers, field).strip():
            raise Refused(_("This field can't be empty"), code="missing", field=field)
    person = PEOPLE.read(answers.lead, reading)
    try:
        zone = SETTINGS.read({"key": "timezone", "value": answers.timezone}, reading)["value"]
    except Refused as refusal:
        refusal.field = "timezone"
        raise
    return answers._replace(name=person["name"], login=person["login"], timezone=zone)
