"""What the search looks through: a ticket's own words and everything that was said on it, folded, in pages.

A page is a row of `ticket_text`; its id is the ticket's number and the number of the page, so that the newest tickets
are the highest ids. Nearly every ticket has one page. A long timeline or a huge body has several, so that a reply
rewrites the last of them only. Names and contacts of clients aren't in it: each page carries a mark of its client, and
a search asks for the marks of the clients that it means. So they may change without any ticket being written anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from zlib import crc32

from leadconsole.kernel.text import fold
from leadconsole.kernel.transaction import Transaction
from leadconsole.tickets import caches, rules
from leadconsole.tickets.rules import Entry, Happening

TEXT = "ticket_text"
PAGE_BITS = 12
MOST_PAGES = 1 << PAGE_BITS
PAGE = 65_536
"""Characters of a page; what doesn't fit any more begins the next one."""
OVERLAP = 200
"""A text longer than a page is cut into parts that share so much: a word at the cut is whole in one of them."""
_SLICE = 500
_MARKS_FROM, _MARKS = 0xE000, 1_626
"""Three characters for private use stand for a client: one token of the index."""
_BOUNDS = f"BETWEEN :number << {PAGE_BITS} AND (:number << {PAGE_BITS}) + {MOST_PAGES - 1}"
_TICKET = "SELECT number, subject, requester, client, body FROM ticket WHERE number"
_SAID = "SELECT key, at, seq, kind, value, text FROM event WHERE subject = 'ticket' AND key"
_WORTH = "AND (text IS NOT NULL OR kind = 'undo') ORDER BY key, at, seq"


