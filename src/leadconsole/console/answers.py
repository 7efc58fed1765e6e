"""What a terminal says is the other end's word: a byte of another alphabet or an unknown key ends no session.

Textual (8.2.8) reads its terminal in a thread that any of these would end, and the whole app with it: PuTTY set to
KOI8-R, a keyboard report of a kind that nobody asked for.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from functools import partial

from textual import events
from textual._xterm_parser import XTermParser
from textual.keys import Keys


class PatientParser(XTermParser):
    """Reads keys; what is shaped like one and is none is left out."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            return list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]


def _patient_decoder(name: str) -> partial[codecs.IncrementalDecoder]:
    return partial(codecs.getincrementaldecoder(name), errors="replace")


def listen_patiently() -> None:
    """Let the driver of this system read so."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows has no terminal of this sort
        return
    linux_driver.XTermParser = PatientParser  # type: ignore[attr-defined]
    linux_driver.getincrementaldecoder = _patient_decoder  # type: ignore[assignment, attr-defined]
