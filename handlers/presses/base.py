"""What the fields of callback data are made of; whatever does not fit makes the button a dead one."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field


def _is_day(text: str) -> str:
    datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007  a date of the calendar has no zone
    return text


Id = Annotated[int, Field(gt=0, lt=2**63)]
"""A row of the database."""
IdOrNone = Annotated[int, Field(ge=0, lt=2**63)]
"""The same, or 0 for none."""
Day = Annotated[str, Field(pattern=r"^[0-9]{8}$"), AfterValidator(_is_day)]
"""A day of the calendar as YYYYMMDD."""
