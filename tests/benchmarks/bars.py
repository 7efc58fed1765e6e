"""The bars of the product (issue 3, section Speed) and how the measured figures stand to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .steps import Figures

HELLO, TABLE = "hello", "DataTable 100"
SAME_STEPS = (
    "start",
    *(f"{step}.first.p50" for step in ("down", "page", "end", "view", "sort", "filter", "letter", "letter3")),
)
NO_MORE_IDLE_CPU = 0.1  # percentage points within which two idle programs count as equal


@dataclass(frozen=True, slots=True)
class Bar:
    """A limit for `figure`: `limit` times the figure `against` of program `of`, or plain without one."""

    title: str
    figure: str
    limit: float
    of: str = ""
    against: str = ""
    allowance: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a program stands to a bar; `ratio` is None for a plain number, `value` if it wasn't measured."""

    program: str
    bar: Bar
    value: float | None
    base: float | None
    ratio: float | None
    met: bool


SELF = "(itself)"
BARS = (
    Bar("start", "start", 1.3, HELLO, "start"),
    Bar("down p50", "down.first.p50", 0.5, TABLE, "down.first.p50"),
    Bar("down p95", "down.first.p95", 0.5, TABLE, "down.first.p95"),
    Bar("down p99, ms", "down.first.p99", 16),
    Bar("bytes per move", "down.bytes", 800),
    Bar("bytes per move, pane open", "pane.down.bytes", 4000),
    Bar("page", "page.first.p50", 1.0, TABLE, "page.first.p50"),
    Bar("page settled", "page.settled.p50", 1.0, TABLE, "page.settled.p50"),
    Bar("page, as pages drawn before", "page.first.p50", 1.0, TABLE, "again.first.p50"),
    Bar("end, home", "end.first.p50", 1.0, TABLE, "page.first.p50"),
    Bar("end, home settled", "end.settled.p50", 1.0, TABLE, "page.settled.p50"),
    Bar("change of view", "view.first.p50", 1.0, TABLE, "page.first.p50"),
    Bar("change of view settled", "view.settled.p50", 1.0, TABLE, "page.settled.p50"),
    Bar("change of sort", "sort.first.p50", 1.0, TABLE, "page.first.p50"),
    Bar("change of sort settled", "sort.settled.p50", 1.0, TABLE, "page.settled.p50"),
    Bar("filter by fields, each letter", "filter.first.p50", 4.0, SELF, "down.first.p50"),
    Bar("filter by fields, full answer, ms", "filter.settled.p95", 100),
    Bar("search, letters 1-2", "letter.first.p50", 4.0, SELF, "down.first.p50"),
    Bar("search, letters 3 on", "letter3.first.p50", 4.0, SELF, "down.first.p50"),
    Bar("search, full answer, ms", "letter3.settled.p95", 100),
    Bar("held key lag, ms", "held.lag", 20),
    Bar("held key lag, pane open, ms", "pane.held.lag", 20),
    Bar("idle bytes", "idle.bytes", 0),
    Bar("idle CPU", "idle.cpu", 1.0, HELLO, "idle.cpu", NO_MORE_IDLE_CPU),
    Bar("memory while reading", "memory", 2.2, HELLO, "memory"),
    Bar("memory after a write", "memory.write", 2.8, HELLO, "memory"),
)


def verdicts(medians: Mapping[str, Figures], desks: list[str]) -> Iterator[Verdict]:
    """Each bar for each desk (smallest first), then each larger desk against the smallest."""
    for desk in desks:
        for bar in BARS:
            yield _judge(desk, bar, medians)
    for desk in desks[1:]:
        for step in SAME_STEPS:
            yield _judge(desk, Bar(f"{step} as on {desks[0]}", step, 1.5, desks[0], step), medians)


def _judge(desk: str, bar: Bar, medians: Mapping[str, Figures]) -> Verdict:
    value = medians.get(desk, {}).get(bar.figure)
    base = medians.get(desk if bar.of == SELF else bar.of, {}).get(bar.against) if bar.of else None
    if value is None or (bar.of and base is None):
        return Verdict(desk, bar, value, base, None, False)
    if base is None:
        return Verdict(desk, bar, value, None, None, value <= bar.limit)
    met = value <= bar.limit * base + bar.allowance
    return Verdict(desk, bar, value, base, value / base if base else None, met)


def lines(found: Iterable[Verdict]) -> Iterator[str]:
    """The verdicts as an aligned table."""
    form = "{:<18} {:<40} {:>10} {:>10} {:>7} {:>7}  {}"
    yield form.format("program", "bar", "value", "against", "ratio", "limit", "")
    for one in found:
        measured = one.value is not None and (one.base is not None or not one.bar.of)
        yield form.format(
            one.program,
            one.bar.title,
            "" if one.value is None else f"{one.value:,.1f}",
            "" if one.base is None else f"{one.base:,.1f}",
            "" if one.ratio is None else f"{one.ratio:.2f}",
            f"{one.bar.limit:g}",
            "met" if one.met else "MISSED" if measured else "not measured",
        )
