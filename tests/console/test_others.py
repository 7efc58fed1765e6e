"""Who is told that others have written, and when: with a version and screens that are made up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from leadconsole.console import others
from leadconsole.console.others import BEHIND, Others, Ticker
from leadconsole.console.screen import ConsoleScreen


@dataclass(eq=False)
class Shown:
    """What of a screen counts here."""

    seen_version: int = 1
    is_current: bool = True
    is_mounted: bool = True
    READS_UNSEEN: bool = False
    has_time: bool = True
    told: int = 0
    coming: list[tuple[Callable[..., Any], Any]] = field(default_factory=list)

    def others_wrote(self) -> bool:
        self.told += 1
        return self.has_time

    def call_later(self, callback: Callable[..., Any], argument: Any) -> None:
        self.coming.append((callback, argument))

    def work(self) -> None:
        """Handle what was posted to the screen."""
        coming, self.coming = self.coming, []
        for callback, argument in coming:
            callback(argument)


class Desk:
    """A version that somebody else counts up, and who looks."""

    def __init__(self, *screens: Shown, spread: float = 0.0) -> None:
        self.version = 1
        self.asked = 0
        self.others = Others(self._ask, lambda: cast("list[ConsoleScreen]", screens), spread)
        self.others.look()

    def _ask(self) -> int:
        self.asked += 1
        return self.version


def test_nothing_written_costs_one_question_and_tells_nobody() -> None:
    screen = Shown()
    desk = Desk(screen)
    asked = desk.asked
    assert [desk.others.look() for _look in range(10)] == [False] * 10
    assert desk.asked == asked + 10
    assert (screen.told, screen.coming) == (0, [])


def test_what_was_written_is_told_once_to_whoever_is_seen() -> None:
    seen, unseen, counting = Shown(), Shown(is_current=False), Shown(is_current=False, READS_UNSEEN=True)
    desk = Desk(seen, unseen, counting)
    desk.version = 2
    assert [desk.others.look(), desk.others.look()] == [True, False]
    for _round in range(3):
        for screen in (seen, unseen, counting):
            screen.work()
        desk.others.look()
    assert (seen.told, unseen.told, counting.told) == (1, 0, 1)
    assert unseen.seen_version == 1
    unseen.is_current = True
    desk.others.look_for(cast("ConsoleScreen", unseen))
    assert (unseen.told, unseen.seen_version) == (1, 2)


def test_what_is_written_before_a_screen_comes_to_it_is_told_together_and_after_it_again() -> None:
    screen = Shown()
    desk = Desk(screen)
    for version in (2, 3, 4):
        desk.version = version
        desk.others.look()
    desk.version = 5  # not even looked for
    screen.work()
    assert (screen.told, screen.seen_version) == (1, 5)
    desk.others.look()
    screen.work()
    assert screen.told == 1
    desk.version = 6
    desk.others.look()
    screen.work()
    assert screen.told == 2


def test_who_has_no_time_now_is_asked_again_until_there_is() -> None:
    screen = Shown(has_time=False)
    desk = Desk(screen)
    desk.version = 2
    for _round in range(3):
        desk.others.look()
        screen.work()
    assert (screen.told, screen.seen_version) == (3, BEHIND)
    screen.has_time = True
    for _round in range(3):
        desk.others.look()
        screen.work()
    assert (screen.told, screen.seen_version) == (4, 2)


def test_who_is_gone_before_it_is_told_harms_nobody() -> None:
    screen = Shown()
    desk = Desk(screen)
    desk.version = 2
    desk.others.look()
    screen.is_mounted = False
    screen.work()
    desk.others.look()
    desk.others.look_for(cast("ConsoleScreen", screen))
    assert screen.told == 0


async def test_many_sessions_read_one_after_the_other() -> None:
    screen = Shown()
    desk = Desk(screen, spread=0.02)
    desk.version = 2
    desk.others.look()
    assert not screen.coming
    await asyncio.sleep(0.1)
    screen.work()
    assert screen.told == 1


async def test_a_tick_that_fails_is_told_and_the_next_one_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(others, "SECONDS", 0.001)
    ticks: list[int] = []
    failures: list[Exception] = []

    def tick() -> None:
        ticks.append(len(ticks))
        if len(ticks) == 2:
            raise OSError("the disk is gone")

    ticker = Ticker(tick, failures.append)
    ticker.begin()
    while len(ticks) < 4:
        await asyncio.sleep(0.001)
    ticker.stop()
    assert [str(error) for error in failures] == ["the disk is gone"]
    count = len(ticks)
    await asyncio.sleep(0.01)
    assert len(ticks) == count
