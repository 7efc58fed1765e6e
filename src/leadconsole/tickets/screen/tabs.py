"""The views on the line over the list: the built-in ones and the person's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from leadconsole.console.widgets.views_line import ViewTab
from leadconsole.kernel.desk import Desk
from leadconsole.kernel.text import clean_line
from leadconsole.tickets import queries, views
from leadconsole.tickets.looks import STANDARD, Look
from leadconsole.tickets.views import NO_FILTER, Filter

_OWN = "own:"


class Tab(NamedTuple):
    """One view on the line; `own` is its name if it is the person's."""

    name: str
    title: str
    view: str
    own: str = ""
    wanted: Filter = NO_FILTER
    look: Look = STANDARD

    def note(self, counts: Mapping[str, int]) -> str:
        """How many it has, as far as that is known."""
        count = counts.get(self.name)
        if count is None:
            return ""
        return f"{queries.MOST_COUNTED}+" if self.own and count > queries.MOST_COUNTED else str(count)


def name_of(view: str, own: str) -> str:
    """The name of the tab of a view."""
    return f"{_OWN}{own}" if own else view


def built_in() -> list[Tab]:
    """The tabs that everybody has."""
    return [Tab(view.name, views.title(view), view.name) for view in views.VIEWS]


def counted(desk: Desk) -> tuple[dict[str, int], list[Tab]]:
    """How many tickets each view has, and all the tabs; an own view that is no longer understood is left out."""
    counts = queries.counts(desk)
    tabs = built_in()
    own = queries.own_views(desk)
    if own:
        from leadconsole.tickets import filters
        from leadconsole.tickets.screen import orders

        for one in own:
            try:
                wanted = filters.read(one.filter)
                if one.look.sort:  # sorted in the same breath: who goes there then needn't wait
                    found = orders.taken(desk, one.view, wanted, one.look.sort).counted
                else:
                    found = queries.count(desk, one.view, search=wanted, most=queries.MOST_COUNTED)
            except filters.WrongFilter:
                continue
            tabs.append(Tab(name_of(one.view, one.name), clean_line(one.name), one.view, one.name, wanted, one.look))
            counts[name_of(one.view, one.name)] = found
    return counts, tabs


def line(tabs: Sequence[Tab], counts: Mapping[str, int]) -> list[ViewTab]:
    """The views as the line over the list shows them."""
    return [ViewTab(tab.name, tab.title, tab.note(counts), _tone(tab.name, counts.get(tab.name))) for tab in tabs]


def _tone(name: str, count: int | None) -> str:
    if not count:
        return "dim"
    return {"overdue": "danger", "at_risk": "warning"}.get(name, "")
