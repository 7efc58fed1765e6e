"""What sshd says of itself: its effective settings for an account, and where it looks for keys."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leadconsole.kernel.text import clean_line

if TYPE_CHECKING:
    import pwd

WANTED = {
    "passwordauthentication": "no",
    "kbdinteractiveauthentication": "no",
    "permitemptypasswords": "no",
    "hostbasedauthentication": "no",
    "gssapiauthentication": "no",
    "kerberosauthentication": "no",
    "pubkeyauthentication": "yes",
    "permituserenvironment": "no",
    "permituserrc": "no",
    "x11forwarding": "no",
    "allowtcpforwarding": "no",
    "allowagentforwarding": "no",
    "allowstreamlocalforwarding": "no",
    "permittunnel": "no",
    "gatewayports": "no",
    "trustedusercakeys": "none",
    "forcecommand": "none",
    "chrootdirectory": "none",
    "permittty": "yes",
    "strictmodes": "yes",
}
"""What each setting must be for the account; alternatives are divided by |."""
FORWARDING = frozenset(
    {"x11forwarding", "allowtcpforwarding", "allowagentforwarding", "allowstreamlocalforwarding", "gatewayports"}
)
"""What DisableForwarding yes switches off, whatever they say."""
NAMES = {
    "passwordauthentication": "PasswordAuthentication",
    "kbdinteractiveauthentication": "KbdInteractiveAuthentication",
    "permitemptypasswords": "PermitEmptyPasswords",
    "hostbasedauthentication": "HostbasedAuthentication",
    "gssapiauthentication": "GSSAPIAuthentication",
    "kerberosauthentication": "KerberosAuthentication",
    "pubkeyauthentication": "PubkeyAuthentication",
    "permituserenvironment": "PermitUserEnvironment",
    "permituserrc": "PermitUserRC",
    "x11forwarding": "X11Forwarding",
    "allowtcpforwarding": "AllowTcpForwarding",
    "allowagentforwarding": "AllowAgentForwarding",
    "allowstreamlocalforwarding": "AllowStreamLocalForwarding",
    "permittunnel": "PermitTunnel",
    "gatewayports": "GatewayPorts",
    "trustedusercakeys": "TrustedUserCAKeys",
    "forcecommand": "ForceCommand",
    "chrootdirectory": "ChrootDirectory",
    "permittty": "PermitTTY",
    "strictmodes": "StrictModes",
}
CLOSING = frozenset({"forcecommand", "chrootdirectory", "permittty", "strictmodes", "pubkeyauthentication"})
"""Settings that, where they aren't as wanted, keep people out or from their screens rather than let others in."""
HARMLESS = frozenset({"LANG", "LC_*", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANGUAGE", "COLORTERM", "NO_COLOR"})
"""Variables that a server may take from its clients."""
CONFIG_VARIABLE = "LEADCONSOLE_SSHD_CONFIG"
_SERVERS = ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/sbin/sshd")


class Broken(Exception):
    """The server refuses its settings; says why."""


def settings(account: str, patience: float = 10) -> dict[str, list[str]] | None:
    """The server's settings for an account by their names in small letters; None where they can't be read from here.

    Broken where the server itself can't use them.
    """
    server = next((path for path in _SERVERS if os.access(path, os.X_OK)), None)
    if server is None:
        return None
    config = os.environ.get(CONFIG_VARIABLE, "")
    who = f"user={account},host=localhost,addr=127.0.0.1"
    told = run([server, "-T", "-C", who, *(("-f", config) if config else ())], patience)
    if told is None or (told.status and os.geteuid() != 0):
        return None
    if told.status:
        raise Broken(told.why)
    found: dict[str, list[str]] = {}
    for line in told.out.splitlines():
        name, _space, value = line.strip().partition(" ")
        if name:
            found.setdefault(name.lower(), []).append(value)
    return found


def key_files(named: Sequence[str], account: pwd.struct_passwd) -> list[Path]:
    """Where the server looks for the keys of an account, its signs filled in (sshd_config(5))."""
    found = []
    for name in " ".join(named).split():
        if name == "none":
            continue
        filled = (
            name.replace("%h", account.pw_dir).replace("%u", account.pw_name).replace("%U", str(account.pw_uid))
        ).replace("%%", "%")
        found.append(Path(account.pw_dir) / filled)
    return found


class Ran(NamedTuple):
    """What became of a program."""

    status: int
    out: str
    err: str

    @property
    def why(self) -> str:
        """The last thing that it complained of, in a line."""
        said = [line.strip() for line in self.err.splitlines() if line.strip()]
        return clean_line(said[-1])[:200] if said else str(self.status)


def run_as(user: str, words: Sequence[str], patience: float) -> Ran | None:
    """What a program does when this user runs it; None where we may not find out, KeyError for nobody's name."""
    import pwd

    who = pwd.getpwnam(user)
    if who.pw_uid == os.geteuid():
        return run(words, patience, {"HOME": who.pw_dir})
    if os.geteuid() != 0:
        return None
    return run(["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups", *words], patience,
               {"HOME": who.pw_dir})  # fmt: skip


def run(words: Sequence[str], patience: float, environment: dict[str, str] | None = None) -> Ran | None:
    """What a program does; None where it can't be run from here or doesn't end."""
    plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", **(environment or {})}
    try:
        told = subprocess.run(
            list(words), env=plain, stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Ran(told.returncode, told.stdout.decode("utf-8", "replace"), told.stderr.decode("utf-8", "replace"))
