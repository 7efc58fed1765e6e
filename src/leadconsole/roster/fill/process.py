"""The search in a process of its own: progress on the way, the best so far at any time, gone when it is told to stop.

Run as `python -m leadconsole.roster.fill.process` it reads a pickled problem from its parent's pipe and answers in
lines of JSON. Nothing of the desk is open in it.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.solver import has_solver, start_solver
from leadconsole.roster.fill.problem import Problem, Step

SECONDS = 20
"""How long a search goes on unless somebody says otherwise."""
MOST_SECONDS = 3600
WORKERS = 2
_LAST_WORDS = 5
"""Seconds for the process to go after it has closed its mouth."""
_GRACE = 15
"""Seconds after its time in which a search must have answered."""


def require_solver() -> None:
    """Refuse with how to get the solver where it isn't installed."""
    if not has_solver():
        raise Refused(
            _("The solver isn't installed; it comes with: pip install 'leadconsole[solver]'. Nothing was changed."),
            code="no_solver",
        )


class Running:
    """A search that is running; `best` is the best step with a plan so far."""

    def __init__(self, problem: Problem, seconds: float = SECONDS, *, workers: int = WORKERS) -> None:
        require_solver()
        self.best: Step | None = None
        self.last = Step(None, None, 0.0)
        self.cancelled = False
        self.died = False
        """Whether the search was ended by neither itself nor us."""
        self.failed = False
        """Whether it died of an error of its own, such as a solver that is installed and can't be loaded."""
        self._process = start_solver("leadconsole.roster.fill.process")
        self._watch = threading.Timer(seconds + _GRACE, self.cancel)
        self._watch.daemon = True
        self._watch.start()
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            pickle.dump((problem, seconds, workers), self._process.stdin)
            self._process.stdin.close()

    def steps(self) -> Iterator[Step]:
        """Everything that the search says until it ends, of itself or because it was stopped or killed."""
        assert self._process.stdout is not None
        ended = False
        try:
            for line in self._process.stdout:
                step = _read(line)
                if step is None:
                    break
                self.last = step
                if step.plan is not None:
                    self.best = step
                yield step
            ended = True
        finally:
            self._watch.cancel()
            if not self.cancelled and ended:
                with suppress(subprocess.TimeoutExpired):
                    status = self._process.wait(_LAST_WORDS)
                    self.died, self.failed = status != 0, status > 0
            self._end()

    def cancel(self) -> None:
        """Stop; what was found so far stays in `best`."""
        self.cancelled = True
        self._end()

    def _end(self) -> None:
        with suppress(OSError):
            self._process.kill()
        self._process.wait()


def _read(line: bytes) -> Step | None:
    """A step of a line; None for a line that was cut by a kill."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    plan = told["plan"]
    return Step(
        told["best"],
        told["bound"],
        told["seconds"],
        None if plan is None else tuple(tuple(row) for row in plan),
        told["proven"],
        told["lacking"],
        told["forced"],
    )


def _tell(step: Step) -> None:
    told: dict[str, Any] = step._asdict()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read a problem, search, tell."""
    from leadconsole.roster.fill.search import Search

    problem, seconds, workers = pickle.load(sys.stdin.buffer)
    with suppress(OSError):
        os.nice(5)  # the console stays quick
    try:
        _tell(Search(problem, seconds, _tell, workers=min(workers, os.cpu_count() or 1)).run())
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
