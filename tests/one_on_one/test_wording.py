"""The product shows evidence and its strength; that somebody is to be sent away it says in no language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import leadconsole

read_po = pytest.importorskip("babel.messages.pofile", reason="Babel is in the dev extra").read_po

SOURCE = Path(leadconsole.__file__).parent
SENT_AWAY = re.compile(
    r"\b(?:dismiss(?:ed|al|als|es|ing)?|fir(?:e|ed|es|ing)|sack(?:ed|ing)?)\b|увол|уволь|звільн", re.IGNORECASE
)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_no_message_sends_anybody_away(language: str) -> None:
    with (SOURCE / "locale" / language / "LC_MESSAGES" / "leadconsole.po").open("rb") as file:
        messages = [one for one in read_po(file, locale=language) if any("one_on_one" in at for at, _ in one.locations)]
    assert len(messages) > 200, "the walk has lost its way"
    assert [one.id for one in messages if SENT_AWAY.search(f"{one.id} {one.string}")] == []


def test_the_sheets_of_the_demo_send_nobody_away_either() -> None:
    for path in (SOURCE / "demo" / "sheets").glob("*.py"):
        assert SENT_AWAY.findall(path.read_text(encoding="utf-8")) == []
