"""«Мои задачи»: what rests on the person, and putting reminders of it off."""

from collections.abc import Callable, Sequence

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.notices import Later, Notices
from actions.tasks import TaskList, Tasks
from domain.button import Button, press
from domain.clock import Clock
from domain.people import Member
from domain.roadmap import KeptItem
from handlers.agenda import item_buttons
from handlers.home import surveys_row
from handlers.paging import on_page, paged, turning
from handlers.presses.menu import Go
from handlers.presses.task import PutOffTasks, PutOffTasksUntil, TasksPage
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from texts import Texts

SHOWN = 9


def tasks_screen(texts: Texts, found: TaskList, page: int = 0) -> Screen:
    """A page of the tasks, the most pressing first, each with whose turn it is."""
    shown, number, pages = on_page(found.tasks, page, SHOWN)
    turns = turning(texts, len(found.tasks), page, lambda other: press("mine", other), SHOWN)
    later = [Button(texts.plain("task.button-put-off"), press("putoff", 0))] if found.tasks else []
    if found.to_confirm:
        later.insert(0, Button(texts.plain("completion.button-confirm"), press("toconfirm", 0)))
    if found.to_report:
        later.insert(len(later) - 1, Button(texts.plain("happening.button-tell"), press("toheld", 0)))
    waiting = []
    if found.to_review:
        waiting.append(Button(texts.plain("review.button-queue"), press("go", "review")))
    if found.requests:
        waiting.append(Button(texts.plain("join_request.button-queue"), press("go", "requests")))
    if found.documents:
        waiting.append(Button(texts.plain("home.button-documents-waiting"), press("docwait", 0)))
    items = item_buttons(texts, [task.kept for task in shown])
    rows = (*surveys_row(texts, found), *items, turns, tuple(later), tuple(waiting), back_to_menu(texts))
    text = texts.html("task.list", found=found, tasks=shown, page=number, pages=pages)
    return Screen(text, tuple(row for row in rows if row))


def choice_screen(
    texts: Texts, text: str, items: Sequence[KeptItem], page: int, to: Callable[[int], str], turn: Callable[[int], str]
) -> Screen:
    """One of the items is to be chosen: ``to`` gives the press of one by its id, ``turn`` that of another page."""
    rows = [(Button(texts.plain("completion.button-item", item=one.item), to(one.id)),) for one in items]
    return Screen(text, (*paged(texts, rows, page, turn), back_to_menu(texts)))


async def show_tasks(
    event: Message | CallbackQuery, member: Member, tasks: Tasks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """``/tasks`` and «Мои задачи»."""
    await state.clear()
    await show(event, tasks_screen(texts, await tasks.mine(by=member, now=clock())))


async def turn_page(
    call: CallbackQuery, callback_data: TasksPage, member: Member, tasks: Tasks, clock: Clock, texts: Texts
) -> None:
    """Another page."""
    await show(call, tasks_screen(texts, await tasks.mine(by=member, now=clock()), callback_data.page))


async def put_off(call: CallbackQuery, callback_data: PutOffTasks, texts: Texts) -> None:
    """«Отложить»: for how long; all tasks or the one."""
    choices = tuple(
        (Button(texts.plain(f"notice.later-{one}"), press("puttill", callback_data.id, one)),) for one in Later
    )
    await show(call, Screen(texts.html("task.ask-later", one=callback_data.id > 0), (*choices, never_mind(texts))))


async def put_off_until(
    call: CallbackQuery, callback_data: PutOffTasksUntil, member: Member, notices: Notices, clock: Clock, texts: Texts
) -> None:
    """«До завтра», «На три дня», «До понедельника»."""
    later, item_id = Later(callback_data.later), callback_data.id or None
    until = await notices.snooze_tasks(item_id, later, by=member, now=clock())
    await show(call, Screen(texts.html("notice.put-off", until=until), (back_to_menu(texts),)))


def setup(router: Router) -> None:
    """Private screens."""
    router.message.register(show_tasks, Command("tasks"))
    router.callback_query.register(show_tasks, Go.filter(F.section == "my-tasks"))
    router.callback_query.register(turn_page, TasksPage.filter())
    router.callback_query.register(put_off, PutOffTasks.filter())
    router.callback_query.register(put_off_until, PutOffTasksUntil.filter(F.later.in_(set(Later))))
