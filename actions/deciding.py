"""Inside a transaction: what a reviewer's decision does, and who hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.project import Project
from actions.reviewing import Whole, decisions
from domain.audit import Deed
from domain.button import Button, press
from domain.completion import Completion, CompletionState, Step
from domain.debtor import name_of
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from storage import audit as audit_rows
from storage import completion as completion_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage.database import Transaction
from storage.people import Bearer

DEEDS: Mapping[Step, Deed] = {
    Step.ACCEPTED: Deed.CONFIRMATION_ACCEPTED,
    Step.RETURNED: Deed.CONFIRMATION_RETURNED,
    Step.REOPENED: Deed.CONFIRMATION_REOPENED,
}
_KEYS = {OwedBy.SCHOOL: "school", OwedBy.MUNICIPALITY: "municipality", OwedBy.CURATOR: "person"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided (``step`` is one of ``DEEDS``) about a confirmation as it was just before. ``at`` is UTC."""

    completion: Completion
    step: Step
    by: int
    at: datetime
    comment: str = ""


async def decide(tx: Transaction, decision: Decision) -> None:
    """Write it down; whoever decides has answered what they were reminded of. Raises ``Refusal`` where the confirmation
    is not as it was any more."""
    before, by, now = decision.completion, decision.by, decision.at
    state = CompletionState.ACCEPTED if decision.step is Step.ACCEPTED else CompletionState.RETURNED
    if not await completion_rows.step(tx, before, decision.step, state, by, now, decision.comment):
        raise Refusal("review.sent-anew")
    await notice_rows.answer(tx, by, [before.item_id], now, None)
    debtor = before.debtor
    about = {_KEYS[debtor.party]: debtor.id} if debtor.party in _KEYS else {}
    await audit_rows.record(tx, now, by, DEEDS[decision.step], item=before.item_id, **about)


async def tell_authors(tx: Transaction, project: Project, known: Whole, decision: Decision) -> None:
    """Whoever sent it and whoever is responsible learn what was decided, at once; everybody who acts for the debtor
    where neither of them does any more. What they were still to be told today is composed anew."""
    completion = decision.completion
    await outbox_rows.take_back(tx, decisions(completion))
    acting = known.acting(completion)
    await outbox_rows.withdraw_days_of(tx, [one.recipient.person_id or 0 for one in acting])
    told = [one for one in acting if _answers_for(one, completion)] or acting
    recipients = [one.recipient for one in told if one.recipient.person_id != decision.by]
    key, item = f"{decisions(completion)}{len(completion.rounds)}", known.items[completion.item_id][0].item
    is_school = completion.debtor.party is OwedBy.SCHOOL
    said = {
        "item": item,
        "school": name_of(completion.debtor, known.registry) if is_school else "",
        "comment": decision.comment,
        "again": decision.step is Step.REOPENED,
        "today": project.today(decision.at),
    }
    if decision.step is Step.ACCEPTED:
        tasks = Button(project.texts.plain("notice.button-tasks"), press("tasks"))
        await project.tell(tx, recipients, key, "review.told-accepted", decision.at, ((tasks,),), **said)
    else:
        fix = Button(project.texts.plain("review.button-fix"), press("confirm", completion.item_id))
        await project.tell(tx, recipients, key, "review.told-returned", decision.at, ((fix,),), **said)


def _answers_for(one: Bearer, completion: Completion) -> bool:
    debtor = completion.debtor
    leads = any(duty.responsible and duty.school_id == debtor.id for duty in one.duties)
    return one.recipient.person_id == completion.sent_by or (leads and debtor.party is OwedBy.SCHOOL)
