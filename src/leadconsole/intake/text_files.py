"""Reads a delimited text file of unknown encoding and size, line by line within bounds."""

from __future__ import annotations

import codecs
import csv
import gzip
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from leadconsole.intake.limits import LONGEST_CELL, LONGEST_LINE, SAMPLE
from leadconsole.intake.report import Rejection
from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CYRILLIC = ["cp1251", "koi8_r"]
_DELIMITERS = ",;\t"

Reject = Callable[[Rejection, list[str]], None]


class Record(NamedTuple):
    """One row of a file and the physical line on which it begins."""

    line: int
    cells: list[str]


class TextFile:
    """A CSV file as records; what can't be read is rejected with its line and the rest goes on."""

    def __init__(
        self,
        path: Path,
        name: str,
        reject: Reject,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        read: Callable[[int], None] = lambda size: None,
    ) -> None:
        self.path = path
        self.name = name
        self._reject = reject
        self._read = read
        self.encoding = encoding or encoding_of(path)
        self._delimiter = delimiter
        self._line = 0
        self._begin = 0
        self._dropped = 0

    def records(self) -> Iterator[Record]:
        """The rows, the header first; empty lines are skipped."""
        with opened(self.path) as file:
            lines = self._lines(file)
            head = next((line for line in lines if line.strip()), None)
            if head is None:
                return
            delimiter = self._delimiter or delimiter_of(head)
            csv.field_size_limit(LONGEST_CELL)
            reader = csv.reader(self._noted(chain([head], lines)), delimiter=delimiter, strict=True)
            yield from self._parsed(reader)

    def _parsed(self, reader: Iterator[list[str]]) -> Iterator[Record]:
        while True:
            self._begin = 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._reject(Rejection(self.name, self._begin, None, _reason(str(error))), [])
                continue
            # A row around a line that was dropped is not what was written; the line is rejected already.
            if any(cells) and not self._begin < self._dropped <= self._line:
                yield Record(self._begin, cells)

    def _noted(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines; `_begin` becomes the number of the first one since it was cleared."""
        for line in lines:
            self._begin = self._begin or self._line
            yield line

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        """Decoded lines; a line that is too long is dropped as it comes in, and rejected."""
        decoder = codecs.getincrementaldecoder(self.encoding)(errors="surrogateescape")
        rest = ""
        dropping = False
        while True:
            try:
                data = file.read(_CHUNK)
                text = rest + decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                raise _unknown_encoding(self.path) from error
            except _UNREADABLE as error:
                raise _unreadable(self.path, error) from error
            self._read(len(data))
            lines = text.split("\n")
            rest = lines.pop() if data else ""
            for line in lines:
                self._line += 1
                if dropping or len(line) > LONGEST_LINE:
                    self._too_long()
                    dropping = False
                    continue
                yield f"{line}\n"
            if len(rest) > LONGEST_LINE:
                dropping, rest = True, ""
            if not data:
                return

    def _too_long(self) -> None:
        self._dropped = self._line
        self._reject(
            Rejection(
                self.name,
                self._line,
                None,
                _("This line has more than {limit} characters.").format(limit=LONGEST_LINE),
            ),
            [],
        )


def _reason(said: str) -> str:
    if "field larger" in said:
        return _("A cell has more than {limit} characters; perhaps a quote is never closed.").format(limit=LONGEST_CELL)
    if "unexpected end" in said:
        return _("A quote is opened here and never closed.")
    return _("This row can't be told apart into cells: {reason}.").format(reason=said)


def opened(path: Path) -> BinaryIO:
    """The file as bytes, unpacked where its name ends in .gz."""
    try:
        return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]
    except OSError as error:
        raise _unreadable(path, error) from error


_UNREADABLE = (OSError, EOFError, zlib.error)


def _unreadable(path: Path, error: Exception) -> Refused:
    reason = getattr(error, "strerror", None) or error
    return Refused(
        _("{path} can't be read: {reason}.").format(path=path, reason=reason), code="unreadable", file=str(path)
    )


def _unknown_encoding(path: Path) -> Refused:
    return Refused(
        _("The encoding of {path} isn't known; save it as UTF-8.").format(path=path),
        code="bad_encoding",
        file=str(path),
    )


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a mark, UTF-16 by its mark, else the Cyrillic code page that reads best."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
        try:
            data = file.read(SAMPLE)
            for mark, name in _BOMS:
                if data.startswith(mark):
                    return name
            while data:
                decoder.decode(data)
                data = file.read(_CHUNK)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            return _code_page(data, path)
        except _UNREADABLE as error:
            raise _unreadable(path, error) from error


def _code_page(sample: bytes, path: Path) -> str:
    # Mostly sound UTF-8 with a broken byte is broken UTF-8; reading it as a code page would make letters of all of it.
    lenient = sample.decode("utf-8", errors="replace")
    if sum(letter > "\x7f" and letter != "\ufffd" for letter in lenient) > 4 * lenient.count("\ufffd"):
        return "utf-8"
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_CYRILLIC).best()
    if found is None:
        raise _unknown_encoding(path)
    return found.encoding


def delimiter_of(head: str) -> str:
    """The delimiter of a header line: what stands most often in it outside of quotes."""
    bare = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)
