"""Search conditions: every word somewhere on a page of the ticket, or in the name or a contact of its client.

Words of three letters and more go through the trigram index, which knows no places (detail none keeps it small): what
has all the trigrams of a word is looked at again. Shorter words narrow down what is left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from leadconsole.kernel.text import fold
from leadconsole.tickets.texts import MOST_PAGES, PAGE_BITS, client_mark

SHORT_WORDS_REACH = 50_000
"""Words of one or two letters have no index: they are looked for in so many of the newest tickets."""
FOUND = (
    f"ticket_search CROSS JOIN ticket ON ticket.number = ticket_search.rowid >> {PAGE_BITS}"
    " CROSS JOIN ticket_text AS page ON page.id = ticket_search.rowid"
)
"""From the newest hit of the index to its ticket: the first rows of a search come at once however many it finds."""
NEWEST = f"ticket_search.rowid >= (:p2 + 1) << {PAGE_BITS}"
ONE = f"ticket_search.rowid BETWEEN :number << {PAGE_BITS} AND (:number << {PAGE_BITS}) + {MOST_PAGES - 1}"
_TRIGRAM = 3
_LATER = f"later.id > page.id AND later.id <= (ticket.number << {PAGE_BITS}) + {MOST_PAGES - 1}"
"""Of a ticket of which several pages have the words only the last one counts."""
_PAGES = f"x.id BETWEEN ticket.number << {PAGE_BITS} AND (ticket.number << {PAGE_BITS}) + {MOST_PAGES - 1}"


def teach_folding(connection: sqlite3.Connection) -> None:
    """Let SQL say `folded(text)`: letters as search and comparison see them."""
    connection.create_function("folded", 1, _folded, deterministic=True)


@lru_cache(4_096)
def _folded(text: str | None) -> str | None:
    """Remembered: the names of a few hundred clients are asked for once for each of thousands of tickets."""
    return None if text is None else fold(text)


class Match(NamedTuple):
    """The condition of a search, its parameters, and whether it goes through the index."""

    condition: str
    params: dict[str, Any]
    indexed: bool


class Looking:
    """Makes the conditions of words; knows the clients by name and contact."""

    def __init__(self, connection: sqlite3.Connection, memo: dict[str, object], revision: str) -> None:
        self._clients = _clients_of(connection, memo, revision)

    def match(self, words: Sequence[str]) -> Match:
        """The condition of a search for all of these words."""
        words = [fold(word) for word in words]
        parts: list[str] = []
        asked: list[str] = []
        again: list[str] = []
        params: dict[str, Any] = {}
        for place, word in enumerate(words):
            clients = self.clients_with(word)
            name, of_client = f"word{place}", ""
            params[name] = word
            if clients:
                params[f"{name}c"] = _as_json(clients)
                of_client = f" OR ticket.client IN (SELECT value FROM json_each(:{name}c))"
            if len(word) < _TRIGRAM:
                parts.append(f"({_somewhere(f':{name}')}{of_client})")
            else:
                parts.append(f"(instr(page.text, :{name}) > 0{of_client})")
                again.append(f"(instr(later.text, :{name}) > 0{of_client})")
                asked.append(f"({_asked(word, clients)})")
        if asked:
            params["match"] = " AND ".join(asked)
            parts.insert(0, "ticket_search MATCH :match")
            parts.append(f"NOT EXISTS (SELECT 1 FROM ticket_text AS later WHERE {_LATER} AND {' AND '.join(again)})")
        elif words:
            parts.append("number > (SELECT max(number) FROM ticket) - :newest")
            params["newest"] = SHORT_WORDS_REACH
        return Match(" AND ".join(parts), params, bool(asked))

    def somewhere(self, word: str, clients: str) -> str:
        """The condition that a word stands somewhere in a ticket, by the names of its bound parameters."""
        return f"{_somewhere(word)} OR ticket.client IN (SELECT value FROM json_each({clients}))"

    def clients_with(self, word: str) -> list[str]:
        """The codes of the clients whose code, name or contacts have a folded word in them."""
        return [code for code, text in self._clients if word in text]


def _as_json(clients: Sequence[str]) -> str:
    import json  # the first frame does without

    return json.dumps(clients)


def _somewhere(name: str) -> str:
    return f"EXISTS (SELECT 1 FROM ticket_text x WHERE {_PAGES} AND instr(x.text, {name}) > 0)"


def _asked(word: str, clients: Sequence[str]) -> str:
    """What the index is asked for a word: all its trigrams, or the mark of a client that has it."""
    trigrams = dict.fromkeys(word[start : start + _TRIGRAM] for start in range(len(word) - _TRIGRAM + 1))
    marks = dict.fromkeys(client_mark(code) for code in clients)
    return " OR ".join([f"({' AND '.join(map(_quoted, trigrams))})", *map(_quoted, marks)])


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _clients_of(connection: sqlite3.Connection, memo: dict[str, object], revision: str) -> Sequence[tuple[str, str]]:
    """Code and words of every client, made anew only when clients or contacts changed."""
    known = cast("tuple[str, Sequence[tuple[str, str]]] | None", memo.get("client words"))
    if known is not None and known[0] == revision:
        return known[1]
    contacts: dict[str, list[str]] = {}
    for code, *told in connection.execute("SELECT client, name, email, phone FROM contact"):
        contacts.setdefault(code, []).extend(one for one in told if one)
    made = [
        (code, fold("\n".join((code, name, *contacts.get(code, ())))))
        for code, name in connection.execute("SELECT code, name FROM client")
    ]
    memo["client words"] = (revision, made)
    return made
