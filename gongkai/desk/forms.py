"""工作台的表单. Every form of the desk is one of these: its errors name the field, what is wrong and what to do.

A field's own message, given where the field is declared, stays as it is.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_EVERY: Mapping[str, str] = {
    "required": "“{label}”没有填，请填写。",
    "max_length": "“{label}”有%(show_value)d个字，最多%(limit_value)d个字，请写得简短一些。",
    "min_length": "“{label}”有%(show_value)d个字，至少%(limit_value)d个字，请补充。",
    "min_value": "“{label}”不能小于%(limit_value)s，请核对。",
    "max_value": "“{label}”不能大于%(limit_value)s，请核对。",
    "max_digits": "“{label}”最多%(max)d位数字，请核对。",
    "max_decimal_places": "“{label}”的小数点后最多%(max)d位，请核对。",
    "max_whole_digits": "“{label}”的小数点前最多%(max)d位，请核对。",
    "invalid_list": "“{label}”没有收到所选的项，请重新选择。",
    "null_characters_not_allowed": "“{label}”中有看不见的字符，请删去后重新填写。",
}
_UNSEEN = _EVERY["null_characters_not_allowed"]
_NOT_CHOSEN = {
    "required": "“{label}”没有选，请选择。",
    "invalid_choice": "“{label}”没有这一项，请重新选择。",
    "invalid_pk_value": "“{label}”没有这一项，请重新选择。",
}
# The first that fits; words of a kind go before those of every field.
_BY_KIND: tuple[tuple[type[forms.Field], Mapping[str, str]], ...] = (
    (forms.IntegerField, {"invalid": "“{label}”应当是整数，如10，不写单位。请改正。"}),
    (forms.DateField, {"invalid": "“{label}”不是日期，应写成2026-03-02的样子。请改正。"}),
    (
        forms.EmailField,
        {"invalid": "“{label}”不是电子邮箱地址，应写成gongkai@example.gov.cn的样子。请改正。"},
    ),
    (
        forms.FileField,
        {
            "required": "“{label}”没有选择，请选择一个文件。",
            "invalid": "“{label}”没有传上来，请重新选择。",
            "missing": "“{label}”没有传上来，请重新选择。",
            "empty": "“{label}”里没有内容，请检查后重新选择。",
            "max_length": "“{label}”的名称有%(length)d个字，最多%(max)d个字，请改短后重新选择。",
        },
    ),
    (forms.ModelChoiceField, _NOT_CHOSEN),
    (forms.ChoiceField, _NOT_CHOSEN),
)
_DASHES = "---------"  # what the framework says of nothing chosen
_DECIMAL = {"invalid": "“{label}”应当是数字，如12.50，不写单位和逗号。请改正。"}
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_LINES = frozenset("\n\r\t")


class DeskForm(forms.Form):
    """工作台的表单."""

    names: frozenset[str] = (
        frozenset()
    )  # fields by which people and things are told apart: nothing unseen in them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.word(name)

    def word(self, name: str) -> None:
        """Give the field our words; for one that a form adds or renames afterwards, again."""
        field = self.fields[name]
        label = str(field.label or name)
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == _DASHES:
            field.empty_label = "（请选择）" if field.required else "（不选）"
        framework = _defaults(type(field))
        ours = _words_for(field)
        for key, sentence in ours.items():
            given = field.error_messages.get(key)
            if given is None or given == framework.get(key):
                field.error_messages[key] = sentence.format(label=label)
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
            field.validators.append(_Seen(_UNSEEN.format(label=label), strictly=name in self.names))

    def add_error(self, field: str | None, error: Any) -> None:
        """A choice of records says this before any validator is asked, in words that cannot be given to its field."""
        codes = {each.code for each in getattr(error, "error_list", [])}
        if field in self.fields and "null_characters_not_allowed" in codes:
            error = _UNSEEN.format(label=self.fields[field].label)
        super().add_error(field, error)


class _Seen:
    """看得见: control characters, and those that turn a text round so that it reads as another."""

    def __init__(self, sentence: str, *, strictly: bool) -> None:
        self.sentence, self.strictly = sentence, strictly

    def __call__(self, text: str) -> None:
        if "\x00" in text:  # this has a validator of its own
            return
        nothing = not any(map(str.isprintable, text))  # zero-width ones alone fill nothing in
        if nothing or (self.strictly and not text.isprintable()) or any(map(_hides, text)):
            raise ValidationError(self.sentence, code="unseen")


def _hides(character: str) -> bool:
    if character in _LINES:
        return False
    if unicodedata.bidirectional(character) in _TURNING:
        return True
    return unicodedata.category(character) in ("Cc", "Cs")


def _words_for(field: forms.Field) -> Mapping[str, str]:
    kinds = [words for kind, words in _BY_KIND if isinstance(field, kind)]
    if isinstance(field, forms.DecimalField):
        kinds.insert(0, _DECIMAL)
    return {**_EVERY, **(kinds[0] if kinds else {})}


def _defaults(kind: type[forms.Field]) -> dict[str, Any]:
    """What the framework itself says for this kind of field."""
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        found.update(getattr(each, "default_error_messages", {}))
    return found
