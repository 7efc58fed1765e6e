"""What it costs to show the matrix and to move in it, on a small desk and on a large one in turn.

Processor time of the whole process, the least of several runs: on a busy machine the clock on the wall says little.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping

from leadconsole.console.launch import DeskConsole
from leadconsole.curation.screen import CoverScreen
from leadconsole.kernel.desk import Desk

SIZE = (120, 40)
MOVES = {"down": "j", "right": "l", "up": "k", "left": "h"}
_TIMES = 8
"""So many moves of each sort; on the small desk, too, each of them moves."""


async def painting(desks: Mapping[str, Desk], runs: int) -> Mapping[str, Mapping[str, float]]:
    """By desk and step the milliseconds: opening the screen until the cells are painted, one move of each sort."""
    least: dict[str, dict[str, float]] = defaultdict(dict)
    for run in range(runs + 1):
        for name, desk in desks.items():
            async for step, milliseconds in _steps(desk):
                if run:  # the first one imports
                    least[name][step] = min(milliseconds, least[name].get(step, milliseconds))
    return least


async def _steps(desk: Desk) -> AsyncIterator[tuple[str, float]]:
    app = DeskConsole(desk)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.5)
        begun = time.process_time()
        await pilot.press("4")
        while not (isinstance(app.screen, CoverScreen) and app.screen.matrix.shown is not None):
            await asyncio.sleep(0.002)
        await pilot.pause()
        yield "painted", (time.process_time() - begun) * 1000
        await pilot.pause(0.5)
        for step, key in MOVES.items():
            begun = time.process_time()
            for _time in range(_TIMES):
                await pilot.press(key)
            yield step, (time.process_time() - begun) * 1000 / _TIMES
