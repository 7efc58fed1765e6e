"""What stands beside the lists as text: a person all in all, one record, the mirror, a criterion."""

from __future__ import annotations

from collections.abc import Sequence

from leadconsole.console.widgets.bars import bars, scale_of
from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.kernel.text import pad
from leadconsole.one_on_one import words
from leadconsole.one_on_one.evidence import LATE, REPEATED, RETURNED, Evidence, in_words
from leadconsole.one_on_one.mirror import ENOUGH, STREAK, Mirror, Side
from leadconsole.one_on_one.queries import Record, Sheet
from leadconsole.one_on_one.rules import READY_AVERAGE, Meeting, Standing
from leadconsole.one_on_one.screen import lists

MOST_BARS = 16
_SIGNS = {LATE: "!", RETURNED: "↩", REPEATED: "↻"}


def overview(sheet: Sheet) -> list[Block]:
    """A person all in all: verdict with its reason, chart, criteria, what is open."""
    review, standing = sheet.review, sheet.review.standing
    blocks = [Block((Piece(review.name, "bold"), Piece(f"  {review.login}", "dim"))), *_calendar(sheet), block()]
    if not sheet.criteria and not standing.meetings:
        blocks.append(block(_("There is no sheet yet: what matters in this person's work isn't written down."), "dim"))
        return blocks
    tone = lists.TONES.get(standing.verdict, "bold")
    blocks += [block(_capital(words.verdict(standing.verdict)), tone), block(words.because(standing)), block()]
    blocks += [*chart(standing.meetings), *by_criterion(standing)]
    open_points = sheet.open_points
    if open_points:
        blocks += [block(), block(_("Agenda"), "dim")]
        blocks += [
            Block((Piece(f"{lists.OPEN} {one.text}"), Piece(f"  {one.author}", "dim")), 2) for one in open_points
        ]
    if review.open_actions:
        blocks += [block(), block(_("Agreed"), "dim")]
        today = sheet.today.isoformat()
        for one in review.open_actions:
            late = one.due is not None and one.due < today
            due = f", {formats.short_day(parse_date(one.due))}" if one.due else ""
            sign = lists.LATE if late else lists.OPEN
            blocks.append(
                Block((Piece(f"{sign} {one.text}", "danger" if late else ""), Piece(f"  {one.owner}{due}", "dim")), 2)
            )
    if len(standing.series) > 1:
        days = ", ".join(formats.day(parse_date(one.first)) for one in standing.series[:-1])
        blocks += [block(), block(_("Earlier criteria, from: {days}").format(days=days), "dim")]
    return blocks


def _calendar(sheet: Sheet) -> list[Block]:
    told = []
    following = sheet.review.next_meeting
    if following is not None:
        when = f"{formats.weekday(following)} {formats.day(following)}"
        told.append(
            Block(
                (
                    Piece(_("Next meeting: {day}").format(day=when), "accent"),
                    Piece(f"  {words.plan(sheet.plan)}", "dim"),
                )
            )
        )
    elif not sheet.plan:
        told.append(block(_("No plan of meetings yet."), "dim"))
    if sheet.missed:
        days = ", ".join(formats.short_day(day) for day in sheet.missed[-4:])
        count = len(sheet.missed)
        text = ngettext("{n} meeting was missed: {days}", "{n} meetings were missed: {days}", count)
        told.append(block(text.format(n=count, days=days), "warning"))
    if sheet.unread:
        count = len(sheet.unread)
        text = ngettext("{n} record isn't acknowledged yet.", "{n} records aren't acknowledged yet.", count)
        told.append(block(text.format(n=count), "warning"))
    return told


