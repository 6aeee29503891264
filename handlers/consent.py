"""The consent (152-ФЗ): nothing else is open before it, and without it nothing is sent."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from actions.consent import Consents
from actions.tasks import Tasks
from domain.button import Button, press
from domain.clock import Clock
from domain.consent import VERSION
from domain.people import Member, Role
from handlers.album import is_rest_of_album, said_already
from handlers.home import show_home
from handlers.presses.consent import Consent
from handlers.show import Screen, show
from handlers.start import consent_screen
from handlers.where import in_private, without_consent
from texts import Texts


async def answer(
    call: CallbackQuery,
    callback_data: Consent,
    member: Member,
    consents: Consents,
    tasks: Tasks,
    clock: Clock,
    texts: Texts,
    state: FSMContext,
) -> None:
    """«Согласен» and «Не согласен»."""
    await state.clear()
    if not callback_data.given:
        await consents.decline(by=member, now=clock())
        again = (Button(texts.plain("consent.button-agree"), press("consent", 1, VERSION)),)
        me = (Button(texts.plain("own_data.button-me"), press("go", "me")),)
        await show(call, Screen(texts.html("consent.declined"), (again, me)))
        return
    member = await consents.agree(call.from_user.full_name, version=callback_data.version, by=member, now=clock())
    roles = [texts.plain(f"people.role-{role}") for role in Role if role in member.roles]
    await show_home(call, member, tasks, clock, texts, before=texts.html("people.welcome", roles=roles))


async def ask(event: Message | CallbackQuery, texts: Texts, state: FSMContext) -> None:
    """Whatever is written or pressed before it: nothing else is awaited."""
    await state.clear()
    await show(event, consent_screen(texts))


def setup() -> Router:
    """After coming in, before everything else; one's own data stands before the gate as well."""
    router = Router(name="consent")
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    router.callback_query.register(answer, Consent.filter())
    return router


def gate() -> Router:
    """Members who have not agreed stop here."""
    router = Router(name="consent-gate")
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    router.message.register(said_already, without_consent, is_rest_of_album)
    router.message.register(ask, without_consent)
    router.callback_query.register(ask, without_consent)
    return router
