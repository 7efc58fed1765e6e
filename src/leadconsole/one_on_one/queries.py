"""Reads of 1-on-1s: nobody but the lead sees another person's points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.one_on_one import facts, rules
from leadconsole.one_on_one.rules import Standing
from leadconsole.one_on_one.seat import require_sheet, today_of


@dataclass(frozen=True, slots=True)
class Action:
    """What was agreed: at which meeting, what, who does it, until when, since when it is done."""

    date: str
    text: str
    owner: str
    due: str | None
    done: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """What a person's sheet says: all series, the trend of the last, what is still to be done, the next meeting."""

    login: str
    name: str
    standing: Standing
    open_actions: tuple[Action, ...]
    next_meeting: date | None


@query(Capability.OWN_REVIEW)
def review(desk: Desk, login: str) -> Review:
    """Series, trend and verdict of a person; one's own sheet, or anybody's for the lead."""
    name = require_sheet(desk, login)
    reader = desk.reader
    actions = tuple(
        Action(*row)
        for row in reader.execute(
            "SELECT date, text, owner, due, done FROM meeting_action WHERE login = ? AND done IS NULL"
            " ORDER BY due IS NULL, due, date, text",
            (login,),
        )
    )
    standing = rules.standing_of(facts.meetings(reader, login))
    return Review(login, name, standing, actions, facts.Diary(reader, login).next(today_of(desk)))
