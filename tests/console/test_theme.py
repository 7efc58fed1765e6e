"""Every text can be told from its background: the pairs of the themes, and what screens and dialogs really paint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from calm import rest
from console.host import demo_app
from leadconsole.console.app import ConsoleApp
from leadconsole.console.dialogs.choice import Choice, Option
from leadconsole.console.dialogs.confirm import Confirm
from leadconsole.console.dialogs.error import ErrorDialog
from leadconsole.console.dialogs.form import Field, Form
from leadconsole.console.dialogs.prompt import Prompt
from leadconsole.console.launch import DeskConsole
from leadconsole.console.theme import COLOURLESS, HIGH_CONTRAST, THEMES
from tickets.screen.houses import queue_house

ENOUGH, HIGH = 4.5, 7.0
"""Contrast of text by WCAG 2: 1.4.3 and 1.4.6."""
BORDER = 3.0
"""Contrast of what is no text: 1.4.11."""

TONES = ("foreground", "text-muted", "text-error", "text-warning", "text-success", "text-accent")
TEXTS = (
    *((tone, ground) for ground in ("background", "surface") for tone in TONES),
    *((tone, ground) for ground in ("field", "field-focus") for tone in ("foreground", "text-disabled")),
    ("foreground", "input-selection-background"),
    ("foreground", "panel-lighten-1"),  # a notification
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
)
BORDERS = (("border", "surface"), ("border", "background"), ("error", "surface"))


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2."""

    def light(color: Color) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(theme: Theme) -> Callable[[str], Color]:
    variables = {**theme.to_color_system().generate(), **theme.variables}
    variables |= {"foreground": theme.foreground or "", "surface": theme.surface or ""}
    return lambda name: Color.parse(variables[name])


def least(theme: Theme) -> float:
    return HIGH if theme is HIGH_CONTRAST else ENOUGH


@pytest.mark.parametrize("theme", [*THEMES, COLOURLESS], ids=lambda theme: theme.name)
def test_every_pair_of_a_theme_has_contrast(theme: Theme) -> None:
    colour = colours(theme)
    found = {pair: round(contrast(*map(colour, pair)), 2) for pair in TEXTS}
    assert {pair: ratio for pair, ratio in found.items() if ratio < least(theme)} == {}
    borders = {pair: round(contrast(*map(colour, pair)), 2) for pair in BORDERS}
    assert {pair: ratio for pair, ratio in borders.items() if ratio < BORDER} == {}


def test_sixteen_colours_keep_the_high_contrast_theme_readable() -> None:
    """It is the only theme there. A placeholder in a field without the focus, which never is, needs less."""
    colour = colours(HIGH_CONTRAST)

    def shown(name: str) -> Color:
        sixteen = RichColor.from_rgb(*colour(name).rgb).downgrade(ColorSystem.STANDARD)
        return Color(*STANDARD_PALETTE[sixteen.number or 0])

    for pair in TEXTS:
        wanted = BORDER if pair == ("text-disabled", "field") else ENOUGH
        assert contrast(*map(shown, pair)) >= wanted, pair
    # What must be told apart isn't one colour there.
    tones = {shown(name).hex for name in ("text-error", "text-warning", "text-success", "text-accent", "foreground")}
    assert len(tones) == 5


def test_without_colours_greys_are_readable() -> None:
    colour = colours(COLOURLESS)
    for front, back in TEXTS:
        greys = []
        for one in (colour(front), colour(back)):
            light = round(0.2126 * one.r + 0.7152 * one.g + 0.0722 * one.b)
            greys.append(Color(light, light, light))
        assert contrast(*greys) >= ENOUGH, (front, back)


def painted(app: ConsoleApp, least: float) -> list[tuple[str, str, str]]:
    """Texts of the top screen (of a dialog: its box) whose contrast is too small, with their colours."""
    region = app.screen.query_one("#box").region if app.screen.query("#box") else app.screen.region
    found = []
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        if not region.y <= y < region.bottom:
            continue
        for text, style, _control in strip.crop(region.x, region.right):
            if not text.strip(" │─╭╮╰╯▁▂▃▄▅▆▇█▊▎▔") or style is None:
                continue
            assert style.color is not None
            assert style.bgcolor is not None
            front, back = (Color.from_rich_color(one) for one in (style.color, style.bgcolor))
            if contrast(front, back) < least:
                found.append((text, front.hex, back.hex))
    return found


def _dialogs() -> list[Callable[[], Screen[Any]]]:
    options = [Option(1, "one", note="note"), Option(2, "two", disabled="why not"), Option(3, "three", tone="warning")]
    fields = [
        Field("a", "Label", value="text", hint="a hint", required=True),
        Field("b", "Choice", "choice", 1, options=options),
        Field("c", "Lines", "lines", "long text"),
    ]
    return [
        lambda: Choice("Title", options),
        lambda: Form("Title", fields),
        lambda: Confirm("Title", touches=["this", "that"], dangerous=True),
        lambda: Prompt("Title", hint="hint", lines=True),
        lambda: ErrorDialog("It broke", "details", Path("log")),
    ]


@pytest.mark.parametrize("theme", [*THEMES, COLOURLESS], ids=lambda theme: theme.name)
async def test_what_is_painted_has_contrast(theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    if theme is COLOURLESS:
        monkeypatch.setenv("NO_COLOR", "1")
    app = DeskConsole(queue_house(tmp_path / "desk.db").desk())
    async with app.run_test(size=(120, 40)) as pilot:
        app.theme = theme.name
        await rest(pilot)
        assert painted(app, least(theme)) == []
        await pilot.press("slash", "p")
        await rest(pilot)
        assert painted(app, least(theme)) == []
        await pilot.press("escape", "question_mark")
        await rest(pilot)
        assert painted(app, least(theme)) == []
        await pilot.press("escape", "p")
        app.say("Said", "warning", "u takes it back")
        await rest(pilot)
        assert painted(app, least(theme)) == []


@pytest.mark.parametrize("theme", [*THEMES, COLOURLESS], ids=lambda theme: theme.name)
async def test_what_dialogs_paint_has_contrast(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    if theme is COLOURLESS:
        monkeypatch.setenv("NO_COLOR", "1")
    app = demo_app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.theme = theme.name
        for make in _dialogs():
            dialog = make()
            app.push_screen(dialog)
            await rest(pilot)
            if isinstance(dialog, Form):
                dialog.show_error("an error", "a")
                await rest(pilot)
                await pilot.press("shift+home")
            await rest(pilot)
            assert painted(app, least(theme)) == [], type(dialog)
            if dialog.query(Input):
                await pilot.press("tab")
                await rest(pilot)
                assert painted(app, least(theme)) == [], type(dialog)
            await pilot.press("escape")
        app.notify("A keymap line is not used", severity="warning")
        await rest(pilot)
        assert painted(app, least(theme)) == []
