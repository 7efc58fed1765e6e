"""Colours: dark, light, high contrast; the last also where there are sixteen colours or none.

Every text has a contrast of 4.5 to its background, in the high contrast theme 7 (WCAG 2, 1.4.3 and 1.4.6).
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

DARK = Theme(
    name="lead-dark",
    primary="#5fafd7",
    secondary="#87afaf",
    accent="#87d7ff",
    warning="#ffd75f",
    error="#ff8787",
    success="#87d787",
    foreground="#dadada",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    boost="#262626",
    dark=True,
    variables={
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#303030",
        "block-cursor-blurred-foreground": "#dadada",
        "field": "#303030",
        "field-focus": "#444444",
        "input-selection-background": "#005f87",
        "text-muted": "#9e9e9e",
        "text-disabled": "#b2b2b2",
        "text-error": "#ff8787",
        "text-warning": "#ffd75f",
        "text-success": "#87d787",
        "text-accent": "#87d7ff",
        "border": "#5f8787",
    },
)
LIGHT = Theme(
    name="lead-light",
    primary="#005f87",
    secondary="#5f8787",
    accent="#005faf",
    warning="#875f00",
    error="#af0000",
    success="#005f00",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#eeeeee",
    panel="#d7d7d7",
    boost="#e4e4e4",
    dark=False,
    variables={
        "block-cursor-background": "#afd7ff",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e4e4e4",
        "block-cursor-blurred-foreground": "#1c1c1c",
        "field": "#d7d7d7",
        "field-focus": "#ffffff",
        "input-selection-background": "#afd7ff",
        "text-muted": "#5a5a5a",
        "text-disabled": "#5a5a5a",
        "text-error": "#af0000",
        "text-warning": "#875f00",
        "text-success": "#005f00",
        "text-accent": "#005faf",
        "border": "#5f8787",
    },
)
# Colours next to those that a terminal of sixteen has, so that nothing falls together there.
HIGH_CONTRAST = Theme(
    name="lead-high-contrast",
    primary="#ffffff",
    secondary="#55ffff",
    accent="#55ffff",
    warning="#ffff55",
    error="#ff6b6b",
    success="#55ff55",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#0000aa",
    boost="#000000",
    dark=True,
    variables={
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#0000aa",
        "block-cursor-blurred-foreground": "#ffffff",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "field": "#333333",
        "field-focus": "#0000aa",
        "input-selection-background": "#800080",
        "text-muted": "#c4c4c4",
        "text-disabled": "#c4c4c4",
        "text-error": "#ff6b6b",
        "text-warning": "#ffff55",
        "text-success": "#55ff55",
        "text-accent": "#55ffff",
        "border": "#ffffff",
    },
)
# Without colours red is only a dark grey: what presses most would be seen least.
COLOURLESS = replace(
    HIGH_CONTRAST,
    name="lead-colourless",
    error="#ffffff",
    variables={
        **HIGH_CONTRAST.variables,
        "text-error": "#ffffff",
        "text-warning": "#ffffff",
        "text-success": "#ffffff",
        "text-accent": "#ffffff",
        "field-focus": "#505050",
        "input-selection-background": "#707070",
    },
)
THEMES = (DARK, LIGHT, HIGH_CONTRAST)
WORDS = {theme.name.removeprefix("lead-"): theme.name for theme in THEMES}
"""The themes by the words that people write: dark, light, high-contrast."""


def word_of(name: str) -> str:
    """The word of a theme that people choose; empty for the one without colours."""
    return next((word for word, theme in WORDS.items() if theme == name), "")


def few_colours(color_system: str | None) -> bool:
    """Whether only sixteen colours can be shown, or nothing is known of them: then the high contrast is the theme."""
    return color_system in (None, "standard", "windows")


def first_theme(wanted: str, *, no_color: bool, color_system: str | None) -> Theme:
    """The theme to start with: the wanted one, except where its colours can't be shown."""
    if no_color:
        return COLOURLESS
    if few_colours(color_system):
        return HIGH_CONTRAST
    return next((theme for theme in THEMES if wanted in (theme.name, word_of(theme.name))), DARK)


def next_theme(name: str) -> Theme:
    """The theme after the one with this name."""
    names = [theme.name for theme in THEMES]
    return THEMES[(names.index(name) + 1) % len(THEMES) if name in names else 0]
