"""The tones of text that every widget of the console shares."""

from __future__ import annotations

from rich.style import Style
from textual.dom import DOMNode
from textual.widget import Widget


class Toned(Widget):
    """A widget that paints in tones; each is styled when something is first painted in it.

    Textual's component classes would be styled with every widget that is made, all of them and several times before
    the first frame, though most widgets never show most tones.
    """

    DEFAULT_CSS = """
    Toned > .tone--accent { color: $text-accent; }
    Toned > .tone--dim { color: $text-muted; }
    Toned > .tone--danger { color: $text-error; text-style: bold; }
    Toned > .tone--warning { color: $text-warning; }
    Toned > .tone--good { color: $text-success; }
    Toned > .tone--bold { text-style: bold; }
    Toned > .tone--chosen { text-style: bold reverse; }
    Toned > .tone--found { text-style: bold underline; }
    """

    _plain: Style | None = None

    def tone(self, name: str) -> Style:
        """The style of a tone on this widget's background; that of plain text for none."""
        if name:
            return self.component(f"tone--{name}")
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def component(self, name: str) -> Style:
        """The style that the sheets give to a part of this widget, such as `row-table--cursor`."""
        if name not in self._component_styles:
            part = DOMNode(classes=name)
            part._attach(self)
            self.app.stylesheet.apply(part, animate=False)
            self._component_styles[name] = part.styles
        return self.get_component_rich_style(name)

    def notify_style_update(self) -> None:
        """Theme, focus or colours have changed: the parts are styled anew when they are next painted."""
        self._component_styles.clear()
        self._plain = None
        super().notify_style_update()


class Tones(dict[str, Style]):
    """The tones of a widget by name as far as they were used, and the parts of it that have names of their own."""

    def __init__(self, widget: Toned, prefix: str, parts: tuple[str, ...]) -> None:
        super().__init__()
        self._widget = widget
        self._parts = {part: f"{prefix}--{part}" for part in parts}

    def __missing__(self, name: str) -> Style:
        part = self._parts.get(name)
        style = self[name] = self._widget.tone(name) if part is None else self._widget.component(part)
        return style
