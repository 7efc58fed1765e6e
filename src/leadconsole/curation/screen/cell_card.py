"""What is known of a cell of the matrix as text: the evidence, the history, the client and the person."""

from __future__ import annotations

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.curation import queries, words
from leadconsole.curation.queries import CellStory, ClientRow, PersonColumn
from leadconsole.curation.rules import COVERS
from leadconsole.curation.screen.matrix_rows import MatrixGrid
from leadconsole.kernel import formats
from leadconsole.kernel.clock import Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date


def card(desk: Desk, grid: MatrixGrid, client: ClientRow, person: PersonColumn, timezone: str) -> list[Block]:
    """Everything about one cell, most needed first; asks the desk."""
    story = queries.cell(desk, client.code, person.login, grid.matrix.day)
    return [
        Block((Piece(person.name, "bold"), Piece(f"  {person.login}", "accent"))),
        Block((Piece(client.name, "bold"), Piece(f"  {client.code}", "accent"))),
        *_level(story),
        block(),
        *_evidence(story, desk.now(), timezone, grid.matrix.stale_days),
        *_history(story),
        block(),
        *_client(grid, client),
        block(),
        *_person(grid, person),
    ]


def _level(story: CellStory) -> list[Block]:
    if story.held is None:
        return [block(_("Doesn't know this client."), "dim")]
    told = f"{words.SIGNS[story.held.level]} {words.level(story.held.level)}"
    since = _("since {day}").format(day=words.day(story.held.since))
    return [Block((Piece(told, "accent"), Piece(f"  {since}", "dim")))]


def _evidence(story: CellStory, now: Instant, timezone: str, stale_days: int) -> list[Block]:
    contact = story.contact
    if contact is None:
        told = [block(_("No ticket of this client was touched."), "dim")]
    else:
        tickets = ngettext("{n} ticket of {of}", "{n} tickets of {of}", contact.tickets)
        share = formats.percent(contact.share)
        last = local_date(contact.last, timezone)
        ago = _("{age} ago").format(age=formats.age(now - contact.last))
        ago = _("today") if last == local_date(now, timezone) else ago
        told = [
            _fact(_("Evidence"), f"{tickets.format(n=contact.tickets, of=contact.of)}, {share}"),
            _fact(_("Last contact"), f"{formats.day(last)}, {ago}"),
        ]
    if story.minutes_per_week:
        told.append(_fact(_("Minutes a week"), str(round(story.minutes_per_week))))
    if story.stale:
        warned = ngettext("Stale: no contact for {n} day.", "Stale: no contact for {n} days.", stale_days)
        counts = _("It counts as cover, but may be forgotten.") if _covers(story) else ""
        told.append(block(f"? {warned.format(n=stale_days)} {counts}".rstrip(), "warning"))
    return told


def _covers(story: CellStory) -> bool:
    return story.held is not None and story.held.level in COVERS


def _history(story: CellStory) -> list[Block]:
    if len(story.rows) < 2 and (not story.rows or story.rows[0].until is None):
        return []
    told = [block(), block(_("History of this cell"), "dim")]
    for row in reversed(story.rows):
        days = f"{words.day(row.since)} – {words.day(row.until)}" if row.until else words.day(row.since)
        told.append(block(f"{words.SIGNS[row.level]} {words.level(row.level)}, {days}", indent=2))
    return told


def _client(grid: MatrixGrid, client: ClientRow) -> list[Block]:
    names = {one.login: one.name for one in grid.matrix.people}
    told = []
    if client.toxic:
        told.append(block("▲ " + _("Toxic client: never alone, the lead is named beside."), "danger"))
    if not client.active:
        told.append(block(_("Is leaving; counts for no cover."), "warning"))
    lead = _("nobody") if client.lead is None else names.get(client.lead, client.lead)
    told.append(_fact(_("Led by"), lead))
    others = [login for login in client.cover if login != client.lead]
    shown = ", ".join(f"({login})" if login in client.away else login for login in others)
    told.append(_fact(_("Covered also by"), shown or _("nobody")))
    told.append(_fact(_("Open tickets"), str(client.open_tickets)))
    if client.monthly_fee is not None:
        told.append(_fact(_("Monthly fee"), formats.money(client.monthly_fee)))
    if grid.evidence is not None and (minutes := grid.evidence.client_minutes.get(client.code)):
        told.append(_fact(_("Minutes a week"), str(round(minutes))))
    if client.active and client.thin:
        told.append(block("! " + _("Thin: one absence and nobody covers it."), "warning"))
    return told


def _person(grid: MatrixGrid, person: PersonColumn) -> list[Block]:
    told = [
        Block((
            Piece(f"{person.login}: ", "dim"),
            Piece(
                _("leads {leads}, curates {curates}, is learning {learns}").format(
                    leads=person.leads, curates=person.curates, learns=person.learns
                )
            ),
        ), 2),
        _fact(_("Open tickets"), str(person.open_tickets)),
    ]  # fmt: skip
    if person.away is not None:
        away = _("Away from {first} to {last}").format(
            first=words.day(person.away.first), last=words.day(person.away.last)
        )
        told.append(block(away, "warning"))
    return told


def _fact(label: str, value: str) -> Block:
    return Block((Piece(f"{label}: ", "dim"), Piece(value)), 2)
