"""What of a survey the coordinator can change."""

from enum import StrEnum


class SurveyField(StrEnum):
    """One thing of a survey, as it stands in buttons and in the audit."""

    TITLE = "title"
    FORM = "form"
    OPENS = "opens"
    CLOSES = "closes"
    AUDIENCE = "audience"
    PARTY = "party"
    ANONYMOUS = "anonymous"
    LINK = "link"
    CODE = "code"
    TARGET = "target"
    LATE = "late"
    REMINDERS = "reminders"


TYPED = (
    SurveyField.TITLE,
    SurveyField.OPENS,
    SurveyField.CLOSES,
    SurveyField.LINK,
    SurveyField.CODE,
    SurveyField.TARGET,
    SurveyField.REMINDERS,
)
DAYS = (SurveyField.OPENS, SurveyField.CLOSES)
SWITCHED = (SurveyField.PARTY, SurveyField.ANONYMOUS, SurveyField.LATE)
CLEARED = (SurveyField.OPENS, SurveyField.CLOSES, SurveyField.LINK, SurveyField.CODE, SurveyField.TARGET)
"""What may be empty: of the dates that is the item's window, of the link «здесь, в боте»."""
