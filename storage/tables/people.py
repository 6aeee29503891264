"""People: what they are answerable for, how they come in, and what they agreed to."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.base import Instant, metadata

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, server_default="", index=True),
    Column("position", String(200), nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
    Column("erased_at", Instant),
)

duty = Table(
    "duty",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("municipality_id", ForeignKey("municipality.id")),
    Column("organisation_id", ForeignKey("organisation.id")),
    Column("school_id", ForeignKey("school.id"), index=True),
    Column("responsible", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("messenger", String(20), nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("blocked_at", Instant),
    UniqueConstraint("messenger", "account_id"),
)

invite = Table(
    "invite",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("role", String(20)),  # of an operator's invitation, where nobody is registered yet
    Column("person_id", ForeignKey("person.id"), index=True),
    Column("created_at", Instant, nullable=False),
    Column("created_by", ForeignKey("person.id")),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", ForeignKey("person.id")),
    Column("revoked_at", Instant),
)

code_try = Table(
    "code_try",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("messenger", String(20), nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_code_try_messenger_account_id", "messenger", "account_id"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("version", String(20), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)

join_request = Table(
    "join_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("messenger", String(20), nullable=False),
    Column("account_id", BigInteger, nullable=False),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("position", String(200), nullable=False),
    Column("consent_version", String(20), nullable=False),
    Column("agreed_at", Instant, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("decided_at", Instant),
    Column("decided_by", ForeignKey("person.id")),
    Column("person_id", ForeignKey("person.id")),
    Index("ix_join_request_messenger_account_id", "messenger", "account_id"),
)

stand_in = Table(
    "stand_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("deputy_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

own_reminders = Table(
    "own_reminders",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("hour", Integer),  # of the project's zone; empty: the common morning
    Column("days", JSON, nullable=False),  # weekdays, 0 is Monday; empty: every working day
    Column("paused_until", Date),
)
