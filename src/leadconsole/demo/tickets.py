"""The tickets' part of a demo desk: a year behind it, a queue of now, and what the rules make of both."""

from __future__ import annotations

import json
from collections.abc import Sequence

from leadconsole.demo.lives import Life, Teller
from leadconsole.demo.parts import Scene
from leadconsole.demo.present import Present
from leadconsole.demo.words import words_of
from leadconsole.demo.year import Year
from leadconsole.kernel.text import subject_key
from leadconsole.tickets import caches, rules, texts
from leadconsole.tickets.caches import DERIVED, Clockwork
from leadconsole.tickets.rules import Entry, Start
from leadconsole.tickets.shapes import TICKETS

_ENTERED = tuple(column.field for column in TICKETS.columns)
_DEFAULTS = {column.field: column.default for column in TICKETS.columns}


def fill(scene: Scene) -> None:
    """Fill the tables of tickets, and their history."""
    sql, clockwork = scene.sql, Clockwork(scene.sql)
    teller = Teller(scene, words_of(scene.language), clockwork, scene.random("tickets"))
    lives = [*Year(teller).lives(), *Present(teller).lives()]
    lives.sort(key=lambda life: life.created)
    for number, life in enumerate(lives, 1):
        life.number = number
    doubles = [life for life in lives if life.double_of is not None]
    names = (*_ENTERED, "subject_key", "version", *DERIVED)
    sql.executemany(
        f"INSERT INTO ticket ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [_row(life, clockwork) for life in lives],
    )
    _write_history(scene, lives)
    sql.executemany("UPDATE ticket SET repeat_of = ? WHERE number = ?", caches.changed_repeats(sql, clockwork))
    pages = [
        (texts.page_id(one.number, page), text)
        for one in lives
        for page, text in enumerate(
            texts.pages(one.number, one.subject, one.requester, one.customer.code, one.body, _said(one))
        )
    ]
    # One statement: the index writes what it gathered at the end of each, and thousands of them take longest of all.
    sql.execute(
        "INSERT INTO ticket_text SELECT value ->> 0, value ->> 1 FROM json_each(?)",
        (json.dumps(pages, ensure_ascii=False),),
    )
    for life in doubles:
        assert life.double_of is not None
        kept = life.double_of.number
        sql.execute("INSERT INTO ticket_link VALUES (?, ?, 'merged')", (life.number, kept))
        texts.rebuild(sql, [kept])
    sql.execute("INSERT INTO desk_fact VALUES ('last_ticket', ?)", (str(len(lives)),))


def _row(life: Life, clockwork: Clockwork) -> Sequence[object]:
    """What was entered, and what the rules make of the history: written at once, so nothing is read back."""
    entered = {
        **_DEFAULTS,
        "number": life.number,
        "client": life.customer.code,
        "subject": life.subject,
        "created": life.created,
        "requester": life.requester,
        "body": life.body,
        "kind": life.matter.kind,
        "start_priority": life.first_priority,
        "start_status": "new",
        "channel": life.channel,
        "estimate_minutes": life.estimate_minutes,
        "price": life.price,
        "agreed": life.agreed,
        "promised": life.promised,
        "wait_until": life.wait_until,
        "tags": life.matter.tag or None,
        "resolution_code": None if life.double_of is None else f"duplicate of {life.double_of.number}",
    }
    standing = rules.fold(
        Start(life.created, priority=life.first_priority),
        [Entry(at, seq, kind, value) for seq, (at, _actor, kind, value, _text) in enumerate(life.events, 1)],
        lambda priority, line: clockwork.target(life.customer.policy, priority, line),
        clockwork.calendars.of(life.customer.calendar),
        clockwork.at_risk,
    )
    return (*(entered[name] for name in _ENTERED), subject_key(life.subject), 1, *caches.derived(standing))


def _write_history(scene: Scene, lives: Sequence[Life]) -> None:
    events = [
        ("ticket", str(life.number), seq, at, at, actor, kind, value, _numbered(life, text))
        for life in lives
        for seq, (at, actor, kind, value, text) in enumerate(life.events, 1)
    ]
    # By time, so that the ids run as they would have.
    events.sort(key=lambda event: event[3])
    scene.sql.executemany(
        "INSERT INTO event (subject, key, seq, at, recorded, actor, kind, value, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        events,
    )


def _said(life: Life) -> list[str]:
    return [told for *_rest, text in life.events if (told := _numbered(life, text))]


def _numbered(life: Life, text: str | None) -> str | None:
    """A double names the other ticket."""
    if text is None or life.double_of is None:
        return text
    return text.replace("{double}", str(life.double_of.number))
