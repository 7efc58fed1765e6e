"""The interchange files of this slice, in the order in which they must be loaded.

curation.csv is interchange.md's; the others keep what curation grows into, so that an export loses nothing.
"""

from __future__ import annotations

from typing import Any

from leadconsole.curation import rules
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.shape import DATE, LINE, LOGIN, TEXT, TIME, Column, Shape, choice


def _span(first: str, last: str, first_cell: str, last_cell: str) -> Any:
    def rule(row: dict[str, Any]) -> None:
        if row[last] is not None and row[last] < row[first]:
            raise Refused(
                _("It ends ({ended}) before it starts ({started}).").format(ended=row[last], started=row[first]),
                code="bad_span",
                field=last_cell,
            )

    return rule


def _substitution(row: dict[str, Any]) -> None:
    _span("first", "last", "from", "to")(row)
    if row["absent"] == row["substitute"]:
        raise Refused(_("Nobody stands in for himself."), code="same_person", field="substitute")


def _learning(row: dict[str, Any]) -> None:
    _span("since", "due", "since", "due")(row)
    if row["done"] and row["dropped"]:
        raise Refused(_("It is either done or dropped."), code="bad_end", field="dropped")


def _handover(row: dict[str, Any]) -> None:
    _span("begun", "effective", "begun", "effective")(row)
    if row["giver"] == row["taker"]:
        raise Refused(_("A client is handed over to somebody else."), code="same_person", field="taker")


CURATION = Shape(
    "curation",
    "curation",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("since", DATE, required=True, key=True),
        Column("level", choice(*rules.LEVELS), required=True),
        Column("until", DATE),
    ),
    _span("since", "until", "since", "until"),
)
SUBSTITUTIONS = Shape(
    "substitutions",
    "substitution",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("absent", LOGIN, required=True, key=True, refers="person"),
        Column("from", DATE, required=True, key=True, stored_as="first"),
        Column("to", DATE, required=True, stored_as="last"),
        Column("substitute", LOGIN, required=True, refers="person"),
        Column("acknowledged", TIME),
    ),
    _substitution,
)
CLIENT_SHEETS = Shape(
    "client_sheets",
    "client_sheet",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("access", TEXT),
        Column("quirks", TEXT),
    ),
)
LEARNING_TASKS = Shape(
    "learning_tasks",
    "learning_task",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("login", LOGIN, required=True, key=True, refers="person"),
        Column("since", DATE, required=True, key=True),
        Column("due", DATE, required=True),
        Column("done", DATE),
        Column("dropped", DATE),
        Column("because", LINE),
    ),
    _learning,
)
LEAD_HANDOVERS = Shape(
    "lead_handovers",
    "lead_handover",
    (
        Column("client", LINE, required=True, key=True, refers="client"),
        Column("begun", DATE, required=True, key=True),
        Column("giver", LOGIN, required=True, refers="person"),
        Column("taker", LOGIN, required=True, refers="person"),
        Column("effective", DATE, required=True),
        *(Column(step, DATE) for step in rules.STEPS),
        Column("cancelled", DATE),
    ),
    _handover,
)

SHAPES = (CURATION, SUBSTITUTIONS, CLIENT_SHEETS, LEARNING_TASKS, LEAD_HANDOVERS)
