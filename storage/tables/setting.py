"""What is set in the chat, and which answer a chat is expected to type."""

from sqlalchemy import JSON, Boolean, Column, Date, String, Table

from storage.tables.base import metadata

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
