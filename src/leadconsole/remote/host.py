"""Whether the host lets in only whom it should: files of the desk, lines of authorized_keys, the server's settings.

Only looks, and says what it couldn't see: a server's settings are known to root alone.
"""

from __future__ import annotations

import os
import shlex
import stat
import sys
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
    broken = ""
    try:
        settings = server.settings(account.pw_name)
    except server.Broken as why:
        settings, broken = None, str(why)
    _files(found, path, account)
    _program(found, program, account)
    _account(found, account, settings or {})
    if broken:
        found.add("server_settings", _("The server can't use its settings: {reason}").format(reason=broken), "sshd -t")
    elif settings is None:
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
    ran = server.run_as(account.pw_name, [*program, "--version"], _PATIENCE)
    if ran is not None and ran.status:
        found.add(
            "program",
            _("{account} can't run {path}: {reason}").format(account=account.pw_name, path=path, reason=ran.why),
            _("install it, and the Python that it was made with, where everybody may read, as the README says"),
        )
        return
    found.fine.append(_("Every key runs {path}, which others can't change.").format(path=path))


def _account(found: Findings, account: pwd.struct_passwd, settings: dict[str, list[str]]) -> None:
    """The account has a shell that can run a forced command, no password, and isn't locked against keys too."""
    unlocked = f"usermod --password '*' {account.pw_name}"
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
            unlocked,
        )
    elif not password:
        found.add(
            "password", _("{account} has an empty password.").format(account=account.pw_name), unlocked
        )  # fmt: skip
    elif password.startswith("!") and settings.get("usepam") == ["no"]:
        found.add(
            "locked",
            _("{account} is locked, and a server without PAM lets nobody into a locked account.").format(
                account=account.pw_name
            ),
            unlocked,
        )
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
    forwards = []
    for name, wanted in server.WANTED.items():
        value = " ".join(settings.get(name, []))
        if not value or value.lower() == wanted:
            continue
        said = f"{server.NAMES[name]} {value}"
        if name in server.FORWARDING:
            forwards += [] if shut else [said]
        elif name in server.CLOSING:
            told = _("The server has {setting} for {account}: nobody gets the desk that way, or not safely.")
            _set(found, told.format(setting=said, account=account.pw_name), name, wanted, account)
        else:
            told = _("The server has {setting} for {account}, which is another way in or out.")
            _set(found, told.format(setting=said, account=account.pw_name), name, wanted, account)
    if forwards:
        told = _("The server has {setting} for {account}: a session may reach ports and sockets of the host.")
        told = told.format(setting=", ".join(forwards), account=account.pw_name)
        _set(found, told, "DisableForwarding", "yes", account)
    accepted = " ".join(settings.get("acceptenv", [])).split()
    if strange := [one for one in accepted if one not in server.HARMLESS]:
        found.add(
            "environment",
            _("The server takes variables from its clients that can do harm: {names}.").format(names=" ".join(strange)),
            _("let AcceptEnv name only LANG, LC_*, COLORTERM and NO_COLOR"),
        )
    if len(found.wrong) == before:
        found.fine.append(_("The server gives {account} nothing beside its keys.").format(account=account.pw_name))


def _set(found: Findings, told: str, name: str, wanted: str, account: pwd.struct_passwd) -> None:
    """A setting of the server that is to be another one."""
    found.add("server", told, _to_set(f"{server.NAMES.get(name, name)} {wanted}", account))


def _to_set(line: str, account: pwd.struct_passwd) -> str:
    return _(
        "put «{line}» into /etc/ssh/sshd_config.d/leadconsole.conf, under Match User {account}, and reload sshd"
    ).format(line=line, account=account.pw_name)


