"""Who may what, as a table: it is made of the one that commands and queries ask."""

from __future__ import annotations

import textwrap

from leadconsole.kernel.access import RIGHTS, Capability, Role, right_word, role_word
from leadconsole.kernel.i18n import _
from leadconsole.kernel.text import pad

WIDTH = 70
_TITLES = 56
_NO_BREAK = "\u00a0"
MAY, MAY_NOT = "✓", "·"


def rights_texts(own: Role | None) -> list[str]:
    """The roles by their numbers, with the reader's own one named, and a line for each right."""
    roles = list(Role)
    named = [
        f"{number} {role_word(role)}" + (f" ({_('you')})" if role is own else "")
        for number, role in enumerate(roles, 1)
    ]
    # A role stays on one line.
    joined = "   ".join(name.replace(" ", _NO_BREAK) for name in named)
    head = textwrap.fill(joined, WIDTH, break_on_hyphens=False).replace(_NO_BREAK, " ")
    lines = [pad("", _TITLES) + " ".join(str(number) for number in range(1, len(roles) + 1))]
    for capability in Capability:
        signs = " ".join(MAY if capability in RIGHTS[role] else MAY_NOT for role in roles)
        first, *more = textwrap.wrap(right_word(capability), _TITLES - 2)
        lines += [pad(first, _TITLES) + signs, *more]
    told = _(
        "A deputy is a specialist on the days of a substitution. What a role may not is refused; over SSH that is kept."
    )
    return [head + "\n", "\n".join(lines) + "\n", textwrap.fill(told, WIDTH)]
