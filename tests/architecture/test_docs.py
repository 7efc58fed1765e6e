"""The docs are true: key tables come from the registry, pictures and commands exist."""

from __future__ import annotations

import re
from pathlib import Path

from leadconsole import cli
from leadconsole.console.registry import APP_SCOPE, GRID_SCOPE, LIST_SCOPE, Registry
from leadconsole.console.shared_commands import APP_COMMANDS, GRID_COMMANDS, LIST_COMMANDS
from leadconsole.curation.screen import CoverScreen
from leadconsole.one_on_one.screen.keys import REVIEW, REVIEW_COMMANDS
from leadconsole.payout.screen.keys import PAYOUT, PAYOUT_COMMANDS
from leadconsole.roster.screen.keys import ROSTER, ROSTER_COMMANDS
from leadconsole.team.screen.keys import DESK, DESK_COMMANDS
from leadconsole.tickets.screen.keys import QUEUE, QUEUE_COMMANDS
from leadconsole.tickets.screen.norms_keys import NORMS, NORMS_COMMANDS
from leadconsole.today.screen.keys import TODAY, TODAY_COMMANDS
from leadconsole.welcome.screen.keys import WELCOME, WELCOME_COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def test_the_key_tables_of_screens_md_are_the_registrys() -> None:
    text = (ROOT / "screens.md").read_text(encoding="utf-8")
    registry = Registry((*APP_COMMANDS, *LIST_COMMANDS, *GRID_COMMANDS))
    slices = (
        *TODAY_COMMANDS,
        *REVIEW_COMMANDS,
        *QUEUE_COMMANDS,
        *NORMS_COMMANDS,
        *PAYOUT_COMMANDS,
        *ROSTER_COMMANDS,
        *DESK_COMMANDS,
        *WELCOME_COMMANDS,
        *CoverScreen.all_commands(),
    )
    registry.add(slices)
    cover = dict.fromkeys(command.scope for command in CoverScreen.all_commands())
    shared = (APP_SCOPE, LIST_SCOPE, GRID_SCOPE)
    for scope in (*shared, TODAY, REVIEW, QUEUE, NORMS, PAYOUT, ROSTER, DESK, WELCOME, *cover):
        assert registry.markdown_table(scope) in text, f"the table of «{scope}» in screens.md is out of date"
    known = {command.id for command in (*APP_COMMANDS, *LIST_COMMANDS, *GRID_COMMANDS, *slices)}
    assert set(re.findall(r"\| `([a-z]+\.[a-z-]+)` \|", text)) == known


def test_every_picture_and_file_that_the_docs_name_exists() -> None:
    for name in ("README.md", "screens.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        links = re.findall(r"\]\(([^)#]+)\)", text)
        assert links
        assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
        assert [path for path in re.findall(r"`(src/[^`]+)`", text) if not (ROOT / path).exists()] == []


def test_the_readme_names_only_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^leadconsole ([a-z]+)", text, flags=re.MULTILINE))
    assert named
    assert named <= cli._COMMANDS.keys()


def test_the_test_command_is_one_line_that_makes_the_environment() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"<!-- test command -->\n```sh\n(.+)\n```", text)
    assert command.startswith("python3 -m venv ")
    assert "pytest" in command
