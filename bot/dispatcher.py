"""Routers in order, middlewares, FSM storage."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import TelegramObject, Update

from bot.actor import Actor
from bot.by_prefix import by_prefix
from bot.core import Core
from bot.in_flight import InFlight
from bot.refusals import answer_failure
from domain.clock import Clock
from handlers import (
    agenda,
    agreed,
    audit,
    broadcast,
    broadcast_audience,
    broadcast_launch,
    broadcast_new,
    broadcast_people,
    broadcast_places,
    broadcast_report,
    calendar,
    completion,
    consent,
    correction,
    coverage,
    document,
    document_content,
    document_overview,
    duty,
    erasure,
    evidence,
    exemption,
    fallback,
    form,
    going_on_leave,
    group,
    happening,
    happening_list,
    home,
    indicator,
    invite,
    item,
    join_queue,
    join_request,
    leave,
    me,
    medk,
    meeting,
    meeting_call,
    meeting_door,
    meeting_guest,
    meeting_list,
    meeting_minutes,
    meeting_new,
    meeting_plan,
    meeting_plan_slot,
    meeting_slots,
    meeting_swap,
    meeting_who,
    new_person,
    new_remark,
    notice,
    own_reminders,
    people,
    person,
    registry_file,
    remark,
    replacement,
    review,
    review_alike,
    review_past,
    review_proof,
    risk_factor,
    roadmap,
    rules,
    school,
    school_keeping,
    start,
    survey,
    survey_answer,
    survey_audience,
    survey_keeping,
    survey_launch,
    survey_live,
    survey_new,
    survey_people,
    survey_poll,
    survey_reminder,
    survey_results,
    task,
    told_number,
    visit,
    visit_approval,
    visit_brief,
    visit_card,
    visit_coverage,
    visit_plan,
    visit_region,
    visit_report,
    visit_review,
    visit_sending,
    visit_wish,
)
from handlers.album import Albums
from handlers.where import in_group, in_private
from storage.fsm import ConversationStorage


class CountingDispatcher(Dispatcher):
    """An update is in flight from its first step to the last word about its failure: outside aiogram's middlewares."""

    def __init__(self, in_flight: InFlight, **more: Any) -> None:
        super().__init__(**more)
        self._in_flight = in_flight

    async def feed_update(self, bot: Bot, update: Update, **data: Any) -> Any:
        """Count and handle."""

        async def handle(_event: TelegramObject, _data: dict[str, Any]) -> Any:
            return await Dispatcher.feed_update(self, bot, update, **data)

        return await self._in_flight(handle, update, data)


def build_dispatcher(core: Core, clock: Clock, in_flight: InFlight | None = None) -> Dispatcher:
    """A handler may name as a parameter: the texts and every action as ``Core`` calls them, ``clock``, ``albums``, and
    ``member`` by ``bot/actor.py``."""
    dispatcher = CountingDispatcher(
        in_flight or InFlight(),
        storage=ConversationStorage(core.database),
        events_isolation=SimpleEventIsolation(),
        **_given(core),
        clock=clock,
        albums=Albums(),
    )
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.my_chat_member):
        observer.outer_middleware(Actor(core.people, clock))
    dispatcher.errors.register(answer_failure)
    dispatcher.include_routers(
        join_request.setup(), start.setup(), consent.setup(), me.before_consent(), consent.gate(), _private(), _group()
    )
    return dispatcher


_KEPT_BACK = {"settings", "database", "project", "keeper", "outlook"}
"""What is none of a handler's business."""


def _given(core: Core) -> dict[str, Any]:
    return {one.name: getattr(core, one.name) for one in fields(core) if one.name not in _KEPT_BACK}


_IN_PRIVATE: tuple[Callable[[Router], None], ...] = (
    start.members,
    home.setup,
    coverage.setup,
    indicator.setup,
    task.setup,
    item.setup,
    completion.setup,
    happening.setup,
    happening_list.setup,
    exemption.setup,
    told_number.setup,
    agenda.setup,
    roadmap.setup,
    correction.setup,
    group.private,
    join_queue.setup,
    review.setup,
    review_alike.setup,
    review_past.setup,
    review_proof.setup,
    people.setup,
    person.setup,
    new_person.setup,
    duty.setup,
    replacement.setup,
    school.setup,
    school_keeping.setup,
    document_overview.setup,
    document.setup,
    document_content.setup,
    risk_factor.setup,
    remark.setup,
    new_remark.setup,
    medk.setup,
    meeting.setup,
    meeting_new.setup,
    meeting_call.setup,
    meeting_guest.setup,
    meeting_who.setup,
    meeting_door.setup,
    meeting_list.setup,
    meeting_minutes.setup,
    meeting_plan.setup,
    meeting_plan_slot.setup,
    meeting_slots.setup,
    meeting_swap.setup,
    registry_file.setup,
    evidence.setup,
    invite.setup,
    rules.setup,
    audit.setup,
    notice.setup,
    leave.setup,
    going_on_leave.setup,
    own_reminders.setup,
    erasure.setup,
    survey_answer.setup,
    survey_live.setup,
    survey_results.setup,
    survey_reminder.setup,
    survey.setup,
    survey_keeping.setup,
    survey_launch.setup,
    survey_audience.setup,
    survey_people.setup,
    survey_new.setup,
    survey_poll.setup,
    visit.setup,
    visit_card.setup,
    visit_plan.setup,
    visit_sending.setup,
    visit_wish.setup,
    visit_approval.setup,
    visit_coverage.setup,
    visit_region.setup,
    visit_brief.setup,
    visit_report.setup,
    visit_review.setup,
    broadcast.setup,
    broadcast_new.setup,
    broadcast_audience.setup,
    broadcast_places.setup,
    broadcast_people.setup,
    broadcast_launch.setup,
    broadcast_report.setup,
    calendar.setup,
    agreed.setup,
    form.setup,
    fallback.private,
)
"""Every feature of the private chat in its turn, then the kind fallback."""


def _private() -> Router:
    """A person's own chat: every feature in its turn, then the kind fallback. One router: each builds 28 observers."""
    router = Router(name="private")
    by_prefix(router)
    router.message.filter(in_private)
    router.callback_query.filter(in_private)
    for register in _IN_PRIVATE:
        register(router)
    return router


def _group() -> Router:
    """A group: its membership, its binding, and the buttons under its notices."""
    router = Router(name="in-group")
    router.message.filter(in_group)
    router.include_routers(
        group.setup(), notice.in_group(), completion.in_group(), survey_answer.in_group(), fallback.in_group()
    )
    return router
