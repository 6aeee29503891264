"""What items ask of each person who may be written to: worked out once for a day's messages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.happening import may_report
from domain.indicator import Indicator
from domain.people import Duty
from domain.progress import NO_PART, NOTHING_YET, Part, Progress, has_held, part_of
from domain.roadmap import KeptItem, KeptRoadmap, Roadmap
from storage import completion as completion_rows
from storage import people as people_rows
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Parts:
    """Person id → what rests on them; how far the confirmations are; roadmap id → the roadmap."""

    duties: Mapping[int, Collection[Duty]] = field(default_factory=dict)
    progress: Progress = NOTHING_YET
    roadmaps: Mapping[int, Roadmap] = field(default_factory=dict)

    def of(self, person_id: int, kept: KeptItem) -> Part:
        """A person's part in an item."""
        roadmap, duties = self.roadmaps.get(kept.roadmap_id), self.duties.get(person_id)
        if roadmap is None or duties is None:
            return NO_PART
        return part_of(kept, roadmap, duties, person_id, self.progress)

    def has_held(self, person_id: int, kept: KeptItem, number: Indicator | None) -> bool:
        """Whether a person has nothing more to hold of an item, whatever others have; not known without its number."""
        roadmap, duties = self.roadmaps.get(kept.roadmap_id), self.duties.get(person_id)
        if roadmap is None or duties is None or number is None:
            return False
        return has_held(kept, roadmap, duties, person_id, number.count.missing)

    def may_report(self, person_id: int, kept: KeptItem) -> bool:
        """Whether a person may tell of what was held of an item."""
        roadmap, duties = self.roadmaps.get(kept.roadmap_id), self.duties.get(person_id)
        return roadmap is not None and duties is not None and may_report(duties, kept.item, roadmap)


async def parts(tx: Transaction, roadmaps: Iterable[KeptRoadmap], today: date) -> Parts:
    """As it is on a local day."""
    bearers = await people_rows.bearers(tx, today)
    return Parts(
        {who: bearer.duties for who, bearer in bearers.items()},
        await completion_rows.progress(tx),
        {one.id: one.roadmap for one in roadmaps},
    )
