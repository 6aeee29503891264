"""«Я из школы …»: a stranger asks to be let in. The consent comes first; nothing is kept of them before it."""

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.join_request import JoinRequests, Waiting
from actions.tasks import Tasks
from domain.button import Button, press
from domain.clock import Clock
from domain.consent import VERSION
from domain.join_request import Asked, full_name, position_of
from domain.people import Member
from handlers.album import is_rest_of_album, said_already
from handlers.awaiting import Awaiting
from handlers.home import show_home
from handlers.paging import paged
from handlers.picking import municipality_rows, school_rows
from handlers.presses.join_request import Join, JoinConsent, JoinPlace, JoinSchool, JoinSend, JoinSkip, JoinWithdraw
from handlers.presses.menu import Cancel
from handlers.show import Screen, show
from handlers.start import consent_screen, never_mind, stranger
from handlers.where import from_stranger, in_private, is_answer, is_code
from texts import Texts

LINK = "school"
"""The code of the deep link under the group's button: ``https://t.me/<bot>?start=school``."""
_STEPS = (Awaiting.join_school, Awaiting.join_name, Awaiting.join_position, Awaiting.join_ready)


async def from_member(event: Message | CallbackQuery, member: Member) -> bool:
    """Somebody of the project already."""
    return not await from_stranger(event, member)


async def has_asked(_event: Message, member: Member, join_requests: JoinRequests) -> bool:
    """A stranger whose request waits for its answer."""
    return await join_requests.mine(by=member) is not None


async def is_no_code(message: Message) -> bool:
    """Neither a code nor a link with one: those let in whoever has them."""
    return not (message.text or "").startswith("/start ") and not await is_code(message)


async def is_no_command(message: Message) -> bool:
    """Whatever is not a command, pictures as well."""
    return not (message.text or "").startswith("/")


