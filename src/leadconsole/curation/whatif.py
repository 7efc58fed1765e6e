"""What if these people are away: who covers whom then, what is open, and what would help (interchange.md, `cover`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leadconsole.curation import pieces, plans, proving, words, work
from leadconsole.curation.board import Board, Standing
from leadconsole.curation.facts import Absence
from leadconsole.curation.queries import fees_on
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.clock import DAY, Instant
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _
from leadconsole.kernel.period import start_of_day
from leadconsole.team import facts as team
from leadconsole.tickets import views

_FURTHEST = 60
"""Days around the asked ones in which a better time is looked for."""
_MOST_CURES = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Somebody stands in for the lead of a client from one day to another, both included."""

    login: str
    first: str
    last: str
    absent: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A ticket whose promised moment lies in the asked days."""

    number: int
    subject: str
    promised: Instant


@dataclass(frozen=True, slots=True)
class ClientPlan:
    """One client over the asked days; `monthly_fee` in minor units, None where there is none or it isn't to be seen."""

    code: str
    name: str
    lead: str | None
    present: int | None
    uncovered_days: tuple[str, ...]
    substitutes: tuple[Piece, ...]
    open_tickets: int
    promises: tuple[Promise, ...]
    monthly_fee: int | None
    away: tuple[str, ...]
    toxic: bool


@dataclass(frozen=True, slots=True)
class Gain:
    """What a substitute gets: clients, minutes a week, and the minutes a week that this person has now."""

    login: str
    clients: int
    minutes_per_week: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer; `proved` is False where the search for the best plan ran out of steps."""

    first: str
    last: str
    working_days: int
    feasible: bool
    clients: tuple[ClientPlan, ...]
    load: tuple[Gain, ...]
    proved: bool
    fees_at_risk: int | None
    """Monthly fees of the clients with an uncovered day, for those who may see fees."""
    cures: tuple[str, ...]
    """What would make it feasible, in sentences."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who are all the cover of some clients."""

    one: str
    other: str
    clients: tuple[str, ...]
    names: tuple[str, ...]


@query(Capability.READ_DESK)
def what_if(desk: Desk, asked: Sequence[Absence]) -> WhatIf:
    """What happens to whom if these people are away, with the best plan of substitutes."""
    return _told(desk, _Question(desk, asked))


@query(Capability.READ_DESK)
def proved_what_if(
    desk: Desk,
    asked: Sequence[Absence],
    seconds: float = proving.SECONDS,
    cancelled: Callable[[], bool] = lambda: False,
) -> WhatIf:
    """The same; a plan that isn't proved to be the best is given to the solver, which is kept and told from then on."""
    question = _Question(desk, asked)
    proving.prove(desk, question.needs, seconds, cancelled)
    return _told(desk, question)


class _Question:
    """What is asked, and the ways in which each client could be bridged."""

    def __init__(self, desk: Desk, asked: Sequence[Absence]) -> None:
        self.asked = asked
        self.board = Board(desk.reader)
        self.board.refuse_nonsense(asked)
        self.first, self.last = min(one.first for one in asked), max(one.last for one in asked)
        self.standings = self.board.standings(asked)
        self.ways = {one.client: pieces.ways([gap.away for gap in one.gaps]) for one in self.standings}
        wanted = [one.client for one in self.standings if self.ways[one.client]]
        self.minutes = work.client_minutes(desk, wanted)
        self.needs = [
            plans.Need(code, self.minutes[code], [pieces.logins(way) for way in self.ways[code]]) for code in wanted
        ]


def _told(desk: Desk, question: _Question) -> WhatIf:
    board, standings = question.board, question.standings
    choice = proving.choose(desk, question.needs)
    chosen = {
        need.code: question.ways[need.code][option] for need, option in zip(question.needs, choice.options, strict=True)
    }
    fees = fees_on(desk, question.first) if desk.actor.may(Capability.READ_FEES) else None
    names = {code: (name, toxic) for code, name, toxic in board.active}
    opened = _open_tickets(desk, [one.client for one in standings])
    promises = _promises(desk, question.first, question.last)
    clients = tuple(
        ClientPlan(
            one.client, names[one.client][0], one.lead, one.present, one.uncovered,
            tuple(_piece(piece, one) for piece in chosen.get(one.client, ())),
            opened.get(one.client, 0), tuple(promises.get(one.client, ())),
            None if fees is None else fees.get(one.client), one.away, names[one.client][1],
        )
        for one in standings
    )  # fmt: skip
    uncovered = [one for one in clients if one.uncovered_days]
    return WhatIf(
        question.first,
        question.last,
        _working(board, question.asked),
        not uncovered,
        clients,
        _load(clients, question.minutes),
        choice.proved,
        None if fees is None else sum(one.monthly_fee or 0 for one in uncovered),
        tuple(_cures(board, question.asked, standings)) if uncovered else (),
    )


