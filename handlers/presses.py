"""What was pressed: typed callback data. The prefixes are those that ``domain.button.press`` is called with."""

from datetime import datetime
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import AfterValidator, Field


def _is_day(text: str) -> str:
    datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007  a date of the calendar has no zone
    return text


Id = Annotated[int, Field(gt=0, lt=2**63)]
"""A row of the database; what cannot be one makes the button a dead one."""
Day = Annotated[str, Field(pattern=r"^[0-9]{8}$"), AfterValidator(_is_day)]
"""A day of the calendar as YYYYMMDD."""


class Go(CallbackData, prefix="go"):
    """A section of the menu."""

    section: str


class Tasks(CallbackData, prefix="tasks"):
    """«Мои задачи» under a notice."""


class MonthPage(CallbackData, prefix="month"):
    """A month of the calendar."""

    year: int
    month: int


class ListPage(CallbackData, prefix="list"):
    """A page of the list of items, narrowed ``by`` month, executor or status to ``value``."""

    by: str
    value: str
    page: int


class ListFilter(CallbackData, prefix="filter"):
    """Choosing what to narrow the list by."""

    by: str


class OpenItem(CallbackData, prefix="item"):
    """An item's card in place of the list."""

    id: Id


class MoreAboutItem(CallbackData, prefix="more"):
    """An item's card from under a notice: a message of its own."""

    id: Id


class ItemHistory(CallbackData, prefix="history"):
    """«История»."""

    id: Id


class EditItem(CallbackData, prefix="edit"):
    """What can be corrected in an item."""

    id: Id


class EditField(CallbackData, prefix="field"):
    """One field to correct."""

    id: Id
    field: str


class ConfirmField(CallbackData, prefix="right"):
    """A flagged field is right as it stands."""

    id: Id
    field: str


class ToggleExecutor(CallbackData, prefix="exec"):
    """An executor of an item added or taken away."""

    id: Id
    executor: str


class CloseItem(CallbackData, prefix="close"):
    """«Закрыть пункт»."""

    id: Id


class CloseWithoutNote(CallbackData, prefix="closed"):
    """Closing without a note."""

    id: Id


class ReopenItem(CallbackData, prefix="reopen"):
    """«Открыть снова»."""

    id: Id


class NoReason(CallbackData, prefix="nowhy"):
    """Saving a moved deadline without a reason."""


class Cancel(CallbackData, prefix="cancel"):
    """Nothing is to be typed any more."""


class PutOff(CallbackData, prefix="later"):
    """«Отложить» under the message of a day (YYYYMMDD)."""

    day: Day


class PutOffUntil(CallbackData, prefix="until"):
    """For how long."""

    day: Day
    later: str


class OpenGroup(CallbackData, prefix="group"):
    """A group's screen."""

    id: Id


class BindGroup(CallbackData, prefix="bind"):
    """«Привязать как …»."""

    id: Id
    channel: str


class UnbindGroup(CallbackData, prefix="unbind"):
    """«Отвязать»."""

    id: Id


class LeaveGroup(CallbackData, prefix="leave"):
    """«Выйти из группы»."""

    id: Id


class RulesPage(CallbackData, prefix="rules"):
    """A page of the numbers of the notices."""

    page: int


class EditRule(CallbackData, prefix="rule"):
    """A number of the notices to change."""

    name: str


class DefaultRule(CallbackData, prefix="unrule"):
    """Bring a number's default back."""

    name: str


class AddSpecialDay(CallbackData, prefix="day"):
    """A day to declare working or not."""

    working: bool


class ForgetSpecialDay(CallbackData, prefix="noday"):
    """A special day to forget (YYYYMMDD)."""

    day: Day


class CarryOver(CallbackData, prefix="carry"):
    """«Перенести на другой год»."""

    id: Id
    year: int


class Consent(CallbackData, prefix="consent"):
    """«Согласен» and «Не согласен»."""

    given: bool
