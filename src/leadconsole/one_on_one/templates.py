"""Sheets to start from: what matters on the first line, on the second, and for a developer on support.

Each criterion has its maximum and words for some steps of its scale, in the language that is spoken.
"""

from __future__ import annotations

from typing import NamedTuple

from leadconsole.kernel.i18n import N_


class Template(NamedTuple):
    """A sheet to start from: its title and its criteria, each a name, a maximum and steps of (points, words)."""

    title: str
    criteria: tuple[tuple[str, int, tuple[tuple[int, str], ...]], ...]


TEMPLATES = (
    Template(
        N_("First line"),
        (
            (N_("Requests done on time"), 20, (
                (5, N_("several late, the client asks first")),
                (12, N_("mostly in time, nobody is warned")),
                (20, N_("in time, or the client knew before")),
            )),
            (N_("Answers a client understands"), 15, (
                (4, N_("a link or our slang")),
                (10, N_("clear, but long")),
                (15, N_("short, with the next step first")),
            )),
            (N_("Solves it alone before handing on"), 15, (
                (4, N_("hands on without looking")),
                (10, N_("tries, but writes nothing down")),
                (15, N_("hands on only what must be, with all that was tried")),
            )),
            (N_("Time and notes written down"), 10, (
                (3, N_("gaps of days")),
                (7, N_("in the evening, from memory")),
                (10, N_("anybody can go on from the notes")),
            )),
            (N_("Learns and shares"), 10, (
                (3, N_("asks the same again")),
                (7, N_("reads up when it is needed")),
                (10, N_("writes it down for others")),
            )),
            (N_("Calm with difficult clients"), 10, (
                (3, N_("argues about guilt")),
                (7, N_("stays calm, promises too much")),
                (10, N_("ends it with a clear agreement")),
            )),
        ),
    ),
    Template(
        N_("Second line"),
        (
            (N_("Hard cases solved at the root"), 20, (
                (5, N_("the symptom goes and comes back")),
                (12, N_("solved, the cause is a guess")),
                (20, N_("the cause is found, shown and closed")),
            )),
            (N_("Requests done on time"), 15, (
                (4, N_("several late, the client asks first")),
                (10, N_("mostly in time, nobody is warned")),
                (15, N_("in time, or the client knew before")),
            )),
            (N_("Helps the first line"), 15, (
                (4, N_("takes it over without a word")),
                (10, N_("answers when asked")),
                (15, N_("gives it back with what to do next time")),
            )),
            (N_("Estimates that hold"), 10, (
                (3, N_("twice as long, told at the end")),
                (7, N_("off by a third, told in between")),
                (10, N_("inside the estimate, or agreed anew in time")),
            )),
            (N_("Knows the clients' systems"), 10, (
                (3, N_("asks where everything is")),
                (7, N_("knows the own clients")),
                (10, N_("could take any client tomorrow")),
            )),
            (N_("Writes down what was found"), 10, (
                (3, N_("it stays in the head")),
                (7, N_("a note in the ticket")),
                (10, N_("an article that others use")),
            )),
        ),
    ),
    Template(
        N_("Developer on support"),
        (
            (N_("Changes that don't break"), 20, (
                (5, N_("the client finds the fault")),
                (12, N_("works, but only the plain case")),
                (20, N_("tested on a copy, with a way back")),
            )),
            (N_("Tasks agreed before the work"), 15, (
                (4, N_("begun on a word in the corridor")),
                (10, N_("agreed, but what is done stays vague")),
                (15, N_("written down with price, term and how it is accepted")),
            )),
            (N_("Terms kept"), 15, (
                (4, N_("the term passes in silence")),
                (10, N_("late, but told before")),
                (15, N_("in time")),
            )),
            (N_("Brings it to acceptance"), 10, (
                (3, N_("done and forgotten")),
                (7, N_("accepted after a reminder")),
                (10, N_("shown, accepted, passed on to accounting")),
            )),
            (N_("Listens to the client"), 10, (
                (3, N_("builds what was said, not what is needed")),
                (7, N_("asks, but late")),
                (10, N_("asks first and offers the simpler way")),
            )),
            (N_("Code that others can read"), 10, (
                (3, N_("nobody else dares to touch it")),
                (7, N_("readable, no word on why")),
                (10, N_("anybody can go on from there")),
            )),
        ),
    ),
)  # fmt: skip
