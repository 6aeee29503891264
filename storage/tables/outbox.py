"""What the bot said or is about to say, and how people took it."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata

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
    Column("files", JSON),  # what goes along
    Column("is_quiet", Boolean, nullable=False, server_default="0"),
    Column("edits", String(200)),  # the message that is written anew in place
    Column("removes", Text),  # the messages that are deleted, by commas
    Column("urgency", Integer, nullable=False),
    Column("lane", Integer, nullable=False, server_default="0"),  # those of different lanes take turns
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("sent_at", Instant),
    Column("message_id", String(64)),
    Column("beside", String(200)),  # the messages that came along with files, by commas
    Column("reason", String(200), nullable=False),
    Column("maybe_twice", Boolean, nullable=False),
    Index("ix_outbox_work", "state", "urgency", "lane", "due_at", "id"),
    Index("ix_outbox_expiry", "state", "expires_at"),
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
