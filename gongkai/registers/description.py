"""台账的说明. One declaration per register: from it come the list, the form, the import, the template and the export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models

from gongkai.agencies.models import Agency, Person
from gongkai.registers import in_bulk
from gongkai.registers.models import ImportRun, RegisterEntry
from gongkai.spreadsheets.fields import Field, Kind

Values = Mapping[str, Any]
_KINDS: tuple[tuple[type[models.Field[Any, Any]], Kind], ...] = (
    (models.DateField, Kind.DATE),
    (models.DecimalField, Kind.YUAN),
    (models.BooleanField, Kind.FLAG),
    (models.IntegerField, Kind.INTEGER),
    (models.ForeignKey, Kind.CHOICE),
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """经过的一行: the day or time it counts for, what happened, by whom, and what else should be said."""

    at: str
    text: str
    by: str = ""
    note: str = ""
    link: str = ""


def column(
    model: type[models.Model],
    name: str,
    *synonyms: str,
    note: str = "",
    required: bool | None = None,
    may_be_future: bool = False,
) -> Field:
    """表格的一栏 for a field of the model: label, kind, choices and length are the model's own."""
    model_field = model._meta.get_field(name)
    assert isinstance(model_field, models.Field)  # noqa: S101 — registers name columns, not relations back
    choices = {str(label): value for value, label in (model_field.flatchoices or ())}
    # In a register an "address" is where something stands on the web; places on the ground have other names.
    text = Kind.WEB_ADDRESS if name == "address" else Kind.TEXT
    kind = next((kind for cls, kind in _KINDS if isinstance(model_field, cls)), text)
    return Field(
        name=name,
        label=str(model_field.verbose_name),
        kind=Kind.CHOICE if choices else kind,
        required=not model_field.blank and kind is not Kind.FLAG if required is None else required,
        synonyms=synonyms,
        choices=choices,
        longest=getattr(model_field, "max_length", None) or 0,
        note=note or str(model_field.help_text),
        may_be_future=may_be_future,
    )


@dataclass(frozen=True, kw_only=True)
class Register:
    """一本台账.

    ``enter`` is the app's own action. For imports, and only where a record is more than its columns: ``builder`` gives
    for an agency what makes an unsaved record of a row's values, ``seal`` seals what is personal in records about to
    be written, and ``finish`` writes what belongs to them.
    """

    key: str
    title: str
    model: type[RegisterEntry]
    fields: tuple[Field, ...]
    natural_key: tuple[str, ...]
    listed: tuple[str, ...]
    by_date: str  # the date a list is ordered by and its years are counted from
    enter: Callable[..., RegisterEntry]
    search_exact: tuple[str, ...] = ()  # numbers, found by their beginning
    search_within: tuple[str, ...] = ()  # names and titles, found anywhere
    filters: tuple[str, ...] = ()
    lookups: Mapping[str, Callable[[Agency], Mapping[str, Any]]] = field(default_factory=dict)
    builder: Callable[[Agency], Callable[[Values], RegisterEntry]] | None = None
    seal: Callable[[Sequence[RegisterEntry], Sequence[Values]], None] | None = None
    finish: Callable[[Sequence[RegisterEntry], Sequence[Values], Person, ImportRun], None] | None = None
    history: Callable[[RegisterEntry], list[HistoryLine]] | None = None
    rectifiable: tuple[str, ...] | None = None  # None: every column of the model that is entered
    import_may_change: bool = True
    # Of the rows of one file that would be added those that cannot stand together, each with the reason.
    within_file: Callable[[Sequence[tuple[int, Any]]], Mapping[int, str]] | None = None
    on_screen: tuple[str, ...] | None = None  # None: every column is entered on the screen too
    add_at: str = ""  # the address at which one is entered, where that is not the register's own form
    page_at: str = ""  # the address of a record's own page, where it has one beside the register's
    steps_at: str = ""  # the address at which steps on a record are entered
    # 暂算: a computed day and the flag that marks it.
    provisional: Mapping[str, str] = field(default_factory=dict)
    numbers_itself: tuple[str, ...] = ()  # given by the action when left empty on the screen

    def fields_for(self, agency: Agency) -> tuple[Field, ...]:
        """The columns with what may be chosen in this agency today."""
        return tuple(
            replace(each, choices=dict(self.lookups[each.name](agency)))
            if each.name in self.lookups
            else each
            for each in self.fields
        )

    @property
    def rectified(self) -> tuple[str, ...]:
        names = {each.name for each in self.model._meta.concrete_fields}
        if self.rectifiable is not None:
            return self.rectifiable
        return tuple(each.name for each in self.fields if each.name in names)

    def label_of(self, name: str) -> str:
        declared = next((each.label for each in self.fields if each.name == name), None)
        return declared or str(self.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def maker(self, agency: Agency) -> Callable[[Values], RegisterEntry]:
        """What makes an unsaved record of values; an empty cell leaves the column's own default."""
        if self.builder:
            return self.builder(agency)
        return in_bulk.maker(self.model, agency)


def sections(agency: Agency) -> dict[str, Any]:
    """科室, by name."""
    return {section.name: section for section in agency.sections.all()}
