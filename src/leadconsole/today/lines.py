"""What Today is made of: sections of lines, each with the place that it opens; plain values without any decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from leadconsole.kernel.clock import Instant


class Opens(NamedTuple):
    """The subject that a line opens, as screens ask each other for it: a kind such as `ticket`, and its key."""

    kind: str
    key: int | str | tuple[str, ...]


class Line(NamedTuple):
    """One line: what it is about, when, and why it stands here in one sentence."""

    text: str
    sign: str = "·"
    """`!` overdue or broken, `~` at risk, `‖` paused, `✓` all is well, `·` nothing special."""
    because: str = ""
    when: str = ""
    """The time that is left or a day, in few cells."""
    number: int | None = None
    client: str = ""
    who: str = ""
    at: Instant | None = None
    """The moment that `when` tells of, where there is one."""
    opens: Opens | None = None


class Section(NamedTuple):
    """Lines of one sort; of `total` there are, the first are shown, and `opens` is where all of them are."""

    name: str
    lines: tuple[Line, ...]
    total: int
    opens: Opens | None = None

    @property
    def more(self) -> int:
        """How many aren't shown."""
        return max(0, self.total - len(self.lines))


class Shift(NamedTuple):
    """The own shift of the day: its code, its name, and the hours on the desk's clock."""

    code: str
    name: str
    starts: str
    ends: str


class OnDuty(NamedTuple):
    """Somebody who is on shift now, and from when until when."""

    login: str
    name: str
    begin: Instant
    end: Instant


class Absent(NamedTuple):
    """Somebody who is away today, why, and the last ISO day of it."""

    login: str
    name: str
    kind: str
    until: str


class Head(NamedTuple):
    """The day in a line: the own shift or absence, who is on shift now, who is away."""

    day: str
    """The desk's local day, ISO."""
    shift: Shift | None = None
    absent: Absent | None = None
    """The own absence of today."""
    planned: bool = False
    """Whether a roster is kept for this month: only then no shift means something."""
    on_shift: tuple[OnDuty, ...] = ()
    away: tuple[Absent, ...] = ()


class Day(NamedTuple):
    """Everything that Today shows to a person; sections without a line are left out."""

    now: Instant
    timezone: str
    head: Head
    sections: tuple[Section, ...]
    begun: bool = True
    """Whether the desk has tickets at all; else it says what to do first."""
    open_tickets: int | None = None
    """How many tickets of everybody are open, for those who see the queue, once it is counted."""

    @property
    def pressing(self) -> int:
        """How much is overdue, broken or done by nobody; what stands in two sections counts once."""
        seen = {line.opens for one in self.sections for line in one.lines if line.sign == "!"}
        return len(seen) + sum(one.more for one in self.sections if one.name == "overdue")


def section(name: str, lines: Iterable[Line], most: int = 0, *, total: int = -1, opens: Opens | None = None) -> Section:
    """A section of these lines, of which `most` are shown; `total` where more are known than were read.

    Nothing is left out of a section that has no place where all of it is.
    """
    every = tuple(lines)
    return Section(name, every[:most] if most and opens is not None else every, max(total, len(every)), opens)
