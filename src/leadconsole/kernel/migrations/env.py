"""Alembic's entry: runs on the connection that kernel/schema.py hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

config = context.config
connection = config.attributes["connection"]
# The file says by PRAGMA user_version which schema it has. Alembic's own table is told so and goes again: a second
# truth about the same would only be one that can differ.
connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{config.attributes['from_version']:04}",))
context.configure(connection=connection, transactional_ddl=False, render_as_batch=True)
context.run_migrations()
connection.exec_driver_sql("DROP TABLE alembic_version")
