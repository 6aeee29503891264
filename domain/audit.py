"""What is written down of what people do: ids and words of ours, never names, so who is erased stays erased."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.document import DocumentKind, DocumentState
from domain.evidence import EvidenceKind
from domain.item_field import ItemField
from domain.notice_rules import Rules
from domain.people import Role
from domain.survey_field import SurveyField


class Deed(StrEnum):
    """What somebody did. One that was ever released stays: its rows do."""

    ROADMAP_LOADED = "roadmap-loaded"
    ITEM_CORRECTED = "item-corrected"
    ITEM_CONFIRMED = "item-confirmed"
    ITEM_CLOSED = "item-closed"
    ITEM_REOPENED = "item-reopened"
    CARRIED_OVER = "carried-over"
    GROUP_BOUND = "group-bound"
    GROUP_UNBOUND = "group-unbound"
    GROUP_INVITED = "group-invited"
    RULE_CHANGED = "rule-changed"
    SPECIAL_DAY_ADDED = "special-day-added"
    SPECIAL_DAY_FORGOTTEN = "special-day-forgotten"
    REGISTRY_LOADED = "registry-loaded"
    REGISTRY_EXPORTED = "registry-exported"
    SCHOOL_ADDED = "school-added"
    SCHOOL_RENAMED = "school-renamed"
    SCHOOL_ADDRESS_CHANGED = "school-address-changed"
    SCHOOL_LEFT = "school-left"
    PERSON_ADDED = "person-added"
    PERSON_RENAMED = "person-renamed"
    POSITION_CHANGED = "position-changed"
    DUTY_GIVEN = "duty-given"
    DUTY_ENDED = "duty-ended"
    RESPONSIBLE_CHANGED = "responsible-changed"
    PERSON_REPLACED = "person-replaced"
    PERSON_REMOVED = "person-removed"
    CODE_ISSUED = "code-issued"
    CODE_REVOKED = "code-revoked"
    ACCOUNTS_UNLINKED = "accounts-unlinked"
    CARDS_PRINTED = "cards-printed"
    CAME_IN = "came-in"
    CONSENT_GIVEN = "consent-given"
    CONSENT_REFUSED = "consent-refused"
    REQUEST_MADE = "request-made"
    REQUEST_APPROVED = "request-approved"
    REQUEST_REFUSED = "request-refused"
    LEAVE_BEGAN = "leave-began"
    LEAVE_ENDED = "leave-ended"
    REMINDERS_CHANGED = "reminders-changed"
    DATA_EXPORTED = "data-exported"
    LEFT = "left"
    ERASED = "erased"
    AUDIT_EXPORTED = "audit-exported"
    EVIDENCE_ADDED = "evidence-added"
    EVIDENCE_TAKEN_AWAY = "evidence-taken-away"
    CONFIRMATION_SENT = "confirmation-sent"
    CONFIRMATION_WITHDRAWN = "confirmation-withdrawn"
    CONFIRMATION_ACCEPTED = "confirmation-accepted"
    CONFIRMATION_RETURNED = "confirmation-returned"
    CONFIRMATION_REOPENED = "confirmation-reopened"
    DOCUMENT_CHANGED = "document-changed"
    REMARK_MADE = "remark-made"
    REMARK_CORRECTED = "remark-corrected"
    REMARK_ANSWERED = "remark-answered"
    REMARK_FIXED = "remark-fixed"
    REMARK_OPENED = "remark-opened"
    REMARKS_PLACED = "remarks-placed"
    REMARKS_UNPLACED = "remarks-unplaced"
    RISK_ADDED = "risk-added"
    RISK_RENAMED = "risk-renamed"
    RISK_ENDED = "risk-ended"
    RISK_TICKED = "risk-ticked"
    RISK_UNTICKED = "risk-unticked"
    HAPPENING_REPORTED = "happening-reported"
    HAPPENING_TAKEN_AWAY = "happening-taken-away"
    EXEMPTED = "exempted"
    EXEMPTION_LIFTED = "exemption-lifted"
    NUMBER_TOLD = "number-told"
    NUMBER_FORGOTTEN = "number-forgotten"
    SURVEY_MADE = "survey-made"
    SURVEY_CHANGED = "survey-changed"
    SURVEY_DELETED = "survey-deleted"
    SURVEY_OPENED = "survey-opened"
    SURVEY_CLOSED = "survey-closed"
    SURVEY_CANCELLED = "survey-cancelled"
    SURVEY_EXTENDED = "survey-extended"
    SURVEY_ANSWERED = "survey-answered"
    SURVEY_ANSWER_CHANGED = "survey-answer-changed"
    SURVEY_ASKED = "survey-asked"
    SURVEY_LEFT = "survey-left"
    SURVEY_REMINDED = "survey-reminded"
    SURVEY_EXPORTED = "survey-exported"
    VISIT_PROPOSED = "visit-proposed"
    VISITS_SENT = "visits-sent"
    VISITS_WITHDRAWN = "visits-withdrawn"
    VISITS_APPROVED = "visits-approved"
    VISITS_RETURNED = "visits-returned"
    VISIT_WISHED = "visit-wished"
    WISH_DECLINED = "wish-declined"
    VISIT_MISSED = "visit-missed"
    VISIT_CANCELLED = "visit-cancelled"
    VISIT_DROPPED = "visit-dropped"
    VISIT_REPORTED = "visit-reported"
    VISIT_REPORT_CHANGED = "visit-report-changed"
    VISIT_REPORT_ACCEPTED = "visit-report-accepted"
    VISIT_REPORT_RETURNED = "visit-report-returned"
    AGREED_DONE = "agreed-done"
    AGREED_OPENED = "agreed-opened"
    AGREED_DROPPED = "agreed-dropped"
    VISITS_EXPORTED = "visits-exported"
    BROADCAST_MADE = "broadcast-made"
    BROADCAST_LAUNCHED = "broadcast-launched"
    BROADCAST_CANCELLED = "broadcast-cancelled"
    BROADCAST_DELETED = "broadcast-deleted"
    BROADCAST_CORRECTED = "broadcast-corrected"
    BROADCAST_REMOVED = "broadcast-removed"
    BROADCAST_RESENT = "broadcast-resent"
    BROADCAST_NUDGED = "broadcast-nudged"
    BROADCAST_ACKED = "broadcast-acked"
    BROADCAST_EXPORTED = "broadcast-exported"
    MEETING_MADE = "meeting-made"
    MEETING_DELETED = "meeting-deleted"
    MEETING_CHANGED = "meeting-changed"
    MEETING_CALLED = "meeting-called"
    MEETING_MOVED = "meeting-moved"
    MEETING_CANCELLED = "meeting-cancelled"
    MEETING_ANSWERED = "meeting-answered"
    MEETING_REMINDED = "meeting-reminded"
    MEETING_OPENED = "meeting-opened"
    MEETING_SHUT = "meeting-shut"
    MEETING_CAME = "meeting-came"
    MEETING_UNCAME = "meeting-uncame"
    MEETING_HELD = "meeting-held"
    MEETING_EXPORTED = "meeting-exported"
    SLOTS_MADE = "slots-made"
    SLOT_TAKEN = "slot-taken"
    SLOT_FREED = "slot-freed"
    SLOT_ASKED = "slot-asked"
    SLOTS_SWAPPED = "slots-swapped"
    SLOT_KEPT = "slot-kept"
    FEED_MADE = "feed-made"
    FEED_STOPPED = "feed-stopped"


BY_STRANGERS = frozenset({Deed.REQUEST_MADE})
"""Done by whoever is nobody of the project yet."""
BY_CLOCK = frozenset({Deed.SURVEY_OPENED, Deed.SURVEY_CLOSED, Deed.SURVEY_ASKED, Deed.SURVEY_LEFT})
"""Done by the bot itself when their time comes; any other deed without a person is the operator's."""

