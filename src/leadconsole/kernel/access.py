"""Roles and capabilities: the one table of who may do what.

Every command and query names its capability by a decorator and is checked there, not only in
screens. A test lists all of them and fails on one without a capability.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from leadconsole.kernel.database import told
from leadconsole.kernel.errors import NotAllowed
from leadconsole.kernel.i18n import N_, _

if TYPE_CHECKING:
    from leadconsole.kernel.desk import Desk


class Role(StrEnum):
    """What a person is to the desk (interchange.md, people.csv); a deputy is a specialist during a substitution."""

    LEAD = "lead"
    DEPUTY = "deputy"
    SPECIALIST = "specialist"
    CONTRACTOR = "contractor"
    DIRECTOR = "director"
    ACCOUNTANT = "accountant"


class Capability(StrEnum):
    """One right; a role is a set of them."""

    ATTEND = "attend"
    READ_TODAY = "read_today"
    ANNOUNCE = "announce"
    READ_QUEUE = "read_queue"
    TRIAGE = "triage"
    READ_NORMS = "read_norms"
    READ_DESK = "read_desk"
    READ_FEES = "read_fees"
    CHANGE_DESK = "change_desk"
    READ_PAYOUT = "read_payout"
    READ_INVOICES = "read_invoices"
    CHANGE_PAYOUT = "change_payout"
    PLAN_COVER = "plan_cover"
    READ_ROSTER = "read_roster"
    WISH_SHIFTS = "wish_shifts"
    CHANGE_ROSTER = "change_roster"
    IMPORT = "import"
    EXPORT = "export"
    LEAD_REVIEWS = "lead_reviews"
    OWN_REVIEW = "own_review"
    CHECK = "check"
    MANAGE_ACCESS = "manage_access"
    UNDO = "undo"
    KEEP_DRAFTS = "keep_drafts"


_ROLES = {
    Role.LEAD: N_("team lead"),
    Role.DEPUTY: N_("deputy"),
    Role.SPECIALIST: N_("specialist"),
    Role.CONTRACTOR: N_("contractor"),
    Role.DIRECTOR: N_("director"),
    Role.ACCOUNTANT: N_("accountant"),
}
_TITLES = {
    Capability.ATTEND: N_("sit at the desk and read what all are told"),
    Capability.READ_TODAY: N_("see what is due today"),
    Capability.ANNOUNCE: N_("tell everybody a line"),
    Capability.READ_QUEUE: N_("see the queue"),
    Capability.TRIAGE: N_("work on tickets"),
    Capability.READ_NORMS: N_("see the norms"),
    Capability.READ_DESK: N_("see people and clients"),
    Capability.READ_FEES: N_("see what clients pay"),
    Capability.CHANGE_DESK: N_("change people, clients and settings"),
    Capability.READ_PAYOUT: N_("see the payout"),
    Capability.READ_INVOICES: N_("see what is to be invoiced"),
    Capability.CHANGE_PAYOUT: N_("change and close the payout"),
    Capability.PLAN_COVER: N_("plan who covers whom"),
    Capability.READ_ROSTER: N_("see the roster"),
    Capability.WISH_SHIFTS: N_("enter wishes for shifts"),
    Capability.CHANGE_ROSTER: N_("change the roster"),
    Capability.IMPORT: N_("import files"),
    Capability.EXPORT: N_("export the desk"),
    Capability.LEAD_REVIEWS: N_("see the points of others and hold 1-on-1s"),
    Capability.OWN_REVIEW: N_("see an own 1-on-1 sheet"),
    Capability.CHECK: N_("check and back up the desk"),
    Capability.MANAGE_ACCESS: N_("let people in over the network"),
    Capability.UNDO: N_("undo own changes"),
    Capability.KEEP_DRAFTS: N_("keep drafts"),
}

_WORK = frozenset(
    {
        Capability.ATTEND,
        Capability.READ_QUEUE, Capability.TRIAGE, Capability.READ_DESK, Capability.UNDO, Capability.KEEP_DRAFTS,
        Capability.READ_ROSTER, Capability.WISH_SHIFTS, Capability.OWN_REVIEW, Capability.READ_TODAY,
    }
)  # fmt: skip

RIGHTS: dict[Role, frozenset[Capability]] = {
    Role.LEAD: frozenset(Capability),
    Role.DEPUTY: _WORK | {Capability.READ_NORMS},
    Role.SPECIALIST: _WORK,
    Role.CONTRACTOR: _WORK,
    Role.DIRECTOR: frozenset(
        {
            Capability.ATTEND,
            Capability.READ_TODAY,
            Capability.READ_NORMS,
            Capability.READ_FEES,
            Capability.READ_PAYOUT,
            Capability.READ_INVOICES,
        }
    ),
    Role.ACCOUNTANT: frozenset({Capability.ATTEND, Capability.READ_FEES, Capability.READ_INVOICES}),
}


def role_word(role: str) -> str:
    """A role in the user's language."""
    return _(_ROLES[Role(role)])


def right_word(capability: Capability) -> str:
    """A right in the user's language."""
    return _(_TITLES[capability])


class Actor(NamedTuple):
    """The person in whose name something is read or written."""

    login: str
    role: Role
    also: frozenset[Capability] = frozenset()
    """Rights beside those of the role: of whom somebody stands in for."""

    def may(self, capability: Capability) -> bool:
        """Whether the role carries the right, or a substitution does."""
        return capability in RIGHTS[self.role] or capability in self.also

    def require(self, capability: Capability) -> None:
        """Refuse with one sentence unless the role carries the right."""
        if not self.may(capability):
            raise NotAllowed(
                _("{login} ({role}) may not {right}.").format(
                    login=self.login, role=role_word(self.role), right=_(_TITLES[capability])
                )
            )


P = ParamSpec("P")
R = TypeVar("R")


class _Guard:
    """The decorator that checks one capability before the function runs."""

    def __init__(self, capability: Capability, sort: str) -> None:
        self.capability = capability
        self.sort = sort

    def __call__(self, function: Callable[Concatenate[Desk, P], R], /) -> Callable[Concatenate[Desk, P], R]:
        @functools.wraps(function)
        def checked(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
            desk.require(self.capability)
            # A file that is found to be damaged while it is read is told in one sentence too.
            with told(desk.database.path):
                return function(desk, *args, **kwargs)

        checked.__dict__.update(capability=self.capability, sort=self.sort)
        return checked


def command(capability: Capability) -> _Guard:
    """Mark a write: one user command, one transaction, checked against the capability."""
    return _Guard(capability, "command")


def query(capability: Capability) -> _Guard:
    """Mark a read, checked against the capability."""
    return _Guard(capability, "query")
