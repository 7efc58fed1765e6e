"""The sheet of a meeting: points and reasons by keyboard alone, the sum as it grows, what was seen beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from leadconsole.console.dialogs.base import AROUND, Dialog, Submit, plain
from leadconsole.console.dialogs.choice import Option
from leadconsole.console.dialogs.pick_field import PickField
from leadconsole.console.drafts import DraftStore
from leadconsole.console.widgets.text_pane import TextPane
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.kernel.money import parse_minor
from leadconsole.kernel.text import clean_line, width
from leadconsole.one_on_one import evidence as tickets
from leadconsole.one_on_one import rules, words
from leadconsole.one_on_one.evidence import NOTHING, Evidence
from leadconsole.one_on_one.meetings import Given, Held
from leadconsole.one_on_one.queries import Point
from leadconsole.one_on_one.rules import Criterion, Meeting
from leadconsole.one_on_one.screen.pages import evidence_blocks

SAVE_SECONDS = 3.0
"""How often what is typed is kept, so that a line that breaks takes nothing with it."""
BESIDE = 116
"""From so many columns on the evidence stands beside the points."""
AGREED = 3
"""So many new agreements fit one meeting; t writes down more."""


@dataclass(frozen=True)
class Paper:
    """What stands on the sheet before anything is typed."""

    criteria: tuple[Criterion, ...]
    day: str
    last: Meeting | None = None
    own: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    steps: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    typed: Mapping[str, Given] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    seen: Evidence = NOTHING
    gap: int = 0
    """From which difference in percent own points become a point of the agenda."""
    remote: bool = False
    owners: tuple[tuple[str, str], ...] = ()
    """Login and name of who may own an agreement: the person first, then the lead."""


class MeetingDialog(Dialog[Held]):
    """Points by criterion with last and own ones beside; `whole` adds day, agenda, agreements and the private note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("down", "row(1)", show=False, priority=True),  # before the box around takes it for scrolling
        Binding("up", "row(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(8)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
    ]
    DEFAULT_CSS = """
    MeetingDialog #seen { display: none; width: 34; height: auto; }
    MeetingDialog.-beside #seen { display: block; }
    MeetingDialog.-beside #seen-line { display: none; }
    MeetingDialog #sheet { width: 1fr; height: auto; }
    MeetingDialog #around { height: auto; }
    MeetingDialog .line { height: 1; }
    MeetingDialog .line > Static { text-wrap: nowrap; text-overflow: ellipsis; }
    MeetingDialog .line > .name { width: 21; height: 1; padding-right: 1; }
    MeetingDialog .line > .figure { width: 5; height: 1; text-align: right; padding-right: 1; color: $text-muted; }
    MeetingDialog .line > .own { color: $text-accent; }
    MeetingDialog .line > .far { color: $text-warning; text-style: bold; }
    MeetingDialog .line > .points { width: 7; }
    MeetingDialog .line > .wide { width: 1fr; margin-right: 1; }
    MeetingDialog .line > PickField { width: 22; }
    MeetingDialog .line > .due { width: 13; }
    MeetingDialog .head { color: $text-muted; }
    MeetingDialog #sum { height: 1; text-style: bold; }
    MeetingDialog #steps { height: auto; max-height: 4; color: $text-muted; }
    MeetingDialog TextArea { height: 3; }
    """

    def __init__(
        self,
        title: str,
        paper: Paper,
        *,
        whole: bool = True,
        submit: Submit[Held] | None = None,
        drafts: DraftStore | None = None,
        draft_key: str = "",
    ) -> None:
        super().__init__(title, submit=submit)
        self.paper, self.whole = paper, whole
        self._drafts = drafts if draft_key else None
        self._draft_key = draft_key
        kept = self._drafts.get(draft_key) if self._drafts else None
        self._kept = kept or ""
        self._draft: dict[str, Any] = json.loads(kept) if kept else {}

    # --- what is there -------------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        if self._draft:
            yield plain(_("This is your draft; it was kept when the dialog was closed."), classes="notice")
        seen = self.paper.seen
        if self.whole and seen.since:
            yield plain(self._seen_line(), classes="hint", id="seen-line")
        with Horizontal(id="around"):
            with Vertical(id="sheet"):
                yield from self._sheet()
            if self.whole and seen.since:
                pane = TextPane(id="seen")
                pane.can_focus = False
                yield pane

    def _sheet(self) -> Iterable[Widget]:
        if self.whole:
            held = [Option("office", _("in the office")), Option("remote", _("remotely"))]
            yield Horizontal(
                plain(_("Day"), classes="name"),
                self._input("date", self._draft.get("date", self.paper.day), "wide"),
                PickField(_("Where"), held, self._draft.get("held", "remote" if self.paper.remote else "office"),
                          id="field-held"),
                classes="line",
            )  # fmt: skip
            yield self._error("date")
        yield Horizontal(
            plain(_("Criterion"), classes="name head"),
            *(plain(head, classes="figure") for head in (_("max"), _("last"), _("own"))),
            plain(_("today"), classes="points head"),
            plain(_("why"), classes="wide head"),
            classes="line",
        )
        for place, criterion in enumerate(self.paper.criteria):
            yield from self._row(place, criterion)
        yield plain("", id="sum", classes="")
        yield plain("", id="steps", classes="")
        if self.whole:
            yield from self._rest()

    def _row(self, place: int, criterion: Criterion) -> Iterable[Widget]:
        last = self.paper.last.score(criterion.name) if self.paper.last else None
        own = self.paper.own.get(criterion.name)
        given = self.paper.typed.get(criterion.name, Given("", ""))
        typed = self._draft.get("given", {}).get(criterion.name, given)
        yield Horizontal(
            plain(criterion.name, classes="name"),
            plain(words.points(criterion.most), classes="figure"),
            plain(words.points(last.points) if last else "", classes="figure"),
            plain(words.points(own[0]) if own and self.whole else "", classes="figure own", id=f"own_{place}"),
            self._input(f"points_{place}", typed[0], "points"),
            self._input(f"reason_{place}", typed[1], "wide"),
            classes="line",
        )
        yield self._error(f"points_{place}")
        yield self._error(f"reason_{place}")

    def _rest(self) -> Iterable[Widget]:
        talked = self._draft.get("talked", [])
        if self.paper.points:
            yield plain(_("Agenda"), classes="label")
        for point in self.paper.points:
            states = [Option(False, _("stays open")), Option(True, _("talked about"))]
            yield Horizontal(
                plain(point.text, classes="wide"),
                PickField(clean_line(point.text), states, point.number in talked, id=f"field-talked_{point.number}"),
                classes="line",
            )
        yield plain(_("Agreed, by whom, until when; what the person lacks, by the lead"), classes="label")
        owners = [Option(login, name) for login, name in self.paper.owners]
        drafted = self._draft.get("agreed", [])
        for place in range(AGREED):
            text, owner, due = drafted[place] if place < len(drafted) else ("", "", "")
            default = owners[-1].value if place == AGREED - 1 else owners[0].value
            yield Horizontal(
                self._input(f"agreed_{place}", text, "wide"),
                PickField(_("Who does it"), owners, owner or default, id=f"field-owner_{place}"),
                self._input(f"due_{place}", due, "due"),
                classes="line",
            )
            yield self._error(f"agreed_{place}")
        yield plain(_("Private note: nobody but you sees it"), classes="label")
        yield TextArea(self._draft.get("note", ""), id="field-note", soft_wrap=True)

    def _input(self, name: str, text: str, classes: str) -> Input:
        return Input(text, id=f"field-{name}", classes=classes, compact=True, select_on_focus=False)

    def _error(self, name: str) -> Widget:
        return plain("", id=f"error-{name}", classes="error")

    def keys(self) -> str:
        return _("Ctrl+S: save   Tab ↑↓: fields   PgUp PgDn: scroll   Esc: close (kept)")

    def _seen_line(self) -> str:
        seen = self.paper.seen
        named = " · ".join(f"{item.number} {item.client}" for item in seen.items[:4])
        return tickets.in_words(seen) + (f"\n{named}" if named else "")

    def on_mount(self) -> None:
        if found := self.query("#seen"):
            found.first(TextPane).show(evidence_blocks(self.paper.seen))
        first = self.query("#field-points_0") or self.query("Input")
        first.first().focus()
        self._show_sum()
        self.watch(self, "focused", self._show_steps, init=True)
        if self._drafts is not None:
            self.set_interval(SAVE_SECONDS, self.save_draft)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.set_class(event.size.width >= BESIDE, "-beside")
        box = self.query_one("#box").styles  # wider than other dialogs: a table of fields stands in it
        box.width, box.max_width = "98%", 150
        for pane in self.query("#seen"):
            pane.styles.height = max(3, min(event.size.height - AROUND, 24))

    # --- while it is typed -----------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the sum as it is by now, and a reason that its field is too short for."""
        self._show_sum()
        self._show_steps()

    def _show_sum(self) -> None:
        if not self.query("#sum"):
            return
        total = sum(self._minor(place) or 0 for place in range(len(self.paper.criteria)))
        most = sum(criterion.most for criterion in self.paper.criteria)
        told = f"{_('Sum')}  {words.points(total)} / {words.points(most)}"
        if most:
            told += f"  ({words.percent(rules.share(total, most))})"
        if self.paper.last is not None:
            told += "   " + _("last {points}").format(points=words.points(self.paper.last.total))
        self.query_one("#sum", Static).update(told)
        for place, criterion in enumerate(self.paper.criteria):
            own, points = self.paper.own.get(criterion.name), self._minor(place)
            far = (
                own is not None and points is not None and rules.is_far(points, own[0], criterion.most, self.paper.gap)
            )
            self.query_one(f"#own_{place}").set_class(far, "far")
            over = points is not None and points > criterion.most
            self.query_one(f"#field-points_{place}").set_class(over, "far")

    def _minor(self, place: int) -> int | None:
        try:
            return parse_minor(self.query_one(f"#field-points_{place}", Input).value)
        except Refused:
            return None

    def _show_steps(self) -> None:
        """The steps of the criterion that is typed, what the person said of it, and a long reason in full."""
        if not self.query("#steps"):
            return
        name = (self.focused.id or "") if self.focused is not None else ""
        told = ""
        if name.startswith(("field-points_", "field-reason_")):
            criterion = self.paper.criteria[int(name.rpartition("_")[2])]
            steps = self.paper.steps.get(criterion.name, ())
            told = " · ".join(f"{words.points(points)} {text}" for points, text in steps)
            if self.whole and (own := self.paper.own.get(criterion.name)) and own[1]:
                told += f"\n{_('own')}: {own[1]}"
            reason = self.query_one(f"#field-reason_{name.rpartition('_')[2]}", Input)
            if width(reason.value) >= reason.size.width > 0:
                told = f"{clean_line(reason.value)}\n{told}"
        self.query_one("#steps", Static).update(told.strip())

    def action_row(self, rows: int) -> None:
        """Go to the same field of another criterion, or simply on."""
        if isinstance(self.focused, TextArea):
            (self.focused.action_cursor_down if rows > 0 else self.focused.action_cursor_up)()
            return
        kind, _underscore, place = ((self.focused.id or "") if self.focused else "").rpartition("_")
        other = self.query(f"#{kind}_{int(place) + rows}") if kind in ("field-points", "field-reason") else ()
        if other:
            other.first().focus()
        elif rows > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.focus_next()

    # --- what was typed --------------------------------------------------------------------------------------

    def typed(self) -> Held:
        """The meeting as it stands in the fields now."""

        def text(name: str) -> str:
            return self.query_one(f"#field-{name}", Input).value

        given = {
            criterion.name: Given(text(f"points_{place}"), text(f"reason_{place}"))
            for place, criterion in enumerate(self.paper.criteria)
        }
        sheet = tuple((criterion.name, criterion.most) for criterion in self.paper.criteria)
        if not self.whole:
            return Held(self.paper.day, sheet, given)
        agreed = [
            {"text": text(f"agreed_{place}"), "owner": self._picked(f"owner_{place}"), "due": text(f"due_{place}")}
            for place in range(AGREED)
        ]
        talked = [point.number for point in self.paper.points if self._picked(f"talked_{point.number}")]
        note = self.query_one("#field-note", TextArea).text
        return Held(text("date"), sheet, given, self._picked("held"), talked, agreed, note)

    def _picked(self, name: str) -> Any:
        return self.query_one(f"#field-{name}", PickField).value

    def action_save(self) -> None:
        """Save the meeting; agreements that are empty aren't any."""
        typed = self.typed()
        self.submit(typed._replace(agreed=[one for one in typed.agreed if one["text"].strip() or one["due"].strip()]))

    def save_draft(self) -> None:
        if self._drafts is None or not self.is_mounted or not self.query("#sum"):
            return
        typed = self.typed()
        given = {
            name: list(one) for name, one in typed.given.items() if one != self.paper.typed.get(name, Given("", ""))
        }
        agreed = [[one["text"], one["owner"], one["due"]] for one in typed.agreed]
        if not given and not typed.note.strip() and not typed.talked and not any(one[0].strip() for one in agreed):
            if self._kept:
                self._drafts.drop(self._draft_key)
                self._kept = ""
            return
        # Points of criteria that are no more stay in the draft until the meeting is saved.
        given = {**self._draft.get("given", {}), **given}
        kept = {"date": typed.day, "held": typed.held, "given": given, "talked": list(typed.talked), "agreed": agreed}
        text = json.dumps({**kept, "note": typed.note}, ensure_ascii=False)
        if text != self._kept:
            self._kept = text
            self._drafts.put(self._draft_key, text)

    def submitted(self) -> None:
        if self._drafts is not None:
            self._drafts.drop(self._draft_key)
