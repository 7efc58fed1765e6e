"""The demand of a month as needs of a problem: how many people are wanted at a time, and who could be among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import combinations, pairwise

from leadconsole.roster.fill.part import Part
from leadconsole.roster.fill.problem import FREE, Need, Place
from leadconsole.roster.rules.month import ANY_LINE, Span, Stretch


class Wanted:
    """Makes the needs of a month whose cells have these options, by login and day."""

    def __init__(
        self,
        part: Part,
        logins: tuple[str, ...],
        codes: tuple[str, ...],
        options: Mapping[str, tuple[tuple[int, ...], ...]],
    ) -> None:
        self.part = part
        self.facts = part.facts
        self.logins = logins
        self.codes = codes
        self.options = options
        self.place = {day: place for place, day in enumerate(part.facts.days)}

    def needs(self, under: int, over: int, later: int) -> tuple[Need, ...]:
        """The needs at these points for an hour that somebody is missing, is too many, may be planned later."""
        merged: dict[tuple[object, ...], list[int]] = {}
        for stretch in self.facts.stretches:
            own = min(under, later) if self._left(stretch) else under
            for begin, end, present in self._moments(stretch):
                key = self._need(stretch, present)
                if key is not None and (self.part.whole or self._open(key[0], key[2])):
                    points = merged.setdefault((*key, own), [0])
                    points[0] += end - begin
        return tuple(
            Need(groups, total, places, max(1, price * minutes // 60) if price else 0, -(-over * minutes // 60))  # type: ignore[arg-type, operator]
            for (groups, total, places, price), (minutes,) in merged.items()
        )

    def _open(self, groups: tuple[tuple[int, tuple[Place, ...]], ...], places: tuple[Place, ...]) -> bool:
        """Whether anything about a need can change."""
        every = (*places, *(place for _wanted, own in groups for place in own))
        return any(len(self.options[self.logins[worker]][day]) > 1 for worker, day, _shift in every)

    def _left(self, stretch: Stretch) -> bool:
        """Whether who is missing in a stretch may be planned later, in cells that aren't filled now."""
        wanted = [line for line, need in zip(stretch.lines, stretch.needs, strict=True) if need]
        return bool(self.part.left) and all(
            self.part.mendable(line, stretch.begin, stretch.end, stretch.day) for line in wanted
        )

    def _moments(self, stretch: Stretch) -> Iterable[tuple[int, int, list[tuple[int, Place | None]]]]:
        """The pieces of a stretch in which the same shifts run: who may be there, by worker and place (None: is)."""
        facts = self.facts
        around = [(date.fromisoformat(stretch.day) + timedelta(days=far)).isoformat() for far in (-1, 0, 1)]
        touching: list[tuple[Span, int, Place | None]] = []
        for worker, login in enumerate(self.logins):
            for day in around:
                if day not in self.place:
                    code = self.part.plan.get((login, day))
                    if code is not None and facts.available(login, day):
                        touching.append((facts.span(day, code), worker, None))
                elif facts.available(login, day):
                    place = self.place[day]
                    touching += [
                        (facts.span(day, self.codes[option]), worker, (worker, place, option))
                        for option in self.options[login][place]
                        if option != FREE
                    ]
        touching = [one for one in touching if one[0].begin < stretch.end and one[0].end > stretch.begin]
        cuts = sorted(
            {stretch.begin, stretch.end}
            | {cut for span, *_rest in touching for cut in (span.begin, span.end) if stretch.begin < cut < stretch.end}
        )
        for begin, end in pairwise(cuts):
            yield begin, end, [(worker, place) for span, worker, place in touching if span.begin <= begin < span.end]

    def _need(
        self, stretch: Stretch, present: list[tuple[int, Place | None]]
    ) -> tuple[tuple[tuple[int, tuple[Place, ...]], ...], int, tuple[Place, ...]] | None:
        lines = {worker: self.facts.by_login[self.logins[worker]].lines for worker, _place in present}
        groups = []
        wanted_lines = [(line, need) for line, need in zip(stretch.lines, stretch.needs, strict=True) if need]
        for size in range(1, len(wanted_lines) + 1):
            for subset in combinations(wanted_lines, size):
                names = {line for line, _need in subset}
                fitting = [one for one in present if ANY_LINE in names or not names.isdisjoint(lines[one[0]])]
                certain = sum(place is None for _worker, place in fitting)
                wanted = sum(need for _line, need in subset) - certain
                if wanted > 0:
                    groups.append((wanted, tuple(place for _worker, place in fitting if place is not None)))
        every = {*stretch.lines}
        counted = [one for one in present if ANY_LINE in every or not every.isdisjoint(lines[one[0]])]
        total = sum(stretch.needs) - sum(place is None for _worker, place in counted)
        places = tuple(place for _worker, place in counted if place is not None)
        return (tuple(groups), total, places) if groups or places else None
