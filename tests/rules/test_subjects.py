"""主题分类: two levels that belong together."""

import pytest

from gongkai.rules.catalogue_metadata.subjects import BASIS, GENRES, SUBJECTS, fault_of


def test_there_are_twenty_two_classes_and_the_last_has_no_second_level():
    assert len(SUBJECTS) == 22
    assert [name for name, details in SUBJECTS.items() if not details] == ["其他"]
    assert all(len(set(details)) == len(details) for details in SUBJECTS.values())
    assert str(BASIS) == "国务院政策文件库主题分类"


def test_the_fifteen_kinds_of_official_document_and_others_are_genres():
    assert len(GENRES) == 16
    assert len(set(GENRES)) == 16


@pytest.mark.parametrize(
    ("subject", "detail", "fault"),
    [
        ("", "", ""),
        ("国防", "", ""),
        ("国防", "国防动员", ""),
        ("", "国防动员", "没有一级分类，不能只写二级分类“国防动员”，请从列表中选择。"),
        ("人防", "", "没有主题分类“人防”，请从列表中选择。"),
        ("国防", "铁路", "主题分类“国防”下没有“铁路”，请从列表中选择。"),
    ],
)
def test_a_class_and_its_second_level_belong_together(subject, detail, fault):
    assert fault_of(subject, detail) == fault
