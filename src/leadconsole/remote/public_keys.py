"""A public key as people hand it in: one line, read to the last byte and written anew.

The line ends up in the host's authorized_keys, where a stray option, quote or line break would open another way in; so
nothing of what was handed in is kept but the type and the key itself (sshd(8), RFC 4253, 5656, 8709).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import NamedTuple

from leadconsole.kernel.errors import Refused
from leadconsole.kernel.i18n import _

CURVES = {
    "ecdsa-sha2-nistp256": ("nistp256", 65),
    "ecdsa-sha2-nistp384": ("nistp384", 97),
    "ecdsa-sha2-nistp521": ("nistp521", 133),
    "sk-ecdsa-sha2-nistp256@openssh.com": ("nistp256", 65),
}
"""By type: the name of the curve and the bytes of a point on it."""
EDWARDS = ("ssh-ed25519", "sk-ssh-ed25519@openssh.com")
RSA = "ssh-rsa"
TYPES = (*EDWARDS, *CURVES, RSA)
SMALLEST_RSA = 2048
LONGEST_LINE = 16_000
MOST_KEYS = 50
_SECURITY_KEY = "sk-"
_UNCOMPRESSED = 4


class PublicKey(NamedTuple):
    """A key that was proved: its type and its base64 without a comment."""

    type: str
    base64: str

    @property
    def fingerprint(self) -> str:
        """What `ssh-keygen -l` shows of it."""
        digest = hashlib.sha256(base64.b64decode(self.base64)).digest()
        return "SHA256:" + base64.b64encode(digest).decode("ascii").rstrip("=")


def read_keys(text: str) -> list[PublicKey]:
    """The keys of a `.pub` file, a line each; Refused for a file without one, and for any line that is none."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if any("PRIVATE KEY" in line for line in lines):
        raise Refused(
            _("This is a private key, which nobody may see. Take the file of the same name that ends in .pub."),
            code="private_key",
            field="file",
        )
    if not lines:
        raise Refused(_("There is no public key in this file."), code="no_key", field="file")
    if len(lines) > MOST_KEYS:
        raise Refused(_("There are more than {limit} lines in this file.").format(limit=MOST_KEYS), code="too_many")
    return [read_key(line) for line in lines]


def read_key(line: str) -> PublicKey:
    """The key of one line `type base64 [comment]`; Refused with the reason."""
    words = line.split()
    if len(line) > LONGEST_LINE or len(words) < 2 or words[0] not in TYPES:
        known = ", ".join((*EDWARDS, *CURVES, RSA))
        raise Refused(
            _("A public key begins with its type ({types}) and has nothing before it.").format(types=known),
            code="bad_key",
            field="file",
        )
    return proved(words[0], words[1])


def proved(kind: str, text: str) -> PublicKey:
    """The key of a type and a base64, written anew; Refused unless every byte of it belongs there."""
    try:
        blob = base64.b64decode(text.encode("ascii"), validate=True)
        parts = _parts(blob)
        sound = kind in TYPES and bool(parts) and parts[0] == kind.encode("ascii") and _is_sound(kind, parts[1:])
    except (ValueError, binascii.Error):
        sound = False
    if not sound:
        raise Refused(_("This key is damaged: it isn't what its type says."), code="bad_key", field="file")
    if kind == RSA and int.from_bytes(parts[2], "big").bit_length() < SMALLEST_RSA:
        raise Refused(
            _("This RSA key is too short: {limit} bits are the least; ssh-keygen -t ed25519 makes a good one.").format(
                limit=SMALLEST_RSA
            ),
            code="weak_key",
            field="file",
        )
    return PublicKey(kind, base64.b64encode(blob).decode("ascii"))


def _parts(blob: bytes) -> list[bytes]:
    """The strings of which a key is made; ValueError where a length doesn't fit."""
    parts, place = [], 0
    while place < len(blob):
        length = int.from_bytes(blob[place : place + 4], "big")
        end = place + 4 + length
        if place + 4 > len(blob) or end > len(blob):
            raise ValueError
        parts.append(blob[place + 4 : end])
        place = end
    return parts


def _is_sound(kind: str, parts: list[bytes]) -> bool:
    """Whether the parts behind the type are those of such a key, and no more."""
    if kind.startswith(_SECURITY_KEY):
        if not parts or not parts[-1].startswith(b"ssh:") or len(parts[-1]) > 256:
            return False
        parts = parts[:-1]
    if kind in EDWARDS:
        return [len(part) for part in parts] == [32]
    if kind in CURVES:
        curve, size = CURVES[kind]
        return (
            len(parts) == 2
            and parts[0] == curve.encode("ascii")
            and len(parts[1]) == size
            and parts[1][0] == _UNCOMPRESSED
        )
    # RSA: exponent and modulus, both positive.
    return len(parts) == 2 and all(part and not part[0] & 0x80 for part in parts)
