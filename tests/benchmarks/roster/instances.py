"""Reads the staff-rostering instances of the outside cases into our own roster problem, and judges a plan by itself.

Format: sections of comma-separated lines; see the comments in the files. The judge counts the objective of the
format from the file alone, so that neither our model nor our cost can flatter a plan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from leadconsole.roster.fill.problem import FREE, Assignment, Need, Problem, Worker

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


def as_problem(one: Instance) -> Problem:
    """The instance in our model."""
    codes = list(one.shifts)
    number = {code: place for place, code in enumerate(codes)}
    logins = list(one.staff)
    constant = sum(weight for *_rest, weight in one.on)
    workers = []
    for login in logins:
        most, (max_minutes, min_minutes, max_row, min_row, min_off, max_weekends) = one.staff[login]
        costs: dict[tuple[int, int], int] = defaultdict(int)
        for who, day, shift, weight in one.on:
            if who == login:
                costs[day, number[shift]] -= weight
        for who, day, shift, weight in one.off:
            if who == login:
                costs[day, number[shift]] += weight
        free = one.days_off.get(login, set())
        options = tuple((FREE,) if day in free else (*range(len(codes)), FREE) for day in range(one.days))
        limits = {number[shift]: n for shift, n in most.items()}
        workers.append(
            Worker(
                options, dict(costs), max_row, min_row, min_off, max_weekends=max_weekends, max_of=limits,
                max_minutes=max_minutes, min_minutes=min_minutes,
            )
        )  # fmt: skip
    clashes = {
        (day, number[code], day + 1, number[other])
        for code, (_length, others) in one.shifts.items()
        for other in others
        for day in range(one.days - 1)
    }
    needs = []
    for day, shift, people, under, over in one.cover:
        places = tuple((worker, day, number[shift]) for worker in range(len(logins)))
        needs.append(Need(((people, places),), people, places, under, over))
    weekends = tuple((day, day + 1) for day in range(5, one.days - 1, 7))
    minutes = tuple((one.shifts[code][0],) * one.days for code in codes)
    return Problem(minutes, tuple(workers), frozenset(clashes), tuple(needs), weekends=weekends, constant=constant)


def judged(one: Instance, plan: Assignment) -> tuple[int, list[str]]:
    """The objective of a plan by the format's own words, and what hard rule it breaks."""
    codes = list(one.shifts)
    roster = {
        login: [None if shift == FREE else codes[shift] for shift in row]
        for login, row in zip(one.staff, plan, strict=True)
    }
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
