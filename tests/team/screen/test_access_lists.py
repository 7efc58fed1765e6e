"""People's keys and what was refused over the network, as the lead has them on the Desk screen."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desks import House
from leadconsole.kernel.access import Role
from leadconsole.kernel.drafts import draft
from leadconsole.remote import log, queries
from team.screen.houses import KEY_OF, access_house
from team.screen.test_desk import at_desk, one

WIDE = (120, 40)
KEYS, REFUSED = ("]",) * 8, ("]",) * 9


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A desk with keys and refusals."""
    return access_house(tmp_path / "desk.db")


async def test_the_lead_sees_every_key_with_its_fingerprint(home: House) -> None:
    async with at_desk(home, *KEYS, size=WIDE) as (seat, screen):
        assert screen.file == "keys"
        fingerprints = {one.login: one.fingerprint for one in queries.entrances(home.desk())}
        first, second = (line for line in seat.lines if "ed25519" in line and "2 Mar 2026" in line)
        assert "Lida" in first, "who left comes last"
        assert " – Ира Котёл" in second
        await seat.until(fingerprints["lida"][:40])
        assert "ssh-keygen -l" in seat.text
        await seat.press("j")
        await seat.until("Doesn't work here today")
        await seat.press("e")
        assert "A key isn't changed" in seat.said


async def test_a_key_is_pasted_removed_and_taken_back(home: House) -> None:
    async with at_desk(home, *KEYS, "c") as (seat, screen):
        await seat.until("New key")
        area = seat.app.screen.query_one("#field-file")
        area.focus()
        for text, refusal in (
            ("~/.ssh/id_ed25519.pub", "A public key begins with its type"),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\nsecret", "This is a private key"),
            (KEY_OF["ira"], "is ira's already"),
            (KEY_OF["lida"], "could come in by this already"),
        ):
            area.text = text  # type: ignore[attr-defined]
            await seat.press("ctrl+s")
            await seat.until(refusal)
        area.text = "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret"  # type: ignore[attr-defined]
        await seat.press("escape")
        for key in ("desk.keys", "desk.key"):
            assert draft(home.desk(), key) is None
        assert one(home, "SELECT count(*) FROM draft WHERE text LIKE '%secret%'") == (0,)
        await seat.press("c")
        area = seat.app.screen.query_one("#field-file")
        assert area.text == ""  # type: ignore[attr-defined]
        area.text = KEY_OF["evil"]  # type: ignore[attr-defined]
        await seat.press("ctrl+s")
        await seat.until("lida may come in by 1 new key.")
        assert one(home, "SELECT count(*) FROM ssh_key WHERE login = 'lida'") == (2,)
        assert screen.selected is not None
        await seat.press("x")
        await seat.until("comes in by SHA256:")
        await seat.press("y")
        await seat.until("is removed.")
        assert one(home, "SELECT count(*) FROM ssh_key WHERE login = 'lida'") == (1,)
        await seat.press("u")
        await seat.until("the last change was taken back")
        assert one(home, "SELECT count(*) FROM ssh_key WHERE login = 'lida'") == (2,)
        assert "keys 2" in seat.text, "who left isn't counted"
        await seat.press("u", "U")
        assert one(home, "SELECT count(*) FROM ssh_key WHERE login = 'lida'") == (2,)


async def test_what_is_refused_appears_and_stays(home: House) -> None:
    async with at_desk(home, *REFUSED, size=WIDE) as (seat, _screen):
        assert "There is no person «mallory»" in seat.text
        order = [seat.text.index(f"  {login}") for login in ("mallory", "ira", "lida")]
        assert order == sorted(order), "the newest first"
        home.wait(1)
        log.note(home.again_beside().desk("oleg"), "payout 2026-02", "No.")
        await seat.until("payout 2026-02")
        for key in "cex":
            await seat.press(key)
            assert "What was refused stays as it is." in seat.said


async def test_the_person_shows_by_what_she_comes_in(home: House) -> None:
    async with at_desk(home, "/", size=WIDE) as (seat, _screen):
        await seat.type("lida")
        await seat.press("enter")
        await seat.until("Comes in over the network by")


async def test_a_damaged_key_is_marked(home: House) -> None:
    with sqlite3.connect(home.database.path) as other:
        other.execute("UPDATE ssh_key SET base64 = 'x' WHERE login = 'lida'")
    other.close()
    async with at_desk(home, *KEYS, size=WIDE) as (seat, _screen):
        assert any("! Lida" in line for line in seat.lines)
        await seat.until("is no key any more")


@pytest.mark.parametrize("role", [Role.DEPUTY, Role.SPECIALIST])
async def test_nobody_else_sees_them(home: House, role: Role) -> None:
    home.people["lida"] = role
    async with at_desk(home, login="lida", size=WIDE) as (seat, screen):
        assert "keys" not in screen.directory.entries
        seen = set()
        for _list in range(12):
            seen.add(screen.file)
            assert "SHA256" not in seat.text
            await seat.press("]")
        assert not seen & {"keys", "refused"}
