"""What a user is told when something is refused, and the exit status that scripts see.

Each error carries one plain sentence, already in the user's language.
"""

from __future__ import annotations


class LeadconsoleError(Exception):
    """The root of everything that is told to a user in one sentence."""

    exit_status = 1
    default_code = "refused"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        field: str | None = None,
        file: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.field = field
        self.file = file
        self.line = line


class Refused(LeadconsoleError):
    """A rule of the desk says no; nothing was changed."""


class NotFound(Refused):
    """The thing named does not exist."""

    default_code = "not_found"


class NotAllowed(Refused):
    """The role of the person does not carry this right."""

    default_code = "not_allowed"


class Stale(Refused):
    """Somebody changed the value since it was read; `seen` and `present` are both shown."""

    default_code = "stale"

    def __init__(self, message: str, *, field: str, seen: str, present: str) -> None:
        super().__init__(message, field=field)
        self.seen = seen
        self.present = present


class Cancelled(LeadconsoleError):
    """The user stopped a long work; nothing was changed."""

    default_code = "cancelled"


class WrongUsage(LeadconsoleError):
    """The command line or the environment makes no sense."""

    exit_status = 2
    default_code = "usage"


class Unusable(LeadconsoleError):
    """The database can't be used as it is: not ours, newer, read-only, missing, full disk."""

    exit_status = 3
    default_code = "unusable_database"


class RowsRejected(LeadconsoleError):
    """Some rows of the input were rejected; without --keep-good nothing was changed."""

    exit_status = 4
    default_code = "rows_rejected"
