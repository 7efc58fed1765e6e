"""`leadconsole ssh`: the keys of people, the lines that let them in, and whether the host is set up well."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from leadconsole.kernel import formats
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.headless import Answer, Call, Parser, typed_or_piped
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import iso
from leadconsole.remote import commands, lines, queries
from leadconsole.remote.public_keys import LONGEST_LINE, MOST_KEYS, read_keys
from leadconsole.remote.session import account
from leadconsole.team.facts import settings


def _ssh_arguments(parser: Parser) -> None:
    verbs = parser.add_subparsers(metavar="COMMAND", required=True, title=_("commands"))

    def verb(name: str, told: str, run: Callable[[Call], Answer]) -> Parser:
        one: Parser = verbs.add_parser(name, help=told, description=told)
        one.set_defaults(run=run)
        return one

    verb("keys", _("the lines of authorized_keys, as an AuthorizedKeysCommand prints them"), keys)
    added = verb("add-key", _("let a person in by a public key"), add_key)
    added.add_argument("login", metavar="LOGIN", help=_("whose key it is"))
    added.add_argument("file", metavar="FILE", help=_("the file that ends in .pub, or - for standard input"))
    gone = verb("remove-key", _("let a person in by a key no more"), remove_key)
    gone.add_argument("login", metavar="LOGIN", help=_("whose key it is"))
    gone.add_argument("key", metavar="FINGERPRINT", help=_("as ssh keys --json lists it"))
    verb("refused", _("what was refused over the network, newest first"), refused)
    checked = verb("check", _("whether the host lets in only whom it should, and what to do"), check)
    checked.add_argument("--user", metavar="NAME", default="", help=_("the service account, if not the desk's owner"))


def _connect_arguments(parser: Parser) -> None:
    parser.add_argument("login", metavar="LOGIN", help=_("who comes in"))


COMMANDS: dict[str, Callable[[Parser], None]] = {"ssh": _ssh_arguments, "connect": _connect_arguments}


def keys(call: Call) -> Answer:
    """The line of every key of everybody who works here; who left has none."""
    desk = call.sit()
    where = call.path.absolute()
    database = "" if where == own_desk() else str(where)
    found = queries.entrances(desk)
    made = [
        (one, lines.key_line(lines.forced_command(program(), database, one.login), one.key))
        for one in found
        if one.here and one.key is not None
    ]
    zone = settings(desk.reader).timezone
    data = {
        "keys": [
            {
                "login": one.login,
                "type": one.key.type if one.key else None,
                "fingerprint": one.fingerprint,
                "added": iso(one.added, zone),
                "line": next((line for entrance, line in made if entrance is one), None),
            }
            for one in found
        ]
    }
    return Answer(data, lambda cells: [line for _entrance, line in made])


def own_desk() -> Path:
    """The desk that connect opens by itself: the account's own, whatever the environment says."""
    home, _user = account()
    return Path(home) / ".local" / "share" / "leadconsole" / "desk.db"


def program() -> list[str]:
    """The absolute command line of this program, as another account's shell finds it."""
    called = Path(sys.argv[0])
    if called.name == "leadconsole":
        found = called if called.is_absolute() else Path(shutil.which(sys.argv[0]) or called.absolute())
        if found.is_file():
            return [str(found.absolute())]
    beside = Path(sys.executable).with_name("leadconsole")
    return [str(beside)] if beside.is_file() else [sys.executable, "-m", "leadconsole"]


def add_key(call: Call) -> Answer:
    """Take the keys of a file for a person."""
    login = call.options.login
    text = typed_or_piped("-") if call.options.file == "-" else _text(Path(call.options.file))
    read = read_keys(text)
    new = commands.add_keys(call.sit(), login, read)

    def told(cells: int | None) -> Iterator[str]:
        for one in read:
            yield f"{one.fingerprint} ({one.type})"
        if new:
            yield ngettext("{login} may come in by {n} new key.", "{login} may come in by {n} new keys.", new).format(
                login=login, n=new
            )
        else:
            yield _("{login} could come in by this already; nothing was changed.").format(login=login)

    data = {"login": login, "added": new, "keys": [{"type": one.type, "fingerprint": one.fingerprint} for one in read]}
    return Answer(data, told)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(LONGEST_LINE * MOST_KEYS + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("There is no public key in this file."), code="no_key", field="file") from None


def remove_key(call: Call) -> Answer:
    """Take one key of a person away."""
    login, key = call.options.login, call.options.key
    commands.remove_key(call.sit(), login, key)
    told = _("{login} comes in by {fingerprint} no more. A session that is open goes on until it is closed.").format(
        login=login, fingerprint=key
    )
    return Answer({"login": login, "removed": key}, lambda cells: [told])


def refused(call: Call) -> Answer:
    """What was refused to whom."""
    desk = call.sit()
    found = queries.refusals(desk)
    zone = settings(desk.reader).timezone

    def told(cells: int | None) -> Iterator[str]:
        if not found:
            yield _("Nothing was refused so far.")
        for one in found:
            said = f" «{one.said}»" if one.said else ""
            yield f"{formats.exact(one.at, zone)}  {one.login}{said}  {one.why}"

    data = {
        "refused": [{"at": iso(one.at, zone), "login": one.login, "said": one.said, "why": one.why} for one in found]
    }
    return Answer(data, told)


def check(call: Call) -> Answer:
    """Inspect the host; findings are an answer, not a failure."""
    from leadconsole.remote.host import inspect

    desk = call.sit()
    found = inspect(desk, queries.entrances(desk), program(), call.options.user)

    def told(cells: int | None) -> Iterator[str]:
        for one in found.fine:
            yield f"✓ {one}"
        for one in found.unknown:
            yield f"? {one}"
        for wrong in found.wrong:
            yield f"! {wrong.told}"
            yield f"  → {wrong.cure}"
        if found.wrong:
            n = len(found.wrong)
            yield ngettext("{n} thing is to be put right.", "{n} things are to be put right.", n).format(n=n)
        else:
            yield _("The host lets in whom it should, as far as can be seen from here.")

    data = {
        "ok": not found.wrong,
        "account": found.account,
        "wrong": [{"code": one.code, "message": one.told, "cure": one.cure} for one in found.wrong],
        "unknown": found.unknown,
        "fine": found.fine,
    }
    return Answer(data, told)
