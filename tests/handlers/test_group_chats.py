"""Groups: asked about, bound, moved to a topic, left, lost, renamed, upgraded; and strangers in them."""

from rehearsal.chats import Group
from rehearsal.messages import Message
from rehearsal.pressing import Answer
from tests.handlers.desk import Desk

BOUND = "SELECT title, channel, thread_id FROM group_chat WHERE removed_at IS NULL ORDER BY id"
REFUSED = "Это доступно не всем участникам. Если Вам это нужно — напишите координатору."
QUESTION = "Что это за группа? Привязать может координатор."


def heard(desk: Desk, group: Group) -> list[Message]:
    """What the bot said in a group."""
    return [one for one in desk.marina.messages(group) if one.sender.is_bot and one.service is None]


async def test_coordinators_are_asked_about_a_new_group_and_bind_it_by_a_button(desk: Desk) -> None:
    group = await desk.group("Школы 500+")
    asked = desk.said(desk.marina)
    assert asked.text == "Бот добавлен в группу «Школы 500+». Что это за группа?"
    assert asked.buttons == ["Привязать как «500+»", "Привязать как «Вектор успеха»"]
    await desk.tick()
    assert desk.pavel.finds("Привязать как «500+»", desk.pavel.private()).text == asked.text
    assert heard(desk, group) == []
    assert await desk.presses(desk.marina, "Привязать как «500+»") == Answer("Группа привязана.")
    assert asked.text == "Школы 500+\n✅ Привязана как «500+»: уведомления приходят сюда."
    buttons = ["Позвать участников", "Привязать как «Вектор успеха»", "Отвязать", "Выйти из группы", "К группам"]
    assert asked.buttons == buttons
    assert desk.look.rows(BOUND) == [("Школы 500+", "500+", None)]


async def test_both_groups_are_bound_and_each_gets_its_own_notice(desk: Desk) -> None:
    project, vector = await desk.group("500+"), await desk.group("Вектор успеха", kind="group")
    await desk.tick()
    for channel in ("500+", "Вектор успеха"):
        await desk.forges(desk.marina, "go:groups")
        await desk.presses(desk.marina, channel)
        await desk.presses(desk.marina, f"Привязать как «{channel}»")
    assert [row[:2] for row in desk.look.rows(BOUND)] == [("500+", "500+"), ("Вектор успеха", "ВУ")]
    await desk.tick()
    assert [one.text for one in heard(desk, project)] == [
        "📅 Сегодня, 10 марта, чт\n⏳ п. 16 Первый опрос участников — началось: 10–24 марта"
    ]
    assert heard(desk, vector) == []


async def test_binding_the_second_group_as_the_same_channel_moves_it(desk: Desk) -> None:
    await desk.group("Старая", "500+")
    await desk.group("Новая")
    shown = await desk.opens(desk.marina, "/groups")
    assert shown.text == "Группы\n✅ Старая — 500+\n⏳ Новая — не привязана"
    await desk.presses(desk.marina, "Новая")
    await desk.presses(desk.marina, "Привязать как «500+»")
    await desk.presses(desk.marina, "К группам")
    assert shown.text == "Группы\n⏳ Старая — не привязана\n✅ Новая — 500+"


async def test_binding_the_same_group_twice_is_binding_it_once(desk: Desk) -> None:
    await desk.group("500+")
    await desk.opens(desk.marina, "/groups", "500+")
    for _ in range(2):
        assert await desk.forges(desk.marina, "bind:1:500+") == Answer("Группа привязана.")
    assert desk.look.rows(BOUND) == [("500+", "500+", None)]


async def test_topic_is_bound_by_a_command_in_it_and_notices_go_there(desk: Desk) -> None:
    group = await desk.group("500+", forum=True)
    topic = desk.world.add_topic(group, "Сроки", desk.marina)
    question = await desk.says(desk.marina, "/bind@road_bot", group, topic=topic.id)
    assert (question.text, question.thread) == (QUESTION, topic.id)
    assert question.buttons == ["Привязать как «500+»", "Привязать как «Вектор успеха»"]
    await desk.presses(desk.marina, "Привязать как «500+»", group)
    assert question.text == "✅ Группа привязана как «500+». Уведомления будут приходить сюда."
    assert desk.look.rows(BOUND) == [("500+", "500+", topic.id)]
    await desk.tick()
    notice = heard(desk, group)[-1]
    assert (notice.text.startswith("📅 Сегодня"), notice.thread, notice.in_topic) == (True, topic.id, True)
    shown = await desk.opens(desk.marina, "/groups", "500+")
    assert shown.text == "500+\n✅ Привязана как «500+»: уведомления приходят сюда, в выбранную тему."


async def test_group_is_bound_from_inside_without_topics_too(desk: Desk) -> None:
    group = await desk.group("Школы", kind="group")
    await desk.says(desk.marina, "/bind", group)
    await desk.presses(desk.marina, "Привязать как «Вектор успеха»", group)
    assert desk.look.rows(BOUND) == [("Школы", "ВУ", None)]


