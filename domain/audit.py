"""What is written down of what people do: ids and words of ours, never names, so who is erased stays erased."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What somebody did."""

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


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``about`` holds ids (``person``, ``school``, ``item`` …) and values that name nobody; ``at`` is UTC."""

    id: int
    at: datetime
    person_id: int | None
    deed: Deed
    about: Mapping[str, int | str | None] = field(default_factory=dict)
