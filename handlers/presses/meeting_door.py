"""Meetings: checking in, the list of who came, the minutes."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from domain.meeting_door import DoorBy, DoorFor
from domain.meeting_ending import Close
from handlers.presses.base import Id, IdOrNone

Moment = Annotated[int, Field(ge=0, lt=2**63)]
"""What was sent when, in microseconds; 0 before."""


class OpenDoor(CallbackData, prefix="mtdoor"):
    """«Отметка участников»."""

    id: Id


class RefreshDoor(CallbackData, prefix="mtdnow"):
    """«Обновить»."""

    id: Id


class ChooseSpan(CallbackData, prefix="mtdhow"):
    """«По коду», «По кнопке»: for how long is asked."""

    id: Id
    how: DoorBy


class UnlockDoor(CallbackData, prefix="mtdgo"):
    """For so long."""

    id: Id
    how: DoorBy
    span: DoorFor


class ShutDoor(CallbackData, prefix="mtdshut"):
    """«Закрыть отметку»."""

    id: Id


class ShowCode(CallbackData, prefix="mtdbig"):
    """«Код на экран»."""

    id: Id


class CheckIn(CallbackData, prefix="mtin"):
    """«Я на встрече», «Ввести код»."""

    id: Id


class AttendanceList(CallbackData, prefix="mtdlist"):
    """«По списку»: a page of the schools."""

    id: Id
    page: int


class AttendanceOfSchool(CallbackData, prefix="mtdsch"):
    """A page of the people of a school, or (0) of those without one."""

    id: Id
    school: IdOrNone
    page: int


class MarkPerson(CallbackData, prefix="mtdman"):
    """Somebody came or did not."""

    id: Id
    school: IdOrNone
    person: Id
    came: bool
    page: int


class MarkSchool(CallbackData, prefix="mtdall"):
    """Everybody of a school came or did not; shown is a page of the schools."""

    id: Id
    school: IdOrNone
    came: bool
    page: int


class AttendanceFile(CallbackData, prefix="mtdfile"):
    """«Список участников (Word)»."""

    id: Id


class OpenMinutes(CallbackData, prefix="mtend"):
    """«Итоги встречи»."""

    id: Id


class AskMinutesText(CallbackData, prefix="mtetext"):
    """«Написать итоги»."""

    id: Id


class AskMinutesFiles(CallbackData, prefix="mtefiles"):
    """«Файлы» of the minutes."""

    id: Id


class DropMinutesFiles(CallbackData, prefix="mtedrop"):
    """«Убрать файлы» of the minutes."""

    id: Id


class AskSending(CallbackData, prefix="mteask"):
    """«Разослать итоги», «Разослать исправленное»."""

    id: Id


class SendMinutes(CallbackData, prefix="mtesend"):
    """«Разослать» what was seen, with what becomes of the item."""

    id: Id
    seen: Moment
    close: Close
