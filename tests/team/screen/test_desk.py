"""The Desk screen by its keys: what a lead does without any file, and what everybody else sees of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from desks import House, empty_house
from leadconsole.kernel.access import Role
from leadconsole.team import commands
from leadconsole.team.screen import DeskScreen
from leadconsole.team.screen.lists import LISTS
from team.screen.houses import desk_house, hostile_house
from tickets.screen.seat import Seat, seated


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with something in every list."""
    return desk_house(tmp_path / "desk.db")


@asynccontextmanager
async def at_desk(
    home: House, *keys: str, login: str = "anna", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Seat, DeskScreen]]:
    """Somebody at the Desk screen who has pressed these keys."""
    async with seated(home, login, size) as seat:
        await seat.press("7")
        screen = next(one for one in seat.app.screen_stack if isinstance(one, DeskScreen))
        await seat.press(*keys)
        yield seat, screen


def one(home: House, question: str, *values: object) -> Any:
    """The first row that SQLite answers."""
    return home.database.reader.execute(question, values).fetchone()


def names(screen: DeskScreen) -> list[object]:
    """The keys of the rows that are shown."""
    return [entry.key[0] for entry in screen._entries(screen.file)]


async def field(seat: Seat, name: str, text: str) -> None:
    """Go to a field of the form, replace what stands there."""
    seat.app.screen.query_one(f"#field-{name}").focus()
    await seat.press("end", "ctrl+u")
    await seat.type(text)


async def test_every_list_is_stepped_through_both_ways(home: House) -> None:
    async with at_desk(home) as (seat, screen):
        seen = []
        for _list in LISTS:
            seen.append(screen.file)
            await seat.press("right_square_bracket")
        assert seen == list(LISTS)
        assert screen.file == "people"
        await seat.press("left")
        assert screen.file == "settings"
        await seat.press("ъ", "ъ", "х")
        assert screen.file == "people"
        await seat.press("f")
        await seat.until("Show which list?")
        await seat.type("norms")
        await seat.press("enter")
        assert screen.file == "norms"
        assert "15" in seat.text


async def test_a_person_is_written_down_changed_and_undone(home: House) -> None:
    async with at_desk(home, "c") as (seat, screen):
        await seat.until("New person")
        await field(seat, "login", "Пётр")
        await field(seat, "name", "Пётр Великий")
        await seat.press("ctrl+s")
        await seat.until("is no login")
        assert one(home, "SELECT count(*) FROM person WHERE name LIKE 'Пётр%'") == (0,)
        assert "Пётр Великий" in seat.text, "what was typed survives a refusal"
        await field(seat, "login", "petr")
        seat.app.screen.query_one("#field-lines").focus()
        await seat.press("right", "right", "right")
        await field(seat, "started", "02.03.2026")
        await seat.press("ctrl+s")
        await seat.until("Person petr is written down.")
        stored = "SELECT name, role, lines, weekly_minutes, started, ended FROM person WHERE login = 'petr'"
        assert one(home, stored) == (
            "Пётр Великий", "specialist", "1+2", 2400, "2026-03-02", None,
        )  # fmt: skip
        assert screen.table.cursor_key == ("petr",)
        await seat.press("e")
        await seat.until("Ctrl+S: save")
        await field(seat, "ended", "2026-03-01")
        await seat.press("ctrl+s")
        await seat.until("It ends (2026-03-01) before it starts")
        await field(seat, "ended", "2026-03-31")
        await seat.press("ctrl+s")
        await seat.until("Person petr is changed.")
        assert one(home, "SELECT ended FROM person WHERE login = 'petr'") == ("2026-03-31",)
        await seat.press("u")
        await seat.until("Person petr: the last change was taken back")
        assert one(home, "SELECT ended FROM person WHERE login = 'petr'") == (None,)
        await seat.press("u")
        assert one(home, "SELECT count(*) FROM person WHERE login = 'petr'") == (0,)
        await seat.press("U", "U")
        assert one(home, "SELECT ended FROM person WHERE login = 'petr'") == ("2026-03-31",)


