"""«Мои задачи»."""

from aiogram.filters.callback_data import CallbackData

from handlers.presses.base import IdOrNone


class MyTasks(CallbackData, prefix="tasks"):
    """«Мои задачи» under a notice."""


class TasksPage(CallbackData, prefix="mine"):
    """A page of «Мои задачи»."""

    page: int


class PutOffTasks(CallbackData, prefix="putoff"):
    """«Отложить» outside a notice: one item's reminders, or with 0 those of all one's tasks."""

    id: IdOrNone


class PutOffTasksUntil(CallbackData, prefix="puttill"):
    """For how long."""

    id: IdOrNone
    later: str
