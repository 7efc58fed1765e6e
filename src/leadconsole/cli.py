"""The command line: finds the command, speaks the user's language, calls one slice, and tells the answer.

Slices are imported by the command that needs them; the console only when no command is given (interchange.md,
section 1).
"""

from __future__ import annotations

import gc
import os
import sqlite3
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from leadconsole.kernel import i18n, printing
from leadconsole.kernel.clock import clock_from
from leadconsole.kernel.database import default_path, told
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import LeadconsoleError, NotAllowed, Unusable, WrongUsage
from leadconsole.kernel.headless import Answer, Call, Parser
from leadconsole.kernel.i18n import N_, _

_COMMANDS = {
    "demo": ("leadconsole.demo.cli", N_("open a throwaway demo desk, or write one")),
    "import": ("leadconsole.intake.cli", N_("load files into the desk")),
    "export": ("leadconsole.intake.cli", N_("write the desk as files")),
    "today": ("leadconsole.today.cli", N_("what needs a decision now")),
    "queue": ("leadconsole.tickets.cli", N_("the tickets of a view")),
    "ticket": ("leadconsole.tickets.cli", N_("one ticket: show it, work on it, add one")),
    "norms": ("leadconsole.tickets.cli", N_("the share of tickets inside the norm in a month")),
    "cover": ("leadconsole.curation.cli", N_("who covers whom while people are away, and whom to teach")),
    "payout": ("leadconsole.payout.cli", N_("what a month pays the lead, and its close")),
    "review": ("leadconsole.one_on_one.cli", N_("what a person's 1-on-1 sheet says")),
    "roster": ("leadconsole.roster.cli", N_("who works when: show, check, fill, publish")),
    "check": ("leadconsole.team.cli", N_("prove that every figure is what the history makes of it")),
    "backup": ("leadconsole.team.cli", N_("copy the desk while others work on it")),
    "restore": ("leadconsole.team.cli", N_("put a backup in the place of the desk")),
    "ssh": ("leadconsole.remote.cli", N_("remote access: people's keys, and whether the host is set up well")),
    "connect": ("leadconsole.remote.cli", N_("what a key's forced command runs: the desk for one person")),
    "keymap": ("leadconsole.console.cli", N_("write a keymap to begin with, or check yours")),
}
_WITH_VALUE = frozenset({"--db", "--lang", "--as"})


def run(argv: Sequence[str]) -> int:
    """Run one command line; return its exit status (interchange.md, section 1)."""
    asked = _Asked(argv)
    if asked.command is None:
        gc.disable()  # what the console makes on its start is there for good; it turns the collector on when it stands
    printing.make_safe()
    if asked.command == "connect":
        return _in_one_sentence(asked, lambda: _connect(asked))
    return _in_one_sentence(asked, lambda: _answer(asked))


def _in_one_sentence(asked: _Asked, work: Callable[[], int]) -> int:
    """Whatever goes wrong is told in one sentence, and by the exit status."""
    try:
        return work()
    except LeadconsoleError as error:
        return printing.refusal(error, as_json=asked.json)
    except SystemExit as end:  # argparse, once it has shown its help
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        return printing.nobody_listens()
    except sqlite3.IntegrityError as error:
        return printing.crash(error, as_json=asked.json)
    except OSError as error:
        return printing.failure(error, as_json=asked.json)
    except Exception as error:
        return printing.crash(error, as_json=asked.json)


def _answer(asked: _Asked, seat: _Seat | None = None) -> int:
    """Run the command, for a person at the other end of the network in her `seat`."""
    _speak(asked, seat)
    call = _call(asked, seat)
    try:
        with told(call.path):
            return printing.answer(call.options.run(call), as_json=asked.json)
    finally:
        call.leave()


def _connect(asked: _Asked) -> int:
    """The desk for the person of a key: her screen, or the few words that she may say (remote/allowed.py)."""
    from leadconsole.remote import session

    original = session.tame()  # before anything reads the environment
    _speak(asked)
    options = _parser("connect").parse_args(asked.rest)
    if asked.json or asked.language is not None or hasattr(options, "as_login"):
        raise WrongUsage(_("leadconsole connect takes a LOGIN and where the desk is, nothing else."))
    path = Path(asked.file) if asked.file else default_path()
    with told(path):
        desk = session.sit(path, clock_from(), options.login)
        try:
            if not original:
                from leadconsole.console.start import run_console

                return run_console(desk, lambda: session.why_not(desk))
            words = session.words_of(desk, original, _COMMANDS)
        finally:
            desk.database.close()
    said = _Asked(words)
    return _in_one_sentence(said, lambda: _answer(said, _Seat(path, options.login, session.keep_refusal)))


class _Seat(NamedTuple):
    """Who sits at which desk, whatever the words say, and who is told what was refused."""

    path: Path
    login: str
    on_refusal: Callable[[Desk, NotAllowed], None]


