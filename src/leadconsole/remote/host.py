"""Whether the host lets in only whom it should: files of the desk, lines of authorized_keys, the server's settings.

Only looks, and says what it couldn't see: a server's settings are known to root alone.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _
from leadconsole.remote import server
from leadconsole.remote.lines import command_of
from leadconsole.remote.queries import Entrance

if TYPE_CHECKING:
    import pwd

COMPANIONS = ("-wal", "-shm")
_OTHERS = 0o077
_OTHERS_WRITE = 0o022
_NO_SHELLS = ("nologin", "false")
_PATIENCE = 10


class Wrong(NamedTuple):
    """Something that is to be put right: what, and how."""

    code: str
    told: str
    cure: str


@dataclass(slots=True)
class Findings:
    """What was seen: wrong, fine, and what couldn't be looked at."""

    account: str
    wrong: list[Wrong] = field(default_factory=list)
    fine: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, code: str, told: str, cure: str) -> None:
        """One more wrong thing."""
        self.wrong.append(Wrong(code, told, cure))


def inspect(desk: Desk, entrances: Sequence[Entrance], program: Sequence[str], user: str = "") -> Findings:
    """Everything about remote access that can be seen from here; `user` is the service account if it isn't the owner.

    Reads nothing of the desk but its path and `entrances`, for which the caller had the right.
    """
    import pwd

    path = desk.database.path.resolve()
    owner = path.stat().st_uid
    try:
        account = pwd.getpwnam(user) if user else pwd.getpwuid(owner)
    except KeyError:
        found = Findings(user or str(owner))
        found.add("account", _("There is no account {name} on this host.").format(name=user or owner), "adduser")
        return found
    found = Findings(account.pw_name)
    _files(found, path, account)
    _program(found, program, account)
    _account(found, account)
    settings = server.settings(account.pw_name)
    if settings is None:
        found.unknown.append(
            _("The server's settings can't be read from here: run this again as root (sudo), where sshd is installed.")
        )
    else:
        _server(found, settings, account)
    _keys(found, settings, account, entrances)
    return found


def _files(found: Findings, path: Path, account: pwd.struct_passwd) -> None:
    """The database and what lies beside it belong to the account alone; nobody else may come near the folder."""
    before = len(found.wrong)
    files = [path, *(Path(f"{path}{suffix}") for suffix in COMPANIONS)]
    files += [*path.parent.glob(f"{path.stem}.schema*"), *path.parent.glob(f"{path.stem}.before*")]
    for file in files:
        if not file.exists():
            continue
        seen = file.stat()
        if seen.st_mode & _OTHERS:
            found.add(
                "file_open",
                _("{path} can be opened by others (mode {mode}).").format(path=file, mode=_mode(seen)),
                f"chmod 600 {shlex.quote(str(file))}",
            )
        if seen.st_uid != account.pw_uid:
            found.add(
                "file_owner",
                _("{path} doesn't belong to {account}.").format(path=file, account=account.pw_name),
                f"chown {account.pw_name}: {shlex.quote(str(file))}",
            )
    folder = path.parent
    seen = folder.stat()
    if seen.st_mode & _OTHERS or seen.st_uid != account.pw_uid:
        found.add(
            "folder_open",
            _("The folder {path} must be {account}'s alone (mode {mode}).").format(
                path=folder, account=account.pw_name, mode=_mode(seen)
            ),
            f"chown {account.pw_name}: {shlex.quote(str(folder))} && chmod 700 {shlex.quote(str(folder))}",
        )
    for above in folder.parents:
        if _others_may_write(above):
            found.add(
                "parent_open",
                _("Others may write to {path} and so put another folder in the place of the desk's.").format(
                    path=above
                ),
                f"chmod go-w {shlex.quote(str(above))}",
            )
    if len(found.wrong) == before:
        found.fine.append(_("The desk and its folder belong to {account} alone.").format(account=account.pw_name))


def _others_may_write(path: Path) -> bool:
    mode = path.stat().st_mode
    return bool(mode & _OTHERS_WRITE) and not mode & stat.S_ISVTX


def _mode(seen: os.stat_result) -> str:
    return f"{stat.S_IMODE(seen.st_mode):04o}"


def _program(found: Findings, program: Sequence[str], account: pwd.struct_passwd) -> None:
    """The program that a key runs can't be changed by whoever comes in by it."""
    path = Path(program[0]).resolve()
    if not os.access(path, os.X_OK):
        found.add("program", _("{path} can't be run.").format(path=path), f"chmod 755 {shlex.quote(str(path))}")
        return
    for one in (path, path.parent):
        seen = one.stat()
        if seen.st_mode & _OTHERS_WRITE or seen.st_uid not in (0, account.pw_uid):
            found.add(
                "program_open",
                _("Others may change {path}, which every key runs.").format(path=one),
                f"chown root: {shlex.quote(str(one))} && chmod go-w {shlex.quote(str(one))}",
            )
            return
    found.fine.append(_("Every key runs {path}, which others can't change.").format(path=path))


