"""What Today asks of the payout at every start: nothing of it may walk through all of history."""

from __future__ import annotations

from pathlib import Path

from desks import house
from leadconsole.payout import facts


def test_what_changed_since_it_was_passed_on_is_looked_for_from_the_few_rows_of_the_month(tmp_path: Path) -> None:
    reader = house(tmp_path / "desk.db").database.reader
    asked: list[str] = []
    reader.set_trace_callback(asked.append)
    facts.changed_since(reader, "2026-03")
    facts.long_resolved(reader, 0)
    reader.set_trace_callback(None)
    plans = [[row[3] for row in reader.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked]
    assert not any(step in ("SCAN ticket", "SCAN e") or step.startswith("SCAN e ") for plan in plans for step in plan)
    assert all(plan[0].startswith("SEARCH p ") for sql, plan in zip(asked, plans, strict=True) if "passed_on" in sql)
