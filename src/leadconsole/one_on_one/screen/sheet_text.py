"""A sheet of criteria as lines that people type: `Requests on time: 20`, and under it `12 mostly in time`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _
from leadconsole.one_on_one import words
from leadconsole.one_on_one.commands import Wanted
from leadconsole.one_on_one.rules import Criterion
from leadconsole.one_on_one.templates import Template

_CRITERION = re.compile(r"(?P<name>.*\S)\s*[:=]\s*(?P<most>\S+)")
_STEP = re.compile(r"\s+(?P<points>[0-9]+(?:[.,][0-9]+)?)[\s:=–-]+(?P<text>\S.*)")


def text_of(criteria: Sequence[Criterion], steps: Mapping[str, Sequence[tuple[int, str]]]) -> str:
    """The lines of a sheet."""
    lines = []
    for criterion in criteria:
        lines.append(f"{criterion.name}: {words.points(criterion.most)}")
        lines += [f"  {words.points(points)} {text}" for points, text in steps.get(criterion.name, ())]
    return "\n".join(lines)


def template_text(template: Template) -> str:
    """The lines of a template in the language that is spoken."""
    lines = []
    for name, most, steps in template.criteria:
        lines.append(f"{_(name)}: {most}")
        lines += [f"  {points} {_(text)}" for points, text in steps]
    return "\n".join(lines)


def read_text(text: str) -> list[Wanted]:
    """The criteria that lines name; Refused with the number of a line that says nothing."""
    found: list[tuple[str, str, list[tuple[str, str]]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if found and (step := _STEP.fullmatch(line)):
            found[-1][2].append((step["points"], step["text"].strip()))
        elif not line[:1].isspace() and (criterion := _CRITERION.fullmatch(line.strip())):
            found.append((criterion["name"], criterion["most"], []))
        else:
            raise Refused(
                _("Line {line}: «{text}» is neither a criterion, such as «On time: 20», nor a step under one, such as"
                  " «  12 mostly in time».").format(line=number, text=line.strip()[:40]),
                code="bad_line",
                field="text",
            )  # fmt: skip
    return [Wanted(name, most, steps) for name, most, steps in found]