def chart(meetings: Sequence[Meeting]) -> list[Block]:
    """The sums in percent as bars, the line from which the control ends behind them."""
    shown = meetings[-MOST_BARS:]
    if len(shown) < 2:
        return []
    values = [float(one.percent) for one in shown]
    low, high = scale_of(values)
    wide = 2 if len(shown) <= 10 else 1
    lines = bars(values, low, high, wide=wide, marks=[READY_AVERAGE])
    blocks = [Block((Piece(pad(one.label, 4, "right"), "dim"), Piece(f" {one.bars}", "accent"))) for one in lines]
    cells = len(shown) * (wide + 1) - 1
    first, last = (formats.short_day(parse_date(one.day)) for one in (shown[0], shown[-1]))
    foot = pad(first, max(len(first) + 1, cells - len(last))) + last
    return [*blocks, Block((Piece(f"     {foot}", "dim"),)), block()]


def by_criterion(standing: Standing) -> list[Block]:
    """Each criterion of the last series as a row of blocks, from its first points to its last."""
    meetings = standing.meetings
    if not meetings:
        return []
    blocks = []
    widest = max(len(one.name) for one in meetings[-1].criteria)
    for criterion in meetings[-1].criteria:
        scores = [one.score(criterion.name) for one in meetings]
        given = [score for score in scores if score is not None]
        if not given:
            continue
        told = words.points(given[-1].points)
        if len(given) > 1:
            told = f"{words.points(given[0].points)} → {told}"
        shape = lists.trend_blocks([one.share for one in given])
        blocks.append(
            Block(
                (
                    Piece(pad(criterion.name, min(widest, 26)) + " "),
                    Piece(pad(shape, min(lists.LONGEST_TREND, len(meetings))), "accent"),
                    Piece(f" {told}"),
                    Piece(f" / {words.points(criterion.most)}", "dim"),
                ),
                2,
            )
        )
    return blocks


def record_page(record: Record, note: str) -> list[Block]:
    """One meeting: points with reasons, what was seen, agreed, said; the lead's own note at the end."""
    meeting, before = record.meeting, record.before
    sums = f"{words.points(meeting.total)} / {words.points(meeting.most)}  ({words.percent(meeting.percent)})"
    head = [Piece(formats.day(parse_date(meeting.day)), "bold"), Piece(f"  {sums}", "bold")]
    if record.author:
        held = _("remotely") if record.held == "remote" else _("in the office")
        head.append(Piece(f"  {record.author}, {held}", "dim"))
    blocks = [Block(tuple(head)), _acknowledged(record)]
    if record.remark:
        blocks.append(block(f"«{record.remark}»", indent=2))
    for score in meeting.scores:
        pieces = [
            Piece(score.criterion + "  "),
            Piece(f"{words.points(score.points)}/{words.points(score.most)}", "bold"),
        ]
        earlier = before.score(score.criterion) if before else None
        if earlier is not None and earlier.points != score.points:
            moved = score.points - earlier.points
            pieces.append(
                Piece(f" {'+' if moved > 0 else '−'}{words.points(abs(moved))}", "good" if moved > 0 else "danger")
            )
        if own := record.own.get(score.criterion):
            pieces.append(Piece("  " + _("own {points}").format(points=words.points(own[0])), "accent"))
            if own[1]:
                pieces.append(Piece(f" ({own[1]})", "dim"))
        blocks += [block(), Block(tuple(pieces)), block(f"  {score.reason}", "dim", 2)]
    if record.evidence.since:
        blocks += [block(), *evidence_blocks(record.evidence)]
    if record.actions:
        blocks += [block(), block(_("Agreed"), "dim")]
        for one in record.actions:
            due = f", {formats.short_day(parse_date(one.due))}" if one.due else ""
            sign = lists.DONE if one.done else lists.OPEN
            blocks.append(Block((Piece(f"{sign} {one.text}"), Piece(f"  {one.owner}{due}", "dim")), 2))
    if record.talked:
        blocks += [
            block(),
            block(_("Talked about"), "dim"),
            *(block(f"{lists.DONE} {one}", indent=2) for one in record.talked),
        ]
    if record.corrections:
        blocks += [block(), block(_("Corrections"), "dim")]
        for author, _at, text in record.corrections:
            blocks.append(Block((Piece(f"{author}: ", "dim"), Piece(text)), 2))
    if note:
        blocks += [block(), block(_("Your private note (nobody else sees it)"), "warning"), block(note)]
    return blocks


