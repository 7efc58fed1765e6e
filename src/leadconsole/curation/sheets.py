"""The handover sheet of a substitution, and the brief of what happened meanwhile; both also as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from leadconsole.curation import words
from leadconsole.curation.progress import Substitution, substitutions
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import start_of_day
from leadconsole.kernel.text import clean_line
from leadconsole.team import facts as team
from leadconsole.tickets import views
from leadconsole.tickets.words import status as status_word


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """An open ticket of the client, as its sheet tells it."""

    number: int
    subject: str
    status: str
    priority: str
    assignee: str | None
    promised: Instant | None
    wait_until: Instant | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a deputy must know of a client, taken from the desk as it is now."""

    substitution: Substitution
    notes: str | None
    toxic_since: str | None
    toxic_reason: str | None
    access: str | None
    quirks: str | None
    contacts: tuple[tuple[str, str | None, str | None, str | None], ...]
    """Name, e-mail, phone, note."""
    tickets: tuple[OpenTicket, ...]
    timezone: str

    @property
    def promises(self) -> tuple[OpenTicket, ...]:
        """Tickets with a promised moment, the next first."""
        made = [(one.promised, one) for one in self.tickets if one.promised is not None]
        return tuple(one for _promised, one in sorted(made, key=lambda pair: (pair[0], pair[1].number)))

    @property
    def parked(self) -> tuple[OpenTicket, ...]:
        """Tickets that wait for the client or somebody else."""
        return tuple(one for one in self.tickets if one.status.startswith("waiting"))


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to one ticket meanwhile: how many messages, replies and notes; its status now."""

    number: int
    subject: str
    status: str
    assignee: str | None
    came: bool
    resolved: bool
    accepted: bool
    reopened: bool
    messages: int
    replies: int
    notes: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What happened at a client from the first day of a substitution until its end, or until now."""

    substitution: Substitution
    happened: tuple[Happened, ...]
    timezone: str


@query(Capability.READ_DESK)
def sheet(desk: Desk, client: str, absent: str, first: str) -> Sheet:
    """The handover sheet of one substitution."""
    reader = desk.reader
    one = _substitution(desk, client, absent, first)
    notes, toxic_since, toxic_reason, access, quirks = reader.execute(
        "SELECT c.notes, c.toxic_since, c.toxic_reason, s.access, s.quirks FROM client c"
        " LEFT JOIN client_sheet s ON s.client = c.code WHERE c.code = ?",
        (client,),
    ).fetchone()
    contacts = reader.execute(
        "SELECT name, email, phone, note FROM contact WHERE client = ? ORDER BY name", (client,)
    ).fetchall()
    tickets = reader.execute(
        "SELECT number, subject, status, priority, assignee, promised, wait_until FROM ticket"
        f" INDEXED BY ticket_of_client WHERE client = ? AND {views.OPEN} ORDER BY urgency, number",
        (client,),
    ).fetchall()
    return Sheet(
        one, notes, toxic_since, toxic_reason, access, quirks, tuple(contacts),
        tuple(OpenTicket(*row) for row in tickets), team.settings(reader).timezone,
    )  # fmt: skip


@query(Capability.READ_DESK)
def brief(desk: Desk, client: str, absent: str, first: str) -> Brief:
    """What happened at the client while the lead was away, ticket by ticket."""
    one = _substitution(desk, client, absent, first)
    zone = team.settings(desk.reader).timezone
    begin = start_of_day(date.fromisoformat(one.first), zone)
    end = start_of_day(date.fromisoformat(one.last).fromordinal(date.fromisoformat(one.last).toordinal() + 1), zone)
    rows = desk.reader.execute(
        "SELECT t.number, t.subject, t.status, t.assignee, t.created >= :begin AND t.created < :end,"
        " t.resolved_at >= :begin AND t.resolved_at < :end, t.accepted_at >= :begin AND t.accepted_at < :end,"
        " sum(e.kind = 'reopen'), sum(e.kind = 'message_in'), sum(e.kind = 'reply'), sum(e.kind = 'note')"
        " FROM ticket t INDEXED BY ticket_of_client LEFT JOIN event e ON e.subject = 'ticket'"
        " AND e.key = CAST(t.number AS TEXT) AND e.at >= :begin AND e.at < :end"
        " WHERE t.client = :client AND t.created < :end GROUP BY t.number"
        " HAVING count(e.id) OR (t.created >= :begin) ORDER BY t.number",
        {"client": client, "begin": begin, "end": end},
    ).fetchall()
    happened = tuple(
        Happened(
            number, subject, status, assignee, bool(came), bool(resolved), bool(accepted), bool(reopened),
            messages or 0, replies or 0, notes or 0,
        )
        for (
            number, subject, status, assignee, came, resolved, accepted, reopened, messages, replies, notes
        ) in rows
    )  # fmt: skip
    return Brief(one, happened, zone)


