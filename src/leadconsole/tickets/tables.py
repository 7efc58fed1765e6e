"""Tables of the queue.

A ticket row has three parts: what was entered, the starting values from which its history runs (interchange.md,
section 2), and caches that `tickets.caches` makes of the event history and `leadconsole check` proves. Moments are
Instants, money is minor units.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from leadconsole.tickets.views import FINISHED, OPEN, WAITING

_STATUSES = "'new', 'open', 'waiting_client', 'waiting_third_party', 'resolved', 'accepted', 'closed_rejected'"
_ORDER = ("urgency", "priority_order", "number")


class Ticket(SQLModel, table=True):
    """One concrete request of a client."""

    __table_args__ = (
        CheckConstraint("kind IN ('incident', 'consultation', 'task', 'project')", name="ticket_kind"),
        CheckConstraint("priority IN ('low', 'normal', 'high', 'urgent')", name="ticket_priority"),
        CheckConstraint("line BETWEEN 1 AND 3", name="ticket_line"),
        CheckConstraint(f"status IN ({_STATUSES})", name="ticket_status"),
        CheckConstraint("price >= 0", name="ticket_price"),
        Index("ticket_all", *_ORDER),
        # The literal conditions of views.py, letter by letter: a prepared IN (?, ?) would not use these.
        Index("ticket_open", *_ORDER, "risk_at", sqlite_where=text(OPEN)),
        Index("ticket_held", "assignee", *_ORDER, sqlite_where=text(OPEN)),
        Index("ticket_waiting", *_ORDER, sqlite_where=text(WAITING)),
        Index("ticket_resolved", *_ORDER, sqlite_where=text("status = 'resolved'")),
        Index("ticket_repeats", *_ORDER, sqlite_where=text("repeat_of IS NOT NULL")),
        Index("ticket_repeated", "repeat_of", sqlite_where=text("repeat_of IS NOT NULL")),
        Index("ticket_matter", "client", "subject_key", "created"),
        Index("ticket_of_client", "client", "created"),
        Index("ticket_month", "resolved_at", sqlite_where=text(FINISHED)),
        # What a month pays and what it leaves out (payout/facts.py), found without a look at the tickets themselves.
        Index(
            "ticket_accepted", "accepted_at", "price", "client",
            sqlite_where=text("accepted_at IS NOT NULL AND price IS NOT NULL"),
        ),
        Index(
            "ticket_left_out", "resolved_at", "accepted_at", "price",
            sqlite_where=text(
                "status IN ('resolved', 'accepted') AND (kind IN ('task', 'project') OR price IS NOT NULL)"
            ),
        ),
    )  # fmt: skip

    number: int | None = Field(default=None, primary_key=True)
    client: str = Field(foreign_key="client.code")
    subject: str
    body: str | None = None
    requester: str | None = None
    kind: str = "incident"
    channel: str | None = None
    created: int
    estimate_minutes: int | None = None
    price: int | None = None
    agreed: int | None = None
    promised: int | None = None
    wait_until: int | None = None
    resolution_code: str | None = None
    tags: str | None = None

    start_status: str = "new"
    start_assignee: str | None = Field(default=None, foreign_key="person.login")
    start_line: int = 1
    start_priority: str = "normal"
    start_first_reply: int | None = None
    start_resolved: int | None = None
    start_accepted: int | None = None

    version: int = 1
    subject_key: str
    status: str = "new"
    assignee: str | None = Field(default=None, foreign_key="person.login")
    line: int = 1
    priority: str = "normal"
    first_reply_at: int | None = None
    resolved_at: int | None = None
    accepted_at: int | None = None
    first_reply_due: int | None = None
    resolution_due: int | None = None
    resolution_left: int | None = None
    verdict: str | None = None
    urgency: int
    priority_order: int
    risk_at: int | None = None
    handovers: int = 0
    returns: int = 0
    pingpongs: int = 0
    line_pushbacks: int = 0
    reopens: int = 0
    resolutions: int = 0
    spent_minutes: int = 0
    repeat_of: int | None = None


class SavedView(SQLModel, table=True):
    """A person's own view: a filter over a built-in one, by name, with the columns and the order it is looked at in."""

    __tablename__ = "saved_view"
    __table_args__ = (CheckConstraint("length(name) > 0", name="saved_view_name"),)

    owner: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    view: str
    filter: str
    columns: str = Field(default="", sa_column_kwargs={"server_default": ""})
    sort: str = Field(default="", sa_column_kwargs={"server_default": ""})


class TicketLink(SQLModel, table=True):
    """Two tickets that belong together: `related`, `merged` into the other, or `split` off the other."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        CheckConstraint("kind IN ('related', 'merged', 'split')", name="ticket_link_kind"),
        CheckConstraint("ticket <> other", name="ticket_link_two"),
        Index("ticket_link_other", "other"),
        Index("ticket_link_merged", "ticket", unique=True, sqlite_where=text("kind = 'merged'")),
    )

    ticket: int | None = Field(default=None, primary_key=True, foreign_key="ticket.number")
    other: int | None = Field(default=None, primary_key=True, foreign_key="ticket.number")
    kind: str


class CannedText(SQLModel, table=True):
    """A text that is written often, with placeholders; without an owner it is the whole desk's."""

    __tablename__ = "canned_text"
    __table_args__ = (CheckConstraint("length(name) > 0", name="canned_text_name"),)

    owner: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    text: str


class Macro(SQLModel, table=True):
    """Several changes of a ticket under one name; what is empty is left as it is."""

    __table_args__ = (
        CheckConstraint("length(name) > 0", name="macro_name"),
        CheckConstraint("line BETWEEN 1 AND 3", name="macro_line"),
    )

    owner: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    assign: str | None = None
    line: int | None = None
    reason: str | None = None
    priority: str | None = None
    status: str | None = None
    wait: str | None = None
    tags: str | None = None
    minutes: int | None = None
    note: str | None = None
    reply: str | None = None


class TicketText(SQLModel, table=True):
    """A page of what the search looks through (tickets.texts); the FTS index follows it by triggers."""

    __tablename__ = "ticket_text"

    id: int | None = Field(default=None, primary_key=True)
    text: str


KEPT = ("ticket_link", "canned_text", "macro")
"""Tables that no interchange file has; they travel in history.jsonl."""

DDL = (
    "CREATE VIRTUAL TABLE ticket_search USING fts5("
    "text, content='ticket_text', content_rowid='id', tokenize='trigram', detail='none')",
    "CREATE TRIGGER ticket_text_added AFTER INSERT ON ticket_text BEGIN "
    "INSERT INTO ticket_search (rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER ticket_text_removed AFTER DELETE ON ticket_text BEGIN "
    "INSERT INTO ticket_search (ticket_search, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER ticket_text_changed AFTER UPDATE ON ticket_text BEGIN "
    "INSERT INTO ticket_search (ticket_search, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO ticket_search (rowid, text) VALUES (new.id, new.text); END",
)
