"""The console of the first run: one screen, and what was chosen on it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from leadconsole.console.app import ConsoleApp
from leadconsole.console.launch import ALL_SCREENS, FIRST_RUN
from leadconsole.console.preferences import Preferences
from leadconsole.console.screen import ConsoleScreen
from leadconsole.kernel.clock import Clock
from leadconsole.welcome.rules import Answers
from leadconsole.welcome.screen.welcome import WelcomeScreen

Outcome = Literal["demo", "desk"]


class WelcomeApp(ConsoleApp):
    """Asks until the person leaves or chooses; `outcome` is what comes next."""

    def __init__(self, path: Path, clock: Clock, answers: Answers, preferences: Preferences | None = None) -> None:
        self._given = (path, clock, answers)
        self.outcome: Outcome | None = None
        super().__init__((FIRST_RUN,), preferences=preferences, known=ALL_SCREENS)
        # The first screen has fields; Textual would read its sheet before it knows the colours of our themes.
        self.stylesheet.set_variables(self.get_css_variables())

    def make_screen(self, screen_class: type[ConsoleScreen]) -> ConsoleScreen:
        """The screen with what is proposed."""
        return WelcomeScreen(*self._given)

    def finish(self, outcome: Outcome) -> None:
        """End with what was chosen."""
        self.outcome = outcome
        self.leave()
