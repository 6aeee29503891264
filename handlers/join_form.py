"""The form of «Я из школы …»: the school, the name, the position, everything read back, sent."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.join_request import JoinRequests, Waiting
from domain.button import Button, press
from domain.clock import Clock
from domain.consent import VERSION
from domain.join_request import Asked, consent_holds, full_name, position_of
from domain.people import Member
from handlers.awaiting import Awaiting
from handlers.paging import paged
from handlers.picking import municipality_rows, school_rows
from handlers.presses.join_request import Join, JoinPlace, JoinSchool, JoinSend, JoinSkip
from handlers.show import Screen, show
from handlers.start import never_mind
from handlers.where import is_answer, is_no_command
from texts import Texts

IN_FORM = StateFilter(Awaiting.join_school, Awaiting.join_name, Awaiting.join_position, Awaiting.join_ready)


async def agreed(_event: Message | CallbackQuery, state: FSMContext, clock: Clock) -> bool:
    """A stranger who has just agreed to the consent: the form is open to them."""
    data = await state.get_data()
    return "version" in data and consent_holds(data["version"], datetime.fromisoformat(data["agreed_at"]), clock())


def waiting_screen(texts: Texts, waiting: Waiting) -> Screen:
    """A request that waits for its answer."""
    withdraw = (Button(texts.plain("join_request.button-withdraw"), press("joinback")),)
    return Screen(texts.html("join_request.waiting", waiting=waiting), (withdraw,))


async def open_form(
    call: CallbackQuery, join_requests: JoinRequests, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """The consent is given at this instant; where the school is."""
    await state.set_data({"version": VERSION, "agreed_at": clock().isoformat()})
    await _ask_municipality(call, join_requests, texts, state)


async def choose_municipality(
    call: CallbackQuery, callback_data: Join, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    """A page of the municipalities."""
    await _ask_municipality(call, join_requests, texts, state, callback_data.page)


async def start_over(call: CallbackQuery, join_requests: JoinRequests, texts: Texts, state: FSMContext) -> None:
    """A button of a step that was left."""
    await _ask_municipality(call, join_requests, texts, state)


async def _ask_municipality(
    call: CallbackQuery, join_requests: JoinRequests, texts: Texts, state: FSMContext, page: int = 0
) -> None:
    rows = municipality_rows(await join_requests.schools(), lambda one: press("joinplace", one, 0))
    text = "join_request.choose-municipality" if rows else "join_request.no-schools"
    shown = paged(texts, rows, page, lambda other: press("join", other))
    await state.set_state(Awaiting.join_school)
    await show(call, Screen(texts.html(text), (*shown, never_mind(texts))))


async def choose_school(
    call: CallbackQuery, callback_data: JoinPlace, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    """The schools of a municipality; the municipalities again where it has none (any more)."""
    place = callback_data.id
    rows = school_rows(await join_requests.schools(), place, lambda one: press("joinschool", one))
    if not rows:
        await _ask_municipality(call, join_requests, texts, state)
        return
    shown = paged(texts, rows, callback_data.page, lambda other: press("joinplace", place, other))
    back = (Button(texts.plain("join_request.button-municipalities"), press("join", 0)), *never_mind(texts))
    await state.set_state(Awaiting.join_school)
    await show(call, Screen(texts.html("join_request.choose-school"), (*shown, back)))


async def ask_name(
    call: CallbackQuery, callback_data: JoinSchool, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    """The school is chosen: who asks."""
    school = await join_requests.school(callback_data.id)
    await state.set_state(Awaiting.join_name)
    await state.update_data(school=school.id)
    await show(call, Screen(texts.html("join_request.ask-name", school=school.name), (never_mind(texts),)))


async def typed_name(message: Message, texts: Texts, state: FSMContext) -> None:
    """The name; as what they work."""
    await state.update_data(name=full_name(message.text or ""))
    await state.set_state(Awaiting.join_position)
    skip = (Button(texts.plain("join_request.button-skip"), press("joinskip")),)
    await show(message, Screen(texts.html("join_request.ask-position"), (skip, never_mind(texts))))


async def typed_position(message: Message, join_requests: JoinRequests, texts: Texts, state: FSMContext) -> None:
    """The position; everything is read back."""
    await _read_back(message, position_of(message.text or ""), join_requests, texts, state)


async def no_position(call: CallbackQuery, join_requests: JoinRequests, texts: Texts, state: FSMContext) -> None:
    """«Пропустить»."""
    await _read_back(call, "", join_requests, texts, state)


async def _read_back(
    event: Message | CallbackQuery, position: str, join_requests: JoinRequests, texts: Texts, state: FSMContext
) -> None:
    data = await state.get_data()
    school = await join_requests.school(data["school"])
    await state.update_data(position=position)
    await state.set_state(Awaiting.join_ready)
    buttons = (
        (Button(texts.plain("join_request.button-send"), press("joinsend")),),
        (Button(texts.plain("join_request.button-anew"), press("join", 0)),),
        never_mind(texts),
    )
    text = texts.html("join_request.summary", school=school.name, name=data["name"], position=position)
    await show(event, Screen(text, buttons))


async def send(
    call: CallbackQuery, member: Member, join_requests: JoinRequests, clock: Clock, texts: Texts, state: FSMContext
) -> None:
    """«Отправить заявку»; pressed again, the same request is shown."""
    data = await state.get_data()
    agreed_at = datetime.fromisoformat(data["agreed_at"])
    asked = Asked(data["school"], data["name"], data["position"], data["version"], agreed_at)
    made = await join_requests.ask(asked, by=member, now=clock())
    await state.clear()
    await show(call, waiting_screen(texts, made), toast=texts.plain("join_request.sent-toast"))


async def press_please(message: Message, texts: Texts) -> None:
    """A text where a button is waited for, or a picture where a text is."""
    await show(message, Screen(texts.html("join_request.press-please")))


def setup() -> Router:
    """For strangers who have just agreed and have not asked yet."""
    router = Router(name="join-form")
    router.message.filter(IN_FORM, agreed)
    router.callback_query.filter(agreed)
    router.callback_query.register(choose_municipality, Join.filter())
    router.callback_query.register(choose_school, JoinPlace.filter())
    router.callback_query.register(ask_name, JoinSchool.filter())
    router.callback_query.register(no_position, JoinSkip.filter(), Awaiting.join_position)
    router.callback_query.register(send, JoinSend.filter(), Awaiting.join_ready)
    for kind in (JoinSkip, JoinSend):
        router.callback_query.register(start_over, kind.filter())
    router.message.register(typed_name, Awaiting.join_name, is_answer)
    router.message.register(typed_position, Awaiting.join_position, is_answer)
    router.message.register(press_please, is_no_command)
    return router
