"""Group chats."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, UniqueConstraint

from storage.tables.base import Instant, metadata

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
