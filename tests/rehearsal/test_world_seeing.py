"""What a person sees: their own chats as they are now."""

import re

import pytest

from rehearsal.person import NotSeenError, Person, SeenError
from rehearsal.world import World


def test_latest_message_with_the_words_is_seen(world: World, anna: Person, boris: Person) -> None:
    group = world.add_group("Школа № 5", [anna, boris])
    first = boris.says("Приказ готов", group)
    later = boris.says("Приказ готов, вот он", group)
    boris.says("Спасибо", group)
    assert anna.sees("Приказ готов") is later
    boris.deletes(later)
    assert anna.sees("Приказ готов") is first


def test_words_are_looked_for_in_one_chat_where_it_is_named(world: World, anna: Person, boris: Person) -> None:
    group, other = (world.add_group(title, [anna, boris]) for title in ("Школа № 5", "Школа № 6"))
    said = boris.says("Готово", group)
    boris.says("Готово", other)
    assert anna.sees("Готово", group) is said
    anna.does_not_see("Готово", anna.private())


def test_edited_message_is_seen_as_it_is_now(world: World, anna: Person, boris: Person) -> None:
    group = world.add_group("Школа № 5", [anna, boris])
    boris.edits(boris.says("ошипка", group), "ошибка")
    anna.sees("ошибка")
    anna.does_not_see("ошипка")


def test_foreign_chat_is_not_seen(world: World, anna: Person, boris: Person) -> None:
    boris.says("тайна")
    group = world.add_group("Завучи", [boris])
    boris.says("тайна", group)
    anna.does_not_see("тайна")
    anna.does_not_see("тайна", group)
    with pytest.raises(NotSeenError, match="Анна Петрова does not see 'тайна'; the last messages:\nnone"):
        anna.sees("тайна", group)


def test_whoever_left_sees_nothing_of_the_group_any_more(world: World, anna: Person, boris: Person) -> None:
    group = world.add_group("Школа № 5", [anna, boris])
    boris.says("Готово", group)
    anna.sees("Готово")
    anna.leaves(group)
    anna.does_not_see("Готово")


def test_group_that_was_upgraded_is_looked_through(world: World, anna: Person, boris: Person) -> None:
    group = world.add_group("Школа № 5", [anna, boris])
    heir = world.migrate(group)
    said = boris.says("Готово", heir)
    assert anna.sees("Готово", group) is said


def test_failure_tells_the_last_messages(world: World, anna: Person) -> None:
    for number in range(1, 8):
        anna.says(f"письмо {number}")
    told = "\n".join(f"Анна Петрова in «Дорожная карта»: 'письмо {number}' []" for number in range(3, 8))
    with pytest.raises(NotSeenError) as missing:
        anna.sees("Принято")
    assert str(missing.value) == f"Анна Петрова does not see 'Принято'; the last messages:\n{told}"
    with pytest.raises(SeenError, match=re.escape("Анна Петрова sees 'письмо':\n" + told)):
        anna.does_not_see("письмо")
