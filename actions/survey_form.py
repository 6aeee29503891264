"""A survey's form as a file: taken out, looked at, and put in the place of another."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.survey_card import SurveyCard, survey_card
from actions.survey_keeping import SurveyKeeping
from domain.access import Right, require
from domain.form import Form
from domain.form_change import FormChange, form_change
from domain.form_file import FormFileError, read_form
from domain.people import Member
from domain.refusal import Refusal
from domain.registry_file import FILE_LIMIT
from domain.survey_change import stamp, with_form
from domain.survey_field import SurveyField
from reports.form_read import read_form_workbook
from reports.form_toml import form_toml
from reports.form_words import FormWords, defect_line
from reports.form_xlsx import form_workbook
from storage.database import Database

_ARCHIVE, _OLD = b"PK", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class FormLook:
    """A file that was read: its form, or what is wrong in it, a line each."""

    form: Form | None
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A file in the place of a survey's form, as that stands now (``seen``): what would change."""

    card: SurveyCard
    look: FormLook
    change: FormChange | None = None
    seen: int = 0


class SurveyForms:
    """Use cases of the coordinator. Reading and writing XLSX are a thread's work."""

    def __init__(self, database: Database, project: Project) -> None:
        self._database = database
        self._project = project
        self._words = FormWords(project.texts)
        self._keeping = SurveyKeeping(database, project)

    async def file(self, survey_id: int, which: str, *, by: Member, now: datetime) -> tuple[SurveyCard, bytes]:
        """The form as TOML or XLSX: either can be changed and sent back."""
        card = await self._card(survey_id, by, now)
        if which == "toml":
            return card, form_toml(card.survey.form).encode()
        return card, await asyncio.to_thread(form_workbook, card.survey.form, self._words)

    async def look(self, content: bytes, *, by: Member) -> FormLook:
        """A file on its own. Raises ``Refusal`` for what is no such file."""
        require(by, Right.KEEP_SURVEYS)
        return await self._read(content)

    async def offer(self, survey_id: int, content: bytes, *, by: Member, now: datetime) -> FormOffer:
        """What a file would change. Nothing is put in place. Raises ``Refusal`` for one that cannot be."""
        card = await self._card(survey_id, by, now)
        look = await self._read(content)
        if look.form is None:
            return FormOffer(card, look)
        with_form(card.survey, look.form, begun=card.begun)
        change = form_change(card.survey.form, look.form)
        return FormOffer(card, look, change, stamp(card.survey, SurveyField.FORM))

    async def put(
        self, survey_id: int, content: bytes, *, seen: int, by: Member, now: datetime
    ) -> tuple[SurveyCard, FormLook]:
        """All of a file or nothing of it. Raises ``Refusal`` where the form is not the one that was ``seen``."""
        card = await self._card(survey_id, by, now)
        look = await self._read(content)
        if look.form is not None:
            card = await self._keeping.alter(survey_id, _always(look.form), seen=seen, by=by, now=now)
        return card, look

    async def make(self, content: bytes, *, by: Member, now: datetime) -> tuple[SurveyCard | None, FormLook]:
        """A new survey of a file: a draft."""
        look = await self.look(content, by=by)
        return (None if look.form is None else await self._keeping.make(look.form, by=by, now=now)), look

    async def _card(self, survey_id: int, by: Member, now: datetime) -> SurveyCard:
        require(by, Right.KEEP_SURVEYS)
        async with self._database.read() as tx:
            return await survey_card(tx, self._project, survey_id, by, now)

    async def _read(self, content: bytes) -> FormLook:
        if len(content) > FILE_LIMIT:
            raise Refusal("workbook.too-big", limit=FILE_LIMIT // 1024**2)
        try:
            if content.startswith((_ARCHIVE, _OLD)):
                return FormLook(await asyncio.to_thread(read_form_workbook, content, self._words))
            return FormLook(await asyncio.to_thread(read_form, content.decode("utf-8")))
        except UnicodeDecodeError as error:
            raise Refusal("survey_keeping.no-form-file") from error
        except FormFileError as error:
            return FormLook(None, tuple(defect_line(one, self._project.texts) for one in error.defects))


def _always(form: Form) -> Callable[[object], Form]:
    """That form, whatever was there."""
    return lambda _: form
