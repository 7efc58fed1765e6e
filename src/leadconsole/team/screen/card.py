"""The facts of the row under the cursor as text: a person, a client, a calendar's week, what stands on a norm."""

from __future__ import annotations

from leadconsole.console.widgets.line import Piece
from leadconsole.console.widgets.text_pane import Block, block
from leadconsole.kernel import formats
from leadconsole.kernel.access import role_word
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.entries import Entry
from leadconsole.kernel.i18n import _, ngettext
from leadconsole.kernel.period import parse_date
from leadconsole.team import rules, words
from leadconsole.team.queries import Directory
from leadconsole.team.screen import access, spans
from leadconsole.team.screen.lists import is_gone, time
from leadconsole.team.screen.week_words import week_hours, week_words
from leadconsole.team.weeks import WEEKS
from leadconsole.tickets import queries as tickets

COMING_DAYS = 12
"""How many of a calendar's next days are told."""


def card(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    """Everything about one row, most needed first; asks the desk for open tickets."""
    return {
        "people": _person, "clients": _client, "contacts": _contact, "absences": spans.absence,
        "subscriptions": spans.fee, WEEKS: _week, "calendar_days": _calendar_day, "norms": _norm, "settings": _setting,
        **dict.fromkeys(access.LISTS, access.card),
    }[entry.file](desk, entry, directory)  # fmt: skip


def _person(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    held = tickets.loads(desk).get(entry["login"], 0)
    blocks = [
        _head(entry["name"], entry["login"]),
        block(" · ".join((role_word(entry["role"]), words.lines(entry["lines"])))),
        block(),
        *_facts(
            (_("Hours a week"), entry["weekly_hours"]),
            (_("E-mail"), entry["email"]),
            (_("Time zone"), entry["timezone"] or _("the desk's")),
            (_("First day"), _day(entry["started"])),
            (_("Last day"), _day(entry["ended"])),
        ),
        block(),
        block(_open_tickets(held)),
    ]
    if is_gone(entry, directory):
        blocks.append(block(_("Has left; everything done here stays in the history."), "dim"))
        if held:
            blocks.append(block(_("These tickets need somebody else: assign them in the queue."), "warning"))
    return blocks + spans.absences_of(entry["login"], directory) + access.keys_of(entry["login"], directory)


def _client(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    calendar = entry["calendar"] or directory.settings.calendar
    contacts = [one for one in directory.entries["contacts"] if one["client"] == entry["code"]]
    blocks = [_head(entry["name"], entry["code"])]
    status = words.client_status(entry["status"])
    blocks.append(block(status, {"leaving": "warning", "left": "dim"}.get(entry["status"], "")))
    if entry["toxic_since"]:
        told = _("Toxic since {day}, never alone").format(day=_day(entry["toxic_since"]))
        blocks.append(block(told + (f": {entry['toxic_reason']}" if entry["toxic_reason"] else ""), "danger"))
    blocks += [
        block(),
        *_facts(
            (_("Policy"), entry["policy"] or _("none: no norms")),
            (_("Calendar"), calendar or _("around the clock")),
            (_("Mail domains"), entry["domains"]),
            (_("Mail addresses"), entry["emails"]),
            (_("First day"), _day(entry["started"])),
            (_("Last day"), _day(entry["ended"])),
        ),
        block(),
        block(_open_tickets(tickets.open_of_client(desk, entry["code"]))),
        *spans.fees_of(entry["code"], directory),
        block(),
        block(ngettext("{n} contact", "{n} contacts", len(contacts)).format(n=len(contacts)), "dim"),
    ]
    for one in contacts:
        rest = " · ".join(part for part in (one["phone"], one["email"], one["note"]) if part)
        blocks.append(Block((Piece(one["name"]), Piece(f"  {rest}", "dim")), 2))
    if entry["notes"]:
        blocks += [block(), block(entry["notes"])]
    return blocks


def _contact(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    client = directory.find("clients", (entry["client"],))
    blocks = [
        _head(entry["name"]),
        *_facts((_("Phone"), entry["phone"]), (_("E-mail"), entry["email"]), (_("Note"), entry["note"])),
    ]
    return blocks if client is None else [*blocks, block(), *_client(desk, client, directory)]


def _week(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    name = entry["calendar"]
    country = directory.settings.country
    blocks = [
        _head(name),
        *(block(told) for told in week_words(entry)),
        block(),
        *_facts(
            (_("Hours a week"), week_hours(entry)),
            (_("Time zone"), entry["timezone"] or directory.settings.timezone),
        ),
    ]
    if country:
        told = _("Public holidays of {country} close it, unless a day says otherwise.")
        blocks.append(block(told.format(country=words.country(country)), "dim"))
    if name == directory.settings.calendar:
        blocks.append(block(_("The desk's own: for all clients without a calendar.")))
    blocks += [block(), block(calendar_use(directory, name))]
    coming = [
        one for one in directory.entries["calendar_days"]
        if one["calendar"] == name and one["date"] >= directory.today
    ]  # fmt: skip
    if coming:
        blocks += [block(), block(_("Days to come"), "dim")]
        blocks += [block(_day_words(one)) for one in coming[:COMING_DAYS]]
        if more := len(coming) - COMING_DAYS:
            blocks += [block(ngettext("… {n} more", "… {n} more", more).format(n=more), "dim")] if more > 0 else []
    return blocks


def _calendar_day(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    week = directory.find(WEEKS, (entry["calendar"],))
    rest = {
        "off": _("Closed all day; norms stand still."),
        "work": _("Open as on a Monday, even on a weekend or a public holiday.") if not entry["opens"] else "",
        "short": _("Closes an hour earlier.") if not entry["opens"] else "",
    }[entry["kind"]]
    blocks = [_head(_day_words(entry))]
    if rest:
        blocks.append(block(rest))
    return blocks if week is None else [*blocks, block(), *_week(desk, week, directory)]


def _norm(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    policy = entry["policy"]
    blocks = [
        _head(policy),
        block(" · ".join((words.priority(entry["priority"]), words.line(entry["line"])))),
        block(),
        *_facts(
            (_("First reply"), time(entry["first_reply_minutes"])),
            (_("Resolution"), time(entry["resolution_minutes"])),
        ),
        block(_("In working time of the client's calendar; a norm for the line wins over one for any line."), "dim"),
        block(),
        block(policy_use(directory, policy)),
        block(),
        block(_("All norms of this policy"), "dim"),
    ]
    for one in directory.entries["norms"]:
        if one["policy"] == policy:
            told = f"{words.priority(one['priority'])} · {words.line(one['line'])}: "
            times = f"{time(one['first_reply_minutes'])} / {time(one['resolution_minutes'])}"
            blocks.append(Block((Piece(told, "dim"), Piece(times, "bold" if one.key == entry.key else ""))))
    return blocks


def _setting(desk: Desk, entry: Entry, directory: Directory) -> list[Block]:
    key = entry["key"]
    default = rules.SETTINGS[key][1]
    return [
        _head(words.setting(key), key),
        block(words.setting_meaning(key)),
        block(),
        *_facts(
            (_("Value"), words.setting_value(key, entry["value"] or default)),
            (_("Default"), words.setting_value(key, default)),
        ),
    ]


def calendar_use(directory: Directory, name: str) -> str:
    """How many clients go by a calendar: those who name it, and for the desk's own those who name none."""
    named = (name, "") if name == directory.settings.calendar else (name,)
    users = [one for one in directory.entries["clients"] if one["calendar"] in named and not is_gone(one, directory)]
    return ngettext("{n} client goes by it.", "{n} clients go by it.", len(users)).format(n=len(users))


def policy_use(directory: Directory, policy: str) -> str:
    """How many clients have a policy."""
    users = [one for one in directory.entries["clients"] if one["policy"] == policy and not is_gone(one, directory)]
    return ngettext("{n} client has this policy.", "{n} clients have this policy.", len(users)).format(n=len(users))


def _day_words(entry: Entry) -> str:
    when = parse_date(entry["date"])
    hours = f", {entry['opens']}–{entry['closes']}" if entry["opens"] else ""
    return f"{formats.weekday(when)} {formats.day(when)}: {words.day_kind(entry['kind'])}{hours}"


def _head(title: str, code: str = "") -> Block:
    return Block((Piece(title, "bold"), Piece(f"  {code}" if code else "", "accent")))


def _facts(*pairs: tuple[str, str]) -> list[Block]:
    """A line for each fact that is known."""
    return [Block((Piece(f"{label}: ", "dim"), Piece(value)), 2) for label, value in pairs if value]


def _day(text: str) -> str:
    return formats.day(parse_date(text)) if text else ""


def _open_tickets(n: int) -> str:
    if n == 0:
        return _("No open tickets")
    return ngettext("{n} open ticket", "{n} open tickets", n).format(n=n)
