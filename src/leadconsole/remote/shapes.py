"""Remote access has no interchange file of its own: keys travel in a private history.jsonl."""

from __future__ import annotations

from leadconsole.kernel.shape import Shape

SHAPES: tuple[Shape, ...] = ()