def client_mark(code: str) -> str:
    """The token of a client; two clients may share one, so whoever finds it asks for the client, too."""
    number = crc32(code.encode())
    return "".join(chr(_MARKS_FROM + number // _MARKS**place % _MARKS) for place in range(3))


def page_id(number: int, page: int = 0) -> int:
    """The id of a page of a ticket."""
    return (number << PAGE_BITS) + page


def pages(
    number: int, subject: str, requester: str | None, client: str, body: str | None, said: Iterable[str]
) -> list[str]:
    """The texts of a ticket's pages; each begins with its number, subject and requester."""
    crown = _crown(number, subject, requester, client)
    made = [crown]
    for text in (body, *said):
        for part in _parts(fold(text or "")):
            _put(made, crown, part)
    return made[:MOST_PAGES]


def _crown(number: int, subject: str, requester: str | None, client: str) -> str:
    return f"{client_mark(client)}\n" + fold("\n".join(part for part in (f"#{number}", subject, requester) if part))


def _parts(text: str) -> Iterator[str]:
    for start in range(0, len(text), PAGE // 2):
        yield text[start : start + PAGE // 2 + OVERLAP]


def _put(made: list[str], crown: str, part: str) -> None:
    """Put a part on the last page, or on a new one if it is full."""
    if len(made[-1]) + len(part) < PAGE or made[-1] == crown:
        made[-1] = f"{made[-1]}\n{part}"
    else:
        made.append(f"{crown}\n{part}")


def of_tickets(connection: sqlite3.Connection, numbers: Iterable[int] | None = None) -> Iterator[tuple[int, list[str]]]:
    """Number and pages of these tickets (or of all) as their words and their history make them."""
    if numbers is None:
        every = connection.execute("SELECT number FROM ticket ORDER BY number").fetchall()
        numbers = (number for (number,) in every)
    source = iter(numbers)
    while wanted := list(islice(source, _SLICE)):
        marks = ", ".join("?" * len(wanted))
        rows = connection.execute(f"{_SAID} IN ({marks}) {_WORTH}", [str(number) for number in wanted])
        said = {int(key): _counted(list(group)) for key, group in groupby(rows, key=lambda row: row[0])}
        takes = {
            number
            for (number,) in connection.execute(
                f"SELECT other FROM ticket_link WHERE kind = 'merged' AND other IN ({marks})", wanted
            )
        }
        for number, subject, requester, client, body in connection.execute(f"{_TICKET} IN ({marks})", wanted):
            more = _merged(connection, number) if number in takes else ()
            yield number, pages(number, subject, requester, client, body, (*said.get(number, ()), *more))


def _merged(connection: sqlite3.Connection, number: int) -> Iterator[str]:
    """Everything of the tickets that were merged into this one: it stands in its timeline."""
    for other in caches.merged_numbers(connection, number):
        _number, subject, requester, _client, body = connection.execute(f"{_TICKET} = ?", (other,)).fetchone()
        yield "\n".join(part for part in (f"#{other}", subject, requester, body) if part)
        yield from _counted(connection.execute(f"{_SAID} = ? {_WORTH}", (str(other),)).fetchall())


def _counted(events: list[tuple[str, int, int, str, str | None, str | None]]) -> list[str]:
    """The texts of events that weren't taken back, in the order in which they were written down."""
    gone = set()
    if any(kind == Happening.UNDO for _key, _at, _seq, kind, _value, _text in events):
        gone = rules.undone([Entry(at, seq, kind, value) for _key, at, seq, kind, value, _text in events])
    left = [(seq, at, text) for _key, at, seq, _kind, _value, text in events if text and (at, seq) not in gone]
    return [text for _seq, _at, text in sorted(left)]


def rebuild(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Bring the pages of these tickets in step, and of those into which they were merged; what is the same stays.

    A ticket that is gone loses its own.
    """
    numbers = list(dict.fromkeys((*numbers, *_above(connection, numbers))))
    made = dict(of_tickets(connection, numbers))
    for number in numbers:
        kept = stored(connection, number)
        wanted = made.get(number, [])
        for page, text in enumerate(wanted):
            if page >= len(kept):
                connection.execute("INSERT INTO ticket_text VALUES (?, ?)", (page_id(number, page), text))
            elif kept[page] != text:
                connection.execute("UPDATE ticket_text SET text = ? WHERE id = ?", (text, page_id(number, page)))
        for page in range(len(wanted), len(kept)):
            connection.execute("DELETE FROM ticket_text WHERE id = ?", (page_id(number, page),))


def _above(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[int]:
    """The tickets into which these were merged, and those into which they were."""
    found: list[int] = []
    for number in numbers:
        rows = connection.execute(
            "WITH RECURSIVE above(number) AS (SELECT other FROM ticket_link WHERE ticket = :number AND kind = 'merged'"
            " UNION SELECT l.other FROM ticket_link l JOIN above ON l.ticket = above.number WHERE l.kind = 'merged')"
            " SELECT number FROM above",
            {"number": number},
        )
        found += [above for (above,) in rows]
    return found


def stored(connection: sqlite3.Connection, number: int) -> list[str]:
    """The pages of a ticket as they are kept."""
    rows = connection.execute(f"SELECT text FROM ticket_text WHERE id {_BOUNDS} ORDER BY id", {"number": number})
    return [text for (text,) in rows]


def mark(transaction: Transaction, number: int) -> None:
    """Have the pages of a ticket brought in step once before the commit: a bulk may touch one a thousand times."""
    transaction.touched.setdefault(TEXT, set()).add(str(number))


def append(transaction: Transaction, number: int, text: str) -> None:
    """Put what was said last on the last page, however long the ticket is."""
    connection = transaction.sql
    if _takes_part_in_merge(connection, number):
        mark(transaction, number)
        return
    row = connection.execute(f"{_TICKET} = ?", (number,)).fetchone()
    last = connection.execute(
        f"SELECT id, text FROM ticket_text WHERE id {_BOUNDS} ORDER BY id DESC LIMIT 1", {"number": number}
    ).fetchone()
    if row is None or last is None:
        return
    place, kept = last
    made = [kept]
    for part in _parts(fold(text)):
        _put(made, _crown(*row[:4]), part)
    if made[0] != kept:
        connection.execute("UPDATE ticket_text SET text = ? WHERE id = ?", (made[0], place))
    for page, more in enumerate(made[1:], place + 1):
        if page < page_id(number + 1):
            connection.execute("INSERT INTO ticket_text VALUES (?, ?)", (page, more))


def _takes_part_in_merge(connection: sqlite3.Connection, number: int) -> bool:
    merged = "SELECT 1 FROM ticket_link WHERE kind = 'merged' AND (ticket = :number OR other = :number) LIMIT 1"
    return connection.execute(merged, {"number": number}).fetchone() is not None


_FOLLOWERS = ("ticket_text_added", "ticket_text_removed", "ticket_text_changed")


def load(connection: sqlite3.Connection, numbers: Sequence[int], told: Callable[[int], None], *, bulk: bool) -> None:
    """Bring the pages of a great many tickets in step, with one build of the index at the end if it is `bulk`."""
    triggers = [
        connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0] for name in _FOLLOWERS
    ]
    if bulk:
        for name in _FOLLOWERS:
            connection.execute(f"DROP TRIGGER {name}")
    merged = connection.execute("SELECT DISTINCT other FROM ticket_link WHERE kind = 'merged'").fetchall()
    source = iter(dict.fromkeys((*numbers, *(other for (other,) in merged))))
    while part := list(islice(source, _SLICE)):
        connection.executemany(f"DELETE FROM ticket_text WHERE id {_BOUNDS}", [{"number": one} for one in part])
        connection.executemany(
            "INSERT INTO ticket_text VALUES (?, ?)",
            [
                (page_id(number, page), text)
                for number, texts in of_tickets(connection, part)
                for page, text in enumerate(texts)
            ],
        )
        told(len(part))
    if bulk:
        connection.execute("INSERT INTO ticket_search (ticket_search) VALUES ('rebuild')")
        for statement in triggers:
            connection.execute(statement)
