"""«Заявки»: the coordinator's queue of those who ask to be let in, a card of each."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.join_request import JoinRequests, Likely, Queue
from domain.button import Button, Keyboard, press
from domain.clock import Clock
from domain.join_request import REASON_LIMIT, JoinRequest, RequestState, reason_of
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.picking import label
from handlers.presses.join_request import DeclineRequest, DeclineSilently, LetIn, OpenRequest
from handlers.presses.menu import Go
from handlers.show import Screen, show
from handlers.start import back_to_menu, never_mind
from handlers.where import is_answer
from texts import Texts


async def show_queue(
    event: Message | CallbackQuery,
    member: Member,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Заявки»: the oldest one."""
    await state.clear()
    await show(event, _screen(texts, await join_requests.queue(by=member, now=clock())))


async def open_request(
    call: CallbackQuery,
    callback_data: OpenRequest,
    member: Member,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """A neighbour of the request that is shown."""
    await state.clear()
    await show(call, _screen(texts, await join_requests.queue(callback_data.id, by=member, now=clock())))


def _screen(texts: Texts, found: Queue) -> Screen:
    if found.request is None:
        return Screen(texts.html("join_request.queue-empty"), (back_to_menu(texts),))
    rows = [*_choices(texts, found, found.request), _turns(texts, found), back_to_menu(texts)]
    return Screen(texts.html("join_request.card", found=found), tuple(row for row in rows if row))


def _choices(texts: Texts, found: Queue, request: JoinRequest) -> Keyboard:
    known = tuple((_this_is(texts, request, one),) for one in found.likely if one.may_be_claimed)
    new = (Button(texts.plain("join_request.button-new"), press("letin", request.id, 0)),)
    decline = (Button(texts.plain("join_request.button-decline"), press("turndown", request.id)),)
    return (*known, new, decline) if found.school else (*known, decline)


def _this_is(texts: Texts, request: JoinRequest, one: Likely) -> Button:
    caption = texts.plain("join_request.button-this-is", name=label(one.person.name))
    return Button(caption, press("letin", request.id, one.person.id))


def _turns(texts: Texts, found: Queue) -> tuple[Button, ...]:
    turns = []
    if found.before is not None:
        turns.append(Button(texts.plain("menu.button-page-before"), press("request", found.before)))
    if found.after is not None:
        turns.append(Button(texts.plain("menu.button-page-after"), press("request", found.after)))
    return tuple(turns)


async def let_in(
    call: CallbackQuery,
    callback_data: LetIn,
    member: Member,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Это …» and «Принять как нового»; the next request afterwards."""
    await state.clear()
    became = await join_requests.approve(callback_data.id, callback_data.person or None, by=member, now=clock())
    toast = "join_request.came-in-toast" if became is RequestState.CAME_IN else "join_request.approved-toast"
    found = await join_requests.queue(callback_data.id, by=member, now=clock())
    await show(call, _screen(texts, found), toast=texts.plain(toast))


async def ask_reason(
    call: CallbackQuery,
    callback_data: DeclineRequest,
    member: Member,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Отклонить»: the one who asked would like to know why."""
    found = await join_requests.queue(callback_data.id, by=member, now=clock())
    if found.request is None or found.request.id != callback_data.id:
        await show(call, _screen(texts, found), toast=texts.plain("join_request.decided"))
        return
    await state.set_state(Awaiting.join_refusal)
    await state.set_data({"request": callback_data.id})
    silently = (Button(texts.plain("join_request.button-no-reason"), press("turned", callback_data.id)),)
    text = texts.html("join_request.ask-reason", name=found.request.asked.name, limit=REASON_LIMIT)
    await show(call, Screen(text, (silently, never_mind(texts))))


async def typed_refusal(
    message: Message, member: Member, join_requests: JoinRequests, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The reason, typed."""
    request_id = int((await state.get_data())["request"])
    reason = reason_of(message.text or "")
    await state.clear()
    await join_requests.refuse(request_id, reason, by=member, now=clock())
    screen = _screen(texts, await join_requests.queue(request_id, by=member, now=clock()))
    await show(message, Screen(texts.html("join_request.refused-toast") + "\n\n" + screen.text, screen.buttons))


async def decline_silently(
    call: CallbackQuery,
    callback_data: DeclineSilently,
    member: Member,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Без причины»."""
    await state.clear()
    await join_requests.refuse(callback_data.id, "", by=member, now=clock())
    found = await join_requests.queue(callback_data.id, by=member, now=clock())
    await show(call, _screen(texts, found), toast=texts.plain("join_request.refused-toast"))


def setup(router: Router) -> None:
    """Private screens of coordinators."""
    router.callback_query.register(show_queue, Go.filter(F.section == "requests"))
    router.callback_query.register(open_request, OpenRequest.filter())
    router.callback_query.register(let_in, LetIn.filter())
    router.callback_query.register(ask_reason, DeclineRequest.filter())
    router.callback_query.register(decline_silently, DeclineSilently.filter())
    router.message.register(typed_refusal, Awaiting.join_refusal, is_answer)