async def test_who_left_is_last_and_dim_and_can_be_hidden(home: House) -> None:
    async with at_desk(home) as (seat, screen):
        assert names(screen)[-1] == "ira"
        assert screen.source.rows[-1].tone == "dim"
        assert any(line.startswith(" – Ира") for line in seat.lines)
        await seat.press("h")
        assert "ira" not in names(screen)
        assert "Who left and what is past is hidden" in seat.said
        await seat.press("]")
        assert names(screen) == ["acme", "globex", "kotel"]
        await seat.press("h")
        assert names(screen) == ["acme", "globex", "kotel", "old"]


async def test_the_filter_narrows_as_it_is_typed_and_folds(home: House) -> None:
    async with at_desk(home, "slash") as (seat, screen):
        await seat.type("КОТЕЛ")
        assert names(screen) == ["ira"]
        await seat.press("enter")
        assert "1 row found." in seat.said
        await seat.press("escape")
        assert len(names(screen)) == 5
        await seat.press("slash")
        await seat.type("contractor")
        assert names(screen) == ["vera"]
        await seat.type(" zzz")
        await seat.until("Nothing here has «contractor zzz».")
        await seat.press("escape", "]", "full_stop")
        await seat.type("котел")
        assert names(screen) == ["kotel"]


async def test_a_client_with_contacts_and_domains(home: House) -> None:
    async with at_desk(home, "]", "c") as (seat, screen):
        await seat.until("New client")
        await field(seat, "code", "acme")
        await field(seat, "name", "Bolt")
        await seat.press("ctrl+s")
        await seat.until("Client acme is there already; change it instead.")
        await field(seat, "code", "bolt")
        await field(seat, "domains", "bolt.example bolt.test")
        seat.app.screen.query_one("#field-policy").focus()
        await seat.press("right")
        seat.app.screen.query_one("#field-notes").focus()
        await seat.type("One\nTwo")
        await seat.press("ctrl+s")
        await seat.until("Client bolt is written down.")
        assert one(home, "SELECT name, domains, policy, notes, status FROM client WHERE code = 'bolt'") == (
            "Bolt", "bolt.example bolt.test", "std", "One\nTwo", "active",
        )  # fmt: skip
        await seat.press("t")
        assert screen.file == "contacts"
        assert "of bolt" in seat.lines[1]
        await seat.press("c")
        await seat.until("New contact")
        await field(seat, "name", "Ольга")
        await field(seat, "phone", "+7 495 7")
        await seat.press("ctrl+s")
        await seat.until("is written down")
        assert one(home, "SELECT phone FROM contact WHERE client = 'bolt' AND name = 'Ольга'") == ("+7 495 7",)
        assert names(screen) == ["bolt"]
        await seat.press("e")
        await seat.until("Contact bolt, Ольга")
        await field(seat, "email", "olga@bolt.example")
        await seat.press("ctrl+s")
        await seat.until("is changed")
        await seat.press("x")
        await seat.until("Remove this? Contact bolt, Ольга")
        await seat.press("enter")
        assert one(home, "SELECT count(*) FROM contact WHERE client = 'bolt'") == (1,), "Enter doesn't remove"
        await seat.press("y")
        await seat.until("is removed")
        assert one(home, "SELECT count(*) FROM contact WHERE client = 'bolt'") == (0,)
        await seat.press("u")
        await seat.until("taken back")
        assert one(home, "SELECT email FROM contact WHERE client = 'bolt'") == ("olga@bolt.example",)
        await seat.press("escape")
        assert screen.file == "clients"
        assert screen.table.cursor_key == ("bolt",)


async def test_people_and_clients_are_never_removed(home: House) -> None:
    async with at_desk(home, "x") as (seat, _screen):
        assert "A person stays for the history" in seat.said
        await seat.press("]", "x")
        assert "A client stays for the history" in seat.said
        await seat.press("[", "[", "x")
        assert "A setting isn't removed" in seat.said
        await seat.press("c")
        assert "All settings are in the list" in seat.said


