"""`leadconsole ticket tag|merge|split|link|unlink|macro`: tickets are labelled, joined, parted, run through a macro."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from leadconsole.kernel.desk import Desk
from leadconsole.kernel.errors import NotFound, Refused
from leadconsole.kernel.headless import Parser, whole
from leadconsole.kernel.i18n import _
from leadconsole.tickets import commands, macros, shelves, splitting, story, tagging

_MOST = 10**15
Work = Callable[[Desk, int, Namespace], int | None]


def arguments(verb: Callable[[str, str, Work], Parser]) -> None:
    """Declare these commands of `ticket` and what each takes."""
    tag = verb("tag", _("add tags and take tags away"), _tag)
    tag.add_argument("add", metavar="TAG", nargs="*", help=_("a tag to add"))
    tag.add_argument("--remove", metavar="TAG", action="append", default=[], help=_("a tag to take away; repeatable"))
    merge = verb("merge", _("close it as a duplicate; it goes on in another ticket"), _merge)
    merge.add_argument("into", metavar="M", type=whole(1, _MOST), help=_("the ticket that is kept"))
    merge.add_argument("--across-clients", action="store_true", help=_("even if they are of different clients"))
    split = verb("split", _("make messages and notes a ticket of their own, and show that one"), _split)
    split.add_argument("--subject", metavar="TEXT", required=True, help=_("what it is about, in one line"))
    split.add_argument(
        "--seq",
        metavar="SEQ",
        type=whole(0, _MOST),
        action="append",
        default=[],
        help=_("a message or note by its seq in the JSON of ticket show; repeatable"),
    )
    split.add_argument("--body", action="store_true", help=_("the text of the request, too"))
    for name, told, work in (
        ("link", _("keep that two tickets belong together"), _link),
        ("unlink", _("forget that two tickets belong together"), _unlink),
    ):
        verb(name, told, work).add_argument("other", metavar="M", type=whole(1, _MOST), help=_("the other ticket"))
    macro = verb("macro", _("run a macro on it"), _macro)
    macro.add_argument("name", metavar="NAME", help=_("the name of the macro"))


def _tag(desk: Desk, number: int, given: Namespace) -> None:
    commands.retag(desk, number, tagging.read(" ".join([*given.add, *(f"-{tag}" for tag in given.remove)])))


def _merge(desk: Desk, number: int, given: Namespace) -> None:
    commands.merge(desk, number, given.into, across=given.across_clients)


def _split(desk: Desk, number: int, given: Namespace) -> int:
    places = []
    if given.body:
        places.append(splitting.BODY)
    said = [part.place for part in story.parts(desk, number) if part.place != splitting.BODY]
    for seq in given.seq:
        found = [place for place in said if place[1] == seq]
        if not found:
            raise NotFound(
                _("Ticket {number} has no message or note {seq} to split off.").format(number=number, seq=seq),
                field="seq",
            )
        places += found
    return commands.split(desk, number, places, given.subject)


def _link(desk: Desk, number: int, given: Namespace) -> None:
    commands.link(desk, number, given.other)


def _unlink(desk: Desk, number: int, given: Namespace) -> None:
    commands.unlink(desk, number, given.other)


def _macro(desk: Desk, number: int, given: Namespace) -> None:
    found = [one for one in shelves.kept(desk, shelves.MACROS) if one["name"] == given.name]
    if not found:
        known = ", ".join(f"«{one['name']}»" for one in shelves.kept(desk, shelves.MACROS)) or "—"
        raise NotFound(
            _("There is no macro «{name}»; known are {known}.").format(name=given.name[:40], known=known), field="name"
        )
    refused = macros.run(desk, found[0], [number]).bulk.refused
    if refused:
        raise Refused(refused[0][1])
