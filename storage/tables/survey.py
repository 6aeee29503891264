"""Surveys: whom they ask, who has answered, what was said of them; and forms that are being filled in.

What was answered stands in ``form_run`` alone. Of an anonymous survey nothing there tells whose it is: the key is drawn
with a secret that is not in the database, there is neither person nor time, and rows lie in the order of the keys.
"""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from storage.tables.base import Instant, metadata

survey = Table(
    "survey",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("item.id"), index=True),
    Column("title", String(200), nullable=False),
    Column("form", Text, nullable=False),  # JSON in the layout of a form's file
    Column("audience", JSON, nullable=False),
    Column("opens", Date),
    Column("closes", Date),
    Column("per_school", Boolean, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("link", String(500), nullable=False),
    Column("code", String(40), nullable=False),
    Column("target", Integer),
    Column("takes_late", Boolean, nullable=False),
    Column("reminders", Integer, nullable=False),
    Column("is_poll", Boolean, nullable=False),
    Column("is_draft", Boolean, nullable=False),
    Column("made_by", ForeignKey("person.id")),
    Column("made_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),  # by a person, before its last day
    Column("ended_at", Instant),
    Column("cancelled_at", Instant),
)

survey_part = Table(
    "survey_part",
    metadata,
    Column("survey_id", ForeignKey("survey.id"), primary_key=True),
    Column("party", String(8), primary_key=True),
    Column("respondent_id", Integer, primary_key=True),  # of a person or a school
    Column("since", Date, nullable=False),
    Column("answered_on", Date),  # a day and no moment: nothing is to be matched with the order of answers
    Column("left_on", Date),
    sqlite_with_rowid=False,
)

survey_said = Table(
    "survey_said",
    metadata,
    Column("outbox_id", ForeignKey("outbox.id"), primary_key=True),
    Column("survey_id", ForeignKey("survey.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("ask", String(8), nullable=False),
    Column("said_on", Date, nullable=False),
    Index("ix_survey_said_survey_id_person_id", "survey_id", "person_id"),
)

form_run = Table(
    "form_run",
    metadata,
    Column("mark", String(80), primary_key=True),
    Column("about", String(40), nullable=False, index=True),
    Column("answers", JSON, nullable=False),
    Column("asked", String(16)),  # the question that somebody went back to
    Column("pending", JSON),  # typed, and not confirmed yet
    Column("is_sent", Boolean, nullable=False),
    Column("person_id", ForeignKey("person.id"), index=True),
    Column("changed_at", Instant),
    sqlite_with_rowid=False,
)
