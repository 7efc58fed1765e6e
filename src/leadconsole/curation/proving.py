"""The best plan where the search of plans.py ran out of steps: asked of the solver, if it is installed, and kept."""

from __future__ import annotations

import json
import pickle
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

from leadconsole.curation import plans
from leadconsole.curation.plans import Choice, Need
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.solver import has_solver, start_solver

SECONDS = 20
"""How long the solver is asked unless somebody says otherwise."""
_GRACE = 10
"""Seconds after its time in which it must have answered."""
_TOLD_EVERY = 0.1
_KEPT = 64
"""So many plans are kept: those of a morning's questions."""


def choose(desk: Desk, needs: Sequence[Need]) -> Choice:
    """The best choice known: what was found out about the same needs before, else what the quick search finds."""
    kept, key = _kept(desk), _key(needs)
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.clear()
        kept[key] = plans.choose(needs)
    return kept[key]


def prove(
    desk: Desk, needs: Sequence[Need], seconds: float = SECONDS, cancelled: Callable[[], bool] = lambda: False
) -> bool:
    """Let the solver look for the best choice; whether it is better known now. `cancelled` answering True ends it."""
    choice = choose(desk, needs)
    if choice.proved or not has_solver():
        return False
    found = _solved(needs, choice, seconds, cancelled)
    if found is None or found == choice:
        return False
    _kept(desk)[_key(needs)] = found
    return True


def _solved(needs: Sequence[Need], choice: Choice, seconds: float, cancelled: Callable[[], bool]) -> Choice | None:
    """The answer of a solver in a process of its own; None where it gave none."""
    process = start_solver("leadconsole.curation.exact")
    watch = threading.Timer(seconds + _GRACE, process.kill)
    watch.daemon = True
    watch.start()
    try:
        question: bytes | None = pickle.dumps((tuple(needs), choice, seconds))
        while True:
            with suppress(subprocess.TimeoutExpired):
                said, _nothing = process.communicate(question, timeout=_TOLD_EVERY)
                break
            question = None
            if cancelled():
                return None
    except OSError:
        return None
    finally:
        watch.cancel()
        with suppress(OSError):
            process.kill()
        process.wait()
    try:
        told = json.loads(said)
    except ValueError:
        return None
    return Choice(tuple(told["options"]), told["proved"])


def _key(needs: Sequence[Need]) -> tuple[object, ...]:
    return tuple((need.code, need.minutes, tuple(need.options)) for need in needs)


def _kept(desk: Desk) -> dict[tuple[object, ...], Choice]:
    return cast("dict[tuple[object, ...], Choice]", desk.database.memo.setdefault("curation plans", {}))