PEOPLE_IN_ABOUT = frozenset({"person", "deputy", "former"})
"""Keys whose values are people's ids."""
_IDS_AND_NUMBERS = (
    *(
        "person",
        "deputy",
        "former",
        "school",
        "municipality",
        "item",
        "roadmap",
        "group",
        "request",
        "duty",
        "risk",
        "remark",
    ),
    *(
        "year",
        "count",
        "of",
        "happening",
        "working",
        "responsible",
        "survey",
        "visit",
        "agreed",
        "broadcast",
        "meeting",
    ),
)
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CODE = r"[\w+-]{1,40}"
_WORDS: Mapping[str, str] = {
    "role": "|".join(Role),
    "organisation": _CODE,
    "channel": _CODE,
    "field": "|".join(ItemField),
    "rule": "|".join(Rules.names()),
    "value": r"[0-9:, ]{1,240}",
    "day": _DAY,
    "since": _DAY,
    "until": _DAY,
    "document": "|".join(DocumentKind),
    "evidence": "|".join(EvidenceKind),
    "state": "|".join(DocumentState),
    "part": "|".join(SurveyField),
    "destroyed": r"([a-z]+:[0-9]+,?){1,20}",
}
"""Key → the regular expression of its words; nothing with a space in it but numbers fits any."""
ABOUT = (*_IDS_AND_NUMBERS, *_WORDS)
"""Everything a row can tell."""


def refuse_names(about: Mapping[str, int | str | None]) -> None:
    """Raise ``ValueError`` for what is neither an id nor a word of ours under a key of ``ABOUT``: a name would hide
    there, and what is written down is never taken away."""
    for key, value in about.items():
        if not (key in ABOUT if value is None else fits(key, value)):
            raise ValueError(f"the audit keeps nothing of that kind under «{key}»")


def fits(key: str, value: int | str) -> bool:
    """Whether it is an id or a number where there should be one, or a word that is known under that key."""
    if isinstance(value, int):
        return key in _IDS_AND_NUMBERS
    return key in _WORDS and re.fullmatch(_WORDS[key], value) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``about`` holds ids (``person``, ``school``, ``item`` …) and values that name nobody; ``at`` is UTC."""

    id: int
    at: datetime
    person_id: int | None
    deed: Deed
    about: Mapping[str, int | str | None] = field(default_factory=dict)
