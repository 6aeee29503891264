"""Remarks: made, answered, fixed or not; who hears of what; what goes into МЭДК."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from actions.medk import MedkText
from domain.document import DocumentKind, DocumentState, Slot
from domain.medk import Chapter
from domain.people import Account, Duty, Member, Role
from domain.refusal import Refusal
from domain.remark import RemarkKind, Target, Turn
from domain.roadmap import OwedBy
from storage import registry as registry_rows
from tests.actions.office import Office
from tests.people import IGOR, OLGA, PAVEL, STRANGER, Look, Somebody, a_school, an_item, enrolled

REMARK, PROPOSAL = RemarkKind
TATYANA = Somebody("Татьяна Крылова", Account("telegram", 500_000_005))
VERA = Somebody("Вера Клёнова", Account("telegram", 500_000_007))
DEEDS = "SELECT deed, person_id FROM audit WHERE deed LIKE 'remark%' ORDER BY id"
TOLD = "SELECT chat_id, text, buttons FROM outbox ORDER BY id"
OLGAS, TATYANAS, PAVELS, VERAS = (one.account.account_id for one in (OLGA, TATYANA, PAVEL, VERA))


class Work:
    """Olga leads school № 7, Tatyana works there; Pavel is its curator. It is Monday, 14 March, noon."""

    def __init__(self, office: Office, marina: Member, school: int) -> None:
        self.office, self.core, self.clock, self.marina, self.school = office, office.core, office.clock, marina, school
        self.olga = self.tatyana = self.pavel = marina
        self.slot = Slot(school, DocumentKind.CONCEPT)
        self.target = Target(school, self.slot)

    async def remarks(
        self,
        text: str = "Нет сроков.",
        kind: RemarkKind = REMARK,
        target: Target | None = None,
        by: Member | None = None,
    ) -> int:
        """A remark on the concept by the curator, unless told."""
        made = await self.core.remarks.make(target or self.target, kind, text, by=by or self.pavel, now=self.clock())
        return made.card.told.remark.id

    async def answers(self, remark: int, text: str = "Добавили.") -> None:
        await self.core.remarks.answer(remark, text, by=self.olga, now=self.clock.advance(minutes=1))

    async def settles(self, remark: int, *, fixed: bool = True, by: Member | None = None) -> Turn:
        now = self.clock.advance(minutes=1)
        card = await self.core.remarks.settle(remark, fixed=fixed, by=by or self.pavel, now=now)
        return card.told.remark.turn

    async def places(self) -> None:
        await self.core.documents.add_link(self.slot, "school.ru/concept", by=self.olga, now=self.clock())
        await self.core.documents.mark(self.slot, DocumentState.PLACED, by=self.olga, now=self.clock())

    async def state(self) -> DocumentState:
        return (await self.core.documents.card(self.slot, by=self.marina)).line.state

    async def text(self, *, everything: bool = False) -> MedkText:
        return await self.core.medk.text(self.school, everything=everything, by=self.pavel, now=self.clock())

    async def hears(self) -> list[tuple[int, str, list[str]]]:
        """What arrives now: chat, the first line, buttons."""
        before = len(self.office.channel.sent)
        while await self.office.outbox.deliver():
            pass
        found = self.office.channel.sent[before:]
        return [
            (one.chat.chat_id, one.text.splitlines()[0], [button.data for row in one.buttons for button in row])
            for one in found
        ]


@pytest.fixture
async def work(office: Office, marina: Member) -> Work:
    schools_do = an_item(20, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL)
    await office.load(schools_do, an_item(1, "до 30 марта"), an_item(99, "до 30 ноября"))
    core, now = office.core, office.clock.set("2022-03-14 12:00")
    work = Work(office, marina, await a_school(core))
    work.olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, work.school, responsible=True), now=now)
    work.tatyana = await enrolled(core, TATYANA, Duty(Role.SCHOOL, work.school), now=now)
    work.pavel = await enrolled(core, PAVEL, Duty(Role.CURATOR, work.school), now=now)
    return work


# --- Made, answered, fixed --------------------------------------------------------------------------------------------


async def test_a_remark_on_a_placed_document_is_answered_and_fixed(work: Work, look: Look) -> None:
    await work.places()
    one = await work.remarks("  Нет   сроков.\n\nНет ответственных. ")
    assert (await work.state(), look.rows("SELECT text FROM remark")) == (
        DocumentState.REMARKS,
        [("Нет сроков.\nНет ответственных.",)],
    )
    await work.answers(one)
    assert await work.state() is DocumentState.REMARKS
    assert [await work.settles(one), await work.settles(one)] == [Turn.NOBODY, Turn.NOBODY]
    assert await work.state() is DocumentState.PLACED
    assert look.rows(DEEDS) == [
        ("remark-made", work.pavel.person_id),
        ("remark-answered", work.olga.person_id),
        ("remark-fixed", work.pavel.person_id),
    ]


async def test_a_document_has_remarks_until_all_are_fixed(work: Work) -> None:
    await work.places()
    first, second = await work.remarks(), await work.remarks("Нет целей.")
    await work.settles(first)
    card = await work.core.documents.card(work.slot, by=work.olga)
    assert (card.line.state, card.line.open_remarks) == (DocumentState.REMARKS, 1)
    version = card.line.document.version
    with pytest.raises(Refusal, match=r"document\.open-remarks"):
        await work.core.documents.accept(work.slot, version, by=work.pavel, now=work.clock())
    await work.settles(second)
    accepted = await work.core.documents.accept(work.slot, version, by=work.pavel, now=work.clock())
    assert accepted.line.state is DocumentState.ACCEPTED


async def test_a_remark_opens_what_was_accepted_and_a_proposal_does_not(work: Work) -> None:
    await work.places()
    version = (await work.core.documents.card(work.slot, by=work.olga)).line.document.version
    await work.core.documents.accept(work.slot, version, by=work.pavel, now=work.clock())
    await work.remarks("Можно добавить схему.", PROPOSAL)
    assert await work.state() is DocumentState.ACCEPTED
    await work.remarks()
    assert await work.state() is DocumentState.REMARKS


async def test_a_remark_on_what_is_not_placed_waits_for_it(work: Work) -> None:
    one = await work.remarks("Концепции нет на сайте.")
    assert await work.state() is DocumentState.NONE
    await work.places()
    assert await work.state() is DocumentState.REMARKS
    await work.settles(one)
    assert await work.state() is DocumentState.PLACED


async def test_an_item_is_remarked_on_as_well(work: Work) -> None:
    (item,) = (await work.core.remarks.items(work.school, by=work.pavel, now=work.clock()))[1]
    one = await work.remarks(target=Target(work.school, item_id=item.id))
    told = (await work.core.remarks.card(one, by=work.olga)).told
    assert (told.subject.item, told.subject.line) == (item, None)
    for wrong in (None, item.id + 1, 999):
        with pytest.raises(Refusal, match=r"roadmap\.unknown-item"):
            await work.remarks(target=Target(work.school, item_id=wrong))


async def test_what_is_not_fixed_is_the_schools_turn_again(work: Work, look: Look) -> None:
    one = await work.remarks()
    assert await work.settles(one, fixed=False) is Turn.SCHOOL
    await work.answers(one)
    for _twice in range(2):
        assert await work.settles(one, fixed=False) is Turn.SCHOOL
    assert (await work.core.remarks.card(one, by=work.olga)).told.remark.answer == "Добавили."
    await work.answers(one, "Теперь точно добавили.")
    await work.settles(one)
    with pytest.raises(Refusal, match=r"remark\.fixed-already"):
        await work.answers(one, "Ещё раз.")
    assert await work.settles(one, fixed=False) is Turn.SCHOOL
    assert [deed for deed, _ in look.rows(DEEDS)].count("remark-opened") == 2


@pytest.mark.parametrize(("text", "reason"), [(" \n ", "remark.no-text"), ("я" * 1001, "remark.long-text")])
async def test_what_cannot_be_a_remark_is_refused(work: Work, look: Look, text: str, reason: str) -> None:
    with pytest.raises(Refusal) as made:
        await work.remarks(text)
    one = await work.remarks()
    with pytest.raises(Refusal) as answered:
        await work.answers(one, text)
    assert (made.value.reason, answered.value.reason, look.count("remark")) == (reason, reason, 1)


async def test_two_reviewers_at_once_fix_it_once(work: Work, look: Look) -> None:
    one, now = await work.remarks(), work.clock()
    both = (work.core.remarks.settle(one, fixed=True, by=by, now=now) for by in (work.pavel, work.marina))
    assert [card.told.remark.turn for card in await asyncio.gather(*both)] == [Turn.NOBODY] * 2
    assert [deed for deed, _ in look.rows(DEEDS)] == ["remark-made", "remark-fixed"]


async def accepts(work: Work) -> None:
    version = (await work.core.documents.card(work.slot, by=work.olga)).line.document.version
    await work.core.documents.accept(work.slot, version, by=work.pavel, now=work.clock.advance(minutes=1))


async def takes_back(work: Work) -> None:
    await work.core.documents.take_acceptance_back(work.slot, by=work.pavel, now=work.clock.advance(minutes=1))


# --- Who hears of it --------------------------------------------------------------------------------------------------


async def test_the_responsible_hears_of_a_remark_at_once(work: Work) -> None:
    one = await work.remarks()
    assert await work.hears() == [(OLGAS, "⚠️ <b>Замечание</b>", [f"remanswer:{one}", f"remark:{one}"])]


async def test_the_school_hears_that_a_document_is_accepted_and_that_it_is_not_after_all(work: Work) -> None:
    await work.places()
    button = [f"doc:{work.school}:concept:0"]
    for _twice in range(2):
        await accepts(work)
    assert await work.hears() == [(OLGAS, "✅ <b>Принято</b>", button)]
    for _twice in range(2):
        await takes_back(work)
    assert await work.hears() == [(OLGAS, "⏳ <b>Приём отменён</b>", button)]
    await accepts(work)
    assert await work.hears() == [(OLGAS, "✅ <b>Принято</b>", button)]


async def test_an_acceptance_that_did_not_outlast_the_night_is_not_told(work: Work) -> None:
    await work.places()
    work.clock.set("2022-03-14 23:00")
    await accepts(work)
    await takes_back(work)
    await accepts(work)
    one = await work.remarks()
    work.clock.set("2022-03-15 08:00")
    assert [(chat, line) for chat, line, _ in await work.hears()] == [(OLGAS, "⚠️ <b>Замечание</b>")]
    assert one


async def test_where_nobody_is_responsible_the_whole_team_hears(work: Work) -> None:
    async with work.core.database.transaction() as tx:
        duty = Duty(Role.SCHOOL, work.school, responsible=True)
        await registry_rows.set_responsible(tx, work.olga.person_id or 0, duty, work.clock(), responsible=False)
    await work.remarks(kind=PROPOSAL)
    assert [(chat, line) for chat, line, _ in await work.hears()] == [
        (OLGAS, "<b>Предложение</b>"),
        (TATYANAS, "<b>Предложение</b>"),
    ]


async def test_whoever_stands_in_hears_instead(work: Work) -> None:
    day = date(2022, 3, 14)
    deputy = work.tatyana.person_id or 0
    await work.core.leaves.arrange(None, day, day, deputy, by=work.olga, now=work.clock())
    await work.hears()
    await work.remarks()
    assert [chat for chat, *_ in await work.hears()] == [TATYANAS]


async def test_whoever_remarked_learns_that_nobody_of_the_school_has_come(work: Work) -> None:
    eight = await a_school(work.core, "Школа № 8")
    target = Target(eight, Slot(eight, DocumentKind.CONCEPT))
    made = await work.core.remarks.make(target, REMARK, "Нет.", by=work.marina, now=work.clock())
    assert (made.heard, await work.hears()) == (0, [])


async def test_the_author_hears_of_the_answer_and_judges_it(work: Work) -> None:
    one = await work.remarks()
    await work.hears()
    await work.answers(one)
    assert await work.hears() == [
        (PAVELS, "<b>Школа ответила</b>", [f"remfix:{one}:1", f"remfix:{one}:0", f"remark:{one}"])
    ]
    await work.settles(one, fixed=False)
    assert await work.hears() == [
        (OLGAS, "⚠️ <b>Замечание пока не исправлено</b>", [f"remanswer:{one}", f"remark:{one}"])
    ]
    await work.answers(one, "Исправили.")
    await work.hears()
    await work.settles(one)
    assert await work.hears() == []


async def test_the_next_curator_hears_of_an_answer_to_the_former_one(work: Work) -> None:
    one = await work.remarks()
    await enrolled(work.core, VERA, Duty(Role.CURATOR, work.school), now=work.clock())
    duty = Duty(Role.CURATOR, work.school)
    async with work.core.database.transaction() as tx:
        await registry_rows.end_duty(tx, work.pavel.person_id or 0, duty, work.clock())
    await work.hears()
    await work.answers(one)
    assert [chat for chat, *_ in await work.hears()] == [VERAS]
    vera = await work.core.people.member(VERA.account, now=work.clock())
    assert await work.settles(one, by=vera) is Turn.NOBODY
    pavel = await work.core.people.member(PAVEL.account, now=work.clock())
    with pytest.raises(Refusal, match=r"access\.refused"):
        await work.settles(one, fixed=False, by=pavel)


async def test_without_a_curator_the_coordinator_hears(work: Work) -> None:
    one = await work.remarks()
    await work.core.persons.remove(work.pavel.person_id or 0, by=work.marina, now=work.clock())
    await work.hears()
    await work.answers(one)
    assert [chat for chat, *_ in await work.hears()] == [work.marina.account.account_id]


async def test_an_erased_author_is_named_by_number(work: Work) -> None:
    one = await work.remarks()
    await work.core.own_data.erase(by=work.pavel, now=work.clock())
    told = (await work.core.remarks.card(one, by=work.olga)).told
    assert told.names == {work.pavel.person_id: f"участник № {work.pavel.person_id}"}


async def test_at_night_the_school_sleeps(work: Work) -> None:
    work.clock.set("2022-03-14 23:00")
    await work.remarks()
    assert await work.hears() == []
    work.clock.set("2022-03-15 08:00")
    assert [chat for chat, *_ in await work.hears()] == [OLGAS]


# --- Corrected --------------------------------------------------------------------------------------------------------


async def corrects(work: Work, one: int, text: str = "Нет целей.", by: Member | None = None) -> None:
    await work.core.remarks.correct(one, text, by=by or work.pavel, now=work.clock.advance(minutes=1))


async def test_the_author_corrects_the_text_and_the_school_hears(work: Work, look: Look) -> None:
    one = await work.remarks()
    await work.hears()
    for _twice in range(2):
        await corrects(work, one)
    assert await work.hears() == [(OLGAS, "⚠️ <b>Текст замечания изменён</b>", [f"remanswer:{one}", f"remark:{one}"])]
    assert look.rows("SELECT text, corrected_at IS NULL FROM remark") == [("Нет целей.", 0)]
    assert [deed for deed, _ in look.rows(DEEDS)] == ["remark-made", "remark-corrected"]


async def test_who_had_not_heard_of_it_hears_the_corrected_text_alone(work: Work) -> None:
    work.clock.set("2022-03-14 23:00")
    one = await work.remarks()
    await corrects(work, one)
    work.clock.set("2022-03-15 08:00")
    assert [(chat, line) for chat, line, _ in await work.hears()] == [(OLGAS, "⚠️ <b>Замечание</b>")]


async def test_only_its_author_corrects_it_and_only_until_it_is_answered(work: Work, look: Look) -> None:
    one = await work.remarks()
    with pytest.raises(Refusal, match=r"remark\.not-yours"):
        await corrects(work, one, by=work.marina)
    for who in (work.pavel, work.olga, work.marina):
        assert (await work.core.remarks.card(one, by=who)).corrects is (who is work.pavel)
    await work.answers(one)
    await work.settles(one, fixed=False)
    for use in (corrects(work, one), work.core.remarks.to_correct(one, by=work.pavel)):
        with pytest.raises(Refusal, match=r"remark\.answered-already"):
            await use
    two = await work.remarks()
    await work.settles(two)
    with pytest.raises(Refusal, match=r"remark\.answered-already"):
        await corrects(work, two)
    assert look.rows("SELECT count(*) FROM remark WHERE corrected_at IS NOT NULL") == [(0,)]


async def test_a_corrected_text_goes_into_medk_again(work: Work) -> None:
    one = await work.remarks()
    await work.core.medk.place(work.school, (await work.text()).seen, by=work.pavel, now=work.clock())
    await corrects(work, one)
    assert [remark for _, remark in numbers((await work.text()).chapters)] == [one]


async def test_what_was_settled_at_night_is_not_said_in_the_morning(work: Work) -> None:
    work.clock.set("2022-03-14 23:00")
    fixed, answered = await work.remarks(), await work.remarks("Нет целей.")
    await work.settles(fixed)
    await work.answers(answered)
    await work.settles(answered)
    work.clock.set("2022-03-15 08:00")
    assert await work.hears() == []


# --- Who may ----------------------------------------------------------------------------------------------------------

Use = Callable[[Work, int, Member], Awaitable[object]]
USES: dict[str, Use] = {
    "list": lambda work, one, by: work.core.remarks.of_school(work.school, by=by),
    "card": lambda work, one, by: work.core.remarks.card(one, by=by),
    "ask": lambda work, one, by: work.core.remarks.to_answer(one, by=by),
    "items": lambda work, one, by: work.core.remarks.items(work.school, by=by, now=work.clock()),
    "subject": lambda work, one, by: work.core.remarks.subject(work.target, by=by, now=work.clock()),
    "make": lambda work, one, by: work.core.remarks.make(work.target, REMARK, "Нет.", by=by, now=work.clock()),
    "answer": lambda work, one, by: work.core.remarks.answer(one, "Да.", by=by, now=work.clock()),
    "to-correct": lambda work, one, by: work.core.remarks.to_correct(one, by=by),
    "correct": lambda work, one, by: work.core.remarks.correct(one, "Иначе.", by=by, now=work.clock()),
    "fix": lambda work, one, by: work.core.remarks.settle(one, fixed=True, by=by, now=work.clock()),
    "text": lambda work, one, by: work.core.medk.text(work.school, by=by, now=work.clock()),
    "place": lambda work, one, by: work.core.medk.place(work.school, 2**62, by=by, now=work.clock()),
    "unplace": lambda work, one, by: work.core.medk.unplace(work.school, 0, by=by, now=work.clock()),
}
OF_REVIEWERS = ("items", "subject", "make", "to-correct", "correct", "fix", "text", "place", "unplace")
ROW = "SELECT text, answer, fixed_at, placed_at FROM remark"


@pytest.mark.parametrize("use", USES.values(), ids=USES)
async def test_remarks_of_a_school_are_closed_to_others(work: Work, look: Look, use: Use) -> None:
    one, before = await work.remarks(), look.rows(ROW)
    other = await a_school(work.core, "Школа № 8", "Тейково")
    director = await enrolled(work.core, IGOR, Duty(Role.SCHOOL, other), now=work.clock())
    curator = await enrolled(work.core, VERA, Duty(Role.CURATOR, other), now=work.clock())
    for by in (director, curator, STRANGER):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await use(work, one, by)
    assert look.rows(ROW) == before
    await work.core.registries.school_left(work.school, by=work.marina, now=work.clock())
    with pytest.raises(Refusal, match=r"school\.gone"):
        await use(work, one, work.marina)


@pytest.mark.parametrize("name", OF_REVIEWERS)
async def test_a_school_judges_nothing_itself(work: Work, look: Look, name: str) -> None:
    one, before = await work.remarks(), look.rows(ROW)
    with pytest.raises(Refusal, match=r"access\.refused"):
        await USES[name](work, one, work.olga)
    assert look.rows(ROW) == before


async def test_a_curator_does_not_answer_for_the_school(work: Work) -> None:
    one = await work.remarks()
    for name in ("ask", "answer"):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await USES[name](work, one, work.pavel)


async def test_a_remark_that_is_not_there_is_not_told_from_one_that_is_closed(work: Work) -> None:
    for one in (999, 2**62):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await work.core.remarks.card(one, by=work.olga)
        with pytest.raises(Refusal, match=r"remark\.gone"):
            await work.core.remarks.card(one, by=work.marina)


# --- МЭДК -------------------------------------------------------------------------------------------------------------


def numbers(chapters: tuple[Chapter, ...]) -> list[tuple[int, int]]:
    return [(number, remark.id) for chapter in chapters for number, remark in chapter.remarks]


async def test_what_was_entered_into_medk_is_in_no_text_any_more(work: Work, look: Look) -> None:
    first, second = await work.remarks(), await work.remarks("Нет целей.")
    text = await work.text()
    assert (numbers(text.chapters), text.waiting, text.total, text.last) == ([(1, first), (2, second)], 2, 2, None)
    work.clock.advance(minutes=5)
    for expected in (2, 0):
        count, left = await work.core.medk.place(work.school, text.seen, by=work.pavel, now=work.clock())
        assert (count, left.chapters, left.waiting, left.total) == (expected, (), 0, 2)
    assert left.last is not None
    assert (left.last.count, left.last.at, left.last.who) == (2, work.clock(), PAVEL.name)
    assert numbers((await work.text(everything=True)).chapters) == [(1, first), (2, second)]
    assert [deed for deed, _ in look.rows(DEEDS)].count("remarks-placed") == 1


async def test_what_changed_after_the_text_was_made_is_not_marked(work: Work) -> None:
    first, second = await work.remarks(), await work.remarks("Нет целей.")
    text = await work.text()
    await work.answers(second)
    third = await work.remarks("Нет плана.")
    count, left = await work.core.medk.place(work.school, text.seen, by=work.pavel, now=work.clock())
    assert (count, [remark for _, remark in numbers(left.chapters)]) == (1, [second, third])
    await work.answers(first)
    assert [remark for _, remark in numbers((await work.text()).chapters)] == [first, second, third]


async def test_the_latest_mark_is_taken_back(work: Work, look: Look) -> None:
    first = await work.remarks()
    await work.core.medk.place(work.school, (await work.text()).seen, by=work.pavel, now=work.clock())
    second, now = await work.remarks("Нет целей."), work.clock.advance(minutes=5)
    _, left = await work.core.medk.place(work.school, (await work.text()).seen, by=work.marina, now=now)
    assert left.last is not None
    for expected in (1, 0):
        count, text = await work.core.medk.unplace(work.school, left.last.moment, by=work.pavel, now=now)
        assert (count, [remark for _, remark in numbers(text.chapters)]) == (expected, [second])
    assert look.rows("SELECT id FROM remark WHERE placed_at IS NOT NULL") == [(first,)]
    assert [deed for deed, _ in look.rows(DEEDS)].count("remarks-unplaced") == 1


async def test_what_is_not_fixed_after_all_goes_into_the_text_again(work: Work) -> None:
    one = await work.remarks()
    await work.settles(one)
    await work.core.medk.place(work.school, (await work.text()).seen, by=work.pavel, now=work.clock())
    await work.settles(one, fixed=False)
    assert numbers((await work.text()).chapters) == [(1, one)]
