"""What the keys of the 1-on-1 screen change: ask in a dialog, run the command, say what happened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.form import Field, Form, Values
from leadconsole.console.dialogs.prompt import Prompt, Typed
from leadconsole.console.steps import Steps
from leadconsole.kernel import formats
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import local_date, parse_date, parse_instant
from leadconsole.one_on_one import commands, meetings, queries, rules
from leadconsole.one_on_one.meetings import Given, Held
from leadconsole.one_on_one.queries import Sheet
from leadconsole.one_on_one.screen import plan_text, sheet_text
from leadconsole.one_on_one.screen.meeting import MeetingDialog, Paper
from leadconsole.one_on_one.templates import TEMPLATES
from leadconsole.team.queries import desk_settings
from leadconsole.tickets.days import ahead

if TYPE_CHECKING:
    from leadconsole.one_on_one.screen.review import ReviewScreen


class ReviewActions:
    """The `do_…` methods of the screen's commands that change something; they run as workers of the screen."""

    def __init__(self, screen: ReviewScreen) -> None:
        self.screen = screen
        self.console = screen.console
        self.desk = screen.desk
        self.steps = Steps(screen, "review")

    async def _sheet(self) -> Sheet:
        """The sheet of the person that the command is about, as it is now."""
        return await asyncio.to_thread(queries.sheet, self.desk, self.screen.whose)

    # --- the meeting ------------------------------------------------------------------------------------------

    async def do_review_meet(self) -> None:
        """Hold a meeting; what is typed is kept until it is saved."""
        sheet = await self._sheet()
        login, review = sheet.review.login, sheet.review
        seen = await asyncio.to_thread(queries.evidence, self.desk, login)
        paper = Paper(
            sheet.criteria,
            sheet.today.isoformat(),
            review.standing.last,
            sheet.own,
            sheet.steps,
            points=sheet.open_points,
            seen=seen,
            gap=desk_settings(self.desk).points_gap,
            remote=sheet.remote,
            owners=((login, review.name), self._lead()),
        )
        saved: list[str] = []

        async def submit(held: Held) -> None:
            agreed = [{**one, "due": self._day(one["due"], f"agreed_{place}")} for place, one in enumerate(held.agreed)]
            whole = held._replace(agreed=agreed)
            try:
                saved.append(await asyncio.to_thread(meetings.save, self.desk, login, whole))
            except Refused as refusal:
                if refusal.code == "criteria_changed":
                    refusal.message += " " + _("Esc keeps it, and m shows it beside the new criteria.")
                raise

        title = _("Meeting with {name}").format(name=review.name)
        dialog = MeetingDialog(
            title, paper, submit=submit, drafts=self.console.drafts, draft_key=f"review.meeting:{login}"
        )
        await self.console.push_screen_wait(dialog)
        if saved:
            self.screen.show_person(login, "meetings", saved[0])
            self.steps.done(_("The meeting of {day} is saved.").format(day=formats.day(parse_date(saved[0]))))

    async def do_review_change(self) -> None:
        """Change points and reasons of a record that isn't acknowledged."""
        login, day = self.screen.whose, self.screen.record_day
        record = await asyncio.to_thread(queries.record, self.desk, login, day)
        sheet = await self._sheet()
        typed = {one.criterion: Given(rules.written(one.points), one.reason) for one in record.meeting.scores}
        paper = Paper(record.meeting.criteria, day, record.before, record.own, sheet.steps, typed)

        async def submit(held: Held) -> None:
            await asyncio.to_thread(lambda: meetings.save(self.desk, login, held, again=True))

        title = _("Record of {day}").format(day=formats.day(parse_date(day)))
        dialog = MeetingDialog(title, paper, whole=False, submit=submit)
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("The record of {day} is changed.").format(day=formats.day(parse_date(day))))

    async def do_review_own(self) -> None:
        """Give oneself points before the next meeting."""
        sheet = await self._sheet()
        typed = {name: Given(rules.written(points), reason) for name, (points, reason) in sheet.own.items()}
        paper = Paper(sheet.criteria, "", sheet.review.standing.last, {}, sheet.steps, typed)
        given: list[int] = []

        async def submit(held: Held) -> None:
            given.append(await asyncio.to_thread(meetings.give_own, self.desk, held.given))

        dialog = MeetingDialog(
            _("Own points before the next meeting"), paper, whole=False, submit=submit, drafts=self.console.drafts,
            draft_key="review.own",
        )  # fmt: skip
        await self.console.push_screen_wait(dialog)
        if given:
            count = ngettext("{n} criterion has own points.", "{n} criteria have own points.", given[0])
            self.steps.done(count.format(n=given[0]))

    async def do_review_acknowledge(self) -> None:
        """Acknowledge the own record under the cursor, with a remark."""
        day = self.screen.record_day

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(meetings.acknowledge, self.desk, day, typed.text)

        dialog = Prompt(
            _("Acknowledge the record of {day}").format(day=formats.day(parse_date(day))), lines=True, required=False,
            label=_("A remark, if you like; the record can't be changed by anybody afterwards."), submit=submit,
            drafts=self.console.drafts, draft_key=f"review.acknowledge:{day}",
        )  # fmt: skip
        if await self.console.push_screen_wait(dialog) is not None:
            self.screen.reload()
            self.console.say(_("The record of {day} is acknowledged.").format(day=formats.day(parse_date(day))), "good")

    async def do_review_correct(self) -> None:
        """Add a correction to the record under the cursor."""
        login, day = self.screen.whose, self.screen.record_day

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(meetings.correct, self.desk, login, day, typed.text)

        title = _("Correction to the record of {day}").format(day=formats.day(parse_date(day)))
        await self._prompt(Prompt(title, lines=True, submit=submit, drafts=self.console.drafts,
                                  draft_key=f"review.correct:{login}:{day}"),
                           _("The correction is added."))  # fmt: skip

    async def do_review_note(self) -> None:
        """Keep a private note about the meeting under the cursor."""
        login, day = self.screen.whose, self.screen.record_day
        present = await asyncio.to_thread(queries.private_note, self.desk, login, day)

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(meetings.keep_note, self.desk, login, day, typed.text)

        title = _("Private note, {day}").format(day=formats.day(parse_date(day)))
        dialog = Prompt(title, text=present, lines=True, required=False, submit=submit,
                        label=_("Nobody but you sees it; it leaves the desk only in a private export."))  # fmt: skip
        if await self.console.push_screen_wait(dialog) is not None:
            self.screen.reload()
            self.console.say(_("The note is kept."), "good")

    # --- agenda and agreements --------------------------------------------------------------------------------

    async def do_review_point(self) -> None:
        """Put a point on the agenda."""
        login = self.screen.whose

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(meetings.add_point, self.desk, login, typed.text)

        dialog = Prompt(_("Talk about what?"), submit=submit, drafts=self.console.drafts,
                        draft_key=f"review.point:{login}")  # fmt: skip
        await self._prompt(dialog, _("The point is on the agenda."))

    async def do_review_agree(self) -> None:
        """Write down an agreement."""
        sheet = await self._sheet()
        login = sheet.review.login
        owners = [Option(login, sheet.review.name), Option(*self._lead())]
        fields = (
            Field("text", _("What"), required=True),
            Field("owner", _("Who does it"), "choice", login, options=owners),
            Field("due", _("Due"), hint=_("25.11, 7d, tomorrow; what a person lacks is a promise of the lead")),
        )

        async def submit(values: Values) -> None:
            cells = {**values, "due": self._day(values["due"], "due")}
            await asyncio.to_thread(meetings.agree, self.desk, login, cells)

        dialog = Form(_("New agreement"), fields, submit=submit, drafts=self.console.drafts,
                      draft_key=f"review.agree:{login}")  # fmt: skip
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("It is agreed."))

    async def do_review_finish(self) -> None:
        """Say that the agreement or point under the cursor is done, or isn't after all."""
        screen, login = self.screen, self.screen.whose
        key = screen.table.cursor_key
        if screen.list == "agenda" and isinstance(key, int):
            await self.steps.run(lambda: meetings.close_point(self.desk, login, key), _("It was talked about."))
        elif isinstance(key, tuple):
            day, text = key
            sheet = await self._sheet()
            done = any((one.date, one.text) == key and one.done is None for one in sheet.actions)
            said = _("The agreement is done.") if done else _("The agreement is open again.")
            await self.steps.run(lambda: meetings.finish(self.desk, login, day, text, done=done), said)

    # --- sheet and plan ---------------------------------------------------------------------------------------

    async def do_review_criteria(self) -> None:
        """Write down what matters in the person's work."""
        sheet = await self._sheet()
        login = sheet.review.login
        text = sheet_text.text_of(sheet.criteria, sheet.steps)
        draft_key = f"review.criteria:{login}"
        if not text and self.console.drafts.get(draft_key) is None:
            options = [Option(place, _(one.title)) for place, one in enumerate(TEMPLATES)]
            options.append(Option(-1, _("an empty sheet")))
            chosen = await self.console.push_screen_wait(Choice(_("Start from which sheet?"), options))
            if chosen is None:
                return
            text = sheet_text.template_text(TEMPLATES[chosen]) if chosen >= 0 else ""

        async def submit(typed: Typed) -> None:
            try:
                wanted = sheet_text.read_text(typed.text)
                await asyncio.to_thread(commands.set_sheet, self.desk, login, wanted, self._day(typed.second, "from"))
            except Refused as refusal:
                if refusal.field != "from":
                    refusal.field = "text"
                raise

        dialog = Prompt(
            _("What matters in the work of {name}").format(name=sheet.review.name),
            text=text, lines=True, second_label=_("From day"), second=sheet.today.isoformat(), second_field="from",
            hint=_(
                "A criterion and its maximum: «On time: 20». Under it, moved in, steps in words: «  12 mostly in time»."
                " Other names or maxima begin a new series; the old one stays readable."
            ),
            submit=submit, drafts=self.console.drafts, draft_key=draft_key,
        )  # fmt: skip
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("The sheet of {name} is written down.").format(name=sheet.review.name))

    async def do_review_plan(self) -> None:
        """Say how often the person is met."""
        sheet = await self._sheet()
        login = sheet.review.login

        async def submit(values: Values) -> None:
            rule = plan_text.rule_of(values, self._day(values["start"], "start"))
            if rule:
                write = lambda: commands.enter(self.desk, "meeting_plan", {"login": login, "rule": rule})  # noqa: E731
                await asyncio.to_thread(write)
            elif sheet.plan:
                await asyncio.to_thread(commands.remove, self.desk, "meeting_plan", (login,))

        dialog = Form(_("Meetings with {name}").format(name=sheet.review.name), plan_text.fields(sheet.plan),
                      submit=submit)  # fmt: skip
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(_("The meetings are planned."))

    async def do_review_move(self) -> None:
        """Move the next meeting, or leave it out."""
        sheet = await self._sheet()
        login, day = sheet.review.login, sheet.review.next_meeting
        assert day is not None  # the command's guard has seen to it
        fields = (
            Field("moved", _("To day"), hint=_("25.11, 7d, tomorrow; empty leaves it out")),
            Field("reason", _("Reason")),
        )

        async def submit(values: Values) -> None:
            moved = self._day(values["moved"], "moved")
            write = lambda: commands.move_meeting(self.desk, login, day.isoformat(), moved, values["reason"])  # noqa: E731
            await asyncio.to_thread(write)

        title = _("Move the meeting of {day}").format(day=f"{formats.weekday(day)} {formats.day(day)}")
        if await self.console.push_screen_wait(Form(title, fields, submit=submit)) is not None:
            self.steps.done(_("The meeting is moved; what is open stays open."))

    async def do_review_export(self) -> None:
        """Write the person's history to a file."""
        from leadconsole.kernel import host_files
        from leadconsole.one_on_one import export

        login = self.screen.whose

        async def submit(typed: Typed) -> None:
            await asyncio.to_thread(export.export_history, self.desk, login, host_files.named(typed.text))

        dialog = Prompt(
            _("Write the history of {login} to which file?").format(login=login),
            text=f"{login}.md",
            hint=_("Markdown (.md) or Excel (.xlsx); a file that is there stays."),
            submit=submit,
        )
        typed = await self.console.push_screen_wait(dialog)
        if typed is not None:
            self.console.say(_("The history is in {path}.").format(path=typed.text.strip()), "good")

    async def do_review_undo(self) -> None:
        """Take back the person's last step."""
        await self.steps.undo()

    async def do_review_redo(self) -> None:
        """Do again what was taken back."""
        await self.steps.redo()

    # --- how ----------------------------------------------------------------------------------------------------

    async def _prompt(self, dialog: Prompt, done: str) -> None:
        if await self.console.push_screen_wait(dialog) is not None:
            self.steps.done(done)

    def _lead(self) -> tuple[str, str]:
        """Login and name of the lead as the owner of an agreement."""
        login = self.desk.actor.login
        return login, _("{login} (lead)").format(login=login)

    def _day(self, text: str, field: str) -> str:
        """The ISO day that somebody means by a day to come, such as 25.11 or 7d; nothing stays nothing."""
        if not text.strip():
            return ""
        zone = desk_settings(self.desk).timezone
        try:
            return local_date(
                parse_instant(ahead(text, self.desk.now(), zone, end_of_day=False), zone), zone
            ).isoformat()
        except Refused as refusal:
            refusal.field = field
            raise
