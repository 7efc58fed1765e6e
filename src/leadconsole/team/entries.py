"""The desk's own files by name, and what their rows are called."""

from __future__ import annotations

from functools import partial
from typing import Any

from leadconsole.kernel.entries import FileWords
from leadconsole.kernel.shape import Reading
from leadconsole.team import words
from leadconsole.team.shapes import SHAPES

BY_NAME = {shape.name: shape for shape in SHAPES}
READING = Reading("UTC")
"""No column of this slice is read or written by the desk's zone."""


def entry_name(file: str, key: tuple[Any, ...]) -> str:
    """What a row is called in a sentence: `Norm std, high, any line`."""
    return words.named(file, key)


def file_words(file: str) -> FileWords:
    """How a file's rows are spoken of."""
    return FileWords(partial(entry_name, file), words.column, words.value)
