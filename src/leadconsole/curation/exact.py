"""The best choice of substitutes by CP-SAT, for questions that take the search of plans.py too many steps.

The same three wishes one after the other, each one proved before the next: the smallest largest gain, then the fewest
people, then the logins in order, a few clients at a time. Runs as a process of its own
(`python -m leadconsole.curation.exact`, see proving.py): the solver is large, and a process can be stopped.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from ortools.sat.python import cp_model

from leadconsole.curation.plans import Choice, Need

_WORKERS = 8
"""Sorts of search beside each other; fewer leave some questions open for long, even on two cores."""
_TOGETHER = 6
"""The logins of so many clients are put in order in one question."""


def best(needs: Sequence[Need], choice: Choice, seconds: float) -> Choice:
    """The best choice, or the best that was found in the time; never one worse than `choice`."""
    return _Model(needs, choice, seconds).solved()


class _Model:
    def __init__(self, needs: Sequence[Need], choice: Choice, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.cp = cp_model.CpModel()
        # For each need its ways by logins; of equal ones the first stands for all.
        self.ways = [sorted({tuple(way): at for at, way in reversed(list(enumerate(need.options)))}.items())
                     for need in needs]  # fmt: skip
        self.taken = [[self.cp.new_bool_var("") for _way in ways] for ways in self.ways]
        self.now = [
            next(place for place, (way, _at) in enumerate(ways) if way == tuple(need.options[chosen]))
            for need, ways, chosen in zip(needs, self.ways, choice.options, strict=True)
        ]
        gains: dict[str, list[tuple[int, cp_model.IntVar]]] = {}
        for need, ways, taken in zip(needs, self.ways, self.taken, strict=True):
            self.cp.add_exactly_one(taken)
            for (way, _at), chosen in zip(ways, taken, strict=True):
                for login in dict.fromkeys(way):
                    gains.setdefault(login, []).append((need.minutes, chosen))
        self.most = self.cp.new_int_var(0, sum(need.minutes for need in needs), "")
        self.used = []
        for its in gains.values():
            used = self.cp.new_bool_var("")
            self.used.append(used)
            self.cp.add(sum(minutes * chosen for minutes, chosen in its) <= self.most)
            for _minutes, chosen in its:
                self.cp.add_implication(chosen, used)

    def solved(self) -> Choice:
        """One wish after the other, as long as each is proved."""
        proved = True
        for wish in (self.most, sum(self.used)):
            found, value = self._least(wish)
            proved = proved and found
            if value is None:
                return self._choice(proved=False)
            self.cp.add(wish <= value)
        free = [place for place, ways in enumerate(self.ways) if len(ways) > 1]
        for first in range(0, len(free), _TOGETHER):
            part, weight, rank = free[first : first + _TOGETHER], 1, []
            for place in reversed(part):
                rank += [weight * order * chosen for order, chosen in enumerate(self.taken[place])]
                weight *= len(self.ways[place])
            found, value = self._least(sum(rank)) if proved else (False, None)
            if not found or value is None:
                return self._choice(proved=False)
            for place in part:
                self.cp.add(self.taken[place][self.now[place]] == 1)
        return self._choice(proved=proved)

    def _choice(self, *, proved: bool) -> Choice:
        return Choice(tuple(ways[place][1] for ways, place in zip(self.ways, self.now, strict=True)), proved)

    def _least(self, wish: cp_model.LinearExprT) -> tuple[bool, int | None]:
        """Make something as small as can be, from the present choice on: whether that is proved, and how small."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = _WORKERS
        solver.parameters.max_time_in_seconds = max(0.05, self.end - time.monotonic())
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for taken, now in zip(self.taken, self.now, strict=True):
            for place, chosen in enumerate(taken):
                self.cp.add_hint(chosen, place == now)
        self.cp.minimize(wish)
        status = solver.solve(self.cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False, None
        self.now = [next(place for place, one in enumerate(taken) if solver.boolean_value(one)) for taken in self.taken]
        return status == cp_model.OPTIMAL, round(solver.objective_value)


def main() -> None:
    """Read needs, a choice and seconds, answer with a choice as JSON."""
    needs, choice, seconds = pickle.load(sys.stdin.buffer)
    with suppress(OSError):
        os.nice(5)  # the console stays quick
    told = best(needs, choice, seconds)
    sys.stdout.write(json.dumps({"options": told.options, "proved": told.proved}))


if __name__ == "__main__":
    main()
