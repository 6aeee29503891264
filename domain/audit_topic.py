"""What deeds are about: how the coordinator narrows the audit. Every deed is about one thing."""

from collections.abc import Mapping
from enum import StrEnum

from domain.audit import Deed


class Topic(StrEnum):
    """What a deed is about: how the coordinator narrows the audit."""

    ROADMAP = "roadmap"
    GROUPS = "groups"
    SETTINGS = "settings"
    PEOPLE = "people"
    COMING_IN = "coming-in"
    OWN_DATA = "own-data"
    WORK = "work"
    SURVEYS = "surveys"
    VISITS = "visits"
    BROADCASTS = "broadcasts"
    MEETINGS = "meetings"


TOPICS: Mapping[Topic, frozenset[Deed]] = {
    Topic.ROADMAP: frozenset(
        {
            Deed.ROADMAP_LOADED,
            Deed.ITEM_CORRECTED,
            Deed.ITEM_CONFIRMED,
            Deed.ITEM_CLOSED,
            Deed.ITEM_REOPENED,
            Deed.CARRIED_OVER,
        }
    ),
    Topic.GROUPS: frozenset({Deed.GROUP_BOUND, Deed.GROUP_UNBOUND, Deed.GROUP_INVITED}),
    Topic.SETTINGS: frozenset(
        {
            Deed.RULE_CHANGED,
            Deed.SPECIAL_DAY_ADDED,
            Deed.SPECIAL_DAY_FORGOTTEN,
            Deed.REMINDERS_CHANGED,
            Deed.AUDIT_EXPORTED,
        }
    ),
    Topic.PEOPLE: frozenset(
        {
            Deed.REGISTRY_LOADED,
            Deed.REGISTRY_EXPORTED,
            Deed.SCHOOL_ADDED,
            Deed.SCHOOL_RENAMED,
            Deed.SCHOOL_ADDRESS_CHANGED,
            Deed.SCHOOL_LEFT,
            Deed.PERSON_ADDED,
            Deed.PERSON_RENAMED,
            Deed.POSITION_CHANGED,
            Deed.DUTY_GIVEN,
            Deed.DUTY_ENDED,
            Deed.RESPONSIBLE_CHANGED,
            Deed.PERSON_REPLACED,
            Deed.PERSON_REMOVED,
            Deed.LEAVE_BEGAN,
            Deed.LEAVE_ENDED,
        }
    ),
    Topic.COMING_IN: frozenset(
        {
            Deed.CODE_ISSUED,
            Deed.CODE_REVOKED,
            Deed.ACCOUNTS_UNLINKED,
            Deed.CARDS_PRINTED,
            Deed.CAME_IN,
            Deed.CONSENT_GIVEN,
            Deed.CONSENT_REFUSED,
            Deed.REQUEST_MADE,
            Deed.REQUEST_APPROVED,
            Deed.REQUEST_REFUSED,
        }
    ),
    Topic.OWN_DATA: frozenset({Deed.DATA_EXPORTED, Deed.LEFT, Deed.ERASED}),
    Topic.WORK: frozenset(
        {
            Deed.EVIDENCE_ADDED,
            Deed.EVIDENCE_TAKEN_AWAY,
            Deed.CONFIRMATION_SENT,
            Deed.CONFIRMATION_WITHDRAWN,
            Deed.CONFIRMATION_ACCEPTED,
            Deed.CONFIRMATION_RETURNED,
            Deed.CONFIRMATION_REOPENED,
            Deed.DOCUMENT_CHANGED,
            Deed.REMARK_MADE,
            Deed.REMARK_CORRECTED,
            Deed.REMARK_ANSWERED,
            Deed.REMARK_FIXED,
            Deed.REMARK_OPENED,
            Deed.REMARKS_PLACED,
            Deed.REMARKS_UNPLACED,
            Deed.RISK_ADDED,
            Deed.RISK_RENAMED,
            Deed.RISK_ENDED,
            Deed.RISK_TICKED,
            Deed.RISK_UNTICKED,
            Deed.HAPPENING_REPORTED,
            Deed.HAPPENING_TAKEN_AWAY,
            Deed.EXEMPTED,
            Deed.EXEMPTION_LIFTED,
            Deed.NUMBER_TOLD,
            Deed.NUMBER_FORGOTTEN,
        }
    ),
    Topic.SURVEYS: frozenset(
        {
            Deed.SURVEY_MADE,
            Deed.SURVEY_CHANGED,
            Deed.SURVEY_DELETED,
            Deed.SURVEY_OPENED,
            Deed.SURVEY_CLOSED,
            Deed.SURVEY_CANCELLED,
            Deed.SURVEY_EXTENDED,
            Deed.SURVEY_ANSWERED,
            Deed.SURVEY_ANSWER_CHANGED,
            Deed.SURVEY_ASKED,
            Deed.SURVEY_LEFT,
            Deed.SURVEY_REMINDED,
            Deed.SURVEY_EXPORTED,
        }
    ),
    Topic.VISITS: frozenset(
        {
            Deed.VISIT_PROPOSED,
            Deed.VISITS_SENT,
            Deed.VISITS_WITHDRAWN,
            Deed.VISITS_APPROVED,
            Deed.VISITS_RETURNED,
            Deed.VISIT_WISHED,
            Deed.WISH_DECLINED,
            Deed.VISIT_MISSED,
            Deed.VISIT_CANCELLED,
            Deed.VISIT_DROPPED,
            Deed.VISIT_REPORTED,
            Deed.VISIT_REPORT_CHANGED,
            Deed.VISIT_REPORT_ACCEPTED,
            Deed.VISIT_REPORT_RETURNED,
            Deed.AGREED_DONE,
            Deed.AGREED_OPENED,
            Deed.AGREED_DROPPED,
            Deed.VISITS_EXPORTED,
        }
    ),
    Topic.BROADCASTS: frozenset(
        {
            Deed.BROADCAST_MADE,
            Deed.BROADCAST_LAUNCHED,
            Deed.BROADCAST_CANCELLED,
            Deed.BROADCAST_DELETED,
            Deed.BROADCAST_CORRECTED,
            Deed.BROADCAST_REMOVED,
            Deed.BROADCAST_RESENT,
            Deed.BROADCAST_NUDGED,
            Deed.BROADCAST_ACKED,
            Deed.BROADCAST_EXPORTED,
        }
    ),
    Topic.MEETINGS: frozenset(
        {
            Deed.MEETING_MADE,
            Deed.MEETING_DELETED,
            Deed.MEETING_CHANGED,
            Deed.MEETING_CALLED,
            Deed.MEETING_MOVED,
            Deed.MEETING_CANCELLED,
            Deed.MEETING_ANSWERED,
            Deed.MEETING_REMINDED,
            Deed.MEETING_OPENED,
            Deed.MEETING_SHUT,
            Deed.MEETING_CAME,
            Deed.MEETING_UNCAME,
            Deed.MEETING_HELD,
            Deed.MEETING_EXPORTED,
            Deed.SLOTS_MADE,
            Deed.SLOT_TAKEN,
            Deed.SLOT_FREED,
            Deed.SLOT_ASKED,
            Deed.SLOTS_SWAPPED,
            Deed.SLOT_KEPT,
            Deed.FEED_MADE,
            Deed.FEED_STOPPED,
        }
    ),
}
"""Every deed is about one thing."""


def topic_of(deed: Deed) -> Topic:
    """What a deed is about."""
    return next(topic for topic, deeds in TOPICS.items() if deed in deeds)
