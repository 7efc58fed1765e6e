"""Alembic's entry: runs on the connection that kernel/schema.py hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

config = context.config
connection = config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False, render_as_batch=True)
context.run_migrations()
