"""The lists of the 1-on-1 screen: the team and the mirror; meetings, agenda, agreements and criteria of a person."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from leadconsole.console.widgets.columns import Column
from leadconsole.console.widgets.rows import Cell, Row
from leadconsole.console.widgets.sparkline import blocks
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import NP_, _, ngettext, pgettext
from leadconsole.kernel.period import parse_date
from leadconsole.one_on_one import words
from leadconsole.one_on_one.mirror import STREAK, Mirror, Spread
from leadconsole.one_on_one.queries import Action, Glance, Sheet
from leadconsole.one_on_one.rules import Meeting, Verdict

TEAM = ("team", "mirror")
PERSON = ("meetings", "agenda", "agreements", "criteria")
TITLES = {
    "team": NP_("list", "team"),
    "mirror": NP_("list", "mirror"),
    "meetings": NP_("list", "meetings"),
    "agenda": NP_("list", "agenda"),
    "agreements": NP_("list", "agreements"),
    "criteria": NP_("list", "criteria"),
}
LATE, OPEN, DONE, UNREAD, SMALL = "!", "·", "✓", "○", "≈"
OVERVIEW = "overview"
LONGEST_TREND = 12
TONES = {
    Verdict.WORSENING: "danger",
    Verdict.WATCH: "warning",
    Verdict.IMPROVING: "good",
    Verdict.READY_TO_END: "good",
}


def title(name: str) -> str:
    """The name of a list."""
    return pgettext("list", TITLES[name])


def columns(name: str) -> list[Column]:
    """The columns of a list; the high `keep` goes first where there is little room."""
    sign = Column("sign", "", 1)
    return {
        "team": [
            sign, Column("name", _("Name"), 14, flex=2), Column("sum", _("Sum"), 7, align="right"),
            Column("percent", "%", 6, align="right", keep=2), Column("trend", _("Trend"), LONGEST_TREND),
            Column("verdict", _("Verdict"), 12, flex=1, keep=1), Column("next", _("Next"), 6),
            Column("owed", _("You owe"), 7, align="right"),
        ],
        "mirror": [
            sign, Column("name", _("Name"), 12, flex=1), Column("criterion", _("Criterion"), 18, flex=2),
            Column("count", "n", 3, align="right"), Column("spread", _("From – to"), 15, align="right"),
            Column("average", "⌀", 6, align="right"), Column("streak", _("Same"), 5, align="right"),
        ],
        "meetings": [
            sign, Column("date", _("Date"), 11), Column("sum", _("Sum"), 8, align="right"),
            Column("percent", "%", 6, align="right"), Column("change", "±", 5, align="right"),
            Column("points", _("Points"), 16, flex=1, keep=1),
        ],
        "agenda": [
            sign, Column("text", _("What"), 30, flex=1), Column("author", _("Who"), 8), Column("day", _("Since"), 6),
        ],
        "agreements": [
            sign, Column("text", _("What"), 28, flex=1), Column("owner", _("Who does it"), 11),
            Column("due", _("Due"), 6), Column("done", _("Done"), 6, keep=1),
        ],
        "criteria": [
            sign, Column("name", _("Criterion"), 24, flex=1), Column("most", _("At most"), 8, align="right"),
            Column("last", _("Last"), 6, align="right"), Column("own", _("Own"), 6, align="right", keep=1),
        ],
    }[name]  # fmt: skip


def team_rows(glances: Sequence[Glance], today: str) -> list[Row]:
    """The team, a line a person."""
    return [_glance(one, today) for one in glances]


def trend_blocks(percents: Sequence[Fraction]) -> str:
    """The percents of a series as blocks on a scale of their own, half a percent more or less being nothing."""
    figures = [float(one) for one in percents[-LONGEST_TREND:]]
    if not figures:
        return ""
    low, high = min(figures), max(figures)
    return blocks(figures, min(low, high - 10), max(high, low + 10))


def _glance(one: Glance, today: str) -> Row:
    tone = TONES.get(one.verdict, "")
    sign = (
        Cell(LATE, "danger")
        if one.verdict is Verdict.WORSENING or one.promises_late
        else Cell("~" if one.verdict is Verdict.WATCH or one.missed else "", "warning")
    )
    due = formats.short_day(one.next_meeting) if one.next_meeting else "—" if one.has_plan else ""
    soon = one.next_meeting is not None and one.next_meeting.isoformat() == today
    owed = f"{one.promises_late}{LATE} {one.promises}" if one.promises_late else str(one.promises or "")
    return Row(
        one.login,
        (
            sign,
            one.name,
            "" if one.last is None else f"{words.points(one.last.total)}/{words.points(one.last.most)}",
            "" if one.last is None else words.percent(one.last.percent),
            trend_blocks(one.percents),
            Cell(
                words.short_verdict(one.verdict)
                if one.last
                else _("no meeting yet")
                if one.has_sheet
                else _("no sheet yet"),
                tone if one.last else "dim",
            ),
            Cell(due, "accent" if soon else ""),
            Cell(owed, "danger" if one.promises_late else ""),
        ),
        "" if one.last else "dim",
    )


def mirror_rows(mirror: Mirror) -> list[Row]:
    """Spreads by person and criterion; small samples are dim."""
    return [_spread(place, one) for place, one in enumerate(mirror.spreads)]


def _spread(place: int, one: Spread) -> Row:
    streak = Cell(str(one.streak), "warning" if one.streak >= STREAK and not one.small else "")
    told = f"{words.percent(one.least)} – {words.percent(one.most)}"
    sign = SMALL if one.small else ""
    return Row(
        place, (sign, one.name, one.criterion, str(one.count), told, words.percent(one.average), streak),
        "dim" if one.small else "",
    )  # fmt: skip


def person_rows(name: str, sheet: Sheet, meetings: Sequence[Meeting]) -> list[Row]:
    """A list of one person; meetings stand newest first, those of older series dim."""
    if name == "agenda":
        return [
            Row(
                point.number,
                (
                    OPEN if point.closed is None else DONE,
                    point.text,
                    point.author,
                    formats.short_day(parse_date(point.closed)) if point.closed else "",
                ),
                "" if point.closed is None else "dim",
            )
            for point in sheet.agenda
        ]
    if name == "agreements":
        return [_action(one, sheet) for one in sheet.actions]
    if name == "criteria":
        return _criteria(sheet)
    return _meetings(sheet, meetings)


def _meetings(sheet: Sheet, meetings: Sequence[Meeting]) -> list[Row]:
    standing = sheet.review.standing
    present = {meeting.day for meeting in standing.meetings}
    last = standing.last
    told = "" if last is None else trend_blocks([one.percent for one in standing.meetings])
    rows = [Row(OVERVIEW, ("∿", _("all in all"), "", "", "", told), "accent")]
    before: Meeting | None = None
    found = []
    for meeting in meetings:
        change = ""
        if before is not None and before.sheet == meeting.sheet:
            moved = meeting.total - before.total
            change = "=" if not moved else ("+" if moved > 0 else "−") + words.points(abs(moved))
        before = meeting
        unread = meeting.day in sheet.unread
        found.append(
            Row(
                meeting.day,
                (
                    Cell(UNREAD, "warning") if unread else "",
                    formats.day(parse_date(meeting.day)),
                    f"{words.points(meeting.total)}/{words.points(meeting.most)}",
                    words.percent(meeting.percent),
                    change,
                    " ".join(words.points(score.points) for score in meeting.scores),
                ),
                "" if meeting.day in present else "dim",
            )
        )
    return rows + found[::-1]


def _action(one: Action, sheet: Sheet) -> Row:
    late = one.done is None and one.due is not None and one.due < sheet.today.isoformat()
    sign = Cell(LATE, "danger") if late else DONE if one.done else OPEN
    due = formats.short_day(parse_date(one.due)) if one.due else ""
    done = formats.short_day(parse_date(one.done)) if one.done else ""
    cells = (sign, one.text, one.owner, Cell(due, "danger" if late else ""), done)
    return Row((one.date, one.text), cells, "dim" if one.done else "")


def _criteria(sheet: Sheet) -> list[Row]:
    last = sheet.review.standing.last
    rows = []
    for criterion in sheet.criteria:
        score = last.score(criterion.name) if last else None
        own = sheet.own.get(criterion.name)
        rows.append(
            Row(
                criterion.name,
                (
                    "",
                    criterion.name,
                    words.points(criterion.most),
                    words.points(score.points) if score else "",
                    words.points(own[0]) if own else "",
                ),
            )
        )
    return rows


def empty_text(name: str, *, lead: bool) -> str:
    """What an empty list says: why it is, and what to do next."""
    if name == "team":
        return _("Nobody is here to be met.\nThe Desk screen (7) writes people down.")
    if name == "mirror":
        return _("There are no meetings yet to look at.")
    if name == "agenda":
        return _("Nothing is on the agenda.\nc puts something there; it stays until it was talked about.")
    if name == "agreements":
        return (
            _("Nothing is agreed yet.\nt writes down who does what until when.")
            if lead
            else _("Nothing is agreed yet.")
        )
    return (
        _("There are no criteria yet.\ne writes them down, from a template if you like.")
        if lead
        else _("There are no criteria yet.\nThe lead writes them down together with you.")
    )


def count_of(name: str, sheet: Sheet) -> int:
    """How much of a list is still open, for the line on top."""
    if name == "agenda":
        return len(sheet.open_points)
    if name == "agreements":
        return len(sheet.review.open_actions)
    return len(sheet.criteria) if name == "criteria" else sheet.review.standing.trend.n


def meetings_word(count: int) -> str:
    """So many meetings."""
    return ngettext("{n} meeting", "{n} meetings", count).format(n=count)
