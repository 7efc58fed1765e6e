"""What a ticket is made of its event history: status, clocks, state, counters, repeats.

Pure decisions; the rules are domain.md («Tickets») and interchange.md, section 3. Moments are Instants, targets are
working microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from leadconsole.kernel.clock import DAY, Instant
from leadconsole.tickets.entries import Entry as Entry
from leadconsole.tickets.entries import Start as Start
from leadconsole.tickets.entries import effective as effective
from leadconsole.tickets.entries import full_history as full_history
from leadconsole.tickets.entries import minimal_history as minimal_history
from leadconsole.tickets.entries import undone as undone
from leadconsole.tickets.terms import FINISHED as FINISHED
from leadconsole.tickets.terms import LINES as LINES
from leadconsole.tickets.terms import PRIORITY_ORDER as PRIORITY_ORDER
from leadconsole.tickets.terms import SOLVED as SOLVED
from leadconsole.tickets.terms import WAITING as WAITING
from leadconsole.tickets.terms import Channel as Channel
from leadconsole.tickets.terms import Happening as Happening
from leadconsole.tickets.terms import Kind as Kind
from leadconsole.tickets.terms import Priority as Priority
from leadconsole.tickets.terms import Status as Status

NEVER: Instant = 1 << 62
"""The urgency of a ticket on which no clock with a target runs: behind everything that has a due time."""

_STOPPED = WAITING | FINISHED


class Calendar(Protocol):
    """The part of kernel.worktime that clocks need."""

    def elapsed(self, start: Instant, end: Instant) -> int: ...
    def due(self, start: Instant, work: int) -> Instant | None: ...
    def before(self, end: Instant, work: int) -> Instant | None: ...


class Target(NamedTuple):
    """The norm of a ticket in working microseconds; None means no norm."""

    first_reply: int | None = None
    resolution: int | None = None


NO_TARGET = Target()


class Span(NamedTuple):
    """A stretch in which the resolution clock ran, and who held the ticket on which line."""

    start: Instant
    end: Instant | None
    who: str | None
    line: int


@dataclass(slots=True)
class Standing:
    """What the history makes of a ticket; `resolution_left` instead of a due time while it is paused."""

    status: str
    assignee: str | None
    line: int
    priority: str
    first_reply_at: Instant | None = None
    resolved_at: Instant | None = None
    accepted_at: Instant | None = None
    first_reply_due: Instant | None = None
    resolution_due: Instant | None = None
    resolution_left: int | None = None
    verdict: str | None = None
    urgency: Instant = NEVER
    risk_at: Instant | None = None
    handovers: int = 0
    returns: int = 0
    pingpongs: int = 0
    line_pushbacks: int = 0
    reopens: int = 0
    spent_minutes: int = 0
    spans: list[Span] = field(default_factory=list)
    solved: list[tuple[Instant, Instant | None]] = field(default_factory=list)


def fold(
    start: Start,
    entries: Sequence[Entry],
    targets: Callable[[str, int], Target],
    calendar: Calendar,
    at_risk: int,
) -> Standing:
    """Run the history of one ticket; `targets` gives the norm by priority and line, `at_risk` is working time."""
    story = _Story(start, targets)
    for entry in full_history(start, entries):
        story.take(entry)
    return _judged(story, calendar, at_risk)


class _Story:
    """The running state while the history is read."""

    def __init__(self, start: Start, targets: Callable[[str, int], Target]) -> None:
        self.created = start.created
        self.targets = targets
        status = Status.OPEN.value if start.status in SOLVED else start.status
        self.standing = Standing(status, start.assignee, start.line, start.priority)
        self.holders = [start.assignee] if start.assignee else []
        self.running_since: Instant | None = None if status in _STOPPED else start.created
        self.stopped_at: Instant | None = start.created if status in FINISHED else None
        self.fulfilled_at: Instant | None = None
        self.first_target = self.target().first_reply
        self.last_target = self.target().resolution

    def target(self) -> Target:
        """The norm of the ticket as it stands."""
        return self.targets(self.standing.priority, self.standing.line)

    def take(self, entry: Entry) -> None:
        """Let one entry act; before the ticket was created means at its creation."""
        at = max(entry.at, self.created)
        kind, value, now = entry.kind, entry.value, self.standing
        if kind == Happening.REPLY:
            self.fulfil(at)
            if now.first_reply_at is None:
                now.first_reply_at = at
        elif kind == Happening.STATUS and value:
            self.move(value, at)
        elif kind == Happening.ACCEPT:
            self.move(Status.ACCEPTED, at)
        elif kind == Happening.REOPEN:
            now.reopens += 1
            self.move(value or Status.OPEN, at, counted=True)
        elif kind == Happening.ASSIGN:
            self.assign(value or None, at)
        elif kind == Happening.LINE and value:
            self.split(at)
            line = int(value)
            now.line_pushbacks += line < now.line
            now.line = line
            self.retarget()
        elif kind == Happening.PRIORITY and value:
            now.priority = value
            self.retarget()
        elif kind == Happening.TIME and value:
            now.spent_minutes += int(value)

    def retarget(self) -> None:
        """A change of priority or line swaps the target of clocks that aren't finished."""
        if self.fulfilled_at is None and self.standing.status not in FINISHED:
            self.first_target = self.target().first_reply
        if self.standing.status not in FINISHED:
            self.last_target = self.target().resolution

    def fulfil(self, at: Instant) -> None:
        """The first reply is given, or made needless by resolving."""
        if self.fulfilled_at is None:
            self.fulfilled_at = at

    def split(self, at: Instant) -> None:
        """End the running span and begin the next, so that each has one holder and one line."""
        if self.running_since is not None:
            if at > self.running_since:
                now = self.standing
                now.spans.append(Span(self.running_since, at, now.assignee, now.line))
            self.running_since = at

    def assign(self, who: str | None, at: Instant) -> None:
        """Change the holder; nobody in between and repeats are skipped when handovers are counted."""
        now = self.standing
        if who == now.assignee:
            return
        self.split(at)
        now.assignee = who
        if who is None or (self.holders and self.holders[-1] == who):
            return
        if self.holders:
            now.handovers += 1
            now.returns += who in self.holders
            now.pingpongs += len(self.holders) > 1 and self.holders[-2] == who
        self.holders.append(who)

    def move(self, status: str, at: Instant, *, counted: bool = False) -> None:
        """Change the status with all that hangs on it: clocks, resolution, acceptance, reopenings."""
        now = self.standing
        before, now.status = now.status, status
        if before == status:
            return
        if status in SOLVED:
            self.fulfil(at)
            if before not in SOLVED:
                now.resolved_at = at
                now.solved.append((at, None))
                self.stopped_at = None  # after a rejection the clock stands as of this moment, not as of that one
            now.accepted_at = at if status == Status.ACCEPTED else None
        elif before in SOLVED:
            now.resolved_at = now.accepted_at = None
            now.solved[-1] = (now.solved[-1][0], at)
            now.reopens += not counted and status not in FINISHED
        self.run(before, status, at)

    def run(self, before: str, status: str, at: Instant) -> None:
        """Start or stop the resolution clock; leaving a finished status takes the present norm again."""
        if status in _STOPPED and self.running_since is not None:
            self.split(at)
            self.running_since = None
        elif status not in _STOPPED and self.running_since is None:
            self.running_since = at
        if status in FINISHED:
            self.stopped_at = at if self.stopped_at is None else self.stopped_at
        elif before in FINISHED:
            self.stopped_at = None
            self.retarget()


