"""What the keys of the Roster screen write into cells: a shift from a list, a week again, a pattern, a swap, a wish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leadconsole.console.asking import Asking
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.kernel import formats
from leadconsole.kernel.entries import NEW
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.roster import commands, queries, words
from leadconsole.roster.rules import patterns
from leadconsole.roster.rules.month import Cell
from leadconsole.roster.screen import forms, letters

if TYPE_CHECKING:
    from leadconsole.roster.screen.roster import RosterScreen

FREED = ""
_EVERYBODY = "*"


class Edits(Asking):
    """The `do_…` methods that write shifts and wishes; they run as workers of the screen."""

    def __init__(self, screen: RosterScreen) -> None:
        super().__init__(screen, "roster")
        self.screen = screen

    async def _put(self, cells: Mapping[Cell, str | None], done: str) -> None:
        """Write cells and say what was done; where nothing changes, that."""
        checker = self.screen.checker
        if all(checker.shift(*cell) == code for cell, code in cells.items()):
            self.console.say(_("Nothing changes by that."))
        elif await self.screen.put(cells):
            self.screen.grid.clear_marks()
            self.console.say(done, "good", self.steps.how_back())

    async def do_roster_choose(self) -> None:
        """Choose the shift of the cell, or of all that are marked."""
        screen = self.screen
        cells = screen.chosen
        checker, facts = screen.checker, screen.month.facts
        one = cells[0] if len(cells) == 1 else None
        options: list[Option[str]] = []
        for code, kind in facts.types.items():
            ends = (kind.starts + kind.length) % 1440 or 1440
            note = f"{words.wall(kind.starts)}–{words.wall(ends)}"
            breaks = one is not None and not checker.fits(*one, code)
            told = _("{hours}, breaks a rule").format(hours=note) if breaks else note
            options.append(Option(code, f"{code}  {kind.name}", note=told, tone="warning" if breaks else ""))
        options.append(Option(FREED, _("free")))
        chosen = await self.choose(self._title(cells), options, current=checker.shift(*one) if one else None)
        if chosen is not None:
            told = ngettext("{n} day: {shift}.", "{n} days: {shift}.", len(cells))
            told = told.format(n=len(cells), shift=chosen or _("free"))
            await self._put(dict.fromkeys(cells, chosen or None), told)

    def _title(self, cells: list[Cell]) -> str:
        if len(cells) == 1:
            login, day = cells[0]
            return _("Shift of {name}, {day}").format(name=self._name(login), day=words.date_title(day))
        return ngettext("Shift of {n} marked day", "Shift of {n} marked days", len(cells)).format(n=len(cells))

    def _name(self, login: str) -> str:
        return self.screen.month.facts.by_login[login].name

    # --- many cells --------------------------------------------------------------------------------------------

    async def do_roster_copy(self) -> None:
        """Write the shifts of the week before into the week of the cursor."""
        screen, at = self.screen, self.screen.at
        assert at is not None  # the command's guard has seen to it
        login, day = at
        marked = list(dict.fromkeys(one for one, _day in screen.chosen))
        options = [Option(login, self._name(login)), Option(_EVERYBODY, _("everybody"))]
        if len(marked) > 1:
            told = ngettext("{n} marked person", "{n} marked people", len(marked)).format(n=len(marked))
            options.insert(0, Option("", told))
        week = patterns.week_of(screen.month.facts, day)
        title = _("Week {first}–{last} as the week before, of whom?").format(
            first=_short(week[0]), last=_short(week[-1])
        )
        who = await self.choose(title, options)
        if who is None:
            return
        logins = marked if not who else list(screen.month.facts.by_login) if who == _EVERYBODY else [who]
        cells = patterns.week_again(screen.checker, logins, day)
        await self._put(cells, _("The week is as the week before."))

    async def do_roster_pattern(self) -> None:
        """Ask for a pattern and write it from the cursor to the end of the month, or into the marked days."""
        screen, at = self.screen, self.screen.at
        assert at is not None  # the command's guard has seen to it
        facts = screen.month.facts
        chosen = screen.chosen
        days = sorted({day for _login, day in chosen})
        logins = list(dict.fromkeys(login for login, _day in chosen))
        if len(days) == 1:
            days = [day for day in facts.days if day >= at[1]]
        usual = screen.checker.shift(*at) or next(iter(facts.types))
        cells: dict[Cell, str | None] = {}

        def read(typed: Typed) -> None:
            what = patterns.pattern(letters.as_codes(typed.text, list(facts.types)), list(facts.types), usual)
            cells.update(patterns.repeated(facts, logins, days, what))

        n = len(logins)
        who = self._name(logins[0]) if n == 1 else ngettext("{n} person", "{n} people", n).format(n=n)
        dialog = Prompt(
            _("Pattern for {who}, {first}–{last}").format(who=who, first=_short(days[0]), last=_short(days[-1])),
            hint=_(
                "2/2: two days {code}, two free; {code} 5/2; letters such as {code}{code}--. Days away stay."
            ).format(code=usual),
            submit=read,
            drafts=self.console.drafts,
            draft_key="roster.pattern",
        )
        if await self.console.push_screen_wait(dialog) is not None:
            n = sum(screen.checker.shift(*cell) != code for cell, code in cells.items())
            await self._put(cells, ngettext("{n} day changed.", "{n} days changed.", n).format(n=n))

    async def do_roster_swap(self) -> None:
        """Choose with whom to swap the shifts of the day, or of the marked days."""
        screen, at = self.screen, self.screen.at
        assert at is not None  # the command's guard has seen to it
        login = at[0]
        checker = screen.checker
        days = sorted({day for _one, day in screen.chosen})
        marked = [one for one in dict.fromkeys(one for one, _day in screen.chosen) if one != login]
        options = []
        for one in screen.month.facts.people:
            if one.login != login:
                has = " ".join(checker.shift(one.login, day) or "·" for day in days[:7])
                tone = "" if all(screen.month.facts.available(one.login, day) for day in days) else "warning"
                options.append(Option(one.login, one.name, note=has, tone=tone))
        if not options:
            self.console.say(_("There is nobody to swap with."), "warning")
            return
        first, last = _short(days[0]), _short(days[-1])
        span = first if len(days) == 1 else f"{first}–{last}"
        title = _("Swap {name}, {days}, with whom?").format(name=self._name(login), days=span)
        other = await self.choose(title, options, current=marked[0] if marked else None)
        if other is not None:
            cells = patterns.swapped(checker, login, other, days)
            told = _("{one} and {other} swapped {days}.").format(one=login, other=other, days=span)
            await self._put(cells, told)

    # --- wishes ------------------------------------------------------------------------------------------------

    async def do_roster_wish(self) -> None:
        """Ask what the person of the cell wants on the day; an empty weight takes the wish away."""
        at = self.screen.at
        assert at is not None  # the command's guard has seen to it
        login, day = at
        found = [one for one in queries.entries(self.desk, "wishes") if one.key == (login, day)]
        cells = found[0].cells if found else NEW
        facts = self.screen.month.facts

        def write(values: Mapping[str, str]) -> None:
            if not values["weight"]:
                if found:
                    commands.unwish(self.desk, (login, day), cells)
                return
            commands.wish(self.desk, {"login": login, "date": day, **values}, cells)

        title = _("Wish of {name}, {day}").format(name=self._name(login), day=words.date_title(day))
        values = await self.fill_in(title, forms.wish_fields(cells, facts), write, f"roster.wish:{login}:{day}")
        if values is None:
            return
        if values["weight"]:
            self.steps.done(_("The wish of {name} is written down.").format(name=login))
        elif found:
            self.steps.done(_("The wish of {name} is removed.").format(name=login))

    async def do_roster_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_roster_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()


def _short(iso: str) -> str:
    return formats.short_day(parse_date(iso))