def _account(found: Findings, account: pwd.struct_passwd) -> None:
    """The account has a shell that can run a forced command, and no password."""
    shell = Path(account.pw_shell or "/bin/sh")
    if shell.name in _NO_SHELLS or not shell.exists():
        found.add(
            "shell",
            _("{account} has the shell {shell}, which runs no forced command.").format(
                account=account.pw_name, shell=shell
            ),
            f"usermod --shell /bin/sh {account.pw_name}",
        )
    password = _password(account.pw_name)
    if password is None:
        found.unknown.append(_("Whether {account} has a password only root can see.").format(account=account.pw_name))
    elif password and password[0] not in "!*":
        found.add(
            "password",
            _("{account} has a password, which is another way in.").format(account=account.pw_name),
            f"usermod --lock {account.pw_name}",
        )
    elif not password:
        found.add(
            "password", _("{account} has an empty password.").format(account=account.pw_name),
            f"usermod --lock {account.pw_name}",
        )  # fmt: skip
    else:
        found.fine.append(_("{account} has no password.").format(account=account.pw_name))


def _password(name: str) -> str | None:
    """What stands for the password in /etc/shadow; None where it can't be read."""
    try:
        for line in Path("/etc/shadow").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return line.split(":")[1]
    except OSError:
        pass
    return None


def _server(found: Findings, settings: dict[str, list[str]], account: pwd.struct_passwd) -> None:
    """What the server allows this account beside its keys."""
    before = len(found.wrong)
    shut = settings.get("disableforwarding") == ["yes"]
    for name, wanted in server.WANTED.items():
        if shut and name in server.FORWARDING:
            continue
        value = " ".join(settings.get(name, []))
        if value and value.lower() not in wanted.split("|"):
            found.add(
                "server",
                _("The server has {name} {value} for {account}, which is another way in or out.").format(
                    name=name, value=value, account=account.pw_name
                ),
                _("put «{line}» into /etc/ssh/sshd_config.d/leadconsole.conf, under Match User {account}").format(
                    line=f"{server.NAMES.get(name, name)} {wanted.split('|')[0]}", account=account.pw_name
                ),
            )
    accepted = " ".join(settings.get("acceptenv", [])).split()
    if strange := [one for one in accepted if one not in server.HARMLESS]:
        found.add(
            "environment",
            _("The server takes variables from its clients that can do harm: {names}.").format(names=" ".join(strange)),
            _("let AcceptEnv name only LANG, LC_*, COLORTERM and NO_COLOR"),
        )
    if len(found.wrong) == before:
        found.fine.append(_("The server gives {account} nothing beside its keys.").format(account=account.pw_name))


def _keys(
    found: Findings,
    settings: dict[str, list[str]] | None,
    account: pwd.struct_passwd,
    entrances: Iterable[Entrance],
) -> None:
    """Every line by which the account lets somebody in is one of ours, and everybody has one who should."""
    before = len(found.wrong)
    known = {one.key.base64: one.login for one in entrances if one.key is not None and one.here}
    named = settings.get("authorizedkeysfile", []) if settings else [".ssh/authorized_keys", ".ssh/authorized_keys2"]
    seen = 0
    for file in server.key_files(named, account):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            continue
        except OSError:
            found.unknown.append(_("{path} can't be read from here.").format(path=file))
            continue
        seen += _prove_lines(found, file, text.splitlines(), known)
    asked = " ".join(settings.get("authorizedkeyscommand", [])) if settings else ""
    if asked not in ("", "none"):
        seen += _prove_command(found, asked, settings or {}, known)
    elif not seen and settings is not None:
        found.add(
            "no_keys",
            _("The server knows none of the keys: nobody can come in."),
            _("name the AuthorizedKeysCommand as the README says, or write what ssh keys prints into {path}").format(
                path=Path(account.pw_dir) / ".ssh" / "authorized_keys"
            ),
        )
    if seen and len(found.wrong) == before:
        found.fine.append(_("Every key that the server knows runs only the desk."))
    if not known:
        found.unknown.append(_("Nobody has a key yet: leadconsole ssh add-key LOGIN FILE."))


def _prove_lines(found: Findings, where: object, lines: Iterable[str], known: dict[str, str]) -> int:
    """How many keys stand in these lines; each that gives more than the desk, or to whom it shouldn't, is wrong."""
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        count += 1
        command = command_of(line)
        words = shlex.split(command) if command else []
        key = line.split()[-1]
        if "connect" not in words[:-1]:
            found.add(
                "no_forced_command",
                _("{file}, line {n}: this key gives more than the desk.").format(file=where, n=number),
                _("remove the line; leadconsole ssh keys prints the lines that may stand there"),
            )
        elif known.get(key) != words[words.index("connect") + 1]:
            found.add(
                "stale_key",
                _("{file}, line {n}: this key is nobody's of the desk, or somebody else's.").format(
                    file=where, n=number
                ),
                _("write the file anew from leadconsole ssh keys"),
            )
    return count


def _prove_command(found: Findings, asked: str, settings: dict[str, list[str]], known: dict[str, str]) -> int:
    """Run what the server runs, as far as we may, and prove its lines."""
    words = shlex.split(asked)
    user = " ".join(settings.get("authorizedkeyscommanduser", []))
    try:
        seen = Path(words[0]).stat()
    except OSError:
        found.add("keys_command", _("The server asks {path} for keys, which isn't there.").format(path=words[0]), asked)
        return 0
    if seen.st_uid != 0 or seen.st_mode & _OTHERS_WRITE:
        found.add(
            "keys_command",
            _("The server won't run {path}: it must be root's, and writable by nobody else.").format(path=words[0]),
            f"chown root: {shlex.quote(words[0])} && chmod go-w {shlex.quote(words[0])}",
        )
    told = server.run_as(user, words, _PATIENCE)
    if told is None:
        found.unknown.append(_("What {command} prints for the server only root can see.").format(command=asked))
        return 0
    return _prove_lines(found, words[0], told.splitlines(), known)
