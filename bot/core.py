"""Assembling what does not talk: the database, the texts and the actions. Imports no messenger."""

from dataclasses import dataclass
from random import Random, SystemRandom

from actions.audit import Audits
from actions.completion import Completions
from actions.consent import Consents
from actions.coverage import Coverage
from actions.document import Documents
from actions.erasure import Erasures
from actions.evidence import FileKeeper
from actions.exemption import Exemptions
from actions.groups import Groups
from actions.happening import Happenings
from actions.indicator import Indicators
from actions.invite import Invites
from actions.join_request import JoinRequests
from actions.leave import Leaves
from actions.medk import Medk
from actions.notices import Notices
from actions.outlook import Outlook
from actions.own_data import OwnData
from actions.own_reminders import OwnReminders
from actions.people import People
from actions.person import Persons
from actions.project import Project
from actions.region import Regions
from actions.registry import Registries
from actions.registry_file import RegistryFiles
from actions.remark import Remarks
from actions.replacement import Replacements
from actions.review import Reviews
from actions.risk_factor import RiskFactors
from actions.roadmap import Roadmaps
from actions.rules import NoticeRules
from actions.tasks import Tasks
from actions.told_number import ToldNumbers
from bot.settings import Settings
from storage.database import Database
from storage.files import FileFolder
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
    own_data: OwnData
    own_reminders: OwnReminders
    leaves: Leaves
    erasures: Erasures
    roadmaps: Roadmaps
    notices: Notices
    outlook: Outlook
    tasks: Tasks
    keeper: FileKeeper
    completions: Completions
    indicators: Indicators
    happenings: Happenings
    exemptions: Exemptions
    told_numbers: ToldNumbers
    regions: Regions
    coverage: Coverage
    groups: Groups
    join_requests: JoinRequests
    registries: Registries
    registry_files: RegistryFiles
    persons: Persons
    replacements: Replacements
    reviews: Reviews
    documents: Documents
    remarks: Remarks
    medk: Medk
    risk_factors: RiskFactors
    rules: NoticeRules
    audits: Audits


def build_core(settings: Settings, chance: Random | None = None) -> Core:
    """``chance`` draws the one-time codes where they must be the same again: in a rehearsal.

    Raises ``DatabaseUnavailableError`` when the folder of the database cannot be made.
    """
    texts = Texts()
    database = Database(settings.database_url)
    project = Project(texts, settings.zone)
    folder = FileFolder(settings.files)
    keeper = FileKeeper(folder)
    return Core(
        settings=settings,
        database=database,
        project=project,
        texts=texts,
        people=People(database, project),
        invites=Invites(database, project, chance or SystemRandom()),
        consents=Consents(database, project),
        own_data=OwnData(database, project),
        own_reminders=OwnReminders(database, project),
        leaves=Leaves(database, project),
        erasures=Erasures(database, project),
        roadmaps=Roadmaps(database, project),
        notices=Notices(database, project),
        outlook=Outlook(database, project),
        tasks=Tasks(database, project),
        keeper=keeper,
        completions=Completions(database, project, keeper),
        indicators=Indicators(database, project),
        happenings=Happenings(database, project, keeper, folder),
        exemptions=Exemptions(database, project),
        told_numbers=ToldNumbers(database, project),
        regions=Regions(database, project),
        coverage=Coverage(database),
        groups=Groups(database, project),
        join_requests=JoinRequests(database, project),
        registries=Registries(database, project),
        registry_files=RegistryFiles(database, project),
        persons=Persons(database, project),
        replacements=Replacements(database, project),
        reviews=Reviews(database, project, folder),
        documents=Documents(database, project, keeper, folder),
        remarks=Remarks(database, project),
        medk=Medk(database, project),
        risk_factors=RiskFactors(database, project),
        rules=NoticeRules(database, project),
        audits=Audits(database, project),
    )
