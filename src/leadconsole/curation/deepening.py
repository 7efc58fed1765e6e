"""The depth plan: whom to teach which client, why, and that fewer can't do (interchange.md, `cover --depth`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leadconsole.curation import depths, keeping, rules
from leadconsole.curation.facts import Levels
from leadconsole.kernel.access import Capability, query
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import Cancelled, Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.team import facts as team

DEEPEST = 20


@dataclass(frozen=True, slots=True)
class DepthPair:
    """A pair to add, and why this one."""

    client: str
    client_name: str
    login: str
    because: str
    learning: bool


@dataclass(frozen=True, slots=True)
class Impossible:
    """A client that can't come so deep: how many cover it, and how many more there could be."""

    client: str
    client_name: str
    have: int
    possible: int


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Somebody who is the only cover of some clients."""

    login: str
    clients: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepthPlan:
    """The plan; `load` is by login how many clients are covered now and after it."""

    depth: int
    missing: int
    pairs: tuple[DepthPair, ...]
    impossible: tuple[Impossible, ...]
    single_points: tuple[SinglePoint, ...]
    load: Mapping[str, tuple[int, int]]
    proof: str


@query(Capability.READ_DESK)
def depth_plan(desk: Desk, depth: int, cancelled: Callable[[], bool] | None = None) -> DepthPlan:
    """The fewest pairs by which every active client has so many who cover it; `cancelled` answering True ends it."""
    if not 1 <= depth <= DEEPEST:
        raise Refused(
            _("A depth is a whole number from 1 to {most}.").format(most=DEEPEST), code="bad_number", field="depth"
        )

    def told() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled(_("The plan was stopped."))

    reader = desk.reader
    day = team.today(reader, desk.now()).isoformat()
    levels = Levels(reader)
    able = [login for login, one in levels.people.items() if one.gains and one.here(day)]
    contacts = keeping.contacts(desk)
    told()
    covers: Counter[str] = Counter()
    thin: list[depths.Thin] = []
    impossible: list[Impossible] = []
    alone: dict[str, list[str]] = {}
    names = dict(reader.execute("SELECT code, name FROM client WHERE status = 'active' ORDER BY code").fetchall())
    for code in names:
        known = levels.on(code, day)
        cover = {login for login, row in known.items() if row.level in rules.COVERS}
        covers.update(cover)
        if len(cover) == 1:
            alone.setdefault(next(iter(cover)), []).append(code)
        if len(cover) >= depth:
            continue
        learners = tuple(login for login in able if login in known and login not in cover)
        others = tuple(login for login in able if login not in known)
        possible = len(learners) + len(others)
        if possible < depth - len(cover):
            impossible.append(Impossible(code, names[code], len(cover), possible))
        tickets = {login: contacts[code, login].tickets for login in able if (code, login) in contacts}
        thin.append(depths.Thin(code, depth - len(cover), learners, others, tickets))
    chosen = depths.pairs(thin, covers, told)
    after = covers + Counter(one.login for one in chosen)
    by_code = {one.code: one for one in thin}
    return DepthPlan(
        depth,
        len(chosen),
        tuple(
            DepthPair(
                one.client, names[one.client], one.login, _because(one, by_code[one.client], covers, after), one.learner
            )
            for one in chosen
        ),
        tuple(impossible),
        tuple(
            SinglePoint(login, tuple(codes), tuple(names[code] for code in codes))
            for login, codes in sorted(alone.items())
        ),
        {login: (covers[login], after[login]) for login in sorted(able)},
        _proof(depth, len(thin), len(chosen), impossible),
    )


def _because(pair: depths.Chosen, client: depths.Thin, covers: Mapping[str, int], after: Mapping[str, int]) -> str:
    tickets = client.tickets.get(pair.login, 0)
    worked = ngettext("{n} ticket of this client", "{n} tickets of this client", tickets).format(n=tickets)
    load = ngettext(
        "covers {now} client, {after} with this plan",
        "covers {now} clients, {after} with this plan",
        covers[pair.login],
    ).format(now=covers[pair.login], after=after[pair.login])
    if pair.learner:
        return ", ".join(
            (_("is learning it already"), worked, load) if tickets else (_("is learning it already"), load)
        )
    return ", ".join((worked, load) if tickets else (load,))


def _proof(depth: int, clients: int, pairs: int, impossible: list[Impossible]) -> str:
    if not clients:
        return _("Every active client has {depth} who cover it.").format(depth=depth)
    told = ngettext(
        "{n} pair is missing over all clients below depth {depth}, and a pair gives one client one person:"
        " fewer can't do.",
        "{n} pairs are missing over all clients below depth {depth}, and a pair gives one client one person:"
        " fewer can't do.",
        pairs,
    ).format(n=pairs, depth=depth)
    if impossible:
        told += " " + ngettext(
            "{n} client can't come so deep: there are too few people.",
            "{n} clients can't come so deep: there are too few people.",
            len(impossible),
        ).format(n=len(impossible))
    return told
