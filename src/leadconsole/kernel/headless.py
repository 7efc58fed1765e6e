"""One headless command: what was asked, how it reaches the desk, and its answer as JSON or as lines.

The command line in `cli.py` makes a `Call` of what was typed; a slice's `cli` room declares its commands on a `Parser`
and turns a call into an `Answer`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, Protocol, TypeVar

from leadconsole.kernel.clock import Clock
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import LeadconsoleError, Refused, WrongUsage
from leadconsole.kernel.i18n import _

Value = TypeVar("Value")


class Sit(Protocol):
    """Opens a desk in the name of who was named; with `create` a missing one is made."""

    def __call__(self, path: Path, *, create: bool) -> Desk: ...


class Call:
    """What was asked on the command line; `path` is the desk's file, which need not exist."""

    def __init__(
        self, options: argparse.Namespace, path: Path, clock: Clock, opened: Sit, *, at_home: bool = False
    ) -> None:
        self.options = options
        self.path = path
        self.at_home = at_home
        """Whether nobody named a file: the desk lies in the user's data folder."""
        self.clock = clock
        self._opened = opened
        self._desks: list[Desk] = []

    def sit(self, *, create: bool = False, path: Path | None = None) -> Desk:
        """The desk that was asked for (or the one at `path`), open until the command has answered."""
        desk = self._opened(self.path if path is None else path, create=create)
        self._desks.append(desk)
        return desk

    def make_home(self) -> None:
        """Make the user's data folder for a first desk; a folder that was named is for the user to make."""
        if self.at_home:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def leave(self) -> None:
        """Close what was opened."""
        while self._desks:
            self._desks.pop().database.close()

    @property
    def clock_stands(self) -> bool:
        """Whether LEADCONSOLE_NOW has stopped the clock."""
        return getattr(self.clock, "frozen", False)


class Answer(NamedTuple):
    """What a command says: `data` with --json, else `lines` for so many columns (None: as wide as they come).

    A value of `data` that is an iterator is written piece by piece, so that a whole desk fits through.
    """

    data: Mapping[str, Any]
    lines: Callable[[int | None], Iterable[str]]
    exit_status: int = 0
    refusal: LeadconsoleError | None = None
    """What was refused although there is an answer, such as the rows that an import rejected."""


Run = Callable[[Call], Answer]


class Parser(argparse.ArgumentParser):
    """A parser that knows the global options at every place and tells what is wrong in one sentence."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)
        group = self.add_argument_group(_("everywhere"))
        unset = argparse.SUPPRESS
        group.add_argument("--db", metavar="FILE", type=file_name, default=unset, help=_("the desk to work on"))
        group.add_argument("--json", action="store_true", default=unset, help=_("answer with one JSON object"))
        group.add_argument("--lang", metavar="en|ru|uk", default=unset, help=_("the language to speak"))
        group.add_argument("--as", metavar="LOGIN", dest="as_login", default=unset, help=_("in whose name"))

    def error(self, message: str) -> NoReturn:
        """Refuse with what argparse found."""
        raise WrongUsage(_("{prog}: {message} (see {prog} --help)").format(prog=self.prog, message=message))


def argument(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """An argument's reader that raises Refused, as argparse wants it: what can't be read is wrong usage."""

    def checked(text: str) -> Value:
        try:
            return read(text)
        except Refused as refusal:
            raise argparse.ArgumentTypeError(refusal.message) from None

    return checked


def whole(least: int, most: int) -> Callable[[str], int]:
    """The reader of an argument that is a whole number within bounds."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else None
        if number is None or not least <= number <= most:
            raise Refused(
                _("«{text}» is not a whole number from {least} to {most}.").format(
                    text=text[:40], least=least, most=most
                )
            )
        return number

    return argument(read)


def file_name(text: str) -> Path:
    """The reader of an argument that names a file or a folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name of a file is missing"))
    return Path(text)


def typed_or_piped(text: str) -> str:
    """The text of an argument, or all of standard input for `-`."""
    if text != "-":
        return text
    if sys.stdin is None:
        raise WrongUsage(_("There is nothing on standard input to read."))
    from leadconsole.kernel.shape import LONGEST_TEXT

    read = sys.stdin.buffer.read(LONGEST_TEXT * 4 + 1)
    try:
        piped = read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(read) <= LONGEST_TEXT * 4:  # else it may be our own cut that broke a character
            raise Refused(
                _("Standard input is not UTF-8 text (byte {byte}).").format(byte=error.start + 1), code="bad_encoding"
            ) from None
        piped = read.decode("utf-8", "replace")
    if len(piped) > LONGEST_TEXT:
        raise Refused(_("The text is longer than {limit} characters.").format(limit=LONGEST_TEXT), code="too_long")
    return piped


def json_pieces(data: Mapping[str, Any]) -> Iterator[str]:
    """The JSON text of an answer; iterators among its values become arrays without being held whole."""
    separator = "{"
    for key, value in data.items():
        yield f"{separator}{_json(key)}: "
        separator = ", "
        if isinstance(value, Iterator):
            comma = "["
            for one in value:
                yield comma + _json(one)
                comma = ",\n"
            yield "]" if comma != "[" else "[]"
        else:
            yield _json(value)
    yield "}\n" if data else "{}\n"


def _json(value: Any) -> str:
    import json  # the console starts without

    return json.dumps(value, ensure_ascii=False, default=_number)


def _number(value: Any) -> float:
    """An exact percentage as a number of JSON, which is where it leaves the program."""
    from decimal import Decimal

    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
