"""Erasing oneself: the data were everywhere, nothing of them is left, and the act of it can be drawn up."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram.fsm.storage.base import StorageKey

from bot.core import Core
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.evidence import EvidenceKind
from domain.form import Form, FormFile, Question, QuestionKind
from domain.join_request import Asked
from domain.leave import Period
from domain.outbox import ChatAddress, Draft, Recipient
from domain.own_data import Act, Category, Erasure, Former, destroyed_text
from domain.own_reminders import Reminders
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import evidence as evidence_rows
from storage import form_run as run_rows
from storage import invite as invite_rows
from storage import join_request as request_rows
from storage import leave as leave_rows
from storage import notice as notice_rows
from storage import outbox as outbox_rows
from storage import own_reminders as reminder_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage.form_run import Run
from storage.fsm import ConversationStorage
from tests.actions.surveyed import HARD, a_survey, a_team
from tests.actions.team import IRINA
from tests.people import OLGA, PAVEL, Look, SettableClock, Somebody, a_school, comes_in, enrolled, ivanovo

ZOYA = Somebody("Зоя «Лёля» Раз-Два", Account("telegram", 7_123_456_789))
PHONE = Account("telegram", 7_987_654_321)
"""Her other account."""
POSITION = "заведующая музеем"
SHOWN = "Зоя «Лёля» Раз-Два"


@pytest.fixture
async def zoya(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A director whose data stand in every table that may hold any."""
    await core.roadmaps.load(ivanovo(), now=clock())
    school = await a_school(core)
    zoya = await enrolled(core, ZOYA, Duty(Role.SCHOOL, school, responsible=True), now=clock())
    assert zoya.person_id == 2
    async with core.database.transaction() as tx:
        await registry_rows.set_position(tx, 2, POSITION)
        await people_rows.add_account(tx, 2, PHONE)
        await reminder_rows.save(tx, 2, Reminders(hour=8))
        await leave_rows.add(tx, 2, 1, Period(clock().date(), clock().date()), clock())
        await notice_rows.answer(tx, 2, [1], clock(), None)
        await invite_rows.add_invite(tx, "a" * 64, person_id=2, by=1, now=clock(), expires_at=clock())
        await invite_rows.add_try(tx, PHONE, clock())
        asked = Asked(school, ZOYA.name, POSITION, "2026-11", clock())
        await request_rows.add(tx, PHONE, asked, clock())
    await _messages(core, clock)
    await _half_typed(core)
    return zoya


async def _messages(core: Core, clock: SettableClock) -> None:
    """To her and about her, on their way and over."""
    her, marina = [
        Recipient(f"person:{number}", ChatAddress("telegram", chat), frozenset(), person_id=number)
        for number, chat in ((2, ZOYA.account.account_id), (1, 6_000_000_001))
    ]
    stranger = Recipient("asker", ChatAddress("telegram", PHONE.account_id), frozenset())
    text = core.texts.html("people.blocked", name=ZOYA.name)
    rows = [
        ("day:2022-03-09:person:2", her, text),
        ("request:1:asker", stranger, text),
        ("blocked:2:then:person:1", marina, text),
        ("leave:1:told:person:1", marina, text),
        ("blocked:2:long-ago:person:1", marina, "⚠️ Зоя Девичья не получает сообщения"),
        ("blocked:3:then:person:1", marina, "⚠️ Зоя Другая не получает сообщения"),
        ("added:1:person:1", marina, "Бота добавили в группу"),
    ]
    async with core.database.transaction() as tx:
        for key, recipient, words in rows:
            await outbox_rows.put(tx, Draft(key, recipient, words, clock(), clock() + timedelta(1)), clock())


async def _half_typed(core: Core) -> None:
    """What she is about to answer in private and in a group."""
    conversations = ConversationStorage(core.database)
    for chat in (ZOYA.account.account_id, -100500):
        key = StorageKey(42, chat, ZOYA.account.account_id)
        await conversations.set_data(key, {"name": ZOYA.name})


