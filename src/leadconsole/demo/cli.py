"""`leadconsole demo`: a desk to try things on, gone when the console is left, or written to a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from leadconsole.kernel.headless import Answer, Call, Parser, file_name
from leadconsole.kernel.i18n import _, language


def _arguments(parser: Parser) -> None:
    parser.add_argument("--into", metavar="FILE", type=file_name, help=_("write the demo desk to a new file"))
    parser.set_defaults(run=demo)


COMMANDS: dict[str, Callable[[Parser], None]] = {"demo": _arguments}


def demo(call: Call) -> Answer:
    """Write a demo desk in the language that is spoken, or open the console on one."""
    from leadconsole.demo.making import make_demo

    target: Path | None = call.options.into
    if target is not None:
        counts = make_demo(target, call.clock, language())
        told = _("The demo desk is in {path}; leadconsole --db {path} opens it.").format(path=target)
        return Answer({"file": str(target), **counts}, lambda cells: [told])
    return open_demo(call)


def open_demo(call: Call) -> Answer:
    """Open the console on a demo desk that is gone when it is left."""
    from leadconsole.console.start import require_terminal, run_console
    from leadconsole.demo.making import make_demo

    require_terminal()
    # A folder of its own (0700): nobody else on the machine looks into it, and it goes with all that is in it.
    with tempfile.TemporaryDirectory(prefix="leadconsole-demo-") as folder:
        path = Path(os.path.realpath(folder)) / "demo.db"
        make_demo(path, call.clock, language())
        status = run_console(call.sit(path=path))
        call.leave()
    return Answer({}, lambda cells: (), status)
