"""Tables of remote access: the public keys of people."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class SshKey(SQLModel, table=True):
    """A public key by which one person comes in; the fingerprint names it everywhere."""

    __tablename__ = "ssh_key"

    fingerprint: str = Field(primary_key=True)
    login: str = Field(foreign_key="person.login", index=True)
    type: str
    base64: str
    added: int


PRIVATE = ("ssh_key",)
"""Tables that travel only in a private export (interchange.md, history.jsonl)."""
