"""The lives that a made-up ticket can have: five events each, as desks know them."""

from __future__ import annotations

from dataclasses import dataclass

FIRST, SECOND = "<first>", "<second>"  # the first holder and the one it is handed to


@dataclass(frozen=True, slots=True)
class Life:
    """A course of events (kind, value) from a starting status, and its share among its like."""

    share: int
    starts: str
    events: tuple[tuple[str, str], ...]


_GIVEN = ("assign", FIRST)
_PASSED = ("assign", SECOND)
_SOLVED = ("status", "resolved")
_TAKEN = ("accept", "")
_TOLD = ("reply", "")
_ASKED = ("message_in", "")
_NOTED = ("note", "")
_UP = ("line", "2")

FINISHED = (
    Life(40, "new", (_GIVEN, ("status", "open"), _TOLD, _SOLVED, _TAKEN)),
    Life(14, "open", (_GIVEN, _TOLD, ("time", ""), _SOLVED, _TAKEN)),
    Life(10, "open", (_GIVEN, ("status", "waiting_client"), _ASKED, _SOLVED, _TAKEN)),
    Life(8, "open", (_GIVEN, _UP, _PASSED, _SOLVED, _TAKEN)),
    Life(7, "open", (_GIVEN, _PASSED, _TOLD, _SOLVED, _TAKEN)),
    Life(6, "open", (_GIVEN, ("status", "waiting_third_party"), ("status", "open"), _SOLVED, _TAKEN)),
    Life(5, "open", (_GIVEN, ("priority", "high"), _TOLD, _SOLVED, _TAKEN)),
    Life(3, "open", (_GIVEN, _SOLVED, ("reopen", ""), _SOLVED, _TAKEN)),
    Life(2, "open", (_GIVEN, _PASSED, _GIVEN, _SOLVED, _TAKEN)),
    Life(5, "new", (_ASKED, _GIVEN, _NOTED, _TOLD, ("status", "closed_rejected"))),
)
TO_ACCEPT = (Life(1, "open", (_ASKED, _GIVEN, _TOLD, ("time", ""), _SOLVED)),)
OPEN = (
    Life(35, "new", (_GIVEN, ("status", "open"), _TOLD, _ASKED, _NOTED)),
    Life(20, "new", (_ASKED, _NOTED, ("priority", "high"), _ASKED, _ASKED)),
    Life(18, "open", (_ASKED, _GIVEN, _TOLD, ("status", "waiting_client"), _NOTED)),
    Life(7, "open", (_ASKED, _GIVEN, _TOLD, ("status", "waiting_third_party"), _NOTED)),
    Life(12, "open", (_GIVEN, _UP, _PASSED, _NOTED, _ASKED)),
    Life(8, "open", (_GIVEN, _TOLD, _SOLVED, ("reopen", ""), _NOTED)),
)
