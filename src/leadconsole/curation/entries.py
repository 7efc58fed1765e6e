"""The files of this slice by name, and what their rows are called."""

from __future__ import annotations

from functools import partial

from leadconsole.curation import words
from leadconsole.curation.shapes import SHAPES
from leadconsole.kernel.entries import FileWords

BY_NAME = {shape.name: shape for shape in SHAPES}


def file_words(file: str) -> FileWords:
    """How a file's rows are spoken of."""
    return FileWords(partial(words.named, file), words.column, words.value)