@query(Capability.READ_DESK)
def never_together(desk: Desk) -> tuple[Pair, ...]:
    """The pairs of people who must not be away together today: between them they are all the cover of a client."""
    board = Board(desk.reader)
    day = team.today(desk.reader, desk.now()).isoformat()
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    names = {code: name for code, name, _toxic in board.active}
    for code in names:
        cover = sorted(board.levels.covering(code, day))
        if len(cover) == 2:
            found[cover[0], cover[1]].append(code)
    return tuple(
        Pair(one, other, tuple(codes), tuple(names[code] for code in codes))
        for (one, other), codes in sorted(found.items())
    )


def _piece(piece: pieces.Piece, standing: Standing) -> Piece:
    absent = next(gap.lead for gap in standing.gaps if gap.away.first <= piece.first <= gap.away.last)
    return Piece(piece.login, piece.first, piece.last, absent)


def _working(board: Board, asked: Sequence[Absence]) -> int:
    days = {
        (date.fromisoformat(one.first) + timedelta(days=n)).isoformat()
        for one in asked
        for n in range((date.fromisoformat(one.last) - date.fromisoformat(one.first)).days + 1)
    }
    return sum(board.is_working_day(day) for day in days)


def _load(clients: Sequence[ClientPlan], minutes: Mapping[str, int]) -> tuple[Gain, ...]:
    gained: dict[str, list[str]] = defaultdict(list)
    for one in clients:
        for login in {piece.login for piece in one.substitutes}:
            gained[login].append(one.code)
    return tuple(
        Gain(login, len(codes), work.weekly(sum(minutes[code] for code in codes)))
        for login, codes in sorted(gained.items())
    )


def _open_tickets(desk: Desk, codes: Sequence[str]) -> dict[str, int]:
    found = {}
    for code in codes:
        row = desk.reader.execute(
            f"SELECT count(*) FROM ticket INDEXED BY ticket_of_client WHERE client = ? AND {views.OPEN}", (code,)
        ).fetchone()
        found[code] = int(row[0])
    return found


def _promises(desk: Desk, first: str, last: str) -> dict[str, list[Promise]]:
    zone = team.settings(desk.reader).timezone
    begin = start_of_day(date.fromisoformat(first), zone)
    end = start_of_day(date.fromisoformat(last), zone) + DAY
    found: dict[str, list[Promise]] = defaultdict(list)
    for client, number, subject, promised in desk.reader.execute(
        f"SELECT client, number, subject, promised FROM ticket INDEXED BY ticket_open WHERE {views.OPEN}"
        " AND promised >= ? AND promised < ? ORDER BY promised, number",
        (begin, end),
    ):
        found[client].append(Promise(number, subject, promised))
    return found


# --- what would help ----------------------------------------------------------------------------------------------


def _cures(board: Board, asked: Sequence[Absence], standings: Sequence[Standing]) -> list[str]:
    """What would make it feasible: who could be promoted, who could stay, when it would work."""
    cures: list[str] = []
    board = board.forgetting(asked)
    for one in standings:
        if one.uncovered and len(cures) < _MOST_CURES and (said := _learners(board, asked, one)):
            cures.append(said)
    for number, absence in enumerate(asked):
        rest = [*asked[:number], *asked[number + 1 :]]
        if not rest or not _uncovered(board, rest):
            name = words.day(absence.first), words.day(absence.last)
            cures.append(
                _("It works if {login} stays from {first} to {last}.").format(
                    login=absence.login, first=name[0], last=name[1]
                )
            )
    for days in (day for n in range(1, _FURTHEST + 1) for day in (n, -n)):
        moved = [_moved(one, days) for one in asked]
        if not _uncovered(board, moved):
            cures.append(
                _("It works if everything is moved to begin on {first}.").format(
                    first=words.day(min(one.first for one in moved))
                )
            )
            break
    return cures


def _learners(board: Board, asked: Sequence[Absence], standing: Standing) -> str:
    """Who is learning a client and is there on all its uncovered days."""
    able = []
    for login, stretches in board.levels.stretches(standing.client).items():
        there = all(
            any(one.level == "learning" and one.first <= day <= one.last for one in stretches)
            and not any(one.login == login and one.first <= day <= one.last for one in (*asked, *board.recorded(login)))
            for day in standing.uncovered
        )
        if there:
            able.append(login)
    if not able:
        return ""
    return _("{client}: {logins} is learning it and is there; as a curator this person would cover it.").format(
        client=standing.client, logins=", ".join(sorted(able))
    )


def _uncovered(board: Board, asked: Sequence[Absence]) -> bool:
    return any(one.uncovered for one in board.standings(asked, gaps=False))


def _moved(one: Absence, days: int) -> Absence:
    by = timedelta(days=days)
    return replace(
        one,
        first=(date.fromisoformat(one.first) + by).isoformat(),
        last=(date.fromisoformat(one.last) + by).isoformat(),
    )
