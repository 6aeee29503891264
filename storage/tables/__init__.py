"""Every table, by feature. Instants are kept in UTC, deadlines as dates, small lists as JSON."""

from storage.tables.audit import audit
from storage.tables.base import Instant, metadata, stored
from storage.tables.broadcast import broadcast, broadcast_file, broadcast_part
from storage.tables.completion import (
    completion,
    completion_step,
    evidence,
    exemption,
    happening,
    stored_file,
    told_number,
)
from storage.tables.document import remark, risk_factor, school_document, school_risk
from storage.tables.group import group_chat
from storage.tables.meeting import calendar_feed, meeting, meeting_file, meeting_guest, meeting_slot
from storage.tables.outbox import attention, notice_line, outbox
from storage.tables.people import (
    account,
    code_try,
    consent,
    duty,
    invite,
    join_request,
    own_reminders,
    person,
    stand_in,
)
from storage.tables.registry import municipality, organisation, registry_draft, school
from storage.tables.roadmap import item, item_change, roadmap
from storage.tables.setting import conversation, day_override, setting
from storage.tables.survey import form_run, survey, survey_part, survey_said
from storage.tables.visit import agreed_action, visit, visit_change, visit_report, visit_step

__all__ = [
    "Instant",
    "account",
    "agreed_action",
    "attention",
    "audit",
    "broadcast",
    "broadcast_file",
    "broadcast_part",
    "calendar_feed",
    "code_try",
    "completion",
    "completion_step",
    "consent",
    "conversation",
    "day_override",
    "duty",
    "evidence",
    "exemption",
    "form_run",
    "group_chat",
    "happening",
    "invite",
    "item",
    "item_change",
    "join_request",
    "meeting",
    "meeting_file",
    "meeting_guest",
    "meeting_slot",
    "metadata",
    "municipality",
    "notice_line",
    "organisation",
    "outbox",
    "own_reminders",
    "person",
    "registry_draft",
    "remark",
    "risk_factor",
    "roadmap",
    "school",
    "school_document",
    "school_risk",
    "setting",
    "stand_in",
    "stored",
    "stored_file",
    "survey",
    "survey_part",
    "survey_said",
    "told_number",
    "visit",
    "visit_change",
    "visit_report",
    "visit_step",
]
