"""The house: history, the team's facts, tickets with their caches and search.

A desk of this schema is made whole from kernel/schema.sql; this revision says where later ones begin. The next one is
0002_….py with `down_revision = "0001"`, together with `SCHEMA_VERSION = 2` in kernel/database.py, a new schema.sql
(`python -m leadconsole.kernel.schema`) and the present one kept in tests/kernel/schemas/.
"""

from __future__ import annotations

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: no older desk exists."""
