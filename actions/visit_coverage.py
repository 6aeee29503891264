"""«Визиты» of whoever sees the region: how many, where there are none, month by month."""

from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.visit_sight import Sight, sight
from domain.access import Right, may, reach
from domain.people import Member
from domain.visit import ReportState, Visit
from domain.visit_coverage import Placed, VisitCoverage, visit_coverage
from storage.database import Database


@dataclass(frozen=True, slots=True)
class VisitCoverageView:
    """The picture of a year. ``municipalities`` are named where not the whole region is seen; ``waiting`` is how many
    curators' schedules and ``reports`` how many reports wait for whoever looks."""

    picture: VisitCoverage
    year: int
    municipalities: tuple[str, ...]
    waiting: int
    reports: int
    approves: bool
    reviews: bool


class VisitCoverages:
    """Use cases of whoever sees the region; of a municipality that part alone."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project

    async def look(self, *, by: Member, now: datetime) -> VisitCoverageView:
        """As it is at ``now``."""
        seen = reach(by, Right.SEE_REGION)
        async with self._database.read() as tx:
            found = await sight(tx, self._project, now)
        near = [] if seen.everything else [found.registry.municipality(one) for one in sorted(seen.municipalities)]
        schools = seen.among(found.registry.schools)
        visits = [_placed(found, one) for one in found.among(by, Right.SEE_REGION)]
        approves, reviews = may(by, Right.APPROVE_VISITS), found.reviews(by)
        return VisitCoverageView(
            visit_coverage(found.registry, schools, visits, found.today.year),
            found.today.year,
            tuple(one.name for one in near if one is not None),
            len({one.curator_id for one in found.visits if one.waits}) if approves else 0,
            sum(one.state is ReportState.SENT for one in found.reports.values()) if reviews else 0,
            approves,
            reviews,
        )


def _placed(found: Sight, visit: Visit) -> Placed:
    report = found.reports.get(visit.id)
    return Placed(visit, found.standing(visit), report.held_on if report else None)
