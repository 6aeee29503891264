"""What a coordinator's answer to a request does to the registry, and who hears of it."""

from datetime import datetime
from typing import Any

from actions.person import add_person
from actions.project import Project
from actions.registry import about
from domain.audit import Deed
from domain.button import Button, Keyboard, press
from domain.join_request import REQUEST_LIFE, JoinRequest, may_be_claimed, tell_at
from domain.outbox import ChatAddress, Recipient
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from storage import audit as audit_rows
from storage import consent as consent_rows
from storage import invite as invite_rows
from storage import join_request as request_rows
from storage import outbox as outbox_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.database import Transaction


async def enter(
    tx: Transaction, request: JoinRequest, guest: Member, person_id: int | None, by_id: int, now: datetime
) -> int:
    """The account is this registered person's from now on, or (``None``) a new one's of the school's team.

    Returns the person's id. The consent is the one that was given when asking. Raises ``Refusal`` when the school takes
    part no more, or that person cannot be the one.
    """
    asked = request.asked
    if person_id is None:
        person_id = await _as_new(tx, request, guest, by_id, now)
    else:
        await _as_registered(tx, request, person_id, now)
    if guest.person_id is None:
        await people_rows.add_account(tx, person_id, request.account)
    elif guest.person_id != person_id:
        await request_rows.hand_account(tx, request.account, person_id)
    await consent_rows.answer(tx, person_id, asked.agreed_at, given=True, version=asked.consent_version)
    await audit_rows.record(tx, asked.agreed_at, person_id, Deed.CONSENT_GIVEN)
    await audit_rows.record(tx, now, person_id, Deed.CAME_IN)
    await outbox_rows.withdraw_days(tx)
    return person_id


async def _as_new(tx: Transaction, request: JoinRequest, guest: Member, by_id: int, now: datetime) -> int:
    """Somebody whose duties all ended is not registered a second time. Nobody becomes the responsible one so."""
    asked = request.asked
    if (await request_rows.schools(tx)).school(asked.school_id) is None:
        raise Refusal("join_request.school-left")
    person_id = guest.person_id or await add_person(tx, asked.name, asked.position, by_id, now)
    if guest.person_id is not None and not guest.name:
        await registry_rows.rename_person(tx, person_id, asked.name)
    duty = Duty(Role.SCHOOL, asked.school_id)
    await registry_rows.give_duty(tx, person_id, duty, now)
    await audit_rows.record(tx, now, by_id, Deed.DUTY_GIVEN, person=person_id, **about(duty))
    return person_id


async def _as_registered(tx: Transaction, request: JoinRequest, person_id: int, now: datetime) -> None:
    """Their duties stay; codes that were handed out to them let nobody else in any more."""
    known = (await registry_rows.registry(tx)).person(person_id)
    if known is None:
        raise Refusal("join_request.no-person")
    if not may_be_claimed(known):
        raise Refusal("join_request.has-a-door")
    if request.asked.position and not known.position:
        await registry_rows.set_position(tx, person_id, request.asked.position)
    await invite_rows.revoke(tx, person_id, now)


async def tell_person(
    tx: Transaction,
    project: Project,
    request: JoinRequest,
    text_id: str,
    now: datetime,
    buttons: Keyboard,
    *,
    person_id: int | None = None,
    **values: Any,
) -> None:
    """Tell whoever asked; a stranger is known by the account alone."""
    school = (await request_rows.schools(tx)).school(request.asked.school_id)
    chat = ChatAddress(request.account.messenger, request.account.account_id)
    recipient = Recipient("asker", chat, frozenset(), person_id=person_id)
    key, name = f"{request_rows.ANSWERS}{request.id}", "" if school is None else school.name
    await project.tell(tx, [recipient], key, text_id, now, buttons, school=name, **values)


async def tell_coordinators(tx: Transaction, project: Project, now: datetime, *, anew: bool = False) -> None:
    """«Заявок ждёт: 3», once an hour at most: what was to be said of it and was not yet is said with today's number.

    ``anew`` when there is one more; otherwise only what was to be said already is put right, or taken back.
    """
    was_to_say = await request_rows.take_back_reminders(tx)
    count = await request_rows.count_waiting(tx, now - REQUEST_LIFE)
    if count and (anew or was_to_say):
        moment = tell_at(now, await outbox_rows.latest_due(tx, request_rows.REMINDERS))
        buttons = ((Button(project.texts.plain("join_request.button-queue"), press("go", "requests")),),)
        key = f"{request_rows.REMINDERS}{moment.isoformat()}"
        await project.tell_coordinators(tx, key, "join_request.waiting-many", moment, buttons, count=count)
