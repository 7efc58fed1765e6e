"""The language of the interface: English in the source, Russian and Ukrainian in catalogues.

One process serves one person, so the language in use is a fact of the process. Everything is the standard
library's `gettext`; a missing or broken catalogue costs translated words, never the session.
"""

from __future__ import annotations

import argparse
import gettext as catalogues
from collections.abc import Mapping
from pathlib import Path

from leadconsole.kernel.errors import WrongUsage

LANGUAGES = ("en", "ru", "uk")
"""The languages that the interface speaks; the first is the language of the source."""

DOMAIN = "leadconsole"
LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"
LANGUAGE_VARIABLE = "LEADCONSOLE_LANG"

# What a system says about its language, most telling first, as gettext(3) reads it.
_SYSTEM_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
# People write the country's letters for the language; nobody means Uganda or Belarus here.
_ALSO_CALLED = {"ua": "uk"}

_language = LANGUAGES[0]
_catalogue: catalogues.NullTranslations | None = None
"""Read when something is first said: who starts the console speaks the desk's language before their own."""


def use(language: str) -> None:
    """Speak `language` from now on; one that isn't ours, or whose catalogue is broken, means English."""
    global _language, _catalogue
    chosen = _known(language)
    _language = chosen or LANGUAGES[0]
    _catalogue = None


def language() -> str:
    """The language in use: one of `LANGUAGES`."""
    return _language


def gettext(message: str) -> str:
    """The message in the language in use."""
    # The empty message is the catalogue's own header.
    return _spoken().gettext(message) if message else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that goes with `n` things."""
    return _spoken().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message where one English word has several translations: `context` says which one is meant."""
    return _spoken().pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802  the name that every gettext tool knows
    """Marks a constant for translation and leaves it as it is; translate it with `_` when it is shown."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802
    """Marks a constant that has a plural; show it with `ngettext(*constant, n)`."""
    return singular, plural


def NP_(context: str, message: str) -> str:  # noqa: N802
    """Marks a constant that needs its context; show it with `pgettext(context, constant)`."""
    return message


_ = gettext


def detect(flag: str | None, desk: str | None, environment: Mapping[str, str]) -> str:
    """The language to speak: --lang, LEADCONSOLE_LANG, the desk's setting, the system's, else English.

    Raises WrongUsage for a --lang or LEADCONSOLE_LANG that is none of ours; a desk or a system that names
    another language just says nothing.
    """
    for name, wanted in (("--lang", flag), (LANGUAGE_VARIABLE, environment.get(LANGUAGE_VARIABLE))):
        if wanted is not None and wanted.strip():
            return _asked_for(name, wanted)
    if found := _known(desk or ""):
        return found
    for variable in _SYSTEM_VARIABLES:
        for locale in environment.get(variable, "").split(":"):
            if found := _known(locale):
                return found
    return LANGUAGES[0]


def _asked_for(name: str, wanted: str) -> str:
    found = _known(wanted)
    if found is None:
        raise WrongUsage(
            _("{name} must be one of {choices}, not «{wanted}»").format(
                name=name, choices=", ".join(LANGUAGES), wanted=wanted
            ),
            field=name,
        )
    return found


def _known(locale: str) -> str | None:
    """The language of a locale name such as ru_RU.UTF-8, if it is ours."""
    code = locale.strip().replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0].lower()
    code = _ALSO_CALLED.get(code, code)
    return code if code in LANGUAGES else None


def _spoken() -> catalogues.NullTranslations:
    global _catalogue
    if _catalogue is None:
        _catalogue = _catalogue_of(_language)
    return _catalogue


def _catalogue_of(code: str) -> catalogues.NullTranslations:
    if code == LANGUAGES[0]:
        return catalogues.NullTranslations()
    try:
        with (LOCALE_FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
            return catalogues.GNUTranslations(file)
    except Exception:
        # GNUTranslations raises whatever the broken bytes lead to: OSError, struct.error, UnicodeError…
        return catalogues.NullTranslations()


# argparse took its `_` and `ngettext` from the global text domain, which asks the environment variables and
# the disk for every sentence. Giving it ours makes it follow `use`, also later, and leaves the environment of
# child processes alone. What a parser says at its birth («options») is translated then: call `use` before.
vars(argparse).update({"_": gettext, "ngettext": ngettext})
