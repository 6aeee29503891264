"""Waiting after a step: how a story goes on when the bots have done their part."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from rehearsal.world import World


class Awaited:
    """What a person's step gives back. The step has taken effect already; ``await`` it for what the bots make of it.

    ::

        await school.says("/menu")  # goes on when the bots have settled, gives the message
        school.says("/menu")        # the same step, nobody waits

    Waiting begins with the ``await``: what is not awaited starts nothing and costs nothing.
    """

    __slots__ = ()
    world: "World"

    def __await__(self) -> Generator[Any, None, Self]:
        yield from self.world.settle().__await__()
        return self


@dataclass(frozen=True, slots=True)
class Step(Awaited):
    """A step that leaves nothing to look at: somebody comes, goes, blocks or renames."""

    world: "World" = field(repr=False)