class _Asked:
    """The command and the global options, found before any parser is made: they decide in which language it speaks."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.command: str | None = None
        self.rest: list[str] = []
        self.language: str | None = None
        self.file: str | None = None
        self.json = False
        words = iter(argv)
        for word in words:
            if word == "--":
                self.rest += [word, *words]
                break
            self.json = self.json or word == "--json"
            name, is_told, value = word.partition("=")
            if word in _WITH_VALUE:
                told = next(words, None)
                self.rest += [word] if told is None else [word, told]
                self._take(name, told)
            elif is_told and name in _WITH_VALUE:
                self.rest.append(word)
                self._take(name, value)
            elif self.command is None and not word.startswith("-"):
                self.command = word
            else:
                self.rest.append(word)

    def _take(self, name: str, value: str | None) -> None:
        if name == "--lang":
            self.language = value
        elif name == "--db":
            self.file = value


def _speak(asked: _Asked, seat: _Seat | None = None) -> None:
    """Speak the language of the person: what was asked for, else the desk's, else the system's."""
    from leadconsole.team.seat import desk_language

    desk = desk_language(seat.path if seat else Path(asked.file) if asked.file else default_path())
    # A --lang that is none of ours is refused in the language that there is without it.
    i18n.use(i18n.detect(None, desk, {**os.environ, i18n.LANGUAGE_VARIABLE: ""}))
    i18n.use(i18n.detect(asked.language, desk, os.environ))


def _call(asked: _Asked, seat: _Seat | None = None) -> Call:
    options = _plain_console(asked) or _parser(asked.command).parse_args(asked.rest)
    clock = clock_from()
    named: Path | None = getattr(options, "db", None)
    path = default_path() if named is None else named
    at_home = named is None and not os.environ.get("LEADCONSOLE_DB")
    options.as_login = getattr(options, "as_login", None)
    if seat is not None:
        path, at_home, options.as_login = seat.path, False, seat.login

    def sit(path: Path, *, create: bool) -> Desk:
        from leadconsole.team.seat import open_desk

        desk = open_desk(path, clock, options.as_login, create=create)
        return desk if seat is None else desk.watched(seat.on_refusal)

    return Call(options, path, clock, sit, at_home=at_home)


def _plain_console(asked: _Asked) -> Namespace | None:
    """The options of the console where nothing but --db, --lang and --as was given: no parser is made for them."""
    names, values = asked.rest[::2], asked.rest[1::2]
    told = len(names) == len(values) and all(value.strip() and not value.startswith("-") for value in values)
    if asked.command is not None or not told or not _WITH_VALUE.issuperset(names):
        return None
    given = dict(zip(names, values, strict=True))
    options = Namespace(run=_console, as_login=given.get("--as"))
    if "--db" in given:
        options.db = Path(given["--db"])
    return options


def _parser(command: str | None) -> Parser:
    if command is None:
        return _overview()
    if command not in _COMMANDS:
        raise WrongUsage(
            _("There is no command «{command}». Known are: {commands}.").format(
                command=command[:40], commands=", ".join(_COMMANDS)
            )
        )
    module, told = _COMMANDS[command]
    parser = Parser(prog=f"leadconsole {command}", description=_(told))
    declare: Callable[[Parser], None] = import_module(module).COMMANDS[command]
    declare(parser)
    return parser


def _overview() -> Parser:
    import argparse

    from leadconsole import __version__

    width = max(map(len, _COMMANDS)) + 2
    told = "\n".join(f"  {name:{width}}{_(what)}" for name, (_module, what) in _COMMANDS.items())
    parser = Parser(
        prog="leadconsole",
        usage="leadconsole [COMMAND] [--db FILE] [--json] [--lang en|ru|uk] [--as LOGIN]",
        description=_("The console of a support team's lead. Without a command it opens on the desk."),
        epilog=_("commands") + f":\n{told}\n\n" + _("leadconsole COMMAND --help tells more."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"leadconsole {__version__}")
    parser.set_defaults(run=_console)
    return parser


def _console(call: Call) -> Answer:
    """Open the console on the desk."""
    from leadconsole.console.start import has_terminal, run_console

    if getattr(call.options, "json", False):
        raise WrongUsage(_("The console has no JSON; give a command, such as leadconsole queue --json."))
    # A link to nothing, a file that was named and a person who was named are told of by who opens the desk.
    if call.at_home and not call.path.exists() and not call.path.is_symlink():
        if has_terminal() and call.options.as_login is None:
            from leadconsole.welcome.start import first_run

            return first_run(call)
        raise Unusable(
            _(
                "There is no desk at {path} yet. leadconsole demo shows one to try things on; "
                "leadconsole import FOLDER makes yours of files."
            ).format(path=call.path),
            code="no_desk",
        )
    return Answer({}, lambda cells: (), run_console(call.sit()))
