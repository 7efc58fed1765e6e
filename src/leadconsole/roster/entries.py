"""The roster's own files by name, and what their rows are called."""

from __future__ import annotations

from functools import partial

from leadconsole.kernel.entries import FileWords
from leadconsole.kernel.shape import Reading
from leadconsole.roster import words
from leadconsole.roster.shapes import SHAPES

BY_NAME = {shape.name: shape for shape in SHAPES}
READING = Reading("UTC")
"""No column of this slice is read or written by the desk's zone."""


def file_words(file: str) -> FileWords:
    """How a file's rows are spoken of."""
    return FileWords(partial(words.named, file), words.column, words.value)
