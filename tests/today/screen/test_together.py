"""The lead's line on everybody's screen: within a second or so, under the tabs, over no work, gone when withdrawn."""

from __future__ import annotations

from pathlib import Path

from desks import house
from leadconsole.kernel import announcement, i18n
from tickets.screen.seat import seated


async def test_the_lead_tells_everybody_and_withdraws(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.ticket("The printer is silent", assignee="lida")
    async with seated(made.again_beside(), "lida") as lida:
        before = len(lida.lines)
        async with seated(made, "anna") as anna:
            await anna.press("1", "a")
            await anna.type("Mail server down, promise nothing before 16:00\n")
            await anna.until("▲ Mail server down")
        await lida.until("▲ Mail server down")
        assert lida.lines[1].startswith(" ▲ Mail server down, promise nothing before 16:00")
        assert lida.lines[1].endswith("anna, 10:00")
        assert "The printer is silent" in lida.text, "it covers no work"
        assert len(lida.lines) == before
        await lida.press("1")
        assert lida.lines[1].startswith(" ▲ Mail server down")
        await lida.press("a")
        assert "Only the lead tells everybody something." in lida.said
        async with seated(made, "anna") as anna:
            await anna.until("▲ Mail server down")
            await anna.press("1", "w")
            assert "The line is withdrawn." in anna.said
            await anna.press("u")
            await anna.until("▲ Mail server down")
            await anna.press("U")
        for _round in range(100):
            if "▲" not in lida.text:
                break
            await lida.pilot.pause(0.05)
        assert "▲" not in lida.text


async def test_hostile_text_and_another_day(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    announcement.announce(made.desk(), "[/foo] [red]x[/red] \x1b[31m 漢字 " + "long " * 30, "Europe/Moscow")
    made.wait(24 * 60)
    i18n.use("ru")
    async with seated(made, "lida") as seat:
        await seat.until("▲ [/foo]")
        assert "02.03 10:00" in seat.lines[1]
        assert max(map(len, seat.lines)) <= 80


async def test_who_is_here_who_looks_and_who_writes(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    for subject in ("The printer is silent", "No ink"):
        made.ticket(subject, assignee="lida")
    async with seated(made.again_beside(), "lida", (120, 40)) as lida, seated(made, "anna", (120, 40)) as anna:
        await anna.until("◉ The printer")
        await anna.until("◉ lida is looking at this ticket")
        assert anna.lines[0].endswith("+1")
        await lida.press("r")
        await lida.type("We are")
        await anna.until("✎ lida is writing on this ticket")
        await anna.until("✎ The printer")
        await anna.press("r")
        assert "lida also write here" in anna.text
        await anna.press("escape", "j")
        await lida.press("escape", "j")
        await anna.until("◉ No ink")
        await anna.press(":")
        await anna.type("Who is")
        await anna.press("enter")
        assert "looks at 2" in anna.text
        await anna.press("escape")
        assert "◉ The printer" not in anna.text
    async with seated(made, "anna") as anna:
        assert "+1" not in anna.lines[0]
        await anna.press(":")
        await anna.type("Who is")
        assert "Nobody else is here." in anna.text


async def test_writing_is_seen_from_a_narrow_screen_too_and_a_new_ticket_is_about_no_other(tmp_path: Path) -> None:
    made = house(tmp_path / "desk.db")
    made.ticket("The printer is silent", assignee="lida")
    async with seated(made.again_beside(), "lida", (80, 24)) as lida, seated(made, "anna", (80, 24)) as anna:
        await lida.press("c")
        await anna.pilot.pause(2)
        assert "✎" not in anna.text
        await lida.press("escape", "n")
        await anna.until("✎ The printer")
        await lida.press("escape")
        for _round in range(100):
            if "✎" not in anna.text:
                break
            await anna.pilot.pause(0.05)
        assert "✎" not in anna.text
