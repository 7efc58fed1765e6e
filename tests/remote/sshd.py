"""A real OpenSSH server on loopback with the desk behind it, and the people who come in by their keys.

The server runs as whoever runs the tests and lets in only that account, so nothing of the machine is changed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desks import House, house
from leadconsole.kernel.clock import SystemClock
from leadconsole.kernel.database import open_database

SERVERS = ("/usr/sbin/sshd", "/usr/local/sbin/sshd")
PEOPLE = {"anna": "lead", "lida": "specialist", "dora": "accountant"}
PATIENCE = 30


def missing() -> str:
    """Why no server can be started here; empty where one can."""
    if not any(os.access(path, os.X_OK) for path in SERVERS):
        return "sshd is not installed here (Debian: openssh-server)"
    if shutil.which("ssh") is None or shutil.which("ssh-keygen") is None:
        return "the ssh client is not installed here"
    if os.geteuid() == 0:
        try:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # as the service does when it starts
        except OSError as error:
            return f"sshd run by root needs /run/sshd, which can't be made ({error.strerror})"
    return ""


@dataclass(frozen=True)
class Said:
    """What a command over SSH did."""

    status: int
    out: str
    err: str


@dataclass
class Server:
    """A running server: its folder, port, and the desk behind it."""

    folder: Path
    desk: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def account(self) -> str:
        """The account that everybody comes in by."""
        return pwd.getpwuid(os.geteuid()).pw_name

    def client(self, login: str, *options: str) -> list[str]:
        """The command line of the client for a person, up to and with the host."""
        return [
            "ssh", "-F", "none", "-p", str(self.port), "-i", str(self.folder / login),
            "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR",
            "-o", f"UserKnownHostsFile={self.folder / 'known'}", "-o", "StrictHostKeyChecking=no",
            *options, f"{self.account}@127.0.0.1",
        ]  # fmt: skip

    def say(
        self,
        login: str,
        *words: str,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        stdin: bytes = b"",
    ) -> Said:
        """Run a command over SSH as that person."""
        told = subprocess.run(
            [*self.client(login, *options), *words],
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, **(environment or {})},
            check=False,
        )
        return Said(told.returncode, told.stdout.decode("utf-8", "replace"), told.stderr.decode("utf-8", "replace"))

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(PATIENCE)

    def leadconsole(self, *words: str) -> str:
        """What the program says on the host itself."""
        return host_program(self.desk, *words)


def program() -> str:
    """The program as it is installed beside this Python."""
    return str(Path(sys.executable).with_name("leadconsole"))


def logins(desk: Path) -> list[str]:
    """Everybody who takes tickets at a desk, the lead first."""
    with closing(sqlite3.connect(f"file:{desk}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT login FROM person WHERE ended IS NULL AND role IN ('lead', 'specialist', 'contractor')"
            " ORDER BY role <> 'lead', login"
        ).fetchall()
    return [str(login) for (login,) in rows]


def host_program(desk: Path, *words: str) -> str:
    """Run the program on the host, as its administrator does."""
    told = subprocess.run(
        [program(), *words, "--db", str(desk)],
        capture_output=True, timeout=PATIENCE, check=False, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout


def make_desk(path: Path) -> House:
    """A desk in a folder of its own, in real time, with three people and a few tickets."""
    path.parent.mkdir(mode=0o700)
    made = house(path)
    for login, role in PEOPLE.items():
        made.person(login, role)
    made.setting("lead", "anna")
    made.norm(60, 480)
    for number in range(30):
        made.ticket(f"printer {number}", assignee="lida" if number % 3 == 0 else "")
    # It was made at a time that stands still, and is to live on in ours.
    made.database.close()
    return House(open_database(path, SystemClock()), made.clock, made.people)


def cant_be_asked() -> str:
    """Why no server here would run our program for its keys; empty where it would (sshd_config(5))."""
    if os.geteuid() != 0:
        return "only root's own sshd runs an AuthorizedKeysCommand"
    path = Path(program()).resolve()
    for one in (path, *path.parents):
        seen = one.stat()
        if seen.st_uid != 0 or seen.st_mode & 0o022:
            return f"sshd runs nothing below {one}, which others may change"
    return ""


def start(folder: Path, settings: Sequence[str] = (), desk: Path | None = None, *, ask: bool = False) -> Server:
    """Make a desk (or copy one), keys for everybody, and a server that knows them by `leadconsole ssh keys`.

    The lines stand in a file, or the server is told to `ask` the program at every login.
    """
    source, desk = desk, folder / "desk" / "desk.db"
    people = list(PEOPLE)
    if source is None:
        make_desk(desk).database.close()
    else:
        desk.parent.mkdir(mode=0o700)
        shutil.copy(source, desk)
        desk.chmod(0o600)
        people = [logins(desk)[0]]
    for name in ("host", *people, "stranger"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name} $(touch pwned)", "-f", str(folder / name)],
            check=True,
        )
    for login in people:
        host_program(desk, "ssh", "add-key", login, str(folder / f"{login}.pub"))
    keys = [f"AuthorizedKeysFile {folder / 'authorized_keys'}"]
    if ask:
        asked = f"AuthorizedKeysCommand {Path(program()).resolve()} ssh keys --db {desk}"
        keys = ["AuthorizedKeysFile none", asked, f"AuthorizedKeysCommandUser {pwd.getpwuid(os.geteuid()).pw_name}"]
    else:
        (folder / "authorized_keys").write_text(host_program(desk, "ssh", "keys"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config = folder / "sshd_config"
    config.write_text(
        "\n".join(
            (
                f"Port {port}",
                "ListenAddress 127.0.0.1",
                f"HostKey {folder / 'host'}",
                f"PidFile {folder / 'sshd.pid'}",
                *keys,
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "UsePAM no",
                "StrictModes no",  # a temporary folder lies below one that everybody may write to
                "Subsystem sftp internal-sftp",
                # Wide open where a host might be: the line of the key alone must hold.
                "AllowTcpForwarding yes",
                "AllowAgentForwarding yes",
                "AllowStreamLocalForwarding yes",
                "X11Forwarding yes",
                "PermitTunnel yes",
                "GatewayPorts yes",
                # All but what the interpreter and the loader themselves would run before us: ssh check warns of those.
                "AcceptEnv LANG LC_* LANGUAGE COLORTERM NO_COLOR LEADCONSOLE_* TEXTUAL* EDITOR VISUAL PAGER BROWSER",
                "AcceptEnv HOME XDG_* TMPDIR TZ COLUMNS LINES SHELL",
                "MaxStartups 100",
                "MaxSessions 20",
                *settings,
                "",
            )
        )
    )
    server = next(path for path in SERVERS if os.access(path, os.X_OK))
    process = subprocess.Popen(
        [server, "-D", "-e", "-f", str(config)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "sshd.log").open("wb"),
    )
    made = Server(folder, desk, port, process)
    _await(made)
    return made


def _await(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError((server.folder / "sshd.log").read_text())
