"""How all schools stand with their documents: of each kind, how many are in which state and who lacks something."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.document import ON_SITE, Document, DocumentKind, DocumentState, Slot, slots
from domain.registry import School

_ADVANCED = tuple(DocumentState)
"""The least advanced first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a school stands with one kind: the least advanced of its documents, and how many of them are placed.

    ``state`` is ``None`` where nothing is due: no risk is ticked yet.
    """

    school: School
    state: DocumentState | None
    placed: int
    of: int

    @property
    def is_lacking(self) -> bool:
        """Whether something is still to be placed."""
        return self.placed < self.of or not self.of


@dataclass(frozen=True, slots=True)
class Picture:
    """Every kind with the standing of every school, in the order of schools, and what waits to be accepted."""

    standings: Mapping[DocumentKind, tuple[Standing, ...]]
    waiting: tuple[Document, ...]

    def counts(self, kind: DocumentKind) -> list[tuple[DocumentState | None, int]]:
        """How many schools are in which state; states without a school are left out."""
        found = Counter(one.state for one in self.standings[kind])
        return [(state, found[state]) for state in (*reversed(_ADVANCED), None) if found[state]]

    def lacking(self, kind: DocumentKind) -> list[Standing]:
        """The schools that have not placed everything of a kind."""
        return [one for one in self.standings[kind] if one.is_lacking]


def picture(
    schools: Iterable[School], kept: Iterable[Document], own: Mapping[int, Collection[int]], factors: Collection[int]
) -> Picture:
    """How these schools stand; ``own`` are the risks of each, ``factors`` every risk there is."""
    known = {one.slot: one for one in kept}
    due = {school: slots(school.id, [one for one in factors if one in own.get(school.id, ())]) for school in schools}
    waiting = [known[slot] for wanted in due.values() for slot in wanted if _state(known, slot) is DocumentState.PLACED]
    return Picture(
        {
            kind: tuple(
                _standing(school, [_state(known, one) for one in wanted if one.kind is kind])
                for school, wanted in due.items()
            )
            for kind in DocumentKind
        },
        tuple(sorted(waiting, key=lambda one: (one.version, one.id))),
    )


def _state(known: Mapping[Slot, Document], slot: Slot) -> DocumentState:
    return known[slot].state if slot in known else DocumentState.NONE


def _standing(school: School, states: list[DocumentState]) -> Standing:
    least = min(states, key=_ADVANCED.index, default=None)
    return Standing(school, least, sum(state in ON_SITE for state in states), len(states))
