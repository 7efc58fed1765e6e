"""Where somebody is on the cover screen: the view, and the client in the matrix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadconsole.curation.screen.cover import CoverScreen


def of(screen: CoverScreen) -> dict[str, Any]:
    """Where the screen is."""
    client = screen.matrix.client
    return {"view": screen.view.NAME, "client": client.code if client else ""}


def show(screen: CoverScreen, inside: Mapping[str, Any]) -> None:
    """Go there again."""
    screen.matrix.wanted_client = str(inside["client"])
    if inside["view"] in screen.views:
        screen.show_view(str(inside["view"]))
