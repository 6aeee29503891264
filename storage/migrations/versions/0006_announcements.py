"""announcements."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""

    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("circle", sa.JSON(), nullable=False),
        sa.Column("asks_ack", sa.Boolean(), nullable=False),
        sa.Column("is_quiet", sa.Boolean(), nullable=False),
        sa.Column("timing", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("start", sa.DateTime(), nullable=True),
        sa.Column("launched_at", sa.DateTime(), nullable=True),
        sa.Column("corrected_at", sa.DateTime(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("progress_message", sa.String(length=64), nullable=True),
        sa.Column("progress_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_broadcast_author_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_broadcast_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
    )
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broadcast_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_broadcast_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "broadcast_file",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("messenger", sa.String(length=20), nullable=False),
        sa.Column("remote_id", sa.String(length=200), nullable=False),
        sa.Column("is_photo", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_broadcast_file_broadcast_id_broadcast")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_broadcast_file_file_id_stored_file")),
        sa.PrimaryKeyConstraint("broadcast_id", "position", name=op.f("pk_broadcast_file")),
    )
    op.create_table(
        "broadcast_part",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("silence", sa.String(length=12), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("acked_at", sa.DateTime(), nullable=True),
        sa.Column("owed", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcast.id"], name=op.f("fk_broadcast_part_broadcast_id_broadcast")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["group_chat.id"], name=op.f("fk_broadcast_part_group_id_group_chat")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_broadcast_part_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_broadcast_part_person_id_person")),
        sa.PrimaryKeyConstraint("broadcast_id", "recipient", name=op.f("pk_broadcast_part")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("broadcast_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broadcast_part_outbox_id"), ["outbox_id"], unique=False)
        batch_op.create_index(
            "ix_broadcast_part_owed",
            ["broadcast_id"],
            unique=False,
            sqlite_where=sa.text("owed IS NOT NULL"),
            postgresql_where=sa.text("owed IS NOT NULL"),
        )
        batch_op.create_index("ix_broadcast_part_person_id", ["person_id"], unique=False)

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("files", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("is_quiet", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("edits", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("removes", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("beside", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("lane", sa.Integer(), server_default="0", nullable=False))
        batch_op.drop_index("ix_outbox_work")
        batch_op.create_index("ix_outbox_work", ["state", "urgency", "lane", "due_at", "id"], unique=False)
        batch_op.create_index("ix_outbox_expiry", ["state", "expires_at"], unique=False)


def downgrade() -> None:
    """Back."""

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_expiry")
        batch_op.drop_index("ix_outbox_work")
        batch_op.create_index("ix_outbox_work", ["state", "urgency", "due_at", "id"], unique=False)

    op.drop_column("outbox", "lane")
    op.drop_column("outbox", "beside")
    op.drop_column("outbox", "removes")
    op.drop_column("outbox", "edits")
    op.drop_column("outbox", "is_quiet")
    op.drop_column("outbox", "files")

    with op.batch_alter_table("broadcast_part", schema=None) as batch_op:
        batch_op.drop_index("ix_broadcast_part_person_id")
        batch_op.drop_index("ix_broadcast_part_owed")
        batch_op.drop_index(batch_op.f("ix_broadcast_part_outbox_id"))

    op.drop_table("broadcast_part")
    op.drop_table("broadcast_file")
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broadcast_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_broadcast_author_id"))

    op.drop_table("broadcast")
