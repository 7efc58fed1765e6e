"""`python -m leadconsole` and the installed command: whatever happens, no traceback reaches a user."""

from __future__ import annotations

import sys
from collections.abc import Sequence

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (the process's own by default) and return its exit status (interchange.md, section 1)."""
    try:
        from leadconsole.cli import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
