"""The sections of Today with which a lead watches the department: who is away, who covers, meetings, approvals.

Building bricks of queries, which check who asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from leadconsole.curation import facts as curation
from leadconsole.curation import progress, rules
from leadconsole.curation import queries as matrix
from leadconsole.curation.facts import Absence
from leadconsole.curation.queries import ClientRow, Matrix
from leadconsole.kernel import formats
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import Month, local_date
from leadconsole.one_on_one import queries as one_on_one
from leadconsole.one_on_one.queries import Glance
from leadconsole.roster import news
from leadconsole.roster import queries as roster
from leadconsole.team import facts as team
from leadconsole.team.words import absence_kind
from leadconsole.tickets import agenda, queries
from leadconsole.today import work
from leadconsole.today.lines import Line, Opens, Section, section
from leadconsole.today.rules import Moments

AHEAD = 14
"""Absences that begin in so many days want their substitutions now."""
SHOWN = 4
ROSTER_DUE = 20
"""From this day of the month on the next month's roster should be published."""


_MATRIX = Opens("cover", "")


def sections(desk: Desk, times: Moments) -> Iterator[Section]:
    """What the department asks of its lead beside the queue."""
    today = local_date(times.now, times.timezone)
    yield _promises(desk, times)
    seen = matrix.matrix(desk)
    yield from _people(desk, seen, today)
    yield section("meetings", _meetings(one_on_one.team_at_a_glance(desk), today))
    yield _to_accept(desk)
    yield section("approvals", _approvals(desk, seen, today))


def _promises(desk: Desk, times: Moments) -> Section:
    """What others have promised for today, or should have kept already."""
    others = [one for one in agenda.promises(desk, times.day_ends) if one.row.assignee != desk.actor.login]
    lines = [work.promise(one, times) for one in others]
    return section("promised", lines, work.GLANCE, opens=Opens("view", "open"))


def _people(desk: Desk, seen: Matrix, today: date) -> Iterator[Section]:
    absences = curation.absences(desk.reader, seen.today, seen.today)
    names = {login: one.name for login, one in curation.people_of(desk.reader).items()}
    gone = {one.login for one in absences}
    held = queries.loads(desk) if absences else {}
    covers: dict[str, Counter[str]] = {}
    for one in progress.substitutions(desk, day=seen.today):
        covers.setdefault(one.absent, Counter())[one.substitute] += 1
    led = Counter(client.lead for client in seen.clients if client.active and client.lead)
    yield section("away", [_away(one, names, covers, led, gone, held.get(one.login, 0)) for one in absences])
    if not team.Calendars(desk.reader).of(None).is_working_day(today):
        return
    if not seen.cells:
        return  # a desk that keeps no matrix has no such question
    thin = [one for one in seen.clients if one.active and len(one.cover) - len(one.away) < rules.SAFE_DEPTH]
    yield section("thin", map(_thin, sorted(thin, key=_gravity)), SHOWN, opens=_MATRIX)


def _away(
    one: Absence,
    names: dict[str, str],
    covers: dict[str, Counter[str]],
    led: Counter[str],
    gone: Collection[str],
    held: int,
) -> Line:
    """Somebody who is away: who covers how many clients, what nobody does, and how many open tickets stay behind."""
    clients, covered = led[one.login], covers.get(one.login, Counter())
    bare = clients - sum(covered.values())
    away_too = sorted(covered.keys() & gone)
    told = _("{kind} until {day}.").format(kind=absence_kind(one.kind), day=_long(one.last))
    if covered:
        who = ", ".join(f"{login} {n}" for login, n in sorted(covered.items(), key=lambda pair: (-pair[1], pair[0])))
        told += " " + _("Covered by {who}.").format(who=who)
    if bare > 0:
        told += " " + ngettext(
            "{n} client has nobody appointed.", "{n} clients have nobody appointed.", bare
        ).format(n=bare)  # fmt: skip
    if away_too:
        told += " " + _("Away, too: {names}.").format(names=", ".join(away_too))
    if held:
        told += " " + ngettext(
            "{n} open ticket is still with {login}.", "{n} open tickets are still with {login}.", held
        ).format(n=held, login=one.login)  # fmt: skip
    return Line(
        names.get(one.login, one.login),
        sign="!" if away_too else "~" if bare > 0 or held else "·",
        because=told[:1].upper() + told[1:],
        when=_short(one.last),
        who=", ".join(sorted(covered)),
        opens=Opens("absence", (one.login, one.first)),
    )


def _gravity(one: ClientRow) -> tuple[object, ...]:
    """Who has nobody here comes first, then those whom an absence of today has made thin."""
    return len(one.cover) > len(one.away), not one.away, one.risk


def _thin(one: ClientRow) -> Line:
    there = [login for login in one.cover if login not in one.away]
    if there:
        told = _("Only {login} knows this client today.").format(login=there[0])
    else:
        told = _("Nobody who knows this client is here today.")
    if one.away:
        told += " " + _("Away: {names}.").format(names=", ".join(one.away))
    return Line(
        one.name,
        sign="~" if there else "!",
        because=told,
        who=", ".join(there) or "—",
        opens=Opens("cover", one.code),
    )


