"""Where a person was when the line dropped: the tab, and inside it what its screen says of itself.

Kept beside the drafts, so it survives the process and belongs to one person, also one who may type nothing. Who quits
wants to begin anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from leadconsole.kernel.errors import LeadconsoleError

if TYPE_CHECKING:
    from leadconsole.console.app import ConsoleApp
    from leadconsole.console.screen import ConsoleScreen


class Place(NamedTuple):
    """A tab by its id, and plain values that its screen understands."""

    screen: str
    inside: Mapping[str, Any]


class PlaceStore(Protocol):
    """Keeps where one person is."""

    def get(self) -> str | None:
        """What was kept, or None."""
        ...

    def put(self, text: str) -> None:
        """Keep it."""
        ...

    def drop(self) -> None:
        """Forget it."""
        ...


class Nowhere:
    """Keeps no place: whoever sits at the machine itself begins anew."""

    def get(self) -> str | None:
        return None

    def put(self, text: str) -> None:
        pass

    def drop(self) -> None:
        pass


class Module(Protocol):
    """What a module that a screen names in PLACE has."""

    def of(self, screen: ConsoleScreen) -> dict[str, Any]:
        """Where the screen is: plain values."""
        ...

    def show(self, screen: ConsoleScreen, inside: Mapping[str, Any]) -> None:
        """Go there again, as far as it is still there."""
        ...


def last(store: PlaceStore) -> Place | None:
    """Where the person was; None if that isn't known."""
    try:
        kept = store.get()
        if not kept:
            return None
        import json  # not for the first frame of those who begin anew

        told = json.loads(kept)
        return Place(str(told["screen"]), dict(told["inside"])) if told else None
    except (LeadconsoleError, ValueError, TypeError, KeyError):
        return None


def of(app: ConsoleApp) -> str:
    """Where the person is now, as it is kept; nothing before the first screen stands."""
    import json

    from leadconsole.console.screen import ConsoleScreen

    base = app.screen_stack[0] if app.screen_stack else None
    if not isinstance(base, ConsoleScreen) or not base.is_mounted:
        return ""
    inside = _module(base).of(base) if base.PLACE else {}
    return json.dumps({"screen": app.current_mode, "inside": inside}, ensure_ascii=False)


def go_back(screen: ConsoleScreen, place: Place) -> None:
    """Take a screen to where it was; what isn't there any more is left out."""
    if not screen.PLACE:
        return
    try:
        _module(screen).show(screen, place.inside)
    except (LeadconsoleError, LookupError, TypeError, ValueError):
        return  # written by another version, or what was there is gone


def _module(screen: ConsoleScreen) -> Module:
    return cast("Module", import_module(screen.PLACE))
