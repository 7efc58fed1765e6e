"""What-if with the solver: the first plan is there at once, a better one appears, Esc is enough to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from curation.screen.houses import cover_house
from curation.screen.seat import at_cover
from leadconsole.curation import whatif
from leadconsole.curation.facts import Absence
from leadconsole.curation.screen.what_if import WhatIfView
from leadconsole.kernel.desk import Desk


async def test_the_solver_looks_further_than_the_plan_that_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = []

    def quick(desk: Desk, asked: Sequence[Absence]) -> whatif.WhatIf:
        return replace(whatif.what_if(desk, asked), proved=False)

    def endless(desk: Desk, asked: Sequence[Absence], cancelled: Callable[[], bool]) -> whatif.WhatIf:
        while not cancelled():
            time.sleep(0.01)
        stopped.append(True)
        return whatif.what_if(desk, asked)

    monkeypatch.setattr("leadconsole.curation.screen.what_if.what_if", quick)
    monkeypatch.setattr("leadconsole.curation.screen.what_if.proved_what_if", endless)
    monkeypatch.setattr("leadconsole.curation.screen.what_if.has_solver", lambda: True)
    home = cover_house(tmp_path / "desk.db")
    async with at_cover(home, size=(120, 40)) as (seat, screen):
        screen.show_view("whatif")
        cast("WhatIfView", screen.view_of("whatif")).ask([Absence("lida", "2026-03-09", "2026-03-13")])
        await seat.until("looking for a better plan, Esc stops", 20)
        await seat.until("There may be a better plan.", 20)
        await seat.pilot.press("escape")
        await seat.until("No plan gives the busiest of them less.", 20)
        assert stopped
        assert "looking for a better plan" not in seat.text
