"""Choosing a person, or a municipality and then a school of it, by buttons: rows for ``handlers.paging.paged``."""

from collections.abc import Callable, Iterable

from domain.button import Button
from domain.registry import Registered, Registry, called
from handlers.paging import Row

LABEL = 40
"""Characters of a name on a button; a phone shows no more."""
_END = 16
"""Of them the last ones of a longer name: there stands the number that tells schools apart."""


def label(name: str, limit: int = LABEL) -> str:
    """A name as it fits on a button: a longer one loses its middle, «Муниципальное бюджетн…ая школа № 12»."""
    if len(name) <= limit:
        return name
    return name[: limit - _END - 1].rstrip() + "…" + name[-_END:].lstrip()


def municipality_rows(registry: Registry, choose: Callable[[int], str], *, empty: bool = False) -> list[Row]:
    """A button for each municipality in the order of names; ``choose`` gives the callback data for its id.

    Those without a school are left out unless ``empty`` asks for them.
    """
    home = {school.municipality_id for school in registry.schools}
    return [(Button(label(one.name), choose(one.id)),) for one in registry.municipalities if empty or one.id in home]


def school_rows(registry: Registry, municipality_id: int, choose: Callable[[int], str]) -> list[Row]:
    """A button for each school of a municipality in the order of names; ``choose`` gives the callback data for its id.

    Nothing where there is no such municipality: the chooser is then shown the municipalities again.
    """
    return [(Button(label(one.name), choose(one.id)),) for one in registry.schools_of(municipality_id)]


def person_rows(people: Iterable[Registered], choose: Callable[[int], str]) -> list[Row]:
    """A button for each person; ``choose`` gives the callback data for the id."""
    return [(Button(label(called(one.name, one.id)), choose(one.id)),) for one in people]