async def already_in(
    event: Message | CallbackQuery, member: Member, tasks: Tasks, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """A member needs no request."""
    await state.clear()
    if member.has_agreed:
        await show_home(event, member, tasks, clock, texts, before=texts.html("join_request.already"))
    else:
        await show(event, consent_screen(texts))


async def begin(message: Message, member: Member, join_requests: JoinRequests, texts: Texts, state: FSMContext) -> None:
    """The link from the group."""
    await state.clear()
    await show(message, _first(texts, await join_requests.mine(by=member)))


async def choose_municipality(
    call: CallbackQuery,
    callback_data: Join,
    member: Member,
    join_requests: JoinRequests,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Я из школы …»: the municipality, once the consent is given."""
    waiting = await join_requests.mine(by=member)
    if waiting is not None or not _agreed(await state.get_data()):
        await state.clear()
        await show(call, _first(texts, waiting))
        return
    await state.set_state(Awaiting.join_school)
    await show(call, await _municipalities(texts, join_requests, callback_data.page))


def _first(texts: Texts, waiting: Waiting | None) -> Screen:
    """The request that waits, or else the consent."""
    if waiting is not None:
        return _waiting(texts, waiting)
    buttons = (
        (Button(texts.plain("consent.button-agree"), press("joinok", 1)),),
        (Button(texts.plain("consent.button-decline"), press("joinok", 0)),),
    )
    text = texts.html("join_request.before-consent") + "\n\n" + texts.html("consent.text", version=VERSION)
    return Screen(text, buttons)


def _waiting(texts: Texts, waiting: Waiting) -> Screen:
    withdraw = (Button(texts.plain("join_request.button-withdraw"), press("joinback")),)
    return Screen(texts.html("join_request.waiting", waiting=waiting), (withdraw,))


def _agreed(data: dict[str, Any]) -> bool:
    return data.get("version") == VERSION


async def _municipalities(texts: Texts, join_requests: JoinRequests, page: int) -> Screen:
    rows = municipality_rows(await join_requests.schools(), lambda one: press("joinplace", one, 0))
    text = "join_request.choose-municipality" if rows else "join_request.no-schools"
    shown = paged(texts, rows, page, lambda other: press("join", other))
    return Screen(texts.html(text), (*shown, never_mind(texts)))


async def consent(
    call: CallbackQuery,
    callback_data: JoinConsent,
    member: Member,
    join_requests: JoinRequests,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Согласен»: the form begins. «Не согласен»: nothing was kept."""
    await state.clear()
    waiting = await join_requests.mine(by=member)
    if waiting is not None:
        await show(call, _waiting(texts, waiting))
    elif callback_data.given:
        await state.set_state(Awaiting.join_school)
        await state.set_data({"version": VERSION, "agreed_at": clock().isoformat()})
        await show(call, await _municipalities(texts, join_requests, 0))
    else:
        again = (Button(texts.plain("consent.button-agree"), press("joinok", 1)),)
        await show(call, Screen(texts.html("join_request.declined"), (again,)))


async def choose_school(
    call: CallbackQuery, callback_data: JoinPlace, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    """The schools of a municipality; the municipalities again where it has none (any more)."""
    if not _agreed(await state.get_data()):
        await show(call, _first(texts, None))
        return
    place = callback_data.id
    rows = school_rows(await join_requests.schools(), place, lambda one: press("joinschool", one))
    if not rows:
        await show(call, await _municipalities(texts, join_requests, 0))
        return
    await state.set_state(Awaiting.join_school)
    shown = paged(texts, rows, callback_data.page, lambda other: press("joinplace", place, other))
    back = (Button(texts.plain("join_request.button-municipalities"), press("join", 0)),)
    await show(call, Screen(texts.html("join_request.choose-school"), (*shown, back)))


async def ask_name(
    call: CallbackQuery, callback_data: JoinSchool, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    """The school is chosen: who asks."""
    data = await state.get_data()
    if not _agreed(data):
        await show(call, _first(texts, None))
        return
    school = await join_requests.school(callback_data.id)
    await state.set_state(Awaiting.join_name)
    await state.set_data({**data, "school": school.id})
    await show(call, Screen(texts.html("join_request.ask-name", school=school.name), (never_mind(texts),)))


async def typed_name(message: Message, texts: Texts, state: FSMContext) -> None:
    """The name; as what they work."""
    await state.update_data(name=full_name(message.text or ""))
    await state.set_state(Awaiting.join_position)
    skip = (Button(texts.plain("join_request.button-skip"), press("joinskip")),)
    await show(message, Screen(texts.html("join_request.ask-position"), (skip, never_mind(texts))))


async def typed_position(message: Message, join_requests: JoinRequests, texts: Texts, state: FSMContext) -> None:
    """The position; everything is read back."""
    await state.update_data(position=position_of(message.text or ""))
    await _read_back(message, join_requests, texts, state)


async def no_position(call: CallbackQuery, join_requests: JoinRequests, texts: Texts, state: FSMContext) -> None:
    """«Пропустить»."""
    await state.update_data(position="")
    await _read_back(call, join_requests, texts, state)


async def _read_back(
    event: Message | CallbackQuery, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    data = await state.get_data()
    if not _is_whole(data):
        await state.clear()
        await show(event, _first(texts, None))
        return
    await state.set_state(Awaiting.join_ready)
    school = await join_requests.school(int(data["school"]))
    buttons = (
        (Button(texts.plain("join_request.button-send"), press("joinsend")),),
        (Button(texts.plain("join_request.button-anew"), press("join", 0)),),
        never_mind(texts),
    )
    text = texts.html("join_request.summary", school=school.name, name=data["name"], position=data["position"])
    await show(event, Screen(text, buttons))


def _is_whole(data: dict[str, Any]) -> bool:
    return _agreed(data) and {"school", "name", "position"} <= data.keys()


async def send(
    call: CallbackQuery, member: Member, join_requests: JoinRequests, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отправить заявку»; pressed again, the same request is shown."""
    data = await state.get_data()
    if not _is_whole(data):
        await show(call, _first(texts, await join_requests.mine(by=member)))
        return
    agreed_at = datetime.fromisoformat(data["agreed_at"])
    asked = Asked(member.account, int(data["school"]), data["name"], data["position"], data["version"], agreed_at)
    made = await join_requests.ask(asked, by=member, now=clock())
    await state.clear()
    await show(call, _waiting(texts, made), toast=texts.plain("join_request.sent-toast"))


async def withdraw(
    call: CallbackQuery, member: Member, join_requests: JoinRequests, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отозвать заявку»."""
    await state.clear()
    await join_requests.withdraw(by=member, now=clock())
    again = (Button(texts.plain("join_request.button-again"), press("join", 0)),)
    await show(call, Screen(texts.html("join_request.withdrawn"), (again,)))


async def cancel(call: CallbackQuery, texts: Texts, state: FSMContext) -> None:
    """«Отмена»: what was written so far is forgotten."""
    await state.clear()
    await show(call, stranger(texts), toast=texts.plain("menu.cancelled"))


async def press_please(message: Message, texts: Texts) -> None:
    """A text where a button is waited for, or a picture where a text is."""
    await show(message, Screen(texts.html("join_request.press-please")))


async def show_waiting(message: Message, member: Member, join_requests: JoinRequests, texts: Texts) -> None:
    """Whatever a stranger writes whose request waits."""
    await show(message, _first(texts, await join_requests.mine(by=member)))


_PRESSED = (
    (choose_municipality, Join),
    (consent, JoinConsent),
    (choose_school, JoinPlace),
    (ask_name, JoinSchool),
    (no_position, JoinSkip),
    (send, JoinSend),
    (withdraw, JoinWithdraw),
)


def strangers() -> Router:
    """Before the polite line for strangers; a member is only told that a request is not needed."""
    router = Router(name="join-request")
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    by_link = CommandStart(deep_link=True, magic=F.args == LINK)
    router.message.register(begin, by_link, from_stranger)
    router.message.register(already_in, by_link)
    for handler, kind in _PRESSED:
        router.callback_query.register(handler, from_stranger, kind.filter())
        router.callback_query.register(already_in, kind.filter())
    router.callback_query.register(cancel, from_stranger, Cancel.filter())
    router.message.register(said_already, from_stranger, is_rest_of_album)
    router.message.register(typed_name, from_stranger, Awaiting.join_name, is_answer)
    router.message.register(typed_position, from_stranger, Awaiting.join_position, is_answer)
    router.message.register(press_please, from_stranger, StateFilter(*_STEPS), is_no_command)
    router.message.register(show_waiting, from_stranger, is_no_code, has_asked)
    return router