async def test_a_calendar_with_a_lunch_break_a_day_off_and_a_working_saturday(home: House) -> None:
    async with at_desk(home, *"]]]]]") as (seat, screen):
        assert screen.file == "weeks"
        await seat.press("c")
        await seat.until("New calendar")
        await field(seat, "calendar", "shop")
        await field(seat, "sat", "10-16 15-18")
        await seat.press("ctrl+s")
        await seat.until("These hours touch or overlap")
        await field(seat, "sat", "10-13 14-16")
        await seat.press("ctrl+s")
        await seat.until("Calendar shop is written down.")
        saturday = (
            "SELECT group_concat(opens || '-' || closes) FROM calendar_hours WHERE calendar = 'shop' AND weekday = 5"
        )
        assert one(home, saturday) == ("600-780,840-960",)
        assert one(home, "SELECT count(*) FROM calendar_hours WHERE calendar = 'shop'") == (12,)
        await seat.press("]", "c")
        await seat.until("New day")
        seat.app.screen.query_one("#field-date").focus()
        await seat.type("31.02.2026")
        await seat.press("ctrl+s")
        await seat.until("is not a date")
        await field(seat, "date", "14.03.2026")
        seat.app.screen.query_one("#field-kind").focus()
        await seat.press("right")
        await field(seat, "opens", "10:00")
        await seat.press("ctrl+s")
        await seat.until("Give both opens and closes, or neither.")
        await field(seat, "closes", "15:00")
        await seat.press("ctrl+s")
        await seat.until("is written down")
        day = "SELECT kind, opens, closes FROM calendar_day WHERE date = '2026-03-14'"
        assert one(home, day) == ("work", 600, 900)
        await seat.press("x", "y")
        await seat.until("is removed")
        assert one(home, day) is None
        await seat.press("c")
        await field(seat, "date", "01.05.2026")
        await field(seat, "until", "04.05.2026")
        await seat.press("ctrl+s")
        await seat.until("Day office, 1 May 2026 is written down.")
        assert one(home, "SELECT count(*) FROM calendar_day WHERE date LIKE '2026-05-%' AND kind = 'off'") == (4,)


async def test_removing_a_calendar_says_what_it_touches(home: House) -> None:
    async with at_desk(home, *"]]]]]", "j", "x") as (seat, _screen):
        await seat.until("Remove this? Calendar office")
        assert "2 clients go by it." in seat.text
        assert "Their norms run around the clock then" in seat.text
        assert "3 days of its own go, too." in seat.text
        await seat.press("y")
        await seat.until("Calendar office is removed.")
        assert one(home, "SELECT count(*) FROM calendar_hours WHERE calendar = 'office'") == (0,)
        await seat.press("u")
        await seat.until("taken back")
        assert one(home, "SELECT count(*) FROM calendar_day WHERE calendar = 'office'") == (3,)
        assert home.differences() == []


async def test_after_a_removal_the_cursor_keeps_its_place(home: House) -> None:
    async with at_desk(home, *"]]]]]]]", "j", "x", "y") as (seat, screen):
        await seat.until("is removed")
        assert screen.table.cursor == 1
        assert screen.table.cursor_key == ("std", "normal", 0)
        await seat.until("Norm std, urgent, line 2 is removed.")
        await seat.press("u")
        await seat.until("taken back")
        assert screen.table.cursor_key == ("std", "normal", 0)


async def test_a_norm_and_a_setting_move_due_times_at_once(home: House) -> None:
    due = home.value(1, "resolution_due")
    async with at_desk(home, *"]]]]]]]", "G") as (seat, screen):
        assert screen.table.cursor_key == ("std", "normal", 0)
        await seat.press("e")
        await seat.until("Norm std, normal, any line")
        await field(seat, "resolution_minutes", "1:00")
        await seat.press("ctrl+s")
        await seat.until("is changed")
        assert one(home, "SELECT resolution_minutes FROM norm WHERE priority = 'normal'") == (60,)
        sooner = home.value(1, "resolution_due")
        assert sooner != due
        await seat.press("]", "]", "]", "j", "j", "j", "j", "e")
        await seat.until("Setting «Calendar»")
        await seat.press("right", "ctrl+s")
        await seat.until("is changed")
        assert one(home, "SELECT value FROM setting WHERE key = 'calendar'") == ("",)
        assert home.value(1, "resolution_due") == sooner
        await seat.press("G", "k", "e")
        await seat.until("Stale after days")
        await field(seat, "value", "soon")
        await seat.press("ctrl+s")
        await seat.until("«soon» is not a whole number")
        await field(seat, "value", "30")
        await seat.press("ctrl+s")
        await seat.until("is changed")
        assert one(home, "SELECT value FROM setting WHERE key = 'stale_days'") == ("30",)
        assert home.differences() == []


