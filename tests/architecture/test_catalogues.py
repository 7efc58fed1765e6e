"""The catalogues say everything that the source can say: run `.ci/messages` when one of these tests fails."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "leadconsole"
LANGUAGES = ("ru", "uk")
# How many leading arguments of each must be literals.
LITERALS = {"N_": 1, "NN_": 2, "NP_": 2, "ngettext": 2, "pgettext": 2}
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\([a-z_]+\)[a-z]|%[a-z]\b")

pytest.importorskip("babel", reason="the catalogues are checked with Babel (the dev extra)")


@pytest.fixture(scope="session")
def messages() -> ModuleType:
    """The script .ci/messages as a module."""
    loader = SourceFileLoader("ci_messages", str(ROOT / ".ci" / "messages"))
    spec = spec_from_loader("ci_messages", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def template(messages: ModuleType) -> Any:
    return messages.extracted()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(messages: ModuleType, template: Any, language: str) -> None:
    stored = messages.stored(language)
    lacking = messages.missing(messages.updated(template, stored, {}, language))
    assert not lacking, f"{len(lacking)} not in the {language} catalogue:\n" + "\n".join(lacking)
    fuzzy = [message.id for message in stored if message.id and message.fuzzy]
    assert fuzzy == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(messages: ModuleType, language: str) -> None:
    changed = []
    for message in messages.stored(language):
        if not message.id:
            continue
        sources = message.id if message.pluralizable else [message.id]
        wanted = {placeholder for source in sources for placeholder in PLACEHOLDER.findall(source)}
        changed += [
            (messages.key_of(message), string)
            for string in (message.string if message.pluralizable else [message.string])
            if string and not well_placed(string, wanted, sources, plural=message.pluralizable)
        ]
    assert changed == []


def well_placed(translation: str, wanted: set[str], sources: list[str], *, plural: bool) -> bool:
    """Whether a translation can be formatted with what its source gets; «one» may leave the number out."""
    found = PLACEHOLDER.findall(translation)
    if any(placeholder.startswith("%") and "(" not in placeholder for placeholder in wanted):
        return found == PLACEHOLDER.findall(sources[-1])
    return set(found) == wanted or (plural and wanted - set(found) <= {"{n}"} and set(found) <= wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(messages: ModuleType, language: str) -> None:
    def content(compiled: bytes) -> tuple[object, str]:
        catalogue = GNUTranslations(io.BytesIO(compiled))
        messages = vars(catalogue)["_catalog"]
        messages.pop("")  # the header names the version of Babel
        return messages, catalogue.info()["plural-forms"]

    source = messages.catalogue_path(language, "po").read_bytes()
    stored = messages.catalogue_path(language, "mo").read_bytes()
    assert content(stored) == content(messages.as_mo(source, language)), "run .ci/messages"


def test_updating_twice_changes_nothing(messages: ModuleType, template: Any) -> None:
    for language in LANGUAGES:
        once = messages.as_po(messages.updated(template, messages.stored(language), {}, language), language)
        again = messages.updated(template, messages.read_po(io.BytesIO(once), locale=language), {}, language)
        assert messages.as_po(again, language) == once


def test_messages_are_literals() -> None:
    """`_(constant.title)` shows what N_ marked; text that is built inside the call has no translation."""
    built = [
        f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call)[:90]}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "i18n.py"
        for call in marked_calls(ast.parse(path.read_text("utf-8")))
        if not is_translatable(call)
    ]
    assert built == []


def marked_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", *LITERALS}:
            yield node


def is_translatable(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Name)
    count = LITERALS.get(call.func.id, 1)
    arguments = call.args[:count]
    if call.func.id in ("_", "pgettext") and len(arguments) == count:
        *context, message = arguments
        return all(map(is_literal, context)) and (is_literal(message) or is_constant(message))
    if call.func.id == "ngettext" and isinstance(call.args[0], ast.Starred):
        return True
    return len(arguments) == count and all(is_literal(argument) for argument in arguments)


def is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.BoolOp):
        return all(is_literal(value) or is_constant(value) for value in node.values)
    return isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ('_("{n} clients").format(n=n)', True),
        ("_(command.title)", True),
        ("_(command.label or command.title)", True),
        ('pgettext("view", view.title)', True),
        ("ngettext(*PLURAL, n)", True),
        ('_(f"{n} clients")', False),
        ('_("a" + b)', False),
        ('_("{n}".format(n=1))', False),
        ("N_(title)", False),
        ("pgettext(context, 'x')", False),
        ("ngettext('a', b, n)", False),
    ],
)
def test_the_check_of_literals_sees_what_is_built(code: str, fine: bool) -> None:
    assert all(is_translatable(call) for call in marked_calls(ast.parse(code))) is fine