def _meetings(team_seen: list[Glance], today: date) -> Iterator[Line]:
    for one in team_seen:
        opens = Opens("sheet", one.login)
        if one.next_meeting == today:
            told = ngettext("{n} point is on the agenda.", "{n} points are on the agenda.", one.points).format(
                n=one.points
            )
            yield Line(_("today with {name}").format(name=one.name), because=told, who=one.login, opens=opens)
    for one in team_seen:
        opens = Opens("sheet", one.login)
        if one.promises_late:
            told = ngettext(
                "You owe {name} {n} thing that is overdue.", "You owe {name} {n} things that are overdue.",
                one.promises_late,
            ).format(n=one.promises_late, name=one.name)  # fmt: skip
            yield Line(_("owed to {name}").format(name=one.name), sign="!", because=told, who=one.login, opens=opens)
        elif one.missed and one.next_meeting != today:
            told = ngettext("{n} planned meeting wasn't held.", "{n} planned meetings weren't held.", one.missed)
            yield Line(
                _("missed with {name}").format(name=one.name), sign="~", because=told.format(n=one.missed),
                who=one.login, opens=opens,
            )  # fmt: skip


def _to_accept(desk: Desk) -> Section:
    rows = queries.page(desk, "to_accept", limit=work.GLANCE)
    total = queries.count(desk, "to_accept") if len(rows) == work.GLANCE else len(rows)
    lines = [
        Line(
            row.subject,
            because=_("Resolved, but the client hasn't accepted it; only acceptance closes it for money."),
            when="" if row.resolved_at is None else formats.age(desk.now() - row.resolved_at),
            number=row.number,
            client=row.client_name,
            who=row.assignee or "",
            at=row.resolved_at,
            opens=Opens("ticket", row.number),
        )
        for row in rows
    ]
    return section("to_accept", lines, total=total, opens=Opens("view", "to_accept"))


def _approvals(desk: Desk, seen: Matrix, today: date) -> Iterator[Line]:
    yield from _absences_ahead(desk, seen, today)
    for one in progress.handovers(desk):
        if one.state == "late":
            yield Line(
                _("handover of {client}").format(client=one.client_name),
                sign="!",
                because=_("It has taken effect, but {done} of {steps} steps are done.").format(
                    done=one.done_steps, steps=len(one.steps)
                ),
                when=_short(one.effective),
                who=f"{one.giver} → {one.taker}",
                opens=Opens("handover", (one.client, one.begun)),
            )
    for task in progress.tasks(desk):
        if task.state == "late":
            yield Line(
                _("{login} learns {client}").format(login=task.login, client=task.client_name),
                sign="~",
                because=_("The day by which it should be known has passed: confirm the level, or give more time."),
                when=_short(task.due),
                who=task.login,
                opens=Opens("cover", task.client),
            )
    yield from _rosters(desk, today)


def _rosters(desk: Desk, today: date) -> Iterator[Line]:
    """Months that should be published, of a desk that keeps a roster: the present one, and soon the next."""
    this = Month.of(today)
    kept = roster.has_roster(desk, today)
    if kept and not news.is_published(desk, this):
        yield _unpublished(this, "~", _("This month isn't published yet."))
    elif not kept and roster.has_roster(desk, this.previous.last):
        yield _unpublished(this, "!", _("This month has no roster yet."))
    if kept and today.day >= ROSTER_DUE and not news.is_published(desk, this.next):
        yield _unpublished(this.next, "~", _("The next month isn't published yet."))


def _unpublished(month: Month, sign: str, because: str) -> Line:
    return Line(
        _("roster of {month}").format(month=formats.month(month)),
        sign=sign,
        because=because,
        when=_short(month.first.isoformat()),
        opens=Opens("roster", str(month)),
    )


def _absences_ahead(desk: Desk, seen: Matrix, today: date) -> Iterator[Line]:
    """Absences to come of people who lead clients, without a substitution of any of them."""
    first, last = (today + timedelta(days=1)).isoformat(), (today + timedelta(days=AHEAD)).isoformat()
    led = Counter(client.lead for client in seen.clients if client.active and client.lead)
    planned = {(one.absent, one.client): (one.first, one.last) for one in progress.substitutions(desk)}
    for one in curation.absences(desk.reader, first, last):
        if one.first <= today.isoformat() or not led[one.login]:
            continue
        appointed = sum(
            absent == one.login and begin <= one.last and end >= one.first
            for (absent, _client), (begin, end) in planned.items()
        )
        if appointed < led[one.login]:
            bare = led[one.login] - appointed
            told = ngettext(
                "{n} client that {login} leads has no substitute for it yet.",
                "{n} clients that {login} leads have no substitute for it yet.",
                bare,
            ).format(n=bare, login=one.login)
            yield Line(
                _("{kind} of {login}").format(kind=absence_kind(one.kind), login=one.login),
                sign="!",
                because=told,
                when=_short(one.first),
                who=one.login,
                opens=Opens("absence", (one.login, one.first)),
            )


def _short(day: str) -> str:
    return formats.short_day(date.fromisoformat(day))


def _long(day: str) -> str:
    return formats.day(date.fromisoformat(day))
