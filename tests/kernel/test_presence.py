"""Who else is here: sessions see each other, a dead one is gone with its process, an idle one writes nothing."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

from leadconsole.kernel.presence import SURE_LOOKS, Doing, Presence


def at(desk: Path, login: str) -> Presence:
    """Somebody who has sat down."""
    made = Presence(desk, login, 1)
    made.enter()
    return made


def seen(one: Presence) -> list[tuple[str, Doing]]:
    """What a session sees after a look."""
    one.look()
    return [(other.login, other.doing) for other in one.others]


def test_they_see_each_other_and_what_each_does(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    anna, lida = at(desk, "anna"), at(desk, "lida")
    assert seen(anna) == [("lida", Doing())]
    lida.tell(Doing("queue", 7, True))
    assert seen(anna) == [("lida", Doing("queue", 7, True))]
    assert [one.login for one in anna.by_ticket[7]] == ["lida"]
    again = at(desk, "lida")
    assert len(seen(anna)) == 2, "one person may sit at two terminals"
    lida.leave()
    again.leave()
    assert seen(anna) == []
    anna.leave()
    assert not anna.folder.exists()


def test_nobody_else_can_look_into_it_and_nothing_is_in_the_desk_file(tmp_path: Path) -> None:
    anna = at(tmp_path / "desk.db", "anna")
    assert stat.S_IMODE(anna.folder.stat().st_mode) == 0o700
    (file,) = anna.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not (tmp_path / "desk.db").exists()
    anna.leave()


def test_who_changes_nothing_writes_nothing_and_is_read_by_nobody(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    anna, lida = at(desk, "anna"), at(desk, "lida")
    assert anna.look()
    before = anna.folder.stat().st_mtime_ns
    assert [anna.look() for _look in range(SURE_LOOKS * 2)].count(True) == 0
    assert [lida.look() for _look in range(3)] == [True, False, False]
    assert anna.folder.stat().st_mtime_ns == before
    for one in (anna, lida):
        one.leave()


def test_a_session_that_was_killed_is_gone(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    anna = at(desk, "anna")
    program = (
        "import sys, time; from pathlib import Path; from leadconsole.kernel.presence import Presence, Doing\n"
        "one = Presence(Path(sys.argv[1]), 'oleg', 1); one.enter(); one.tell(Doing('queue', 3)); print(1, flush=True)\n"
        "time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(desk)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    assert seen(anna) == [("oleg", Doing("queue", 3))]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    for _look in range(SURE_LOOKS):
        anna.look()
    assert anna.others == ()
    assert len(list(anna.folder.iterdir())) == 1, "its file is cleared away"
    anna.leave()


def test_what_is_no_session_harms_nobody(tmp_path: Path) -> None:
    desk = tmp_path / "desk.db"
    anna = at(desk, "anna")
    (anna.folder / "junk").write_bytes(b"\x00" * 100)
    (anna.folder / "link").symlink_to("/etc/passwd")
    assert seen(anna) == []
    assert Path("/etc/passwd").exists()
    anna.leave()
    nowhere = at(tmp_path / "missing" / "desk.db", "lida")
    assert seen(nowhere) == []
    nowhere.tell(Doing("queue"))
    nowhere.leave()
