"""A believable desk to look around in: made in a second, the same for the same moment, in the language asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leadconsole.demo.making import make_demo

__all__ = ["make_demo"]


def __getattr__(name: str) -> Any:
    """`make_demo`, imported when it is first asked for: a command line that makes no demo doesn't pay for it."""
    if name != "make_demo":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from leadconsole.demo.making import make_demo

    return make_demo