def dump(look: Look) -> str:
    """Every row of every table, JSON as people read it."""
    tables = [name for (name,) in look.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    values = [value for table in tables for row in look.rows(f"SELECT * FROM {table}") for value in row]  # noqa: S608
    return "\n".join(_readable(value) for value in values)


def _readable(value: Any) -> str:
    """JSON keeps Cyrillic letters as «\\u0417»."""
    found = str(value)
    return found.encode().decode("unicode_escape") if "\\u" in found else found


def traces(text: str) -> set[str]:
    """What of her is found in a text."""
    known = ("Раз-Два", "раз-два", POSITION, str(ZOYA.account.account_id), str(PHONE.account_id), "Девичья")
    return {one for one in known if one in text}


async def draft_of(core: Core, look: Look, clock: SettableClock, name: str) -> None:
    """The coordinator's file that waits to be loaded names somebody."""
    async with core.database.transaction() as tx:
        await tx.exec_driver_sql(
            "INSERT INTO registry_draft (person_id, made_at, rows, answers) VALUES (1, ?, ?, '[]')",
            (clock().strftime("%Y-%m-%d %H:%M:%S.%f"), json.dumps([{"person": {"name": name}}])),
        )


async def test_nothing_of_the_person_remains_in_any_table(
    core: Core, clock: SettableClock, look: Look, zoya: Member
) -> None:
    await draft_of(core, look, clock, "Раз-Два  зоя")  # another order of words is another name
    await draft_gone(core, look)
    await draft_of(core, look, clock, ZOYA.name)
    assert len(traces(dump(look))) == 6
    await core.own_data.erase(by=zoya, now=clock.advance(seconds=1))
    assert traces(dump(look)) == set()
    assert look.rows(
        "SELECT name, name_key, position, erased_at IS NULL, removed_at IS NULL FROM person WHERE id = 2"
    ) == [("", "", "", 0, 0)]
    assert look.count("registry_draft") == 0


async def draft_gone(core: Core, look: Look) -> None:
    async with core.database.transaction() as tx:
        await tx.exec_driver_sql("DELETE FROM registry_draft")


async def test_nothing_of_a_former_member_remains_either(
    core: Core, clock: SettableClock, look: Look, marina: Member, zoya: Member
) -> None:
    await core.persons.remove(2, by=marina, now=clock())
    assert (look.count("conversation"), look.count("code_try")) == (0, 0)
    removed_at = look.rows("SELECT removed_at FROM person WHERE id = 2")
    await draft_of(core, look, clock, ZOYA.name)
    assert len(traces(dump(look))) == 6
    await core.erasures.erase(2, by=marina, now=clock.advance(days=40))
    assert traces(dump(look)) == set()
    assert look.rows("SELECT removed_at FROM person WHERE id = 2") == removed_at
    assert look.rows("SELECT state, person_id FROM join_request") == [("withdrawn", 2)]
    (erasure,) = await core.erasures.all(by=marina)
    assert erasure == Erasure(erasure.number, 2, clock(), erasure.destroyed, by_coordinator=True)
    assert erasure.destroyed[Category.ACCOUNT] == 2
    assert look.rows("SELECT person_id, about FROM audit WHERE id = ?", erasure.number) == [
        (1, json.dumps({"person": 2, "destroyed": destroyed_text(erasure.destroyed)}))
    ]


async def test_nothing_of_a_former_member_remains_in_the_files(
    core: Core, clock: SettableClock, marina: Member, zoya: Member, database_file: Path
) -> None:
    await core.persons.remove(2, by=marina, now=clock())
    await core.erasures.erase(2, by=marina, now=clock())
    files = [path for path in database_file.parent.iterdir() if path.name.startswith(database_file.name)]
    everything = b"".join(path.read_bytes() for path in files)
    needles = [one.encode() for one in ("Раз-Два", "раз-два", POSITION, "Девичья", str(ZOYA.account.account_id))]
    assert [one for one in needles if one in everything] == []


async def test_former_members_are_listed_and_erased_once(
    core: Core, clock: SettableClock, look: Look, marina: Member, zoya: Member
) -> None:
    await comes_in(core, PAVEL, clock(), Role.CURATOR)
    assert await core.erasures.former(by=marina) == ()
    await core.persons.remove(3, by=marina, now=clock())
    await core.own_data.leave(by=zoya, now=clock.advance(seconds=1))
    left = Former(2, ZOYA.name, clock())
    assert [one.person_id for one in await core.erasures.former(by=marina)] == [2, 3]
    assert await core.erasures.one_former(2, by=marina) == left
    await core.erasures.erase(2, by=marina, now=clock())
    assert [one.person_id for one in await core.erasures.former(by=marina)] == [3]
    for person_id, reason in ((2, "erased-before"), (1, "takes-part"), (99, "no-former")):
        with pytest.raises(Refusal, match=rf"own_data\.{reason}"):
            await core.erasures.erase(person_id, by=marina, now=clock())
    assert look.rows("SELECT count(*) FROM audit WHERE deed = 'erased'") == [(1,)]


async def test_an_account_that_is_another_s_by_now_is_left_alone(
    core: Core, clock: SettableClock, look: Look, marina: Member, zoya: Member
) -> None:
    await core.persons.remove(2, by=marina, now=clock())
    again = await comes_in(core, Somebody("Зоя Новая", ZOYA.account), clock(), Role.CURATOR)
    await _half_typed(core)
    await core.erasures.erase(2, by=marina, now=clock())
    assert look.count("conversation") == 2
    assert await core.people.member(ZOYA.account, now=clock()) == again
    assert look.rows("SELECT chat_id FROM outbox WHERE person_id = 2") == [(0,)]


async def test_nothing_of_the_person_remains_in_the_files(
    core: Core, clock: SettableClock, look: Look, zoya: Member, database_file: Path
) -> None:
    names = [one.encode() for one in ("Раз-Два", "раз-два", POSITION, "Девичья", str(ZOYA.account.account_id))]
    numbers = [one.account_id.to_bytes(6) for one in (ZOYA.account, PHONE)]
    needles = [*names, *numbers, json.dumps("Раз-Два")[1:-1].encode()]

    def found() -> list[bytes]:
        files = [path for path in database_file.parent.iterdir() if path.name.startswith(database_file.name)]
        everything = b"".join(path.read_bytes() for path in files)
        return [one for one in needles if one in everything]

    await core.database.fold()
    assert found() == needles
    await core.own_data.erase(by=zoya, now=clock())
    assert found() == []


async def test_the_work_stays_and_is_nobodys(core: Core, clock: SettableClock, look: Look, marina: Member) -> None:
    await core.roadmaps.load(ivanovo(), now=clock())
    await comes_in(core, PAVEL, clock())
    pavel = await core.people.member(PAVEL.account, now=clock())
    await core.roadmaps.close(1, "Приказ № 15", by=pavel, now=clock())
    await core.own_data.erase(by=pavel, now=clock())
    assert look.rows("SELECT closed_by, closing_note FROM item WHERE id = 1") == [(2, "Приказ № 15")]
    assert look.rows("SELECT person_id, field FROM item_change WHERE item_id = 1") == [(2, "state")]
    assert look.rows("SELECT person_id, given FROM consent WHERE person_id = 2") == [(2, 1)]
    assert look.rows("SELECT role, until IS NULL FROM duty WHERE person_id = 2") == [("coordinator", 0)]


async def test_what_she_attached_stays_and_tells_nothing_of_her_account(
    core: Core, clock: SettableClock, look: Look, zoya: Member
) -> None:
    name = "Программа Зои.pdf"
    async with core.database.transaction() as tx:
        view = await completion_rows.begin(tx, 20, Debtor(OwedBy.SCHOOL, 1), clock())
        source = f"{ZOYA.account.account_id}:77"
        about: dict[str, Any] = {"completion_id": view.id, "name": name, "source": source, "remote_id": "file"}
        await evidence_rows.add(tx, EvidenceKind.FILE, 2, clock(), **about)
        await completion_rows.step(tx, view, Step.SENT, CompletionState.SENT, 2, clock())
    assert len(traces(dump(look))) == 6
    await core.own_data.erase(by=zoya, now=clock())
    assert traces(dump(look)) == set()
    assert look.rows("SELECT name, remote_id, added_by, removed_at FROM evidence") == [(name, "file", 2, None)]
    assert look.rows("SELECT state, sent_by FROM completion") == [("sent", 2)]


async def test_others_were_told_of_a_curator_to_whom_an_item_does_not_apply(
    core: Core, clock: SettableClock, look: Look, marina: Member, zoya: Member
) -> None:
    deputy = Recipient("person:1", ChatAddress("telegram", 6_000_000_001), frozenset(), person_id=1)
    async with core.database.transaction() as tx:
        for key in ("exempt:12:curator:2:then", "exempt:12:school:2:then"):
            draft = Draft(key, deputy, "К куратору (Зоя Девичья) не относится", clock(), clock() + timedelta(1))
            await outbox_rows.put(tx, draft, clock())
    await core.own_data.erase(by=zoya, now=clock())
    told = "SELECT text = '' FROM outbox WHERE key LIKE 'exempt:%' ORDER BY id"
    assert look.rows(told) == [(1,), (0,)]


async def test_messages_lose_their_words_and_what_waits_is_withdrawn(
    core: Core, clock: SettableClock, look: Look, zoya: Member
) -> None:
    async with core.database.transaction() as tx:
        await tx.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE key LIKE '%long-ago%' OR key LIKE 'request:%'")
        await tx.exec_driver_sql("UPDATE outbox SET state = 'sending' WHERE key LIKE 'leave:%'")
    await core.own_data.erase(by=zoya, now=clock())
    assert look.rows("SELECT key, chat_id, state, text = '' FROM outbox WHERE key NOT LIKE 'erased:%' ORDER BY id")[
        :7
    ] == [
        ("day:2022-03-09:person:2:withdrawn:1", 0, "withdrawn", 1),
        ("request:1:asker", 0, "sent", 1),
        ("blocked:2:then:person:1:withdrawn:3", 6_000_000_001, "withdrawn", 1),
        ("leave:1:told:person:1:withdrawn:4", 6_000_000_001, "withdrawn", 1),
        ("blocked:2:long-ago:person:1", 6_000_000_001, "sent", 1),
        ("blocked:3:then:person:1", 6_000_000_001, "planned", 0),
        ("added:1:person:1", 6_000_000_001, "planned", 0),
    ]


async def test_a_name_that_is_a_word_takes_no_other_messages_along(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    one = await enrolled(core, Somebody("Бот", ZOYA.account), Duty(Role.CURATOR), now=clock())
    assert one.person_id == 2
    await _messages(core, clock)
    await core.own_data.erase(by=one, now=clock())
    assert look.rows("SELECT text FROM outbox WHERE key = 'added:1:person:1'") == [("Бота добавили в группу",)]


async def test_coordinators_hear_it_without_the_name_and_with_a_way_to_the_act(
    core: Core, clock: SettableClock, look: Look, zoya: Member
) -> None:
    await core.own_data.erase(by=zoya, now=clock())
    ((state, text, buttons),) = look.rows("SELECT state, text, buttons FROM outbox WHERE key LIKE 'erased:2:%'")
    assert (state, '"go:erasures"' in buttons) == ("planned", True)
    assert text.splitlines()[:3] == [
        "⚠️ участник № 2 — данные удалены по требованию этого человека.",
        "Без этого человека остались:",
        "• команда школы — Школа № 7",
    ]


async def test_the_act_lists_what_was_destroyed(core: Core, clock: SettableClock, marina: Member, zoya: Member) -> None:
    assert await core.erasures.all(by=marina) == ()
    await core.own_data.erase(by=zoya, now=clock())
    (erasure,) = await core.erasures.all(by=marina)
    destroyed = {
        Category.NAME: 1,
        Category.POSITION: 1,
        Category.ACCOUNT: 2,
        Category.CODE: 1,
        Category.REQUEST: 1,
        Category.LEAVE: 1,
        Category.REMINDERS: 2,
        Category.MESSAGES: 5,
        Category.CONVERSATION: 2,
    }
    assert erasure == Erasure(erasure.number, 2, clock(), destroyed)
    assert await core.erasures.act(erasure.number, by=marina) == Act(
        erasure, "Департамент образования Ивановской области"
    )


async def test_who_had_nothing_but_an_account_is_erased_too(core: Core, clock: SettableClock, marina: Member) -> None:
    invitation = await core.invites.invite(Role.CURATOR, now=clock())
    member = await core.invites.accept(invitation.code, ZOYA.account, now=clock())
    await core.own_data.erase(by=member, now=clock())
    (erasure,) = await core.erasures.all(by=marina)
    assert erasure.destroyed == {Category.ACCOUNT: 1}


@pytest.mark.parametrize("number", [1, 10**18])
async def test_there_is_no_act_of_anything_else(core: Core, marina: Member, number: int) -> None:
    with pytest.raises(Refusal, match=r"own_data\.no-act"):
        await core.erasures.act(number, by=marina)


async def test_acts_are_the_coordinators(core: Core, clock: SettableClock, zoya: Member) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.erasures.all(by=zoya)
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.erasures.act(1, by=zoya)
    for refused in (
        core.erasures.former(by=zoya),
        core.erasures.one_former(1, by=zoya),
        core.erasures.erase(1, by=zoya, now=clock()),
    ):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await refused


async def test_the_erased_one_may_come_again_as_somebody_new(
    core: Core, clock: SettableClock, look: Look, zoya: Member
) -> None:
    await core.own_data.erase(by=zoya, now=clock())
    again = await comes_in(core, ZOYA, clock(), Role.CURATOR)
    assert (again.person_id, again.roles) == (3, frozenset({Role.CURATOR}))
    assert look.rows("SELECT name FROM person WHERE id IN (2, 3) ORDER BY id") == [("",), (ZOYA.name,)]


async def test_answers_that_were_not_sent_are_gone_and_sent_ones_name_nobody(
    core: Core, marina: Member, clock: SettableClock, look: Look
) -> None:
    del marina
    clock.set("2022-03-10 09:00")
    olga, irina = await a_team(core, OLGA, IRINA)
    survey = await a_survey(core, Form("Два", (Question("papers", "Что есть?", QuestionKind.FILE), HARD)))
    await core.survey_course.run(clock())
    file = FormFile(1, "план.pdf", f"{OLGA.account.account_id}:7")
    for by, is_sent in ((olga, True), (irina, False)):
        mark = f"survey:{survey.id}:person:{by.person_id}"
        async with core.database.transaction() as tx:
            await run_rows.put(
                tx,
                Run(mark, survey.about, {"papers": (file,), "hard": True}, None, None, is_sent, by.person_id, clock()),
            )
    assert (await core.own_data.look(by=olga, now=clock())).traces.surveys == 1
    for by in (olga, irina):
        await core.own_data.erase(by=by, now=clock())
    ((mark, answers),) = look.rows("SELECT mark, answers FROM form_run")
    assert mark == f"survey:{survey.id}:person:{olga.person_id}"
    assert str(OLGA.account.account_id) not in answers
