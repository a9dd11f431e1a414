"""选项的说法. What a person chooses from is said in Chinese, in every model and in every list of records."""

import re

from django import forms
from django.apps import apps
from django.db import models

from gongkai.agencies.models import Section
from gongkai.desk.forms import DeskForm

_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNSHOWN = {"due_what"}  # keys of the rules, which name them by the kind of case


def test_no_choice_of_a_model_is_named_in_english():
    english = [
        f"{model.__name__}.{found.name}: {label}"
        for model in apps.get_models()
        if model.__module__.startswith("gongkai.")
        for found in model._meta.get_fields()
        if isinstance(found, models.Field) and found.name not in _UNSHOWN
        for _, label in found.flatchoices
        if not _HAN.search(str(label)) and not re.fullmatch(r"[A-Z0-9.]*", str(label))
    ]

    assert english == []


class _Choosing(DeskForm):
    needed = forms.ModelChoiceField(Section.objects.none(), label="科室")
    free = forms.ModelChoiceField(Section.objects.none(), label="承办科室", required=False)


def test_nothing_chosen_is_said_in_words():
    form = _Choosing()

    assert "（请选择）" in str(form["needed"])
    assert "（不选）" in str(form["free"])
