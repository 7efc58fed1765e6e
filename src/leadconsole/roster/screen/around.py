"""Kinds of shifts, demand, rules and wishes of the month: a list of each, its rows added, changed, removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from leadconsole.console.dialogs.base import Dialog
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.form import Values
from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.row_table import RowTable
from leadconsole.console.widgets.rows import ListSource, Row
from leadconsole.kernel.entries import NEW, Cells, Entry, key_of
from leadconsole.kernel.i18n import _
from leadconsole.roster import commands, queries, words
from leadconsole.roster.entries import BY_NAME, READING
from leadconsole.roster.law import source
from leadconsole.roster.rules.names import DEFAULTS, RuleName
from leadconsole.roster.screen import forms
from leadconsole.roster.screen.keys import no_right
from leadconsole.roster.screen.plans import Plans


class Asked(NamedTuple):
    """What is wanted of a list: `add`, `change` or `remove`, and of which row."""

    what: str
    place: int


class RowsDialog(Dialog[Asked]):
    """A list of rows; keys ask for a new one, a change, a removal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,c", "ask('add')", show=False),
        Binding("e", "ask('change')", show=False),
        Binding("x,delete", "ask('remove')", show=False),
    ]

    def __init__(
        self, title: str, rows: Sequence[tuple[str, str]], *, empty: str, place: int, fixed: bool, locked: str
    ) -> None:
        super().__init__(title)
        self.rows = rows
        self.empty = empty
        self.place = place
        self.fixed = fixed
        """Whether the rows are always the same, so that none is added; a removal takes the default again."""
        self.locked = locked
        """Why nothing can be changed, or nothing."""

    def compose_body(self) -> Iterable[Widget]:
        columns = [Column("name", "", 24, flex=2), Column("told", "", 20, flex=3)]
        yield RowTable(columns, header=False, empty=self.empty, id="rows")

    def on_mount(self) -> None:
        table = self.query_one(RowTable)
        table.set_source(ListSource([Row(place, row) for place, row in enumerate(self.rows)]))
        table.move_to(self.place)
        table.focus()

    def keys(self) -> str:
        if self.locked:
            return _("Esc: close")
        if self.fixed:
            return _("Enter: change   x: the default again   Esc: close")
        return _("a: add   Enter: change   x: remove   Esc: close")

    def fit(self, room: int) -> None:
        super().fit(room)
        self.query_one(RowTable).styles.height = max(2, min(len(self.rows), room - 1))

    def on_row_table_opened(self, event: RowTable.Opened) -> None:
        event.stop()
        self.action_ask("change")

    def action_ask(self, what: str) -> None:
        """Close with what is wanted."""
        if self.locked:
            self.show_error(self.locked)
        elif what != "add" and not self.rows:
            self.show_error(_("There is nothing here yet; a adds the first."))
        elif what != "add" or not self.fixed:
            self.dismiss(Asked(what, self.query_one(RowTable).cursor))