def _judged(story: _Story, calendar: Calendar, at_risk: int) -> Standing:
    """The due times, the state and the place in the order of a history that was read to its end."""
    now = story.standing
    if story.running_since is not None:
        now.spans.append(Span(story.running_since, None, now.assignee, now.line))
    if story.first_target is not None:
        now.first_reply_due = calendar.due(story.created, story.first_target)
    if story.last_target is not None:
        _due_of_resolution(story, calendar, story.last_target)
    if now.status in FINISHED:
        now.verdict = _verdict(story)
        return now
    running = [
        due
        for due, runs in (
            (now.first_reply_due, story.fulfilled_at is None),
            (now.resolution_due, story.running_since is not None),
        )
        if runs and due is not None
    ]
    if running:
        now.urgency = min(running)
        risks = [at for at in (calendar.before(due, at_risk) for due in running) if at is not None]
        now.risk_at = min(risks, default=None)
    return now


def _due_of_resolution(story: _Story, calendar: Calendar, target: int) -> None:
    now = story.standing
    left = target
    for span in now.spans:
        if span.end is None:
            now.resolution_due = calendar.due(span.start, left)
            return
        worked = calendar.elapsed(span.start, span.end)
        if worked >= left:
            now.resolution_due = calendar.due(span.start, left)
            return
        left -= worked
    if now.status in FINISHED and story.stopped_at is not None:
        now.resolution_due = calendar.due(story.stopped_at, left)
    else:
        now.resolution_left = left


def _verdict(story: _Story) -> str | None:
    now = story.standing
    if now.resolved_at is None:
        return None
    met = []
    if now.first_reply_due is not None and story.fulfilled_at is not None:
        met.append(story.fulfilled_at <= now.first_reply_due)
    if now.resolution_due is not None:
        met.append(now.resolved_at <= now.resolution_due)
    if not met:
        return None
    return "met" if all(met) else "missed"


def state_at(now: Instant, status: str, verdict: str | None, urgency: Instant, risk_at: Instant | None) -> str | None:
    """The state of a ticket at a moment: overdue, at_risk, ok; met, missed or None once it is finished."""
    if status in FINISHED:
        return verdict
    if urgency < now:
        return "overdue"
    if risk_at is not None and risk_at <= now:
        return "at_risk"
    return "ok"


def repeats(
    created: Instant,
    number: int,
    earlier: Iterable[tuple[Instant, int, Sequence[tuple[Instant, Instant | None]]]],
    repeat_days: int,
) -> int | None:
    """The ticket that a new one repeats: of those of the same client and matter (created, number, solved spans)
    that stood solved when the new one came, at most `repeat_days` × 24 h after being resolved, the latest."""
    best: tuple[Instant, int] | None = None
    for other_created, other, solved in earlier:
        if other == number:
            continue
        stands = any(
            start <= created and (end is None or created < end) and created - start <= repeat_days * DAY
            for start, end in solved
        )
        if stands and (best is None or (other_created, other) > best):
            best = (other_created, other)
    return best[1] if best else None