def _keys(
    found: Findings,
    settings: dict[str, list[str]] | None,
    account: pwd.struct_passwd,
    entrances: Sequence[Entrance],
) -> None:
    """Every line by which the account lets somebody in is one of ours, and everybody has one who should."""
    before = len(found.wrong)
    known = {one.key.base64: one.login for one in entrances if one.key is not None and one.here}
    unseen = dict(known)
    named = settings.get("authorizedkeysfile", []) if settings else [".ssh/authorized_keys", ".ssh/authorized_keys2"]
    for one in entrances:
        if one.key is None:
            found.add(
                "damaged_key",
                _("What is stored as a key of {login} is none any more, so nobody comes in by it.").format(
                    login=one.login
                ),
                f"leadconsole ssh remove-key {one.login} {shlex.quote(one.fingerprint)}",
            )
    seen = 0
    hidden = False
    for file in server.key_files(named, account):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            continue
        except OSError:
            found.unknown.append(_("{path} can't be read from here.").format(path=file))
            hidden = True
            continue
        seen += _prove_lines(found, file, text.splitlines(), known, unseen)
    asked = " ".join(settings.get("authorizedkeyscommand", [])) if settings else ""
    if asked not in ("", "none"):
        told = _asked(found, asked, settings or {}, account)
        hidden = hidden or told is None
        seen += _prove_lines(found, shlex.split(asked)[0], (told or "").splitlines(), known, unseen)
    elif not seen and settings is not None:
        found.add(
            "no_keys",
            _("The server knows none of the keys: nobody can come in."),
            _("name the AuthorizedKeysCommand as the README says, or write what ssh keys prints into {path}").format(
                path=Path(account.pw_dir) / ".ssh" / "authorized_keys"
            ),
        )
    if seen and unseen and not hidden:
        found.add(
            "unknown_key",
            _("The server doesn't know every key of: {names}.").format(names=", ".join(sorted(set(unseen.values())))),
            _("write the file anew from leadconsole ssh keys"),
        )
    if seen and len(found.wrong) == before:
        found.fine.append(_("Every key that the server knows runs only the desk."))
    if not known:
        found.unknown.append(_("Nobody has a key yet: leadconsole ssh add-key LOGIN FILE."))


def _prove_lines(
    found: Findings, where: object, lines: Iterable[str], known: dict[str, str], unseen: dict[str, str]
) -> int:
    """How many keys stand in these lines; each that gives more than the desk, or to whom it shouldn't, is wrong.

    What is as it should be is `unseen` no more.
    """
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
        else:
            unseen.pop(key, None)
    return count


def _asked(found: Findings, asked: str, settings: dict[str, list[str]], account: pwd.struct_passwd) -> str | None:
    """Run what the server runs, as who it does; what it prints, or None where that can't be seen or is wrong."""
    words = shlex.split(asked)
    user = " ".join(settings.get("authorizedkeyscommanduser", []))
    try:
        seen = Path(words[0]).stat()
    except OSError:
        told = _("The server asks {path} for keys, which isn't there.").format(path=words[0])
        found.add("keys_command", told, _to_set(f"AuthorizedKeysCommand {sys.argv[0]} ssh keys", account))
        return None
    if seen.st_uid != 0 or seen.st_mode & _OTHERS_WRITE:
        found.add(
            "keys_command",
            _("The server won't run {path}: it must be root's, and writable by nobody else.").format(path=words[0]),
            f"chown root: {shlex.quote(words[0])} && chmod go-w {shlex.quote(words[0])}",
        )
    whose = _to_set(f"AuthorizedKeysCommandUser {account.pw_name}", account)
    if user in ("", "none"):
        found.add("keys_command", _("The server isn't told as whom to ask for keys, so it never does."), whose)
        return None
    try:
        ran = server.run_as(user, words, _PATIENCE)
    except KeyError:
        found.add("keys_command", _("There is no account {name} on this host.").format(name=user), whose)
        return None
    if ran is None:
        found.unknown.append(_("What {command} prints for the server only root can see.").format(command=asked))
    elif ran.status:
        told = _("{command} fails for {account}, so nobody can come in: {reason}")
        found.add("keys_command", told.format(command=asked, account=user, reason=ran.why), whose)
    else:
        return ran.out
    return None