class Around(Plans):
    """The `do_…` method about what stands around the shifts."""

    async def do_roster_around(self) -> None:
        """Choose what to look at, then show its rows until Esc."""
        options = [
            Option("shift_types", _("Kinds of shifts"), note=str(len(self.screen.month.facts.types))),
            Option("demand", _("Demand: how many people when"), note=str(len(self.screen.month.facts.demand))),
            Option("roster_rules", _("Rules and their limits"), note=str(len(DEFAULTS))),
            Option(
                "person_rules", _("Own limits of people"), note=str(len(queries.entries(self.desk, "person_rules")))
            ),
            Option("wishes", _("Wishes of this month"), note=str(len(self.screen.month.facts.wishes))),
        ]
        file = await self.choose(_("Look at what?"), options)
        if file is not None:
            await self.rows(file)

    async def rows(self, file: str) -> None:
        """Show the rows of a file, and do with them what is asked for."""
        titles = {
            "shift_types": _("Kinds of shifts"),
            "demand": _("Demand"),
            "roster_rules": _("Rules"),
            "wishes": _("Wishes"),
            "person_rules": _("Own limits"),
        }
        empty = {
            "shift_types": _("There is no kind of shift yet; a adds one, such as D from 09:00 to 18:00."),
            "demand": _("Nothing is wanted yet; a says how many people you need when."),
            "wishes": _("Nobody wishes anything in this month."),
            "person_rules": _("Nobody has an own limit; a adds one, such as at most four nights a month."),
        }
        place = 0
        while True:
            entries = self._entries(file)
            dialog = RowsDialog(
                titles[file],
                [self._told(one) for one in entries],
                empty=empty.get(file, ""),
                place=place,
                fixed=file == "roster_rules",
                locked="" if file == "wishes" else no_right(self.screen) or "",
            )
            asked = await self.console.push_screen_wait(dialog)
            if asked is None:
                return
            place = asked.place
            if asked.what == "add":
                await self._ask(file, NEW, fresh=True)
            elif asked.what == "change":
                await self._ask(file, entries[place].cells, fresh=False)
            else:
                await self._remove(entries[place])

    def _entries(self, file: str) -> list[Entry]:
        found = queries.entries(self.desk, file)
        if file == "wishes":
            return [one for one in found if one["date"][:7] == str(self.screen.which)]
        if file != "roster_rules":
            return found
        own = {one["rule"]: one for one in found}
        return [own.get(name.value) or _default(name) for name in RuleName]

    def _told(self, one: Entry) -> tuple[str, str]:
        """A row in two cells: what it is, and what it says."""
        cells = one.cells
        if one.file == "shift_types":
            span = f"{cells['starts']}–{cells['ends']}"
            pause = cells["break_minutes"]
            told = _("{hours}, break {n} min").format(hours=span, n=pause) if pause not in ("", "0") else span
            return f"{cells['code']}  {cells['name']}", told
        if one.file == "demand":
            span = f"{cells['starts']}–{cells['ends']}"
            line = words.line(int(cells["line"] or 0))
            return words.kind_of_day(cells["day"]), f"{span} {line}: {cells['people']}"
        if one.file == "wishes":
            return f"{cells['login']}  {words.value('date', cells['date'])}", _wish(cells)
        if one.file == "person_rules":
            kind = f" {cells['shift']}" if cells["shift"] else ""
            return cells["login"], f"{words.rule(cells['rule'])}{kind}: {cells['limit']}"
        limit = f" {cells['limit']}" if cells["limit"] else ""
        law = source(self.screen.month.facts.country, RuleName(cells["rule"]), self.screen.month.facts.days[0])
        told = f"{words.severity(cells['severity'])}{limit}"
        told = _("own: {told}").format(told=told) if one.stored else told
        return words.rule(cells["rule"]), f"{told} · {law}" if law else told

    async def _ask(self, file: str, cells: Cells, *, fresh: bool) -> None:
        facts = self.screen.month.facts
        start = dict(cells)
        if fresh and file == "wishes":
            at = self.screen.at
            start = {"login": at[0], "date": at[1]} if at is not None else start
        elif fresh and file == "person_rules" and self.screen.at is not None:
            start = {"login": self.screen.at[0]}
        keys = {column.name for column in BY_NAME[file].columns if column.key}
        saved: list[str] = []

        def write(values: Mapping[str, str]) -> None:
            typed = {**({} if fresh else {name: cells[name] for name in keys}), **values}
            typed = forms.demand_cells(typed) if file == "demand" else typed
            if file == "wishes":
                commands.wish(self.desk, typed, NEW if fresh else cells)
            else:
                stored = file != "roster_rules" or self._is_own(cells["rule"])
                commands.enter(self.desk, file, typed, cells if stored and not fresh else NEW)
            saved.append(words.named(file, key_of(BY_NAME[file], typed, READING)))

        def submit(values: Values) -> None:
            write(values)

        title = words.title(file) if fresh else words.named(file, key_of(BY_NAME[file], cells, READING))
        fields = forms.fields(file, start, facts, fresh=fresh)
        draft = f"roster.{file}" if fresh else f"roster.{title}"
        await self.fill_in(title, fields, submit, draft)
        if saved:
            told = _("{name} is written down.") if fresh else _("{name} is changed.")
            self.steps.done(told.format(name=saved[0]))

    def _is_own(self, rule: str) -> bool:
        return any(one["rule"] == rule for one in queries.entries(self.desk, "roster_rules"))

    async def _remove(self, one: Entry) -> None:
        name = words.named(one.file, one.key)
        if not one.stored:
            self.console.say(_("{name} has its default already.").format(name=name), "warning")
            return

        def write() -> None:
            if one.file == "wishes":
                commands.unwish(self.desk, one.key, one.cells)
            else:
                commands.remove(self.desk, one.file, one.key, one.cells)

        title = _("Remove this? {name}").format(name=name)
        if await self.confirm(title, [f"{self.steps.how_back()}."], write, dangerous=True):
            self.steps.done(_("{name} is removed.").format(name=name))


def _default(name: RuleName) -> Entry:
    rule = DEFAULTS[name]
    limit = "" if rule.limit is None else str(rule.limit // 100)
    cells = {"rule": name.value, "severity": rule.severity.value, "limit": limit}
    return Entry("roster_rules", (name.value,), cells, stored=False)


def _wish(cells: Cells) -> str:
    return words.wish(cells["shift"], int(cells["weight"]))
