"""The sections of Today that are about the person alone: the day, standing in, 1-on-1s, the roster, what is to be read.

Building bricks of queries, which check who asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from leadconsole.curation import facts as curation
from leadconsole.curation import progress
from leadconsole.curation.progress import Substitution
from leadconsole.kernel import formats
from leadconsole.kernel.access import Capability, Role
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date
from leadconsole.one_on_one import queries as one_on_one
from leadconsole.roster import news
from leadconsole.roster import queries as roster
from leadconsole.roster.rules.month import ShiftType
from leadconsole.today.lines import Absent, Head, Line, OnDuty, Opens, Section, Shift, section
from leadconsole.today.rules import Moments

SOON = 7
"""What begins in so many days is told."""


def head(desk: Desk, times: Moments) -> Head:
    """The day: the own shift, who is on shift now, who is away; of a desk that keeps no roster only who is away."""
    today = local_date(times.now, times.timezone)
    iso = today.isoformat()
    if not desk.actor.may(Capability.READ_ROSTER):
        return Head(iso)
    absent = curation.absences(desk.reader, iso, iso) if desk.actor.may(Capability.READ_DESK) else []
    names = {login: one.name for login, one in curation.people_of(desk.reader).items()}
    away = [Absent(one.login, names[one.login], one.kind, one.last) for one in absent]
    worked = news.own_shift(desk, desk.actor.login, iso)
    return Head(
        iso,
        None if worked is None else Shift(worked.type.code, worked.type.name, *_hours(worked.type)),
        next((one for one in away if one.login == desk.actor.login), None),
        roster.has_roster(desk, today),
        tuple(
            OnDuty(one.login, names.get(one.login, one.login), one.begin, one.end) for one in roster.on_shift_now(desk)
        ),
        tuple(one for one in away if one.login != desk.actor.login),
    )


def sections(desk: Desk, times: Moments) -> Iterator[Section]:
    """What the desk asks of this person beside tickets."""
    today = local_date(times.now, times.timezone)
    me = desk.actor.login
    stands_in = [
        one
        for one in progress.substitutions(desk, login=me)
        if one.substitute == me and one.state != "over" and one.first <= (today + timedelta(days=SOON)).isoformat()
    ]
    sheet = _sheet(desk)
    yield section("acknowledge", _to_read(stands_in, sheet))
    yield section("stands_in", [_stands_in(one) for one in stands_in])
    yield section("one_on_one", [] if sheet is None else _meeting(sheet, me))
    yield section("roster", _roster(desk, today))
    yield section("learning", _learning(desk))


def _sheet(desk: Desk) -> one_on_one.Sheet | None:
    """The own sheet of somebody who is met; a lead has none."""
    if desk.actor.role not in (Role.SPECIALIST, Role.CONTRACTOR, Role.DEPUTY):
        return None
    known = desk.reader.execute("SELECT 1 FROM person WHERE login = ?", (desk.actor.login,)).fetchone()
    return one_on_one.sheet(desk, desk.actor.login) if known else None


def _to_read(stands_in: Sequence[Substitution], sheet: one_on_one.Sheet | None) -> Iterator[Line]:
    for one in stands_in:
        if one.acknowledged is None:
            yield Line(
                _("handover sheet of {client}").format(client=one.client_name),
                sign="!" if one.state == "running" else "~",
                because=_("You stand in for {absent} and haven't said yet that you read it.").format(absent=one.absent),
                when=_short(one.first),
                opens=Opens("sheet-of", (one.client, one.absent, one.first)),
            )
    for day in () if sheet is None else sheet.unread:
        yield Line(
            _("record of the 1-on-1 of {day}").format(day=_long(day)),
            sign="~",
            because=_("You haven't acknowledged it; you may add a remark."),
            when=_short(day),
            opens=Opens("sheet", sheet.review.login if sheet else ""),
        )


def _stands_in(one: Substitution) -> Line:
    runs = one.state == "running"
    told = _("You lead this client for {absent} until {last}.") if runs else _(
        "You will lead this client for {absent} from {first} until {last}."
    )  # fmt: skip
    return Line(
        one.client_name,
        because=told.format(absent=one.absent, first=_long(one.first), last=_long(one.last)),
        when=_short(one.last if runs else one.first),
        who=one.absent,
        opens=Opens("sheet-of", (one.client, one.absent, one.first)),
    )


def _meeting(sheet: one_on_one.Sheet, me: str) -> Iterator[Line]:
    opens = Opens("sheet", me)
    meets = sheet.review.next_meeting
    if meets is not None and (meets - sheet.today).days <= SOON:
        missing = [one.name for one in sheet.criteria if one.name not in sheet.own]
        told = (
            ngettext(
                "{n} criterion still wants your own points.", "{n} criteria still want your own points.", len(missing)
            ).format(n=len(missing))
            if missing
            else _("Your own points are written down.")
        )
        points = len(sheet.open_points)
        agenda = ngettext("{n} point is on the agenda.", "{n} points are on the agenda.", points).format(n=points)
        yield Line(
            _("meeting today") if meets == sheet.today else _("meeting on {day}").format(day=_long(meets.isoformat())),
            sign="~" if missing and (meets - sheet.today).days <= 1 else "·",
            because=f"{told} {agenda}" if points else told,
            when=_short(meets.isoformat()),
            opens=opens,
        )
    for one in sheet.review.open_actions:
        if one.owner == me:
            is_late = one.due is not None and one.due < sheet.today.isoformat()
            yield Line(
                one.text,
                sign="!" if is_late else "·",
                because=_("You agreed to this on {day}.").format(day=_long(one.date)),
                when=_short(one.due) if one.due else "",
                opens=opens,
            )


def _roster(desk: Desk, today: date) -> Iterator[Line]:
    until = (today + timedelta(days=35)).isoformat()
    for one in news.changes(desk, today.isoformat(), until, desk.actor.login):
        day = f"{formats.weekday(date.fromisoformat(one.day))} {_short(one.day)}"
        if one.now is None:
            text = _("{day}: free, it was {before}").format(day=day, before=one.before)
        elif one.before is None:
            text = _("{day}: {now}, it was free").format(day=day, now=one.now)
        else:
            text = _("{day}: {now}, it was {before}").format(day=day, now=one.now, before=one.before)
        yield Line(
            text,
            sign="~",
            because=_("Your shift was changed after the month was published."),
            when=_short(one.day),
            opens=Opens("shift", (one.login, one.day)),
        )


def _learning(desk: Desk) -> Iterator[Line]:
    me = desk.actor.login
    for task in progress.tasks(desk, login=me):
        if task.state in ("open", "late"):
            yield Line(
                task.client_name,
                sign="!" if task.state == "late" else "·",
                because=_("You are to know this client well enough to cover it by {day}.").format(day=_long(task.due)),
                when=_short(task.due),
                opens=Opens("cover", task.client),
            )
    for one in progress.handovers(desk, login=me):
        if one.state in ("running", "late"):
            other = one.taker if one.giver == me else one.giver
            yield Line(
                _("handover of {client}").format(client=one.client_name),
                sign="!" if one.state == "late" else "~" if one.days_left <= SOON else "·",
                because=_("{done} of {steps} steps are done with {other}.").format(
                    done=one.done_steps, steps=len(one.steps), other=other
                ),
                when=_short(one.effective),
                opens=Opens("handover", (one.client, one.begun)),
            )


def _hours(shift: ShiftType) -> tuple[str, str]:
    starts, ends = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (shift.starts, shift.ends))
    return starts, ends


def _short(day: str) -> str:
    return formats.short_day(date.fromisoformat(day))


def _long(day: str) -> str:
    return formats.day(date.fromisoformat(day))
