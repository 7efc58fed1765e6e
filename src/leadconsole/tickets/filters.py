"""The filter language of the queue: `client:acme assignee:me due<2h price>0 -tag:vip "exact words" words`.

A filter is read into terms without asking the desk anything; `filter_conditions` makes SQL of them. Every term must
hold. Values with commas are alternatives, a minus in front negates, quotes keep spaces together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import N_, _
from leadconsole.kernel.text import fold
from leadconsole.tickets.views import Filter

MOST_TERMS = 50
MOST_VALUES = 200
"""Alternatives with commas in all, which SQLite has to weigh one by one."""
NOTHING = "none"
ME = "me"

_TERM = re.compile(
    r'(?P<minus>-(?=\S))?(?:(?P<field>[^\W\d_][\w-]*)(?P<sign>:?(?:<=|>=|<|>)|[:=]))?(?P<value>(?:"[^"]*"?|[^\s"]+)*)'
)
_PART = re.compile(r'(?:"[^"]*"?|[^,"]+)+')


class Field(NamedTuple):
    """What can be asked for: its name, how else people call it, what sort of value it has, what that may be."""

    name: str
    tooltip: str
    sort: str
    """`word`, `choice`, `number`, `money`, `time`, `age`, `due`, `person`, `client`."""
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        """Whether `<` and `>` make sense."""
        return self.sort in ("number", "money", "time", "age", "due") or self.name == "priority"


_STATUSES = (
    "new", "open", "waiting_client", "waiting_third_party", "resolved", "accepted", "closed_rejected",
    "waiting", "unfinished", "finished",
)  # fmt: skip
FIELDS = (
    Field("client", N_("code or part of the name"), "client", ("клиент", "клієнт")),
    Field("assignee", N_("a login, me or none"), "person", ("who", "исполнитель", "виконавець", "кто", "хто")),
    Field("status", N_("where it stands"), "choice", ("статус",), _STATUSES),
    Field("line", N_("1, 2 or 3"), "choice", ("линия", "лінія"), ("1", "2", "3")),
    Field("priority", N_("also > and <"), "choice", ("приоритет", "пріоритет"), ("low", "normal", "high", "urgent")),
    Field("kind", N_("the kind of work"), "choice", ("вид",), ("incident", "consultation", "task", "project")),
    Field("channel", N_("how it came in"), "choice", ("канал",), ("email", "phone", "chat", "visit", "import")),
    Field(
        "is", N_("a view"), "choice", ("это", "це"),
        ("overdue", "at_risk", "unassigned", "mine", "paid", "repeat", "reopened", "waiting", "to_accept"),
    ),
    Field("due", N_("time left: 2h of working time, 3d, a date"), "due", ("left", "срок", "термін", "запас")),
    Field("age", N_("how old: 30m, 4h, 3d, 2w"), "age", ("возраст", "вік")),
    Field("created", N_("a date, or 3d for the last three days"), "time", ("создана", "створена")),
    Field("resolved", N_("a date, or 3d for the last three days"), "time", ("решена", "вирішена")),
    Field("accepted", N_("a date, or 3d for the last three days"), "time", ("принята", "прийнята")),
    Field("promised", N_("a date"), "time", ("обещана", "обіцяна")),
    Field("wait", N_("a date"), "time", ("ждать", "чекати")),
    Field("price", N_("an amount, or none"), "money", ("цена", "ціна")),
    Field("tag", N_("one of its tags"), "word", ("tags", "метка", "мітка")),
    Field("requester", N_("part of the name of who asked"), "word", ("from", "от", "від")),
    Field("reopens", N_("how often it came back"), "number", ("возвраты", "повернення")),
    Field("handovers", N_("how often it changed hands"), "number", ("передачи", "передачі")),
    Field("number", N_("the number of the ticket"), "number", ("номер", "№")),
)  # fmt: skip
_BY_WORD = {word: field for field in FIELDS for word in (field.name, *field.also)}


class Term(NamedTuple):
    """One condition and where it stands in the text; `field` is None for words to look for."""

    start: int
    end: int
    negated: bool
    field: Field | None
    sign: str
    values: tuple[str, ...]


class WrongFilter(Refused):
    """A filter that can't be understood; `start` and `end` are the place in its text."""

    default_code = "bad_filter"

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message, field="filter")
        self.start = start
        self.end = end


