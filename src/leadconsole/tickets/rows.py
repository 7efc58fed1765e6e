"""What the queue shows of a ticket: the row of a view, the ticket with its story, a share of norms."""

from __future__ import annotations

from dataclasses import dataclass, field

from leadconsole.kernel.clock import Instant


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A ticket as a line of a view; `left` is working time until the next due moment (negative: late)."""

    number: int
    client: str
    client_name: str
    requester: str | None
    subject: str
    kind: str
    priority: str
    line: int
    status: str
    assignee: str | None
    created: Instant
    first_reply_due: Instant | None
    first_reply_at: Instant | None
    resolution_due: Instant | None
    resolved_at: Instant | None
    accepted_at: Instant | None
    paused: str | None
    state: str | None
    handovers: int
    returns: int
    pingpongs: int
    line_pushbacks: int
    reopens: int
    repeat_of: int | None
    price: int | None
    version: int
    left: int | None
    place: tuple[int, int, int]
    """Urgency, priority, number: where the row stands in the order, and what the next page starts from."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the timeline; `undone` ones count nowhere."""

    at: Instant
    actor: str | None
    kind: str
    value: str | None
    text: str | None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How long somebody held the ticket on a line while its resolution clock ran, in working microseconds."""

    who: str | None
    line: int
    worked: int


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What one should know of the client when taking its ticket."""

    code: str
    name: str
    status: str
    policy: str | None
    calendar: str | None
    notes: str | None
    toxic_since: str | None
    toxic_reason: str | None
    open_tickets: int
    contacts: tuple[tuple[str, str | None, str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class TicketStory:
    """A ticket with all that belongs to it."""

    row: QueueRow
    body: str | None
    channel: str | None
    tags: str | None
    estimate_minutes: int | None
    spent_minutes: int
    client: ClientFacts
    timeline: tuple[Moment, ...]
    held: tuple[Held, ...]
    first_reply_target: int | None = None
    resolution_target: int | None = None
    earlier: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some tickets were inside the norm; `of` is a line, a login, or None for all."""

    of: int | str | None
    tickets: int
    inside: int

    @property
    def percent(self) -> str | None:
        """The share in percent with two decimals, None without tickets."""
        if not self.tickets:
            return None
        hundredths = (self.inside * 20_000 + self.tickets) // (2 * self.tickets)
        return f"{hundredths // 100}.{hundredths % 100:02}"

    @property
    def small(self) -> bool:
        """Fewer than 20 tickets say little about a person (domain.md)."""
        return self.tickets < 20


@dataclass(frozen=True, slots=True)
class NormShares:
    """The share of tickets inside the norm of one month: all, by line, by person."""

    month: str
    all: Share
    lines: tuple[Share, ...]
    people: tuple[Share, ...]
