"""The filter language as SQL conditions on the table `ticket`."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from leadconsole.kernel.clock import DAY, HOUR, MINUTE, Instant
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor
from leadconsole.kernel.period import local_date, parse_date, parse_instant, start_of_day
from leadconsole.kernel.text import fold
from leadconsole.tickets import days, rules, views
from leadconsole.tickets.caches import Clockwork
from leadconsole.tickets.filters import ME, NOTHING, Term, WrongFilter
from leadconsole.tickets.search import Looking, teach_folding
from leadconsole.tickets.views import Filter

FEW_TICKETS = 20_000
"""Up to so many tickets of the clients of a filter are sorted; of more, a page is found sooner on the way through."""
_SPAN = re.compile(r"(\d{1,6})\s*([^\W\d_]{1,4})")
_UNITS = {
    **dict.fromkeys(("m", "min", "м", "мин", "хв"), MINUTE),
    **dict.fromkeys(("h", "ч", "г", "год"), HOUR),
    **dict.fromkeys(("d", "д", "дн"), DAY),
    **dict.fromkeys(("w", "н", "нед", "т", "тиж"), 7 * DAY),
}
_GROUPS = {"waiting": views.WAITING, "unfinished": views.OPEN, "finished": views.FINISHED}
_IS = {
    "overdue": f"{views.OPEN} AND urgency < :now",
    "at_risk": f"{views.OPEN} AND urgency >= :now AND risk_at <= :now",
    "unassigned": f"{views.OPEN} AND assignee IS NULL",
    "mine": f"{views.OPEN} AND assignee = :me",
    "paid": "price > 0",
    "repeat": "repeat_of IS NOT NULL",
    "reopened": "reopens > 0",
    "waiting": views.WAITING,
    "to_accept": "status = 'resolved'",
}
_COLUMNS = {"wait": "wait_until", "created": "created", "resolved": "resolved_at", "accepted": "accepted_at"}


class Conditions:
    """Makes the condition of a filter; `params` are its values, beside :now and :me of every view."""

    def __init__(
        self, connection: sqlite3.Connection, clockwork: Clockwork, now: Instant, me: str, looking: Looking
    ) -> None:
        self.params: dict[str, Any] = {}
        self._clients: list[str] = []
        self._connection = connection
        self._clockwork = clockwork
        self._zone = clockwork.settings.timezone
        self._now = now
        self._me = me
        self._looking = looking

    def of(self, wanted: Filter) -> str:
        """The condition of all terms of a filter; empty without any."""
        return " AND ".join(self._term(term) for term in wanted.terms)

    def finds_few(self) -> bool:
        """Whether the clients that it names have so few tickets that sorting these beats walking through a view."""
        counted = "SELECT count(*) FROM (SELECT 1 FROM ticket INDEXED BY ticket_of_client WHERE client IN"
        return all(
            self._connection.execute(
                f"{counted} (SELECT value FROM json_each(?)) LIMIT ?)", (self.params[name[1:]], FEW_TICKETS + 1)
            ).fetchone()[0]
            <= FEW_TICKETS
            for name in self._clients
        )

    def _term(self, term: Term) -> str:
        try:
            parts = [self._part(term, value) for value in term.values]
        except Refused as refusal:
            raise WrongFilter(refusal.message, term.start, term.end) from refusal
        told = " OR ".join(f"({part})" for part in parts)
        return f"NOT coalesce({told}, FALSE)" if term.negated else f"({told})"

    def _part(self, term: Term, value: str) -> str:
        if term.field is None:
            word = fold(value)
            return self._looking.somewhere(self._bound(word), self._bound(json.dumps(self._looking.clients_with(word))))
        makers: dict[str, Callable[[str, str, str], str]] = {
            "client": self._client, "person": self._person, "choice": self._choice, "number": self._number,
            "money": self._money, "time": self._time, "age": self._age, "due": self._due, "word": self._word,
        }  # fmt: skip
        return makers[term.field.sort](term.field.name, term.sign, value)

    def _bound(self, value: object) -> str:
        name = f"f{len(self.params)}"
        self.params[name] = value
        return f":{name}"

    # --- sorts of values ---------------------------------------------------------------------------------------

    def _client(self, _name: str, _sign: str, value: str) -> str:
        wanted = fold(value)
        clients = self._connection.execute("SELECT code, name FROM client").fetchall()
        exact = [code for code, _client in clients if code == wanted]
        found = exact or [code for code, name in clients if wanted in code or wanted in fold(name)]
        name = self._bound(json.dumps(found))
        self._clients.append(name)
        return f"client IN (SELECT value FROM json_each({name}))"

    def _person(self, _name: str, _sign: str, value: str) -> str:
        login = fold(value)
        if login in (NOTHING, "-", "—"):
            return "assignee IS NULL"
        return f"assignee = {self._bound(self._me if login in (ME, 'я') else login)}"

    def _choice(self, name: str, sign: str, value: str) -> str:
        if name == "is":
            return _IS[value]
        if value == NOTHING:
            return f"{name} IS NULL"
        if name == "status":
            return _GROUPS.get(value) or f"status = {self._bound(value)}"
        if name == "priority":
            # The column counts down: what is most pressing stands first.
            turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, "=")
            return f"priority_order {turned} {rules.PRIORITY_ORDER[rules.Priority(value)]}"
        return f"{name} = {self._bound(int(value) if name == 'line' else value)}"

    def _number(self, name: str, sign: str, value: str) -> str:
        digits = value.lstrip("#№")
        if not digits.isdecimal() or len(digits) > 15:
            raise Refused(_("«{text}» is no number.").format(text=value[:40]))
        bound = self._bound(int(digits))
        if name == "number" and sign == "=":
            # The number of a ticket that was merged still finds the one where it goes on.
            up = "SELECT l.other FROM ticket_link l JOIN up ON l.ticket = up.number WHERE l.kind = 'merged'"
            return f"number IN (WITH RECURSIVE up(number) AS (SELECT {bound} UNION {up}) SELECT number FROM up)"
        return f"{name} {sign} {bound}"

    def _money(self, name: str, sign: str, value: str) -> str:
        if fold(value) == NOTHING:
            return f"{name} IS NULL"
        return f"{name} {sign} {self._bound(parse_minor(value))}"

    def _word(self, name: str, _sign: str, value: str) -> str:
        teach_folding(self._connection)
        if name == "tag":
            return f"instr(' ' || folded(tags) || ' ', {self._bound(f' {fold(value)} ')}) > 0"
        return f"instr(folded({name}), {self._bound(fold(value))}) > 0"

    def _age(self, _name: str, sign: str, value: str) -> str:
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": ">="}[sign]
        return f"created {turned} {self._bound(self._now - self._span(value)[0])}"

    def _time(self, name: str, sign: str, value: str) -> str:
        column = _COLUMNS.get(name, name)
        if fold(value) == NOTHING:
            return f"{column} IS NULL"
        if (span := self._span_or_none(value)) is not None:
            ahead = column in ("promised", "wait_until")
            edge = self._bound(self._now + span if ahead else self._now - span)
            if sign == "=":
                return f"{column} BETWEEN :now AND {edge}" if ahead else f"{column} BETWEEN {edge} AND :now"
            return f"{column} {sign} {edge}"
        return self._around(column, sign, value)

    def _due(self, _name: str, sign: str, value: str) -> str:
        if fold(value) == NOTHING:
            return f"urgency = {rules.NEVER}"
        clock = f"urgency <> {rules.NEVER} AND "
        if value.strip() == "0":
            return f"{clock}urgency {'<' if sign == '=' else sign} :now"
        span = self._span_or_none(value)
        if span is None:
            return clock + self._around("urgency", sign, value)
        compared = "<=" if sign == "=" else sign
        if self._span(value)[1] >= DAY:
            return f"{clock}urgency {compared} {self._bound(self._now + span)}"
        return clock + self._after_work(compared, span)

    def _after_work(self, compared: str, work: int) -> str:
        """Compare with the moment after so much working time from now, by the calendar of the ticket's client."""
        calendars = self._clockwork.calendars
        edges = {name: calendars.of(name).due(self._now, work) or rules.NEVER for name in sorted(calendars.known())}
        other = calendars.of(None).due(self._now, work) or rules.NEVER
        every = {other, *edges.values()}
        # What is due before the first of these moments, or after the last, is so by every calendar: only tickets
        # between them are looked at, and their clients; the others are told apart by the index alone.
        surest, loosest = (min(every), max(every)) if compared in ("<", "<=") else (max(every), min(every))
        sure = f"urgency {compared} {self._bound(surest)}"
        if surest == loosest:
            return sure
        cases = " ".join(f"WHEN {self._bound(name)} THEN {self._bound(edge)}" for name, edge in edges.items())
        calendar = "(SELECT c.calendar FROM client c WHERE c.code = ticket.client)"
        moment = f"CASE {calendar} {cases} ELSE {self._bound(other)} END"
        return f"urgency {compared} {self._bound(loosest)} AND ({sure} OR urgency {compared} {moment})"

    def _around(self, column: str, sign: str, value: str) -> str:
        """Compare with a day as a whole, or with a moment where a time of day is given."""
        today = local_date(self._now, self._zone)
        if fold(value) in days.WORDS:
            day = today + timedelta(days.WORDS[fold(value)])
        elif ":" in value:
            return f"{column} {sign} {self._bound(parse_instant(value, self._zone))}"
        else:
            day = parse_date(value)
        begin = self._bound(start_of_day(day, self._zone))
        end = self._bound(start_of_day(day + timedelta(1), self._zone))
        return {
            "=": f"{column} >= {begin} AND {column} < {end}",
            "<": f"{column} < {begin}",
            "<=": f"{column} < {end}",
            ">": f"{column} >= {end}",
            ">=": f"{column} >= {begin}",
        }[sign]

    def _span(self, value: str) -> tuple[int, int]:
        found = _SPAN.fullmatch(fold(value))
        if found is None or found[2] not in _UNITS:
            raise Refused(_("«{text}» is no time span; write it such as 30m, 2h, 3d or 2w.").format(text=value[:40]))
        unit = _UNITS[found[2]]
        return int(found[1]) * unit, unit

    def _span_or_none(self, value: str) -> int | None:
        found = _SPAN.fullmatch(fold(value))
        return None if found is None else self._span(value)[0]
