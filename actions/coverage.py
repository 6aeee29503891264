"""«Кто не вошёл»: schools without anybody and people to phone, as far as one sees the region."""

from dataclasses import dataclass

from domain.access import Right, may, reach
from domain.coverage import Coverage as Picture
from domain.coverage import coverage
from domain.people import Member
from storage import registry as registry_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class CoverageView:
    """The picture. ``municipalities`` are named where not the whole region is seen; ``opens_people`` is whether whoever
    looks may open the card of a person."""

    picture: Picture
    municipalities: tuple[str, ...] = ()
    opens_people: bool = False


class Coverage:
    """Use cases of coverage."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self, *, by: Member) -> CoverageView:
        """Who of those whom the right of whoever looks reaches has not come in."""
        seen = reach(by, Right.SEE_REGION)
        async with self._database.read() as tx:
            registry = await registry_rows.registry(tx)
            blocked = await registry_rows.blocked_people(tx)
        near = [] if seen.everything else [registry.municipality(one) for one in sorted(seen.municipalities)]
        return CoverageView(
            coverage(registry, seen, blocked),
            tuple(one.name for one in near if one is not None),
            may(by, Right.KEEP_REGISTRY),
        )