async def test_stranger_in_the_group_can_neither_ask_nor_press(desk: Desk) -> None:
    group = await desk.group("500+", None, desk.igor)
    assert (await desk.says(desk.igor, "/bind", group)).text == REFUSED
    await desk.says(desk.marina, "/bind", group)
    assert await desk.presses(desk.igor, "Привязать как «500+»", group) == Answer(REFUSED, alert=True)
    assert desk.look.rows(BOUND) == [("500+", None, None)]


async def test_unbound_group_hears_nothing_more(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    shown = await desk.opens(desk.marina, "/groups", "500+")
    assert await desk.presses(desk.marina, "Отвязать") == Answer("Группа отвязана, бот здесь молчит.")
    assert shown.text == "500+\n⏳ Не привязана: бот здесь молчит."
    assert "Отвязать" not in shown.buttons
    await desk.tick()
    assert heard(desk, group) == []


async def test_bot_leaves_a_group_and_the_list_forgets_it_at_once(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    shown = await desk.opens(desk.marina, "/groups", "500+", "Выйти из группы")
    assert group.has(desk.world.bot) is False
    assert shown.text.split("\n")[1].startswith("Бот пока не добавлен ни в одну группу.")
    assert desk.look.rows(BOUND) == []


async def test_leaving_a_group_that_is_gone_already_is_said_kindly(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    await desk.opens(desk.marina, "/groups", "500+")
    desk.marina.removes_bot(group)
    await desk.settle()
    gone = Answer("Бот больше не в этой группе. Добавьте его обратно.", alert=True)
    for button in ("Выйти из группы", "Отвязать", "Привязать как «Вектор успеха»"):
        assert await desk.presses(desk.marina, button) == gone


async def test_group_the_bot_was_removed_from_unnoticed_is_left_without_a_failure(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    shown = await desk.opens(desk.marina, "/groups", "500+")
    desk.marina.removes_bot(group)
    desk.world.bot.queue.clear()
    await desk.presses(desk.marina, "Выйти из группы")
    assert shown.text.startswith("Группы\n")
    assert desk.look.rows(BOUND) == []


async def test_coordinators_are_told_that_the_bot_was_removed(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    desk.marina.removes_bot(group)
    await desk.settle()
    await desk.tick()
    lost = "⚠️ Бот больше не в группе «500+». Уведомления туда не приходят: добавьте бота обратно и привяжите группу."
    for who in (desk.marina, desk.pavel):
        assert [one.text for one in who.messages(who.private()) if "больше не в" in one.text] == [lost]
    assert desk.look.rows(BOUND) == []


async def test_bot_that_came_back_is_asked_about_again(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    desk.marina.removes_bot(group)
    await desk.settle()
    desk.marina.adds_bot(group, admin=True)
    await desk.settle()
    assert desk.look.rows(BOUND) == [("500+", None, None)]
    await desk.says(desk.marina, "/bind", group)
    await desk.presses(desk.marina, "Привязать как «500+»", group)
    assert desk.look.rows(BOUND) == [("500+", "500+", None)]


async def test_bot_made_an_administrator_stays_bound_and_nobody_is_asked_again(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    desk.marina.promotes(group, desk.world.bot)
    await desk.settle()
    assert desk.look.rows(BOUND) == [("500+", "500+", None)]
    assert len(desk.look.outbox("key LIKE 'added:%'")) == 1
    assert [one.text for one in desk.marina.messages(desk.marina.private()) if "Что это за группа?" in one.text] == [
        "Бот добавлен в группу «500+». Что это за группа?"
    ]


async def test_renamed_group_is_shown_by_its_new_name(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    desk.marina.renames(group, "Проект <500+>")
    await desk.settle()
    shown = await desk.opens(desk.marina, "/groups")
    assert shown.html.split("\n")[1] == "✅ Проект &lt;500+&gt; — 500+"


async def test_group_that_became_a_supergroup_keeps_its_binding(desk: Desk) -> None:
    group = await desk.group("500+", "500+", kind="group")
    heir = desk.world.migrate(group)
    await desk.settle()
    assert desk.look.rows("SELECT chat_id, channel FROM group_chat") == [(heir.id, "500+")]
    await desk.tick()
    assert len(heard(desk, heir)) == 1


async def test_upgrade_nobody_told_the_bot_of_is_learnt_from_the_refusal_and_the_notice_arrives_once(
    desk: Desk,
) -> None:
    group = await desk.group("500+", "500+", kind="group")
    heir = desk.world.migrate(group)
    desk.world.bot.queue.clear()
    await desk.tick()
    await desk.moves("2022-03-10 12:01")
    assert len(heard(desk, heir)) == 1
    assert desk.look.rows("SELECT chat_id, channel FROM group_chat") == [(heir.id, "500+")]


async def test_command_in_a_group_is_answered_shortly_and_free_text_not_at_all(desk: Desk) -> None:
    group = await desk.group("500+", "500+", desk.igor)
    for who in (desk.marina, desk.igor):
        assert (await desk.says(who, "/menu@road_bot", group)).text == "Напишите мне в личные сообщения: там всё меню."
    said = len(heard(desk, group))
    for text in ("Здравствуйте", "/menu@other_bot", "/nonsense", "@road_bot п. 16"):
        await desk.says(desk.igor, text, group)
    assert len(heard(desk, group)) == said


async def test_groups_screen_without_groups_says_what_to_do(desk: Desk) -> None:
    shown = await desk.opens(desk.marina, "/groups")
    assert shown.text == (
        "Группы\nБот пока не добавлен ни в одну группу. Добавьте его в группу «500+», и он спросит, что это за группа."
    )


async def test_channel_no_roadmap_knows_is_refused(desk: Desk) -> None:
    await desk.group("500+")
    refused = Answer("Такой группы в дорожной карте нет. Откройте список групп: /groups", alert=True)
    assert await desk.forges(desk.marina, "bind:1:site") == refused
    assert await desk.forges(desk.marina, "bind:1:nonsense") == refused


async def test_group_nobody_knows_is_refused(desk: Desk) -> None:
    gone = Answer("Бот больше не в этой группе. Добавьте его обратно.", alert=True)
    for data in ("bind:77:500+", "unbind:77", "leave:77"):
        assert await desk.forges(desk.marina, data) == gone, data
    await desk.forges(desk.marina, "group:77")
    assert desk.screen(desk.marina).startswith("Группы\n")


# --- «Позвать участников»


CALL = (
    "Команды школ: чтобы бот писал Вам лично, нажмите «Я из школы …», выберите школу и назовите себя. "
    "Координатор ответит на заявку.\n"
    "Кто уже вошёл, тому ничего делать не нужно."
)


async def test_people_of_a_group_are_called_in_by_a_button_that_opens_the_bot(desk: Desk) -> None:
    group = await desk.group("500+", "500+", desk.igor)
    shown = await desk.opens(desk.marina, "/groups", "500+")
    await desk.presses(desk.marina, "Позвать участников")
    card = "500+\n✅ Привязана как «500+»: уведомления приходят сюда."
    assert shown.text == f"{card}\n\n✅ Приглашение отправлено в группу."
    await desk.tick()
    (said,) = [one for one in heard(desk, group) if one.text == CALL]
    assert said.keyboard == [[{"text": "Я из школы …", "url": "https://t.me/road_bot?start=school"}]]
    desk.igor.follows(said.keyboard[0][0]["url"])
    await desk.settle()
    assert desk.said(desk.igor).buttons == ["Согласен", "Не согласен"]
    desk.pavel.follows(said.keyboard[0][0]["url"])
    await desk.settle()
    assert desk.screen(desk.pavel).startswith("✅ Вы уже в проекте, заявка не нужна.")


async def test_calling_twice_is_one_message_and_the_screen_says_so(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    shown = await desk.opens(desk.marina, "/groups", "500+", "Позвать участников")
    await desk.tick()
    await desk.forges(desk.pavel, "callin:1")
    again = "✅ Приглашение уже отправлено в 12:00. Следующее можно отправить через час."
    assert desk.screen(desk.pavel).splitlines()[-1] == again
    await desk.presses(desk.marina, "Позвать участников")
    assert shown.text.splitlines()[-1] == again
    await desk.tick()
    assert [one.text for one in heard(desk, group)].count(CALL) == 1


async def test_call_of_a_night_is_heard_at_eight(desk: Desk) -> None:
    group = await desk.group("500+", "500+")
    await desk.moves("2022-03-10 22:00")
    shown = await desk.opens(desk.marina, "/groups", "500+", "Позвать участников")
    assert shown.text.splitlines()[-1] == "⏳ Приглашение придёт в группу в 08:00: ночью бот молчит."
    await desk.moves("2022-03-11 07:59")
    assert CALL not in [one.text for one in heard(desk, group)]
    await desk.moves("2022-03-11 08:01")
    assert [one.text for one in heard(desk, group)].count(CALL) == 1


async def test_only_coordinators_call_and_only_into_bound_groups(desk: Desk) -> None:
    group = await desk.group("500+", None, desk.igor)
    shown = await desk.opens(desk.marina, "/groups", "500+")
    assert "Позвать участников" not in shown.buttons
    not_bound = Answer("Сначала привяжите группу: выберите «Привязать как …».", alert=True)
    assert await desk.forges(desk.marina, "callin:1") == not_bound
    gone = Answer("Бот больше не в этой группе. Добавьте его обратно.", alert=True)
    assert await desk.forges(desk.marina, "callin:77") == gone
    toast = Answer("Подробности доступны участникам проекта. Попросите у координатора приглашение.", alert=True)
    assert await desk.forges(desk.igor, "callin:1") == toast
    assert (heard(desk, group), desk.look.outbox("key LIKE 'call-in:%'")) == ([], [])
