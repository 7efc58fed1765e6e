"""What can be done to a program while it is measured, and the figures that come of it."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

from .terminal import ANYWHERE, Answer, Columns, Terminal

Figures = dict[str, float]


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that at least `share` percent of the values don't exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


@dataclass(slots=True)
class Notebook:
    """What one run of one program has brought so far; answers of one name are pooled."""

    single: Figures = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))

    def figures(self) -> Figures:
        """All by name: `down.first.p95` in ms, `down.bytes` a key, `down.silent` keys without effect."""
        found = dict(self.single)
        for name, answers in self.answers.items():
            found[f"{name}.bytes"] = sum(answer.bytes for answer in answers) / len(answers)
            found[f"{name}.silent"] = sum(answer.first is None for answer in answers)
            for what in ("first", "settled"):
                values = [value for answer in answers if (value := getattr(answer, what)) is not None]
                if values:
                    for share in (50, 95, 99, 100):
                        found[f"{name}.{what}.p{share}"] = percentile(values, share)
        return found


class Step(Protocol):
    """Something to do, in its turn, with the running program."""

    def take(self, terminal: Terminal, notebook: Notebook) -> None: ...


@dataclass(frozen=True, slots=True)
class Do:
    """Press keys that only prepare the next step."""

    keys: Sequence[str]

    def take(self, terminal: Terminal, notebook: Notebook) -> None:
        for key in self.keys:
            terminal.press(key, settle=0.3)


@dataclass(frozen=True, slots=True)
class Press:
    """Press the keys in turn, `times` in all, each after the one before has settled."""

    name: str
    keys: Sequence[str]
    times: int
    settle: float = 0.06
    columns: Columns = ANYWHERE

    def take(self, terminal: Terminal, notebook: Notebook) -> None:
        for number in range(self.times):
            key = self.keys[number % len(self.keys)]
            notebook.answers[self.name].append(terminal.press(key, self.settle, self.columns))


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold a key down as a keyboard does, 30 times a second."""

    name: str
    key: str
    times: int = 90
    rate: float = 30.0
    columns: Columns = ANYWHERE

    def take(self, terminal: Terminal, notebook: Notebook) -> None:
        lag, size = terminal.hold(self.key, self.times, self.rate, self.columns)
        notebook.single |= {f"{self.name}.lag": lag, f"{self.name}.bytes": size}


@dataclass(frozen=True, slots=True)
class Rest:
    """Touch nothing for some seconds, after two more for the start to calm down."""

    name: str
    seconds: float

    def take(self, terminal: Terminal, notebook: Notebook) -> None:
        terminal.rest(2.0)
        percent, size = terminal.rest(self.seconds)
        notebook.single |= {f"{self.name}.cpu": percent, f"{self.name}.bytes": float(size)}


@dataclass(frozen=True, slots=True)
class Memory:
    """Note the peak of memory so far, in megabytes."""

    name: str

    def take(self, terminal: Terminal, notebook: Notebook) -> None:
        notebook.single[self.name] = terminal.peak_megabytes()


@dataclass(frozen=True, slots=True)
class Program:
    """A program to measure: its command, what must be readable to count as started, and the steps."""

    name: str
    command: Sequence[str]
    ready: str
    steps: Sequence[Step]
    environment: Mapping[str, str]
    columns: int = 120


def measure(program: Program) -> tuple[Figures, str]:
    """Run a program once; its figures and the text of its last screen."""
    notebook = Notebook()
    gc.collect()
    gc.disable()  # a collection in the middle of a key would be counted as the program's
    try:
        with Terminal(program.command, program.environment, columns=program.columns) as terminal:
            notebook.single["start"] = terminal.wait_for(program.ready)
            for step in program.steps:
                step.take(terminal, notebook)
            return notebook.figures(), terminal.text()
    finally:
        gc.enable()


def medians(runs: Sequence[Figures]) -> Figures:
    """The median of each figure over the runs that have it."""
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: median([run[name] for run in runs if name in run]) for name in names}
