"""Everybody presses every button, forged ones too: nobody gets, or changes, what is not theirs."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import core as core_module
from domain.access import TABLE, Right, may, may_for
from domain.debtor import Debtor, speaks_for
from domain.outbox import OutboxState
from domain.people import Account, Member, Role
from domain.roadmap import OwedBy
from tests.handlers.forging import PRESSES, SECTIONS, Pressed, forged, kinds, sections
from tests.handlers.secrets import VIEWERS, Region, a_region, decides
from tests.handlers.watching import Change, Rows, Tried, Watch, rows_of, watching
from tests.stories.walk import errors_heard
from texts import Texts

KEEPING = {right for right, roles in TABLE.items() if set(roles) == {Role.COORDINATOR}}
"""What whoever has it does to things that are not their own."""
OWNER = {"person": "id"} | dict.fromkeys(
    (
        *("account", "attention", "audit", "completion_step", "consent", "duty", "invite", "outbox"),
        *("own_reminders", "stand_in"),
    ),
    "person_id",
)
"""The column that says whose a row is."""
OWN_ROWS = {
    Right.CONFIRM: {"attention", "audit", "completion_step"},
    Right.SEE_ROADMAP: {"attention"},
    Right.SNOOZE: {"attention"},
    Right.SET_REMINDERS: {"own_reminders", "outbox", "audit"},
    Right.GO_ON_LEAVE: {"stand_in", "audit"},
    Right.OWN_DATA: set(OWNER),
    Right.KEEP_DOCUMENTS: {"audit"},
    Right.REMARK: {"audit"},
    Right.TICK_RISKS: {"audit"},
}
"""The rows of one's own that change by what a right allows; by the others nothing changes at all."""
DECIDED = {"completion", "completion_step", "audit"}
"""The rows that change by a reviewer's decision."""
SCHOOLS_ROWS = {
    Right.KEEP_DOCUMENTS: {"school_document", "remark"},
    Right.REMARK: {"school_document", "remark"},
    Right.TICK_RISKS: {"school_risk"},
}
"""The rows of a school's that change by what a right allows, as far as it reaches."""
KEPT = {"attention"}
"""What may go on as it is for the next try."""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Region:
    """Made once and copied."""
    file = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("region") / "region.db"))
    return asyncio.run(a_region(file))


@pytest.fixture(scope="module")
def before(region: Region) -> Rows:
    with closing(sqlite3.connect(region.file)) as connection:
        return rows_of(connection)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, texts: Texts) -> None:
    monkeypatch.setattr(core_module, "Texts", lambda: texts)


def every_press(region: Region) -> Iterator[tuple[Pressed, str]]:
    """Every button with what it is for."""
    for kind in kinds():
        for data in forged(kind, region):
            yield PRESSES[kind], data
    for section, right in SECTIONS.items():
        yield Pressed(right, {}), f"go:{section}"


def test_every_kind_of_button_says_what_it_is_for() -> None:
    assert set(kinds()) == set(PRESSES)
    assert [kind for kind in kinds() if set(kind.model_fields) != set(PRESSES[kind].fields)] == []
    assert sections() == set(SECTIONS)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("viewer", VIEWERS)
async def test_no_button_gives_away_or_changes_what_is_not_theirs(
    region: Region, before: Rows, tmp_path: Path, viewer: str
) -> None:
    found: list[str] = []
    presses = [(how, data, place) for place in ("private", "group") for how, data in every_press(region)]
    with errors_heard() as errors:
        while presses:
            async with watching(region, viewer, tmp_path, before) as watch:
                while presses:
                    how, data, place = presses.pop(0)
                    chat = watch.group if place == "group" else watch.person.private()
                    tried = await watch.presses(data, chat, {})
                    problems = [*wrong(tried, how, viewer, region, watch), *await given_away(tried, region, watch)]
                    found += [f"{place} {data}: {what}" for what in problems]
                    if {change.table for change in tried.changes} - KEPT:
                        break
    assert not found, "\n".join(found)
    assert not errors, "\n".join(errors)


def wrong(tried: Tried, how: Pressed, viewer: str, region: Region, watch: Watch) -> Iterator[str]:
    """What is not as it has to be."""
    member, person = region.members[viewer], watch.person
    if tried.answers != 1:
        yield f"answered {tried.answers} times"
    for chat, words in tried.said:
        secrets = region.secrets if chat == watch.group.id else region.hidden_from(member)
        yield from (f"reads {secret!r}" for secret in secrets if secret in words)
        if chat not in (0, person.id, watch.group.id):
            yield f"somebody else is told: {words}"
    for change in tried.changes:
        if not is_allowed(change, how, member, region):
            yield f"changes {change}"


def is_allowed(change: Change, how: Pressed, member: Member, region: Region) -> bool:
    """Whether that row may change by this press of this person."""
    if change.table == "outbox" and (how.tells or change.row["person_id"] in region.coordinators):
        return True
    if how.right is None:
        return member.is_stranger and is_of_asker(change, member)
    if may(member, how.right) and how.right in KEEPING:
        return True
    if how.right is Right.GO_ON_LEAVE and may(member, Right.KEEP_REGISTRY):
        return True
    if how.right is Right.REVIEW and decides(member) and change.table in DECIDED:
        return True
    if how.right is Right.CONFIRM and change.table == "completion":
        return Debtor(OwedBy(change.row["party"]), change.row["debtor_id"]) in speaks_for(member.duties, 0)
    if change.table in SCHOOLS_ROWS.get(how.right, ()):
        return may_for(member, how.right, region.school(change.row["school_id"]))
    own = change.row.get(OWNER.get(change.table, "")) == member.person_id is not None
    return own and change.table in OWN_ROWS.get(how.right, set())


def is_of_asker(change: Change, member: Member) -> bool:
    """What a stranger's own request changes."""
    if change.table == "audit":
        return change.came and change.row["person_id"] is None
    return change.table == "join_request" and change.row["account_id"] == member.account.account_id


async def given_away(tried: Tried, region: Region, watch: Watch) -> list[str]:
    """Secrets in messages that wait for somebody who must not know them, as things stand after the try."""
    found = []
    for row in (change.row for change in tried.changes if change.table == "outbox" and change.came):
        if row["state"] == OutboxState.WITHDRAWN:
            continue
        account = Account(row["messenger"], row["chat_id"])
        reader = await watch.desk.app.core.people.member(account, now=watch.desk.world.clock())
        secrets = region.secrets if row["group_id"] else region.hidden_from(reader)
        found += [f"tells {row['chat_id']} {secret!r}" for secret in secrets if secret in row["text"]]
    return found
