"""«Регион»: the whole picture on one screen, of a region or of one municipality."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from actions.project import Project, live
from domain.access import Right, reach
from domain.agenda import Status, status
from domain.people import Member
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage.database import Database


@dataclass(frozen=True, slots=True)
class RegionView:
    """How many items are in each state on a local day, and of how many schools somebody has come in.

    ``municipalities`` are named where not the whole region is seen.
    """

    today: date
    items: Mapping[Status, int]
    schools: int
    covered: int
    municipalities: tuple[str, ...] = ()


class Regions:
    """Use cases of the picture."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, *, by: Member, now: datetime) -> RegionView:
        """The picture as far as the right of whoever looks reaches."""
        seen = reach(by, Right.SEE_REGION)
        today = self._project.today(now)
        async with self._database.read() as tx:
            roadmaps = live(await roadmap_rows.all_roadmaps(tx), today)
            registry = await registry_rows.registry(tx)
        schools = seen.among(registry.schools)
        empty = set(registry.uncovered()) & set(schools)
        found = [registry.municipality(one) for one in sorted(seen.municipalities)]
        return RegionView(
            today,
            Counter(status(kept, today) for roadmap in roadmaps for kept in roadmap.items),
            len(schools),
            len(schools) - len(empty),
            () if seen.everything else tuple(one.name for one in found if one is not None),
        )