def read(text: str, *, typing: bool = False) -> Filter:
    """The filter that a text writes; WrongFilter points at the word that makes no sense.

    While a person is still typing, a last field without its value asks for nothing yet.
    """
    terms: list[Term] = []
    words: list[str] = []
    values = 0
    for found in _TERM.finditer(text):
        if not found[0]:
            continue
        if len(terms) + len(words) >= MOST_TERMS:
            raise WrongFilter(
                _("A filter has at most {most} conditions.").format(most=MOST_TERMS), found.start(), len(text)
            )
        term = _term(found, typing=typing and found.end() == len(text))
        if term is None:
            continue
        values += len(term.values)
        if values > MOST_VALUES:
            raise WrongFilter(
                _("A filter has at most {most} values in all.").format(most=MOST_VALUES), found.start(), found.end()
            )
        if term.field is None and not term.negated:
            words += [word for word in term.values if word]
        else:
            terms.append(term)
    return Filter(text.strip(), tuple(terms), tuple(words))


def _term(found: re.Match[str], *, typing: bool) -> Term | None:
    # People complete «priority:» and go on with «>=high».
    name, sign, raw = found["field"], (found["sign"] or "").removeprefix(":"), found["value"]
    start, end = found.span()
    if name is None:
        word = raw.replace('"', "")
        return Term(start, end, bool(found["minus"]), None, "", (word,)) if word.strip() else None
    field = _BY_WORD.get(fold(name))
    if field is None:
        raise WrongFilter(_unknown(name), start, found.end("field"))
    values = tuple(part.replace('"', "").strip() for part in _PART.findall(raw))
    values = tuple(value for value in values if value)
    if not values:
        if typing:
            return None
        raise WrongFilter(_("«{field}» needs a value: {what}.").format(field=name, what=_(field.tooltip)), start, end)
    if sign in ("<", ">", "<=", ">=") and not field.compares:
        raise WrongFilter(_("«{field}» has no more or less; write {field}:value.").format(field=name), start, end)
    if field.sort == "choice":
        values = tuple(_choice(field, value, found, typing=typing) for value in values)
        if "" in values:
            return None
    return Term(start, end, bool(found["minus"]), field, sign or "=", values)


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(fold(name), list(_BY_WORD), 1, 0.6)
    if close:
        return _("There is no field «{field}»; perhaps {close}? Words with a colon go in quotes.").format(
            field=name[:40], close=close[0]
        )
    return _("There is no field «{field}»; known are {known}. Words with a colon go in quotes.").format(
        field=name[:40], known=", ".join(field.name for field in FIELDS)
    )


def _choice(field: Field, value: str, found: re.Match[str], *, typing: bool) -> str:
    """The choice that a value names in full or by its first letters; empty where it is still being typed."""
    folded = fold(value)
    if folded in field.choices:
        return folded
    if folded == NOTHING:
        return NOTHING
    begun = [choice for choice in field.choices if choice.startswith(folded)]
    if typing and begun:
        return ""
    if len(begun) == 1:
        return begun[0]
    raise WrongFilter(
        _("«{value}» is none of {choices}.").format(value=value[:40], choices=", ".join(field.choices)),
        found.start("value"),
        found.end(),
    )


def completions(text: str, at: int, logins: list[str], clients: list[str]) -> list[tuple[int, str]]:
    """What the word before the cursor may become: (where it begins, the whole word), best first."""
    start = max(text.rfind(" ", 0, at), text.rfind("\t", 0, at)) + 1
    if text[:at].count('"') % 2:
        return []
    begun = text[start:at]
    if begun.startswith("-"):
        begun, start = begun[1:], start + 1
    split = re.match(r"([^\W\d_][\w-]*)(:?(?:<=|>=|<|>)|[:=])(?:.*,)?", begun)
    if split is None:
        if not begun:
            return []
        names = [
            field.name for field in FIELDS if any(word.startswith(fold(begun)) for word in (field.name, *field.also))
        ]
        return [(start, f"{name}:") for name in names]
    field = _BY_WORD.get(fold(split[1]))
    if field is None:
        return []
    part = fold(begun[split.end() :])
    known = {"person": [ME, NOTHING, *logins], "client": clients, "choice": list(field.choices)}.get(field.sort, [])
    first = [value for value in known if value.startswith(part) and value != part]
    inside = [value for value in known if part in value and not value.startswith(part)] if part else []
    return [(start + split.end(), value) for value in (*first, *inside)]
