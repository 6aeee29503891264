"""«Журнал». What it is narrowed to travels in every button, so an old one shows what it did."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import BaseModel, Field

from domain.audit_look import Narrowing, Span
from domain.audit_topic import Topic

OPERATOR = -1
EVERYBODY = 0


class Narrowed(BaseModel):
    """``who`` is a person's id, ``EVERYBODY`` or the ``OPERATOR``."""

    who: Annotated[int, Field(ge=OPERATOR, lt=2**63)]
    topic: Topic | None
    span: Span

    @property
    def narrowing(self) -> Narrowing:
        """What is looked at."""
        person_id = self.who if self.who > EVERYBODY else None
        return Narrowing(person_id, self.who == OPERATOR, self.topic, self.span)


class AuditPage(Narrowed, CallbackData, prefix="audit"):
    """A page of the journal."""

    page: Annotated[int, Field(ge=0, lt=2**31)]


class AuditTopics(Narrowed, CallbackData, prefix="auditby"):
    """«О чём»."""


class AuditWho(Narrowed, CallbackData, prefix="auditwho"):
    """«Кто»."""


class AuditFile(Narrowed, CallbackData, prefix="auditfile"):
    """«Скачать»."""


def who_of(narrowing: Narrowing) -> int:
    """Whose rows, as such a press says it."""
    return OPERATOR if narrowing.by_operator else narrowing.person_id or EVERYBODY
