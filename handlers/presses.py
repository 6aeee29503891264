"""What was pressed: typed callback data. The prefixes are those that ``domain.button.press`` is called with."""

from aiogram.filters.callback_data import CallbackData


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

    id: int


class MoreAboutItem(CallbackData, prefix="more"):
    """An item's card from under a notice: a message of its own."""

    id: int


class ItemHistory(CallbackData, prefix="history"):
    """«История»."""

    id: int


class EditItem(CallbackData, prefix="edit"):
    """What can be corrected in an item."""

    id: int


class EditField(CallbackData, prefix="field"):
    """One field to correct."""

    id: int
    field: str


class ConfirmField(CallbackData, prefix="right"):
    """A flagged field is right as it stands."""

    id: int
    field: str


class ToggleExecutor(CallbackData, prefix="exec"):
    """An executor of an item added or taken away."""

    id: int
    executor: str


class CloseItem(CallbackData, prefix="close"):
    """«Закрыть пункт»."""

    id: int


class CloseWithoutNote(CallbackData, prefix="closed"):
    """Closing without a note."""

    id: int


class ReopenItem(CallbackData, prefix="reopen"):
    """«Открыть снова»."""

    id: int


class NoReason(CallbackData, prefix="nowhy"):
    """Saving a moved deadline without a reason."""


class Cancel(CallbackData, prefix="cancel"):
    """Nothing is to be typed any more."""


class PutOff(CallbackData, prefix="later"):
    """«Отложить» under the message of a day (YYYYMMDD)."""

    day: str


class PutOffUntil(CallbackData, prefix="until"):
    """For how long."""

    day: str
    later: str


class OpenGroup(CallbackData, prefix="group"):
    """A group's screen."""

    id: int


class BindGroup(CallbackData, prefix="bind"):
    """«Привязать как …»."""

    id: int
    channel: str


class UnbindGroup(CallbackData, prefix="unbind"):
    """«Отвязать»."""

    id: int


class LeaveGroup(CallbackData, prefix="leave"):
    """«Выйти из группы»."""

    id: int


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

    day: str


class CarryOver(CallbackData, prefix="carry"):
    """«Перенести на другой год»."""

    id: int
    year: int
