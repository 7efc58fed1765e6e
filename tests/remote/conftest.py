"""One server for all tests of a module: it costs a second to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from remote import sshd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sshd.Server]:
    """A running server with a desk behind it; skipped with the reason where none can be started."""
    if why := sshd.missing():
        pytest.skip(why)
    made = sshd.start(tmp_path_factory.mktemp("sshd"))
    yield made
    made.stop()
