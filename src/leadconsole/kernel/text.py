"""Outside text: what becomes of it at the border, and how it is compared.

Mail, imports, names and arguments are data. They enter once through `clean_line` or `clean_text`. What comes
out holds nothing that moves a cursor, hides, reorders or piles up, and cleaning it again changes nothing:

- control characters are shown: ESC as ␛, DEL as ␡, a C1 control as the two characters of its ESC form;
- line ends of all kinds are `\\n` (a space in a line), a tab is the spaces it stood for (one in a line);
- whatever Unicode says to draw as nothing is dropped: bidi controls, zero-width marks, soft hyphens, fillers,
  tags. Only what belongs to an emoji stays: its joiners and the variation selector 16;
- lone surrogates and noncharacters are U+FFFD, the rest is NFC, with at most three marks on one base.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MARKS_PER_BASE = 3
REPLACEMENT = "\ufffd"

# Printable Latin and Cyrillic with their punctuation: nothing to clean, already NFC. Almost all text is this.
_PLAIN_CHARACTERS = (
    r" -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116"
)
_PLAIN_LINE = re.compile(f"[{_PLAIN_CHARACTERS}]*")
_PLAIN_TEXT = f"[{_PLAIN_CHARACTERS}\n]*"

_LINE_END = "\r\n|[\n\r\v\f\x85\u2028\u2029]"

# Roughly the emoji; ↔ apart, because it alone melts with a following stroke when nothing stands between.
_EMOJI = (
    "©®\u203c\u2049\u2122\u2139\u2195-\u2199\u21a9\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_KEPT_INVISIBLE = (
    f"(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}\u2194]\ufe0f))\u200d(?=[{_EMOJI}]|\u2194\ufe0f)"
    f"|(?<=[{_EMOJI}\u2194])\ufe0f"
    "|(?<=[0-9#*])\ufe0f(?=\u20e3)"
)
# Default_Ignorable_Code_Point of the Unicode database, and the interlinear annotation marks.
_INVISIBLE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Those that few texts need are plain strings, which `re` compiles (and keeps) when one does: the start shall not wait.
_KEPT_OR_INVISIBLE = f"({_KEPT_INVISIBLE})|{_INVISIBLE}"

_SHOWN = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"}
_SHOWN[0x7F] = "␡"
_SHOWN.update({code: f"␛{chr(code - 0x40)}" for code in range(0x80, 0xA0)})
_BROKEN = "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"

_FLAG_LETTERS_AT_END = "[\U0001f1e6-\U0001f1ff]*\\Z"

_LOGIN = "[a-z][a-z0-9._-]{0,31}"

_TICKET_NUMBER = r"\[[#№]\d+\]|\([#№]\d+\)|(?<!\w)[#№]\d+(?!\w)"
_ANSWER_PREFIXES = r"(?i)\A(?:(?:re|fwd?|отв|пересл|відп)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*)+"

_LOOKS_LIKE_FORMULA = "'*[=+\\-@\t\r]"

# People type one apostrophe where a Ukrainian text has three.
_APOSTROPHES = str.maketrans("’ʼ`", "'''")
# Where only case tells letters apart there is no need to ask Unicode: nearly all that a search is built of.
_FOLDS_BY_CASE = "[ -~\n\u0400-\u0482\u048a-\u052f«»–—“”„’ʼ]*"


def clean_line(text: str) -> str:
    """Outside text that must be one line: a name, a subject, a reason."""
    if _PLAIN_LINE.fullmatch(text):
        return text
    return _clean(re.sub(_LINE_END, " ", text).replace("\t", " "))


def clean_text(text: str) -> str:
    """Outside text of several lines: the body of a mail, a note."""
    if re.fullmatch(_PLAIN_TEXT, text):
        return text
    return _clean(re.sub(_LINE_END, "\n", text)).expandtabs(8)


def _clean(text: str) -> str:
    seen = re.sub(_KEPT_OR_INVISIBLE, r"\1", text).translate(_SHOWN)
    return _few_marks(unicodedata.normalize("NFC", re.sub(_BROKEN, REPLACEMENT, seen)))


def _few_marks(text: str) -> str:
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MARKS_PER_BASE:
            kept.append(character)
    return "".join(kept)


def width(text: str) -> int:
    """How many terminal cells the text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len  # 15 ms that a headless answer in ASCII doesn't need

    return cell_len(text)


def shorten(text: str, cells: int) -> str:
    """The text in at most `cells` cells, ending in … when something was cut; no character is cut in half."""
    if cells <= 0:
        return ""
    if width(text) <= cells:
        return text
    from rich.cells import split_graphemes

    end = used = 0
    for _start, stop, size in split_graphemes(text[: cells * 16])[0]:
        if used + size > cells - 1:
            break
        end, used = stop, used + size
    flag_letters = len(re.findall(_FLAG_LETTERS_AT_END, text[:end])[0])
    if flag_letters % 2 and "\U0001f1e6" <= text[end : end + 1] <= "\U0001f1ff":
        end -= 1
    return f"{text[:end]}…"


def pad(text: str, cells: int, align: Literal["left", "right", "center"] = "left") -> str:
    """The text in exactly `cells` cells: shortened or filled up with spaces."""
    fitting = shorten(text, cells)
    missing = max(0, cells - width(fitting))
    before = {"left": 0, "right": missing, "center": missing // 2}[align]
    return " " * before + fitting + " " * (missing - before)


def first_line(text: str) -> str:
    """The first line that says something, for a one-line preview."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def fold(text: str) -> str:
    """Text as search and comparison see it: no case or compatibility forms, ё as е, one apostrophe."""
    if re.fullmatch(_FOLDS_BY_CASE, text):
        # Replacing is many times faster than translating, and an import folds everything.
        alike = text.lower().replace("ё", "е")
        return alike.replace("’", "'").replace("ʼ", "'").replace("`", "'")
    alike = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return alike.replace("ё", "е").translate(_APOSTROPHES)


def subject_key(subject: str) -> str:
    """What two subjects share when one repeats the other: no answer prefixes, no ticket numbers, no case.

    The rule is *repeat_of* in interchange.md, section 3, with the Ukrainian prefix beside the Russian ones.
    """
    bare = " ".join(re.sub(_TICKET_NUMBER, " ", subject).split())
    return re.sub(_ANSWER_PREFIXES, "", bare).casefold()


def is_login(text: str) -> bool:
    """Whether this can be the login of a person (design.md, section 5)."""
    return re.fullmatch(_LOGIN, text) is not None


def spreadsheet_safe(cell: str) -> str:
    """A text cell as a file holds it: one apostrophe before what a spreadsheet would run as a formula."""
    return f"'{cell}" if re.match(_LOOKS_LIKE_FORMULA, cell) else cell


def spreadsheet_plain(cell: str) -> str:
    """A text cell as it was before `spreadsheet_safe`: without the one apostrophe."""
    return cell[1:] if cell.startswith("'") and re.match(_LOOKS_LIKE_FORMULA, cell) else cell
