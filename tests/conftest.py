"""Fixtures that every test shares: outside cases, a clean environment, async tests."""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadconsole.kernel import i18n

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """`-n auto` is half as many again as there are processors: now and then a test waits for a clock or a process."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return len(os.sched_getaffinity(0)) * 3 // 2 if hasattr(os, "sched_getaffinity") else None


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of outside cases, or a skip where this checkout stands alone."""
    if not CASES.is_dir():
        pytest.skip("the outside cases (../shared/cases) are not beside this checkout")
    return CASES


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that other users of the machine can look into, which they can't into pytest's own."""
    with tempfile.TemporaryDirectory(prefix="desk-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Cut every test off from the developer's own desk, language, clock and colours."""
    for name in list(os.environ):
        if name.startswith("LEADCONSOLE_"):
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "COLORTERM", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    i18n.use("en")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def calm_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Textual's Pilot wait for what is left to do, not for an idle processor; only where there is a Textual."""
    if "textual.app" in sys.modules:
        import calm

        calm.install(monkeypatch)


@pytest.fixture(autouse=True)
def opens_on_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consoles of tests open on the queue; those of Today press `1`, or set `launch.FIRST` back."""
    if "textual.app" in sys.modules:
        monkeypatch.setattr("leadconsole.console.launch.FIRST", "queue")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run `async def` tests without a plugin."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(pyfuncitem.obj(**wanted))
    return True