async def test_a_stale_edit_shows_both_values_and_asks(home: House) -> None:
    async with at_desk(home, "]", "e") as (seat, _screen):
        await seat.until("Client acme")
        await field(seat, "name", "Acme Ltd")
        commands.enter(home.again_beside().desk(), "clients", {"code": "acme", "name": "Acme & Sons"})
        await seat.press("ctrl+s")
        await seat.until("Somebody has changed this meanwhile")
        assert "You saw: Acme" in seat.text
        assert "It is now: Acme & Sons" in seat.text
        assert "You want: Acme Ltd" in seat.text
        await seat.press("k")
        await seat.until("Somebody was faster")
        assert "Acme Ltd" in seat.text, "the form stays with what was typed"
        assert one(home, "SELECT name FROM client WHERE code = 'acme'") == ("Acme & Sons",)
        await seat.press("ctrl+s")
        await seat.until("Somebody has changed this meanwhile")
        await seat.press("o")
        await seat.until("Client acme is changed.")
        assert one(home, "SELECT name FROM client WHERE code = 'acme'") == ("Acme Ltd",)


async def test_others_changes_appear_within_a_second_and_the_cursor_stays(home: House) -> None:
    async with at_desk(home, "j", "j") as (seat, screen):
        assert screen.table.cursor_key == ("oleg",)
        home.again_beside().person("boris", name="Boris")
        await seat.until("Boris")
        assert screen.table.cursor_key == ("oleg",)


async def test_a_draft_brings_back_only_what_was_typed(home: House) -> None:
    async with at_desk(home, "]", "e") as (seat, _screen):
        await field(seat, "name", "Acme Ltd")
        await seat.press("escape")
        home.client("acme", domains="new.example", name="Acme")
        await seat.press("e")
        await seat.until("This is your draft")
        await seat.press("ctrl+s")
        await seat.until("is changed")
        assert one(home, "SELECT name, domains FROM client WHERE code = 'acme'") == ("Acme Ltd", "new.example")


async def test_who_only_reads_sees_everything_and_changes_nothing(home: House) -> None:
    home.people["lida"] = Role.SPECIALIST
    before = home.snapshot()
    async with at_desk(home, "]", login="lida") as (seat, _screen):
        for key in ("c", "e", "x"):
            await seat.press(key)
            assert "Your role only reads this." in seat.said
        await seat.press("enter")
        await seat.until("Ask for the second till.")
    async with at_desk(home, "enter", login="lida", size=(120, 40)) as (seat, screen):
        assert screen.card.has_focus
    assert home.snapshot() == before


async def test_the_facts_stand_beside_the_list_and_enter_opens_them_where_it_is_narrow(home: House) -> None:
    async with at_desk(home, "j", size=(120, 40)) as (seat, _screen):
        await seat.until("2 open tickets")
        await seat.press("]")
        await seat.until("Mail domains: acme.example")
        await seat.until("2 open tickets")
        assert "Nina Petrova  +7 495 1" in seat.text
        await seat.press("j", "j")
        await seat.until("Toxic since 15 Jan 2026, never alone:")
        await seat.press(*"]]]]", "j")
        await seat.until("Mo, Tu 09:00–13:00, 14:00–18:00")
        assert "Public holidays of Russia close it" in seat.text
        assert "Sa 7 Mar 2026: working day, 10:00–14:00" in seat.text
        await seat.press("i")
        assert "Public holidays" not in seat.text
    async with at_desk(home, "]") as (seat, screen):
        assert "Mail domains" not in seat.text
        await seat.press("enter")
        await seat.until("Mail domains")
        await seat.press("e")
        await seat.until("Ctrl+S: save")
        await seat.press("escape", "escape")
        assert screen.table.has_focus


