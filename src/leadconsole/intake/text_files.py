"""Reads a delimited text file of unknown encoding and size, line by line within bounds."""

from __future__ import annotations

import codecs
import csv
import gzip
from collections.abc import Callable, Iterator
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

    def records(self) -> Iterator[Record]:
        """The rows, the header first; empty lines are skipped."""
        with opened(self.path) as file:
            lines = self._lines(file)
            head = next(lines, None)
            if head is None:
                return
            delimiter = self._delimiter or delimiter_of(head)
            csv.field_size_limit(LONGEST_CELL)
            reader = csv.reader(_again(head, lines), delimiter=delimiter, strict=True)
            yield from self._parsed(reader)

    def _parsed(self, reader: Iterator[list[str]]) -> Iterator[Record]:
        begin = 0
        while True:
            begin = self._line + 1 if begin else 1  # the header line was looked at before
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._reject(Rejection(self.name, begin, None, _reason(str(error))), [])
                continue
            if cells and any(cells):
                yield Record(begin, cells)

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        """Decoded lines; a line that is too long is dropped as it comes in, and rejected."""
        decoder = codecs.getincrementaldecoder(self.encoding)(errors="surrogateescape")
        rest = ""
        dropping = False
        while True:
            data = file.read(_CHUNK)
            self._read(len(data))
            text = rest + decoder.decode(data, final=not data)
            lines = text.split("\n")
            rest = lines.pop() if data else ""
            for line in lines:
                self._line += 1
                if dropping or len(line) > LONGEST_LINE:
                    self._too_long(dropping)
                    dropping = False
                    continue
                yield f"{line}\n"
            if len(rest) > LONGEST_LINE:
                dropping, rest = True, ""
            if not data:
                return

    def _too_long(self, dropped: bool) -> None:
        self._reject(
            Rejection(
                self.name,
                self._line,
                None,
                _("This line has more than {limit} characters.").format(limit=LONGEST_LINE),
            ),
            [],
        )


def _again(head: str, lines: Iterator[str]) -> Iterator[str]:
    yield head
    yield from lines


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
        raise Refused(
            _("{path} can't be read: {reason}.").format(path=path, reason=error.strerror or error),
            code="unreadable",
            file=str(path),
        ) from error


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a mark, UTF-16 by its mark, else the Cyrillic code page that reads best."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
        sample = file.read(SAMPLE)
        for mark, name in _BOMS:
            if sample.startswith(mark):
                return name
        data = sample
        try:
            while data:
                decoder.decode(data)
                data = file.read(_CHUNK)
            decoder.decode(b"", final=True)
            return "utf-8"
        except UnicodeDecodeError:
            return _code_page(data if data is not sample else sample, path)
        except (OSError, EOFError) as error:
            raise Refused(
                _("{path} can't be read: {reason}.").format(path=path, reason=error), code="unreadable", file=str(path)
            ) from error


def _code_page(sample: bytes, path: Path) -> str:
    # Mostly sound UTF-8 with a broken byte is broken UTF-8; reading it as a code page would make letters of all of it.
    lenient = sample.decode("utf-8", errors="replace")
    if sum(letter > "\x7f" and letter != "\ufffd" for letter in lenient) > 4 * lenient.count("\ufffd"):
        return "utf-8"
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=_CYRILLIC).best()
    if found is None:
        raise Refused(
            _("The encoding of {path} isn't known; save it as UTF-8.").format(path=path),
            code="bad_encoding",
            file=str(path),
        )
    return found.encoding


def delimiter_of(head: str) -> str:
    """The delimiter of a header line: what stands most often in it outside of quotes."""
    bare = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)
