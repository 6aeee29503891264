"""surveys and forms."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""

    op.create_table(
        "form_run",
        sa.Column("mark", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asked", sa.String(length=16), nullable=True),
        sa.Column("pending", sa.JSON(), nullable=True),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_run_person_id_person")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_form_run")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("form_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_run_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_form_run_person_id"), ["person_id"], unique=False)

    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("per_school", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("takes_late", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("is_poll", sa.Boolean(), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_survey_item_id_item")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_survey_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
    )
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_item_id"), ["item_id"], unique=False)

    op.create_table(
        "survey_part",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=8), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_part_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "party", "respondent_id", name=op.f("pk_survey_part")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_said",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ask", sa.String(length=8), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_survey_said_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_survey_said_person_id_person")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_said_survey_id_survey")),
        sa.PrimaryKeyConstraint("outbox_id", "survey_id", name=op.f("pk_survey_said")),
    )
    with op.batch_alter_table("survey_said", schema=None) as batch_op:
        batch_op.create_index("ix_survey_said_survey_id_person_id", ["survey_id", "person_id"], unique=False)


def downgrade() -> None:
    """Back."""

    with op.batch_alter_table("survey_said", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_said_survey_id_person_id")

    op.drop_table("survey_said")
    op.drop_table("survey_part")
    with op.batch_alter_table("survey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_item_id"))

    op.drop_table("survey")
    with op.batch_alter_table("form_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_run_person_id"))
        batch_op.drop_index(batch_op.f("ix_form_run_about"))

    op.drop_table("form_run")
