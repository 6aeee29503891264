"""Every table. Instants are kept in UTC, deadlines as dates, small lists as JSON."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A UTC-aware instant; naive values are refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """To a naive UTC value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Back to an aware value."""
        return None if value is None else value.replace(tzinfo=UTC)


roadmap = Table(
    "roadmap",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(40), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("region", String(200), nullable=False),
    Column("order_number", String(100), nullable=False),
    Column("order_date", Date, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("executors", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("loaded_at", Instant, nullable=False),
)

item = Table(
    "item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("roadmap_id", ForeignKey("roadmap.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("short_title", String(200), nullable=False),
    Column("deadline_text", String(200), nullable=False),
    Column("deadline_kind", String(20), nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("exact", Boolean, nullable=False),
    Column("held_on", Date),
    Column("executors", JSON, nullable=False),
    Column("indicator", Text, nullable=False),
    Column("threshold", JSON),
    Column("channels", JSON, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("owed_by", String(20), nullable=False),
    Column("flags", JSON, nullable=False),
    Column("corrected", JSON, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", ForeignKey("person.id")),
    Column("closing_note", Text, nullable=False, default=""),
    UniqueConstraint("roadmap_id", "number"),
)

item_change = Table(
    "item_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("person_id", ForeignKey("person.id")),
    Column("field", String(40), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("note", Text, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
)

role = Table(
    "role",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
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
    Column("role", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("used_by", ForeignKey("person.id")),
)

group_chat = Table(
    "group_chat",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("messenger", String(20), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("title", String(255), nullable=False),
    Column("channel", String(40)),
    Column("bound_at", Instant),
    Column("removed_at", Instant),
    UniqueConstraint("messenger", "chat_id"),
    UniqueConstraint("messenger", "channel"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("messenger", String(20), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread_id", BigInteger),
    Column("group_id", ForeignKey("group_chat.id")),
    Column("person_id", ForeignKey("person.id")),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("message_id", String(64)),
    Column("reason", String(200), nullable=False),
    Column("maybe_twice", Boolean, nullable=False),
    Index("ix_outbox_work", "state", "urgency", "due_at", "id"),
)

notice_line = Table(
    "notice_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outbox_id", ForeignKey("outbox.id"), nullable=False, index=True),
    Column("recipient", String(40), nullable=False),
    Column("item_id", ForeignKey("item.id"), nullable=False, index=True),
    Column("occasion", String(20), nullable=False),
    Column("days", Integer, nullable=False),
    Column("said_on", Date, nullable=False),
    Index("ix_notice_line_recipient_said_on", "recipient", "said_on"),
)

attention = Table(
    "attention",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True),
    Column("answered_at", Instant, nullable=False),
    Column("snoozed_until", Date),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

day_override = Table(
    "day_override",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("note", String(200), nullable=False),
)

conversation = Table(
    "conversation",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("state", String(120)),
    Column("data", JSON, nullable=False),
)
