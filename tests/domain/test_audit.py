"""What may be written down, and what every deed is about."""

import pytest

from domain.audit import ABOUT, PEOPLE_IN_ABOUT, Deed, refuse_names
from domain.audit_topic import TOPICS, Topic, topic_of
from domain.item_field import ItemField
from domain.notice_rules import Rules
from domain.people import Role


def test_every_deed_is_about_one_thing() -> None:
    every = [deed for deeds in TOPICS.values() for deed in deeds]
    assert sorted(every) == sorted(Deed)
    assert set(TOPICS) == set(Topic)
    assert topic_of(Deed.ITEM_CLOSED) is Topic.ROADMAP


def test_every_person_of_a_row_is_under_a_known_key() -> None:
    assert set(ABOUT) >= PEOPLE_IN_ABOUT
    assert len(ABOUT) == len(set(ABOUT))


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"person": 7, "school": None},
        {"role": "curator", "organisation": "department"},
        {"item": 16, "field": "held_on"},
        {"rule": "by_ahead", "value": ", ".join(map(str, range(60, 0, -1)))},
        {"rule": "morning", "value": "09:00"},
        {"group": 3, "channel": "500+"},
        {"group": 3, "channel": "ВУ"},
        {"day": "2022-03-16", "working": 0},
        {"since": "2022-03-16", "until": "2022-03-20"},
        {"document": "antirisk", "risk": 3, "state": "placed"},
        {"remark": 7},
    ],
)
def test_ids_and_words_of_ours_are_written_down(about: dict[str, int | str | None]) -> None:
    refuse_names(about)


@pytest.mark.parametrize(
    "about",
    [
        {"name": "Марина Королёва"},
        {"name": None},
        {"name": 7},
        {"person": "Марина Королёва"},
        {"school": "Школа № 7"},
        {"group": "Группа «500+»"},
        {"channel": "Марина Королёва"},
        {"channel": "х" * 41},
        {"organisation": "Департамент образования"},
        {"role": "директор"},
        {"role": 1},
        {"field": "name"},
        {"rule": "morning "},
        {"value": "Марина"},
        {"value": "1, " * 81},
        {"day": "16 марта"},
        {"day": "2022-03-16\n"},
        {"until": 20220316},
        {"document": "Концепция развития"},
        {"state": "размещён"},
        {"destroyed": "Марина Королёва"},
        {"destroyed": "Марина:1"},
    ],
)
def test_nothing_a_name_could_hide_in_is_written_down(about: dict[str, int | str | None]) -> None:
    with pytest.raises(ValueError, match="the audit keeps nothing of that kind"):
        refuse_names(about)


def test_every_word_of_a_closed_list_may_be_written_down() -> None:
    for key, words in (("role", Role), ("field", ItemField), ("rule", Rules.names())):
        for word in words:
            refuse_names({key: str(word)})
    for name in Rules.names():
        refuse_names({"value": Rules().text_of(name)})
