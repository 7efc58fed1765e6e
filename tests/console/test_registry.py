from __future__ import annotations

import subprocess
import sys

import pytest

from leadconsole.console.key_names import normal_key, shown_key, why_unusable
from leadconsole.console.registry import Command, Registry
from leadconsole.console.shared_commands import APP_COMMANDS, LIST_COMMANDS


def registry() -> Registry:
    return Registry(
        (
            *APP_COMMANDS,
            *LIST_COMMANDS,
            Command("ticket.assign", "Assign", "a", "queue", tooltip="Gives it | to somebody.", priority=2),
            Command("ticket.close", "Close", "x", "queue", also=("delete",), dangerous=True, priority=1),
            Command("shift.assign", "Assign a shift", "a", "roster"),
        )
    )


def test_the_same_command_twice_is_no_harm_but_another_under_its_id_is_refused() -> None:
    commands = registry()
    commands.add(APP_COMMANDS)
    with pytest.raises(ValueError, match=r"ticket\.assign"):
        commands.add([Command("ticket.assign", "Something else", "A", "queue")])


@pytest.mark.parametrize(
    "clashing",
    [
        Command("queue.other", "Other", "a", "queue"),
        Command("queue.help", "Other", "?", "queue"),
        Command("queue.down", "Other", "j", "queue"),
        Command("app.other", "Other", "a"),
        Command("queue.del", "Other", "o", "queue", also=("del",)),
    ],
)
def test_a_key_that_is_taken_in_the_scope_or_everywhere_is_refused(clashing: Command) -> None:
    with pytest.raises(ValueError, match="is the key of"):
        registry().add([clashing])


@pytest.mark.parametrize(
    "key",
    ["alt+a", "ctrl+enter", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "shift+enter", ".", ",", "й", "ctrl+1", "nokey"],
)
def test_keys_that_terminals_do_not_send_for_sure_are_refused(key: str) -> None:
    assert why_unusable(normal_key(key))
    with pytest.raises(ValueError, match=r"x\.y"):
        Registry([Command("x.y", "X", key, "x")])


@pytest.mark.parametrize(
    "key", ["a", "A", "?", "/", "[", "+", "ctrl+p", "enter", "PgDn", "f5", "shift+tab", "Esc", "1"]
)
def test_keys_that_arrive_everywhere_are_taken(key: str) -> None:
    assert why_unusable(normal_key(key)) is None


def test_a_function_key_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="function key"):
        Registry([Command("x.y", "X", "f5", "x")])
    Registry([Command("x.y", "X", "f5", "x", also=("y",))])


def test_the_key_line_has_the_scope_in_its_order() -> None:
    assert [command.id for command in registry().key_line("queue")] == ["ticket.close", "ticket.assign"]


def test_the_markdown_table_has_keys_titles_tooltips_and_marks_danger() -> None:
    table = registry().markdown_table("queue")
    assert "| `a` | Assign | Gives it \\| to somebody. | `ticket.assign` |" in table
    assert "| `x` `Del` | Close ⚠ |" in table
    assert "Assign a shift" not in table


def test_keys_are_shown_as_people_write_them() -> None:
    assert [shown_key(normal_key(key)) for key in ("pgdn", "CTRL+P", "esc", "question_mark", "f1", "G")] == [
        "PgDn",
        "Ctrl+P",
        "Esc",
        "?",
        "F1",
        "G",
    ]


def test_a_keymap_moves_keys_and_can_swap_them() -> None:
    commands = registry()
    assert commands.use_keymap({"ticket.assign": ["x", "delete"], "ticket.close": ["a"]}) == []
    assert commands.keys(commands["ticket.assign"]) == ("x", "delete")
    assert commands.keys(commands["ticket.close"]) == ("a",)


def test_each_line_of_a_keymap_that_is_not_taken_is_told_and_leaves_the_old_key() -> None:
    commands = registry()
    problems = commands.use_keymap(
        {
            "ticket.asign": ["z"],
            "ticket.close": ["alt+x"],
            "ticket.assign": ["j"],
            "shift.assign": ["ф"],
            "app.theme": ["T"],
        }
    )
    told = dict(problems)
    assert len(problems) == len(told) == 4
    assert "did you mean ticket.assign?" in told["ticket.asign"]
    assert "Alt+X" in told["ticket.close"]
    assert "list.down has the key j already" in told["ticket.assign"]
    assert " a," in told["shift.assign"]
    assert commands.keys(commands["ticket.assign"]) == ("a",)
    assert commands.keys(commands["app.theme"]) == ("T",)


def test_a_dropped_line_gives_its_old_key_back_even_to_the_loss_of_another_line() -> None:
    commands = registry()
    # ticket.close can't have j, so it keeps x, so ticket.assign can't have x.
    problems = commands.use_keymap({"ticket.assign": ["x"], "ticket.close": ["j"]})
    assert len(problems) == 2
    assert commands.keymap == {}


def test_the_registry_needs_no_textual() -> None:
    code = (
        "import sys, leadconsole.console.registry, leadconsole.console.shared_commands; print('textual' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