async def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    async with at_desk(hostile_house(tmp_path / "desk.db"), size=(120, 40)) as (seat, screen):
        for _list in LISTS:
            for _row in range(screen.table.count):
                await seat.press("e")
                for letter in ("\x1b", "\x07", "\u202e", "\u200b"):
                    assert letter not in seat.text
                await seat.press("escape", "j")
            if screen.file != "settings":
                assert "[/foo]" in seat.text, screen.file
            await seat.press("]")


async def test_an_empty_desk_says_what_to_do_next(tmp_path: Path) -> None:
    async with at_desk(empty_house(tmp_path / "desk.db")) as (seat, screen):
        assert "Nobody is written down yet." in seat.text
        assert "c adds the first." in seat.text
        for key in ("e", "x"):
            await seat.press(key)
            assert "Nothing is selected." in seat.said
        for _list in LISTS[:-1]:
            if screen.file == "refused":
                assert "Nothing was refused so far." in seat.text
            elif screen.file not in ("people", "clients", "weeks", "norms"):
                await seat.press("c")
                assert "first." in seat.said
            else:
                assert "c adds the first." in seat.text
            await seat.press("]")


async def test_another_screen_opens_a_person_or_a_client_here(home: House) -> None:
    async with at_desk(home, "h") as (seat, screen):
        screen.open_subject("client", "old")
        await seat.settle()
        assert screen.table.cursor_key == ("old",)
        screen.open_subject("person", "lida")
        await seat.settle()
        assert (screen.file, screen.table.cursor_key) == ("people", ("lida",))


async def test_help_names_every_key_and_sign(home: House) -> None:
    async with at_desk(home, "question_mark", size=(120, 60)) as (seat, screen):
        await seat.until("Keys and signs")
        seen = ""
        for _page in range(3):
            seen += seat.text
            await seat.press("pagedown")
        for command in screen.SCREEN_COMMANDS:
            assert command.title in seen, command.id
        for _sign, meaning in screen.LEGEND:
            assert meaning in seen


async def test_an_absence_shows_its_days_and_is_changed_and_undone(home: House) -> None:
    async with at_desk(home, *"]]]", size=(120, 40)) as (seat, screen):
        assert screen.file == "absences"
        assert "Nobody is away, and nobody will be." in seat.text
        await seat.press("c")
        await seat.until("New absence")
        await field(seat, "from", "27.04.2026")
        await field(seat, "to", "2026-04-20")
        await seat.press("ctrl+s")
        await seat.until("It ends (2026-04-20) before it starts")
        await field(seat, "to", "10.05.2026")
        await seat.press("ctrl+s")
        await seat.until("is written down")
        assert one(home, "SELECT login, first, last, kind FROM absence") == (
            "anna", "2026-04-27", "2026-05-10", "vacation",
        )  # fmt: skip
        await seat.until("14 days, 9 working days")
        assert "14 days of vacation in 2026" in seat.text
        await seat.press("c")
        await field(seat, "from", "2026-05-10")
        await field(seat, "to", "2026-05-11")
        await seat.press("ctrl+s")
        await seat.until("anna is away from 2026-04-27 to 2026-05-10 already")
        await seat.press("escape", "e")
        await seat.until("Absence anna, 27 Apr 2026")
        await field(seat, "to", "2026-05-03")
        await seat.press("ctrl+s")
        await seat.until("No part of it has 14 days.")
        await seat.press("u")
        await seat.until("9 working days")
        await seat.press("x")
        await seat.until("The person is there on these days then.")
        await seat.press("y")
        await seat.until("is removed")
        assert one(home, "SELECT count(*) FROM absence") == (0,)
        await seat.press("u")
        await seat.until("9 working days")