def _acknowledged(record: Record) -> Block:
    if record.acknowledged is None:
        return block(_("not acknowledged yet"), "warning")
    return block(_("acknowledged by {login}").format(login=record.login), "good")


def evidence_blocks(seen: Evidence) -> list[Block]:
    """Counts of the tickets since the last meeting, and those worth a word."""
    blocks = [block(in_words(seen), "dim")]
    for item in seen.items:
        tone = "danger" if item.what == LATE else "warning"
        pieces = (Piece(f"{_SIGNS[item.what]} {item.number} ", tone), Piece(f"{item.client}: {item.subject}"))
        blocks.append(Block(pieces, 2))
    return blocks


def criterion_page(sheet: Sheet, name: str) -> list[Block]:
    """A criterion: since when, the words of its steps, how it went."""
    criterion = next((one for one in sheet.criteria if one.name == name), None)
    if criterion is None:
        return []
    since = _("since {day}").format(day=formats.day(parse_date(criterion.first)))
    most = _("at most {points} points").format(points=words.points(criterion.most))
    blocks = [block(criterion.name, "bold"), block(f"{most}, {since}", "dim"), block()]
    steps = sheet.steps.get(name, ())
    for points, text in steps:
        blocks.append(Block((Piece(f"{words.points(points):>4}  ", "accent"), Piece(text)), 6))
    if not steps:
        blocks.append(block(_("No words for the steps of its scale yet."), "dim"))
    if own := sheet.own.get(name):
        told = _("Own points before the next meeting: {points}").format(points=words.points(own[0]))
        blocks += [block(), block(told, "accent"), block(own[1])]
    blocks.append(block())
    for meeting in sheet.review.standing.meetings[::-1]:
        score = meeting.score(name)
        if score is not None:
            day = formats.short_day(parse_date(meeting.day))
            blocks.append(
                Block(
                    (Piece(f"{day}  ", "dim"), Piece(f"{words.points(score.points)}  ", "bold"), Piece(score.reason)), 2
                )
            )
    return blocks


def mirror_page(mirror: Mirror) -> list[Block]:
    """Remote against office, and what the columns of the mirror mean."""
    blocks = [
        block(_("Remote against office"), "bold"),
        _side(_("remote"), mirror.remote),
        _side(_("office"), mirror.office),
    ]
    if mirror.remote.average is not None and mirror.office.average is not None:
        apart = mirror.remote.average - mirror.office.average
        if mirror.remote.small or mirror.office.small:
            blocks.append(block(_("Too few meetings or people to compare: take it for a question."), "warning"))
        else:
            blocks.append(block(_("{points} percentage points apart.").format(points=words.signed(apart))))
    blocks += [
        block(),
        block(_("From – to: the least and the most points that were given, in percent of the maximum. A criterion that"
                " always gets the same tells neither of you anything."), "dim"),
        block(_("Same: the longest run of the same points; from {n} on it is worth a look.").format(n=STREAK), "dim"),
        block(_("≈: fewer than {n} meetings, which says little.").format(n=ENOUGH), "dim"),
    ]  # fmt: skip
    return blocks


def _side(name: str, side: Side) -> Block:
    if side.average is None:
        return Block((Piece(f"{name}: "), Piece(_("no meetings"), "dim")))
    people = ngettext("{n} person", "{n} people", side.people).format(n=side.people)
    told = f"{lists.meetings_word(side.meetings)}, {people}"
    return Block(
        (
            Piece(f"{lists.SMALL if side.small else ' '} {name}: {words.percent(side.average)}", ""),
            Piece(f"  {told}", "dim"),
        )
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
