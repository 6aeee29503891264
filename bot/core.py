"""Assembling what does not talk: the database, the texts and the actions. Imports no messenger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any

from actions.agreed import AgreedActions
from actions.audit import Audits
from actions.broadcast_ack import BroadcastAcks
from actions.broadcast_choice import BroadcastChoices
from actions.broadcast_keeping import BroadcastKeeping
from actions.broadcast_launch import BroadcastLaunch
from actions.broadcast_laying import BroadcastLaying
from actions.broadcast_report import BroadcastReports
from actions.calendar_feed import CalendarFeeds
from actions.completion import Completions
from actions.consent import Consents
from actions.coverage import Coverage
from actions.document import Documents
from actions.erasure import Erasures
from actions.evidence import FileKeeper
from actions.exemption import Exemptions
from actions.form import Forms
from actions.groups import Groups
from actions.happening import Happenings
from actions.happening_filling import HELD, HeldFilling
from actions.indicator import Indicators
from actions.invite import Invites
from actions.join_request import JoinRequests
from actions.leave import Leaves
from actions.medk import Medk
from actions.meeting_answer import MeetingAnswers
from actions.meeting_arrival import MeetingArrivals
from actions.meeting_calling import MeetingCalling
from actions.meeting_course import MeetingCourse
from actions.meeting_door import MeetingDoor
from actions.meeting_files import MeetingFiles
from actions.meeting_giving import MeetingGiving
from actions.meeting_keeping import MeetingKeeping
from actions.meeting_minutes import MeetingMinutes
from actions.meeting_moves import MeetingMoves
from actions.meeting_paper import MeetingPapers
from actions.meeting_planning import MeetingPlanning
from actions.meeting_slots import MeetingSlots
from actions.meeting_swaps import MeetingSwaps
from actions.meeting_who import MeetingWho
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
from actions.survey_answer import SurveyAnswers
from actions.survey_course import SurveyCourse
from actions.survey_filling import SURVEY, SurveyFilling
from actions.survey_form import SurveyForms
from actions.survey_keeping import SurveyKeeping
from actions.survey_reminder import SurveyReminders
from actions.survey_results import SurveyResults
from actions.tasks import Tasks
from actions.told_number import ToldNumbers
from actions.visit_approval import VisitApprovals
from actions.visit_course import VisitCourse
from actions.visit_coverage import VisitCoverages
from actions.visit_files import VisitFiles
from actions.visit_filling import VISIT, VisitFilling
from actions.visit_hosting import VisitHosting
from actions.visit_paper import VisitPapers
from actions.visit_plan import VisitPlans
from actions.visit_region import VisitRegion
from actions.visit_report import VisitReports
from actions.visit_review import VisitReviews
from bot.settings import Settings
from storage.database import Database
from storage.files import FileFolder
from storage.secret import SecretFile
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
    forms: Forms
    survey_answers: SurveyAnswers
    survey_course: SurveyCourse
    survey_reminders: SurveyReminders
    survey_keeping: SurveyKeeping
    survey_forms: SurveyForms
    survey_results: SurveyResults
    visit_plans: VisitPlans
    visit_approvals: VisitApprovals
    visit_coverages: VisitCoverages
    visit_files: VisitFiles
    visit_region: VisitRegion
    visit_course: VisitCourse
    visit_hosting: VisitHosting
    visit_reports: VisitReports
    visit_papers: VisitPapers
    visit_reviews: VisitReviews
    agreed_actions: AgreedActions
    broadcast_keeping: BroadcastKeeping
    broadcast_launch: BroadcastLaunch
    broadcast_laying: BroadcastLaying
    broadcast_acks: BroadcastAcks
    broadcast_choices: BroadcastChoices
    broadcast_reports: BroadcastReports
    meeting_keeping: MeetingKeeping
    meeting_calling: MeetingCalling
    meeting_moves: MeetingMoves
    meeting_answers: MeetingAnswers
    meeting_course: MeetingCourse
    meeting_who: MeetingWho
    meeting_door: MeetingDoor
    meeting_arrivals: MeetingArrivals
    meeting_papers: MeetingPapers
    meeting_minutes: MeetingMinutes
    meeting_files: MeetingFiles
    meeting_planning: MeetingPlanning
    meeting_giving: MeetingGiving
    meeting_slots: MeetingSlots
    meeting_swaps: MeetingSwaps
    calendar_feeds: CalendarFeeds


_OVER_ALL: Mapping[str, Callable[[Database, Project], Any]] = {
    "people": People,
    "consents": Consents,
    "own_data": OwnData,
    "own_reminders": OwnReminders,
    "leaves": Leaves,
    "erasures": Erasures,
    "roadmaps": Roadmaps,
    "notices": Notices,
    "outlook": Outlook,
    "tasks": Tasks,
    "indicators": Indicators,
    "exemptions": Exemptions,
    "told_numbers": ToldNumbers,
    "regions": Regions,
    "groups": Groups,
    "join_requests": JoinRequests,
    "registries": Registries,
    "registry_files": RegistryFiles,
    "persons": Persons,
    "replacements": Replacements,
    "remarks": Remarks,
    "medk": Medk,
    "risk_factors": RiskFactors,
    "rules": NoticeRules,
    "audits": Audits,
    "survey_course": SurveyCourse,
    "survey_reminders": SurveyReminders,
    "survey_keeping": SurveyKeeping,
    "survey_forms": SurveyForms,
    "survey_results": SurveyResults,
    "visit_plans": VisitPlans,
    "visit_approvals": VisitApprovals,
    "visit_coverages": VisitCoverages,
    "visit_files": VisitFiles,
    "visit_region": VisitRegion,
    "visit_course": VisitCourse,
    "visit_hosting": VisitHosting,
    "visit_reviews": VisitReviews,
    "agreed_actions": AgreedActions,
    "broadcast_acks": BroadcastAcks,
    "broadcast_choices": BroadcastChoices,
    "broadcast_reports": BroadcastReports,
    "meeting_moves": MeetingMoves,
    "meeting_answers": MeetingAnswers,
    "meeting_course": MeetingCourse,
    "meeting_who": MeetingWho,
    "meeting_arrivals": MeetingArrivals,
    "meeting_papers": MeetingPapers,
    "meeting_minutes": MeetingMinutes,
    "meeting_files": MeetingFiles,
    "meeting_planning": MeetingPlanning,
    "meeting_giving": MeetingGiving,
    "meeting_slots": MeetingSlots,
    "meeting_swaps": MeetingSwaps,
}
"""What needs nothing but the database and the project."""


def build_core(settings: Settings, chance: Random | None = None) -> Core:
    """``chance`` draws the one-time codes where they must be the same again: in a rehearsal.

    Raises ``DatabaseUnavailableError`` when the folder of the database cannot be made.
    """
    texts, database = Texts(), Database(settings.database_url)
    project, folder = Project(texts, settings.zone), FileFolder(settings.files)
    keeper = FileKeeper(folder)
    reports = VisitReports(database, project, folder)
    laying, announcing = BroadcastLaying(database, project), BroadcastKeeping(database, project, keeper)
    launching = BroadcastLaunch(database, project, laying)
    filling = SurveyFilling(project, SecretFile(settings.anonymity_file))
    return Core(
        settings=settings,
        database=database,
        project=project,
        texts=texts,
        keeper=keeper,
        invites=Invites(database, project, chance or SystemRandom()),
        completions=Completions(database, project, keeper),
        happenings=Happenings(database, project, folder),
        reviews=Reviews(database, project, folder),
        documents=Documents(database, project, keeper, folder),
        coverage=Coverage(database),
        forms=Forms(
            database, project, keeper, {SURVEY: filling, VISIT: VisitFilling(project), HELD: HeldFilling(project)}
        ),
        survey_answers=SurveyAnswers(database, project, filling),
        broadcast_keeping=announcing,
        broadcast_launch=launching,
        broadcast_laying=laying,
        meeting_keeping=MeetingKeeping(database, project, keeper),
        meeting_door=MeetingDoor(database, project, chance or SystemRandom()),
        meeting_calling=MeetingCalling(database, project, announcing, launching),
        calendar_feeds=CalendarFeeds(database, project, settings.public_url),
        visit_reports=reports,
        visit_papers=VisitPapers(database, project, reports),
        **{name: made(database, project) for name, made in _OVER_ALL.items()},
    )