async def test_who_is_away_now_has_a_sign_and_holds_tickets(home: House) -> None:
    cells = {"login": "lida", "from": "2026-02-24", "to": "2026-03-09", "kind": "sick"}
    commands.enter(home.desk(), "absences", cells)
    commands.enter(home.desk(), "absences", {**cells, "from": "2026-01-12", "to": "2026-01-13"})
    async with at_desk(home, *"]]]", size=(120, 40)) as (seat, screen):
        await seat.until("2 open tickets are with this person")
        assert any("• Lida" in line for line in seat.lines)
        assert screen.source.rows[-1].tone == "dim"
        await seat.press("h")
        assert len(names(screen)) == 1


async def test_a_new_fee_ends_the_running_one_in_the_same_step(home: House) -> None:
    fees = "SELECT group_concat(first || ' ' || coalesce(last, '') || ' ' || monthly_fee, '; ') FROM subscription"
    async with at_desk(home, *"]]]]", size=(120, 40)) as (seat, screen):
        assert screen.file == "subscriptions"
        assert "No client pays by the month yet." in seat.text
        await seat.press("c")
        await seat.until("New fee")
        await field(seat, "monthly_fee", "ten")
        await field(seat, "from", "2026-01-01")
        await seat.press("ctrl+s")
        await seat.until("«ten»")
        await field(seat, "monthly_fee", "10 000,50")
        await seat.press("ctrl+s")
        await seat.until("is written down")
        assert one(home, fees) == ("2026-01-01  1000050",)
        await seat.press("c")
        await field(seat, "monthly_fee", "12000")
        await seat.press("ctrl+s")
        await seat.until("End the running fee on 31 Mar 2026?")
        assert "Now: 10,000.50 since 1 Jan 2026" in seat.text
        await seat.press("n")
        await seat.until("acme has a fee from 2026-01-01 to further notice")
        await seat.press("ctrl+s")
        await seat.until("End the running fee")
        await seat.press("y")
        await seat.until("is written down")
        assert one(home, fees) == ("2026-01-01 2026-03-31 1000050; 2026-04-01  1200000",)
        await seat.until("10,000.50 RUB  1 Jan 2026 – 31 Mar 2026")
        await seat.press("u")
        await seat.until("taken back")
        assert one(home, fees) == ("2026-01-01  1000050",)
        await seat.press("U")
        await seat.until("done again")
        assert one(home, fees) == ("2026-01-01 2026-03-31 1000050; 2026-04-01  1200000",)
        await seat.press("[", "[", "[", "j")
        await seat.until("No subscription")


async def test_a_running_fee_that_somebody_changed_is_asked_about_again(home: House) -> None:
    fee = {"client": "acme", "from": "2026-01-01", "monthly_fee": "100"}
    commands.enter(home.desk(), "subscriptions", fee)
    async with at_desk(home, *"]]]]", "c") as (seat, _screen):
        await field(seat, "monthly_fee", "200")
        await seat.press("ctrl+s")
        await seat.until("Now: 100.00")
        commands.enter(home.again_beside().desk(), "subscriptions", {**fee, "monthly_fee": "150", "to": "2026-05-31"})
        await seat.press("y")
        await seat.until("Somebody was faster")
        await seat.press("ctrl+s")
        await seat.until("Now: 150.00")
        await seat.press("y")
        await seat.until("is written down")
    assert home.database.reader.execute("SELECT first, last FROM subscription").fetchall() == [
        ("2026-01-01", "2026-03-31"), ("2026-04-01", None),
    ]  # fmt: skip


async def test_fees_are_no_list_for_who_may_not_see_them(home: House) -> None:
    commands.enter(home.desk(), "subscriptions", {"client": "acme", "from": "2026-01-01", "monthly_fee": "777"})
    home.people["lida"] = Role.SPECIALIST
    async with at_desk(home, "]", login="lida", size=(120, 40)) as (seat, screen):
        await seat.until("Mail domains")
        assert "777" not in seat.text
        seen = set()
        for _list in LISTS:
            seen.add(screen.file)
            await seat.press("]")
            assert "777" not in seat.text
            assert "subscriptions" not in seat.text
        assert seen == set(LISTS) - {"subscriptions", "keys", "refused"}
