"""What the machine tells of the person and the place, read once when the first run opens."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import language
from leadconsole.kernel.period import time_zone
from leadconsole.kernel.text import clean_line
from leadconsole.welcome import rules

_ZONES = "zoneinfo/"


def proposals(environment: Mapping[str, str] | None = None, etc: Path = Path("/etc")) -> rules.Answers:
    """The answers that can be guessed; whatever can't be stays empty."""
    environment = os.environ if environment is None else environment
    name = clean_line(_full_name()).strip()
    told = _zone(environment, etc)
    zone = rules.proposed_zone(told, language())
    country = rules.proposed_country(told, _locale(environment)) or rules.proposed_country(zone, "")
    return rules.Answers(name, rules.proposed_login(name), language(), zone, country)


def _full_name() -> str:
    """The person's name as the system has it; empty where it is only an account's."""
    try:
        import pwd

        account = pwd.getpwuid(os.getuid())
    except (ImportError, KeyError):  # not every system has accounts, nor every user id one
        return ""
    name = account.pw_gecos.partition(",")[0].strip()
    return "" if name.lower() in ("", "root", account.pw_name.lower()) else name


def _zone(environment: Mapping[str, str], etc: Path) -> str:
    """The IANA name of the machine's time zone: TZ, else /etc/timezone, else where /etc/localtime points."""
    candidates = [environment.get("TZ", "").lstrip(":")]
    with suppress(OSError, ValueError):
        candidates.append((etc / "timezone").read_text(encoding="ascii").strip())
    with suppress(OSError):
        candidates.append(os.readlink(etc / "localtime"))
    for name in (candidate.rpartition(_ZONES)[2] for candidate in candidates):
        with suppress(Refused):
            if name:
                return time_zone(name).key
    return ""


def _locale(environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in ("LC_ALL", "LC_TIME", "LANG") if environment.get(name)), "")