@query(Capability.READ_DESK)
def sheets_markdown(desk: Desk, absent: str, first: str = "") -> str:
    """All sheets of somebody's absence (of those not over, or of those that begin on a day) in one document."""
    wanted = _of_absent(desk, absent, first)
    return "\n".join(markdown(sheet(desk, one.client, one.absent, one.first)) for one in wanted)


@query(Capability.READ_DESK)
def briefs_markdown(desk: Desk, absent: str, first: str = "") -> str:
    """All briefs of somebody's last absence (of those begun, or of those that begin on a day) in one document."""
    wanted = [one for one in substitutions(desk, login=absent) if one.absent == absent and one.state != "planned"]
    wanted = [one for one in wanted if one.first == first] if first else wanted
    return "\n".join(brief_markdown(brief(desk, one.client, one.absent, one.first)) for one in wanted)


def _of_absent(desk: Desk, absent: str, first: str) -> Sequence[Substitution]:
    every = [one for one in substitutions(desk, login=absent) if one.absent == absent]
    return [one for one in every if one.first == first] if first else [one for one in every if one.state != "over"]


def _substitution(desk: Desk, client: str, absent: str, first: str) -> Substitution:
    for one in substitutions(desk, login=absent):
        if (one.client, one.absent, one.first) == (client, absent, first):
            return one
    raise NotFound(_("There is no such substitution any more."))


def markdown(told: Sheet) -> str:
    """A handover sheet as Markdown."""
    return "\n".join(_sheet_lines(told)) + "\n"


def brief_markdown(told: Brief) -> str:
    """A brief as Markdown."""
    return "\n".join(_brief_lines(told)) + "\n"


def _head(one: Substitution, title: str) -> Iterator[str]:
    yield f"# {title}: {clean_line(one.client_name)} ({one.client})"
    yield ""
    yield _("{substitute} stands in for {absent} from {first} to {last}.").format(
        substitute=one.substitute, absent=one.absent, first=words.day(one.first), last=words.day(one.last)
    )


def _sheet_lines(told: Sheet) -> Iterator[str]:
    yield from _head(told.substitution, _("Handover sheet"))
    if told.substitution.acknowledged is not None:
        yield _("Read on {when}.").format(when=formats.exact(told.substitution.acknowledged, told.timezone))
    if told.toxic_since:
        yield ""
        yield "**" + _("Toxic client since {day}: {reason}").format(
            day=words.day(told.toxic_since), reason=clean_line(told.toxic_reason or "—")
        ) + "**"  # fmt: skip
    for title, text in (
        (_("Notes"), told.notes),
        (words.column("access"), told.access),
        (words.column("quirks"), told.quirks),
    ):
        if text:
            yield from ("", f"## {title}", "", *(clean_line(line) for line in text.splitlines()))
    contacts = ["- " + ", ".join(clean_line(part) for part in contact if part) for contact in told.contacts]
    yield from ("", "## " + _("Contacts"), "", *(contacts or ["—"]))
    for title, tickets in (
        (_("Promised"), told.promises),
        (_("Open tickets"), [one for one in told.tickets if not one.status.startswith("waiting")]),
        (_("Parked"), told.parked),
    ):
        yield from ("", f"## {title}", "", *([_ticket_line(one, told.timezone) for one in tickets] or ["—"]))


def _ticket_line(one: OpenTicket, zone: str) -> str:
    parts = [f"- {one.number} {clean_line(one.subject)}", status_word(one.status)]
    if one.assignee:
        parts.append(one.assignee)
    if one.promised is not None:
        parts.append(_("promised for {when}").format(when=formats.exact(one.promised, zone)))
    if one.wait_until is not None:
        parts.append(_("waits until {when}").format(when=formats.exact(one.wait_until, zone)))
    return ", ".join(parts)


def _brief_lines(told: Brief) -> Iterator[str]:
    yield from _head(told.substitution, _("What happened meanwhile"))
    yield ""
    if not told.happened:
        yield _("Nothing happened.")
    for one in told.happened:
        yield f"- {one.number} {clean_line(one.subject)}: " + ", ".join(_what(one))


def _what(one: Happened) -> Iterator[str]:
    if one.came:
        yield _("came in")
    if one.messages and not one.came:
        yield ngettext("{n} message of the client", "{n} messages of the client", one.messages).format(n=one.messages)
    if one.replies:
        yield ngettext("{n} reply", "{n} replies", one.replies).format(n=one.replies)
    if one.notes:
        yield ngettext("{n} note", "{n} notes", one.notes).format(n=one.notes)
    if one.reopened:
        yield _("reopened")
    if one.resolved and not one.accepted:
        yield _("resolved")
    elif one.accepted:
        yield _("accepted")
    told = status_word(one.status)
    yield _("now: {status}").format(status=told if one.assignee is None else f"{told}, {one.assignee}")
