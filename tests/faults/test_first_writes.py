"""Whatever a process writes first, the tables that it refers to are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desks import house

BEGINNING = """
import sys
from pathlib import Path
from leadconsole.kernel.clock import clock_from
from leadconsole.team.seat import open_desk
desk = open_desk(Path(sys.argv[1]), clock_from(), "anna")
"""
WRITES = {
    "a sheet": "from leadconsole.one_on_one import commands as c\n"
    "c.set_sheet(desk, 'lida', [c.Wanted('On time', '20')], '2026-03-02')",
    "a point": "from leadconsole.one_on_one import meetings as m\nm.add_point(desk, 'lida', 'Fridays')",
    "a view": "from leadconsole.tickets import commands as c\nc.save_view(desk, 'Paid', 'open', 'price>0')",
    "a client": "from leadconsole.team import commands as c\nc.enter(desk, 'clients', {'code': 'new', 'name': 'New'})",
    "a ticket": "from leadconsole.tickets import commands as c\nc.add(desk, {'client': 'acme', 'subject': 'Till'})",
    "a level": "from leadconsole.curation import commands as c\n"
    "c.enter(desk, 'curation', {'client': 'acme', 'login': 'lida', 'since': '2026-03-02', 'level': 'lead'})",
}


@pytest.mark.parametrize("what", WRITES)
def test_the_first_write_of_a_process_works(tmp_path: Path, what: str) -> None:
    made = house(tmp_path / "desk.db")
    made.database.close()
    program = [sys.executable, "-c", BEGINNING + WRITES[what], str(tmp_path / "desk.db")]
    run = subprocess.run(
        program,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LEADCONSOLE_NOW": "2026-03-02T10:00:00+03:00"},
    )
    assert (run.returncode, run.stderr) == (0, "")
