"""The fields of a canned text and of a macro."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Field
from leadconsole.kernel.access import Capability
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import _
from leadconsole.team.queries import workers
from leadconsole.tickets import placeholders, rules, shelves, words
from leadconsole.tickets.shelves import ME, NOBODY

if TYPE_CHECKING:
    from leadconsole.tickets.screen.asking import Asking


def name(file: str, one: Entry) -> str:
    """What a row of a shelf is called."""
    return shelves.file_words(file).row(one.key)


def whose(one: Entry) -> str:
    """Whether a row is everybody's or one's own."""
    return _("yours") if one.key[0] else _("everybody's")


def text_fields(asking: Asking, shown: Entry | None) -> list[Field]:
    """The fields of a canned text."""
    return [
        Field("name", _("Title"), value=shown["name"] if shown else "", required=True, max_length=40),
        _owner(asking, shown),
        Field("text", _("Text"), "lines", shown["text"] if shown else "", required=True, hint=_in_braces()),
    ]


def macro_fields(asking: Asking, shown: Entry | None) -> list[Field]:
    """The fields of a macro; what is left empty it leaves as it is."""

    def cell(column: str) -> str:
        return shown[column] if shown else ""

    same = Option("", _("stays as it is"))
    people = [
        same,
        Option(ME, _("whoever runs it")),
        Option(NOBODY, _("nobody")),
        *(Option(one.login, f"{one.name} ({one.login})") for one in workers(asking.desk)),
    ]
    if cell("assign") and cell("assign") not in {option.value for option in people}:
        people.append(Option(cell("assign"), _("{login}, who left").format(login=cell("assign"))))
    return [
        Field("name", _("Title"), value=cell("name"), required=True, max_length=40),
        _owner(asking, shown),
        Field("assign", _("Who gets it"), "choice", cell("assign"), options=people),
        Field(
            "line", _("Line"), "choice", cell("line"),
            options=[same, *(Option(str(line), _("line {line}").format(line=line)) for line in rules.LINES)],
        ),
        Field("reason", _("Reason for the line"), value=cell("reason")),
        Field(
            "priority", _("Priority"), "choice", cell("priority"),
            options=[same, *(Option(one.value, words.priority(one.value)) for one in rules.Priority)],
        ),
        Field("tags", _("Tags"), value=cell("tags"), hint=_("a word adds one, -word takes one away")),
        Field("minutes", _("Minutes worked"), value=cell("minutes")),
        Field("note", _("Note"), "lines", cell("note")),
        Field("reply", _("Reply, recorded"), "lines", cell("reply"), hint=_in_braces()),
        Field(
            "status", _("Status"), "choice", cell("status"),
            options=[same, *(Option(one.value, words.status(one.value)) for one in rules.Status)],
        ),
        Field("wait", _("Waits until"), value=cell("wait"), hint=_("such as 3d or tomorrow; with a waiting status")),
    ]  # fmt: skip


def _owner(asking: Asking, shown: Entry | None) -> Field:
    login = asking.desk.actor.login
    options = [Option(login, _("for me"))]
    if asking.desk.actor.may(Capability.CHANGE_DESK) or (shown is not None and not shown.key[0]):
        options.append(Option("", _("for everybody")))
    return Field("owner", _("For whom"), "choice", shown.key[0] if shown else login, options=options)


def _in_braces() -> str:
    return _("Filled in: {known}").format(known=placeholders.known())
