"""Assembling what does not talk: the database, the texts and the actions. Imports no messenger."""

from dataclasses import dataclass
from random import Random, SystemRandom

from actions.consent import Consents
from actions.groups import Groups
from actions.invite import Invites
from actions.join_request import JoinRequests
from actions.notices import Notices
from actions.outlook import Outlook
from actions.people import People
from actions.project import Project
from actions.region import Regions
from actions.roadmap import Roadmaps
from actions.rules import NoticeRules
from actions.tasks import Tasks
from bot.settings import Settings
from storage.database import Database
from texts import Texts


@dataclass(frozen=True, slots=True)
class Core:
    """Every action of the product over one database."""

    settings: Settings
    database: Database
    project: Project
    texts: Texts
    people: People
    invites: Invites
    consents: Consents
    roadmaps: Roadmaps
    notices: Notices
    outlook: Outlook
    tasks: Tasks
    regions: Regions
    groups: Groups
    join_requests: JoinRequests
    rules: NoticeRules


def build_core(settings: Settings, chance: Random | None = None) -> Core:
    """``chance`` draws the one-time codes where they must be the same again: in a rehearsal.

    Raises ``DatabaseUnavailableError`` when the folder of the database cannot be made.
    """
    texts = Texts()
    database = Database(settings.database_url)
    project = Project(texts, settings.zone)
    return Core(
        settings=settings,
        database=database,
        project=project,
        texts=texts,
        people=People(database, project),
        invites=Invites(database, project, chance or SystemRandom()),
        consents=Consents(database, project),
        roadmaps=Roadmaps(database, project),
        notices=Notices(database, project),
        outlook=Outlook(database, project),
        tasks=Tasks(database, project),
        regions=Regions(database, project),
        groups=Groups(database, project),
        join_requests=JoinRequests(database, project),
        rules=NoticeRules(database, project),
    )
