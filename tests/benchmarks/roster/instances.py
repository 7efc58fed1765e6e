"""Reads the staff-rostering instances of the outside cases into months of our own roster, and judges a plan by itself.

Format: sections of comma-separated lines; see the comments in the files. The judge counts the objective of the
format from the file alone, so that neither our model nor our cost can flatter a plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from leadconsole.kernel import period
from leadconsole.roster.fill.points import Points
from leadconsole.roster.rules.month import Absence, Cell, DemandRow, MonthFacts, Person, ShiftType, Wish
from leadconsole.roster.rules.names import DEFAULTS, PERSONAL, Rule, RuleName, Severity

BEST_KNOWN = {1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056}


@dataclass(frozen=True)
class Instance:
    """One instance as it stands in its file."""

    days: int
    shifts: dict[str, tuple[int, tuple[str, ...]]]
    staff: dict[str, tuple[dict[str, int], list[int]]]
    days_off: dict[str, set[int]]
    on: list[tuple[str, int, str, int]]
    off: list[tuple[str, int, str, int]]
    cover: list[tuple[int, str, int, int, int]]


def read(path: Path) -> Instance:
    """The instance of a file."""
    sections: dict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if text.startswith("SECTION_"):
            name = text
        elif text and not text.startswith("#"):
            sections[name].append([part.strip() for part in text.split(",")])
    staff = {}
    for login, most, *rest in sections["SECTION_STAFF"]:
        limits = dict(one.split("=") for one in most.split("|"))
        staff[login] = ({shift: int(n) for shift, n in limits.items()}, [int(one) for one in rest])

    def wishes(section: str) -> list[tuple[str, int, str, int]]:
        return [(login, int(day), shift, int(weight)) for login, day, shift, weight in sections[section]]

    return Instance(
        int(sections["SECTION_HORIZON"][0][0]),
        {
            one[0]: (int(one[1]), tuple(part for part in one[2].split("|") if part))
            for one in sections["SECTION_SHIFTS"]
        },
        staff,
        {login: {int(day) for day in days} for login, *days in sections["SECTION_DAYS_OFF"]},
        wishes("SECTION_SHIFT_ON_REQUESTS"),
        wishes("SECTION_SHIFT_OFF_REQUESTS"),
        [(int(day), shift, *map(int, rest)) for day, shift, *rest in sections["SECTION_COVER"]],  # type: ignore[misc]
    )


@dataclass(frozen=True)
class Month:
    """An instance as a month of ours, what things cost there, and its people and days in order."""

    facts: MonthFacts
    points: Points
    days: tuple[str, ...]

    def assignment(self, instance: Instance, plan: Mapping[Cell, str]) -> list[list[str | None]]:
        """A plan as the format has it: by member of staff and day the shift."""
        return [[plan.get((login.lower(), day)) for day in self.days] for login in instance.staff]


def as_month(one: Instance) -> Month:
    """The instance in our own terms: shifts by the clock, demand by the hour, rules, limits of persons, wishes.

    February 2027 begins on a Monday, too, and has 28 days; whoever has fewer leaves before. What can't follow what is
    the rest between shifts, minutes of work are the norm of the month with its limit, days off are absences.
    """
    month = period.Month(2027, 2)
    days = tuple((month.first + timedelta(days=day)).isoformat() for day in range(one.days))
    types = _types(one)
    own: dict[str, dict[tuple[RuleName, str], int]] = {}
    absences, people = {}, []
    apart = set()
    for name, (most, (max_minutes, min_minutes, max_row, min_row, min_off, weekends)) in one.staff.items():
        login = name.lower()
        away = {days[day] for day in one.days_off.get(name, ())}
        absences[login] = tuple(Absence(day, day, "other") for day in sorted(away))
        working = sum(480 for day in days if date.fromisoformat(day).weekday() < 5 and day not in away)
        middle = (max_minutes + min_minutes) // 2
        apart.add((max_minutes - min_minutes) // 2)
        people.append(Person(login, name, (1,), round(middle * 2400 / working), ended=days[-1]))
        own[login] = {
            (RuleName.MAX_CONSECUTIVE, ""): max_row,
            (RuleName.MIN_CONSECUTIVE, ""): min_row,
            (RuleName.MIN_DAYS_OFF, ""): min_off,
            (RuleName.MAX_WEEKENDS, ""): weekends,
            **{(RuleName.MAX_SHIFTS, code): n for code, n in most.items() if n < one.days},
        }
    (limit,) = apart
    hard = (RuleName.TWO_SHIFTS, RuleName.ABSENT, *PERSONAL)
    rules = {name: rule._replace(severity=Severity.OFF) for name, rule in DEFAULTS.items()}
    rules |= {name: DEFAULTS[name]._replace(severity=Severity.HARD) for name in hard}
    rules |= {name: DEFAULTS[name] for name in (RuleName.OVERSTAFFED, RuleName.WISH)}
    rules[RuleName.UNDERSTAFFED] = Rule(RuleName.UNDERSTAFFED, Severity.SOFT)
    # A norm is rounded to a minute by the person's hours a week: some minutes more change nothing.
    rules[RuleName.MONTHLY_NORM] = Rule(RuleName.MONTHLY_NORM, Severity.HARD, limit * 100 // 60 + 20)
    wishes = {(who.lower(), days[day]): Wish(shift, weight) for who, day, shift, weight in one.on}
    for who, day, shift, weight in one.off:
        assert (who.lower(), days[day]) not in wishes, "one wish a day"
        wishes[who.lower(), days[day]] = Wish(shift, -weight)
    ((under, over),) = {(under, over) for *_cover, under, over in one.cover}
    facts = MonthFacts(
        month=month,
        timezone="UTC",
        country="",
        types=types,
        people=tuple(people),
        absences=absences,
        demand=tuple(
            DemandRow(days[day], types[shift].starts, types[shift].ends, 0, wanted)
            for day, shift, wanted, _under, _over in one.cover
        ),
        rules=rules,
        own_limits=own,
        wishes=wishes,
    )
    _holds(one, facts)
    points = Points(
        missing=under, hard=100_000, wish=HOURS, extra=over, moved=0, row=0, uncovered=0, per_hour=0, beyond=0, idle=0,
        later=0, fair=0,
    )  # fmt: skip
    return Month(facts, points, days)


HOURS = 8
"""Every shift of these instances is eight hours long, and what we count by the hour they count by the shift."""


def _types(one: Instance) -> dict[str, ShiftType]:
    """Shifts that follow each other through the day, those first that exclude the fewest."""
    ordered = sorted(one.shifts, key=lambda code: len(one.shifts[code][1]))
    gap = 24 * 60 // max(2, len(ordered))
    found = {}
    for place, code in enumerate(ordered):
        begin = place * gap if len(ordered) > 2 else place * 2 * HOURS * 60
        assert one.shifts[code][0] == HOURS * 60
        found[code] = ShiftType(code, code, begin, begin + HOURS * 60)
    return found


def _holds(one: Instance, facts: MonthFacts) -> None:
    """The rest between shifts must say exactly what the instance says may not follow."""
    least = facts.rules[RuleName.TWO_SHIFTS].minutes
    for code, (_length, excluded) in one.shifts.items():
        for other in one.shifts:
            rest = facts.types[other].starts + 24 * 60 - facts.types[code].starts - facts.types[code].length
            assert (rest < least) is (other in excluded), (code, other)


def judged(one: Instance, plan: list[list[str | None]]) -> tuple[int, list[str]]:
    """The objective of a plan by the format's own words, and what hard rule it breaks."""
    roster = dict(zip(one.staff, plan, strict=True))
    wrong = []
    for login, row in roster.items():
        most, (max_minutes, min_minutes, max_row, min_row, min_off, max_weekends) = one.staff[login]
        worked = [code for code in row if code is not None]
        minutes = sum(one.shifts[code][0] for code in worked)
        if not min_minutes <= minutes <= max_minutes:
            wrong.append(f"{login}: {minutes} minutes")
        wrong += [f"{login}: too many {code}" for code, n in most.items() if worked.count(code) > n]
        wrong += [f"{login}: works on day {day}" for day in one.days_off.get(login, ()) if row[day] is not None]
        for day in range(one.days - 1):
            if row[day] is not None and row[day + 1] in one.shifts[row[day] or ""][1]:
                wrong.append(f"{login}: {row[day]} before {row[day + 1]} on day {day}")
        weekends = sum(any(code is not None for code in row[day : day + 2]) for day in range(5, one.days, 7))
        if weekends > max_weekends:
            wrong.append(f"{login}: {weekends} weekends")
        begin = 0
        while begin < one.days:
            end = begin
            while end < one.days and (row[end] is None) == (row[begin] is None):
                end += 1
            length, inside = end - begin, begin > 0 and end < one.days
            if row[begin] is not None and (length > max_row or (inside and length < min_row)):
                wrong.append(f"{login}: {length} days in a row")
            if row[begin] is None and inside and length < min_off:
                wrong.append(f"{login}: {length} days off")
            begin = end
    total = sum(weight for login, day, shift, weight in one.on if roster[login][day] != shift)
    total += sum(weight for login, day, shift, weight in one.off if roster[login][day] == shift)
    for day, shift, people, under, over in one.cover:
        have = sum(row[day] == shift for row in roster.values())
        total += under * max(0, people - have) + over * max(0, have - people)
    return total, wrong
