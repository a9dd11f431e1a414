"""导入. A file is tried first, row by row, and written only when the same plan stands at the confirmation."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person
from gongkai.audit.record import record
from gongkai.registers import in_bulk
from gongkai.registers.actions import SEALED, apply_changes, require_keeper, worded
from gongkai.registers.description import Register
from gongkai.registers.models import Change, ImportRun, RegisterEntry
from gongkai.sealing.fields import SealedRecord, SealedText
from gongkai.spreadsheets.child import read_grid
from gongkai.spreadsheets.sheet import Problem, ReadRow, read_sheet
from gongkai.spreadsheets.values import shown
from gongkai.spreadsheets.workbook import CannotImport
from gongkai.virus_checks.actions import require_looked_at

_AT_ONCE = 500  # values in one IN list, rows in one INSERT
_SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """一栏的差别: what the register holds and what the file says."""

    name: str
    label: str
    before: str
    after: str
    value: Any


@dataclass(frozen=True, slots=True)
class RowToChange:
    """要更正的一行."""

    number: int
    entry: RegisterEntry
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """试算: which rows would be added, changed, left, refused. Row numbers are those of the sheet."""

    add: tuple[tuple[ReadRow, RegisterEntry], ...] = ()
    change: tuple[RowToChange, ...] = ()
    same: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    headings: tuple[str, ...] = field(default=())

    @property
    def refused(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def sample(self) -> list[tuple[int, list[str]]]:
        """The first rows to be added, as the confirmation page shows them."""
        return [
            (row.number, [_chosen(entry, name, row.values.get(name)) for name in self.sampled])
            for row, entry in self.add[:_SAMPLE]
        ]

    @property
    def sampled(self) -> list[str]:
        """Of the columns those in which one of these rows says something."""
        rows = [row for row, _ in self.add[:_SAMPLE]]
        return [name for name in self.headings if any(_seen(row.values.get(name)) for row in rows)]

    @property
    def digest(self) -> str:
        """What must be the same when the person confirms."""
        parts = [
            *(f"+{row.number}" for row, _ in self.add),
            *(f"~{row.number}:{row.entry.public_id}:{row.differences}" for row in self.change),
            *(f"={number}" for number in self.same),
            *(f"!{problem}" for problem in self.problems),
        ]
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def preview(register: Register, *, file_name: str, data: bytes, by: Person) -> tuple[ImportRun, Plan]:
    """试算. Keeps the file and says what it would do; no register row is written. Raises Refusal."""
    require_keeper(by, by.agency, None)
    require_looked_at(data, name=file_name, by=by)
    plan = _plan(register, file_name=file_name, data=data, by=by)
    run = ImportRun(
        agency=by.agency,
        register=register.key,
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:],
        file_digest=hashlib.sha256(data).hexdigest(),
        plan_digest=plan.digest,
        to_add=len(plan.add),
        to_change=len(plan.change),
        same=len(plan.same),
        refused=plan.refused,
        by=by,
    )
    with transaction.atomic():
        run.keep(data)
        run.save()
        record("registers.import_previewed", by=by, subject=run, detail=_counts(run))
    return run, plan


def plan_of(register: Register, run: ImportRun, *, by: Person) -> Plan:
    """The plan of a previewed file as it would be today."""
    if run.status != ImportRun.Status.PREVIEWED:
        raise Refusal(f"这次导入{run.get_status_display()}，不能再次办理。如需再导入，请重新上传文件。")
    return _plan(register, file_name=run.file_name, data=run.file(), by=by)


def confirm(register: Register, run: ImportRun, *, by: Person, skip_refused: bool = False) -> ImportRun:
    """确认导入: everything in one transaction, or nothing. Raises Refusal."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        require_keeper(by, run.agency, None)
        if run.by_id != by.pk:
            raise Refusal("只能由上传文件的人确认导入。请重新上传文件，由本人试算后确认。")
        plan = plan_of(register, run, by=by)
        if plan.digest != run.plan_digest:
            raise Refusal("台账在试算之后有了变化，结果与试算时不同，没有导入。请重新上传文件试算。")
        if plan.problems and not skip_refused:
            raise Refusal(
                f"有{plan.refused}行不能导入，没有导入任何一行。请改正后重新上传，或者选择跳过这些行。"
            )
        if not plan.add and not plan.change:
            raise Refusal("没有要新增或者更正的行，不需要导入。")
        try:
            with transaction.atomic():
                added = _add(register, plan, run, by)
        except IntegrityError:
            raise Refusal("有的行与台账中已有的重复，没有导入。请重新上传文件试算。") from None
        changed = _change(register, plan, run, by)
        _done(run, ImportRun.Status.CONFIRMED)
        record(
            f"{register.model._meta.label_lower}.imported",
            by=by,
            subject=run,
            detail={**_counts(run), "file": run.file_digest, "ids": _digest_of_ids(added + changed)},
        )
    return run


def discard(run: ImportRun, *, by: Person) -> ImportRun:
    """放弃: the file goes, the run stays as a note that it was tried."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.by_id != by.pk or run.status != ImportRun.Status.PREVIEWED:
            raise Refusal("不能放弃：这次导入已经办结，或者不是本人上传的。")
        _done(run, ImportRun.Status.DISCARDED)
        record("registers.import_discarded", by=by, subject=run)
    return run


def _plan(register: Register, *, file_name: str, data: bytes, by: Person) -> Plan:
    agency = by.agency
    try:
        grid = read_grid(file_name, data)
        sheet = read_sheet(grid, register.fields_for(agency), today=timezone.localdate())
    except CannotImport as error:
        raise Refusal(str(error)) from None
    problems = list(sheet.problems)
    add: list[tuple[ReadRow, RegisterEntry]] = []
    change: list[RowToChange] = []
    same: list[int] = []
    standing = _standing(register, agency, sheet.rows)
    first_at: dict[tuple[Any, ...], int] = {}
    make = register.maker(agency)
    key_of = _key_reader(register)
    for row in sheet.rows:
        try:
            entry = make(row.values)
        except Refusal as refusal:
            lead = register.natural_key[0]
            said = str(refusal).removeprefix("不能登记：")
            problems.append(Problem(row.number, register.label_of(lead), _seen(row.values.get(lead)), said))
            continue
        if entry.section_id is None and by.section_id is not None:
            entry.section = by.section
        entry.derive()
        key = key_of(entry)
        reason = _objection(entry, by, first_at.get(key))
        if reason:
            problems.append(
                Problem(row.number, register.label_of(register.natural_key[0]), _seen(key[0]), reason)
            )
            continue
        first_at[key] = row.number
        existing = standing.get(key)
        if existing is None:
            add.append((row, entry))
            continue
        differences = _differences(register, existing, row, built=entry)
        sealed = _sealed(register, differences)
        if not differences:
            same.append(row.number)
        elif elsewhere := existing.kept_elsewhere():
            problems.append(Problem(row.number, differences[0].label, differences[0].after[:40], elsewhere))
        elif register.import_may_change and not sealed:
            if reason := _objection_to_change(existing, differences):
                problems.append(Problem(row.number, differences[0].label, differences[0].after[:40], reason))
            else:
                change.append(RowToChange(row.number, existing, differences))
        else:
            problems.append(_not_by_import(row, (sealed or differences)[0]))
    if register.within_file:
        told = register.within_file([(row.number, entry) for row, entry in add])
        for row, _ in add:
            if row.number in told:
                lead = register.natural_key[0]
                seen = _seen(row.values.get(lead))
                problems.append(Problem(row.number, register.label_of(lead), seen, told[row.number]))
        add = [each for each in add if each[0].number not in told]
    problems.sort(key=lambda problem: problem.row)
    return Plan(
        add=tuple(add),
        change=tuple(change),
        same=tuple(same),
        problems=tuple(problems),
        notes=sheet.notes,
        headings=tuple(each.name for each in register.fields),
    )


def _objection(entry: RegisterEntry, by: Person, first_at: int | None) -> str:
    if first_at is not None:
        return f"与第{first_at}行重复"
    if by.section_id and entry.section_id != by.section_id:
        return "不是本科室的，请由该科室导入"
    return entry.objection()


def _objection_to_change(existing: RegisterEntry, differences: tuple[Difference, ...]) -> str:
    """Asked of a copy: the plan writes nothing, and shows the register as it is."""
    changed = copy(existing)
    for difference in differences:
        setattr(changed, difference.name, difference.value)
    changed.derive()
    return changed.objection()


def _not_by_import(row: ReadRow, difference: Difference) -> Problem:
    reason = f"台账中已有这一件，且“{difference.label}”不同（台账为{difference.before or '空'}），请在台账中逐件更正"
    return Problem(row.number, difference.label, difference.after[:40], reason)


def _standing(
    register: Register, agency: Agency, rows: Sequence[ReadRow]
) -> dict[tuple[Any, ...], RegisterEntry]:
    """The register's records that a row of the file may be, by natural key."""
    lead = register.natural_key[0]
    wanted = list({row.values.get(lead) for row in rows if row.values.get(lead) is not None})
    relations = _relations(register)
    found: dict[tuple[Any, ...], RegisterEntry] = {}
    key_of = _key_reader(register)
    for start in range(0, len(wanted), _AT_ONCE):
        records = register.model.objects.standing().filter(
            agency=agency, **{f"{lead}__in": wanted[start : start + _AT_ONCE]}
        )
        for entry in records.select_related(*relations) if relations else records:
            found[key_of(entry)] = entry
    return found


def _relations(register: Register) -> list[str]:
    columns, names = register.model._meta.concrete_fields, _names(register)
    return [each.name for each in columns if each.is_relation and each.name in names]


def _names(register: Register) -> set[str]:
    return {each.name for each in register.fields}


def _key_reader(register: Register) -> Callable[[RegisterEntry], tuple[Any, ...]]:
    names = [register.model._meta.get_field(name).attname for name in register.natural_key]  # type: ignore[union-attr]
    return lambda entry: tuple([getattr(entry, name) for name in names])


def _differences(
    register: Register, existing: RegisterEntry, row: ReadRow, *, built: RegisterEntry
) -> tuple[Difference, ...]:
    """Columns the file fills otherwise. An empty cell says nothing and erases nothing. ``built`` is the record that the row
    makes: its day of receipt is the day of confirmation, whatever day the file has for the arrival.
    """
    found = []
    columns = {each.name for each in register.model._meta.concrete_fields}
    for each in register.fields:
        value = row.values.get(each.name)
        if value is None or each.name not in columns:
            continue
        model_field = existing._meta.get_field(each.name)
        assert isinstance(model_field, models.Field)  # noqa: S101 — of ``columns``
        if isinstance(model_field, SealedText) and isinstance(existing, SealedRecord):
            # Compared as plain text, and neither side of it is shown.
            if existing.unseal(each.name) != value:
                found.append(Difference(each.name, each.label, worded(existing, model_field), SEALED, value))
            continue
        if getattr(existing, each.name) in (value, getattr(built, each.name)):
            continue
        labels = {kept: label for label, kept in each.choices.items()} if model_field.choices else {}
        after = labels.get(value, _seen(value))
        found.append(Difference(each.name, each.label, worded(existing, model_field), after, value))
    return tuple(found)


def _sealed(register: Register, differences: Sequence[Difference]) -> list[Difference]:
    """加密的栏: opened and changed one record at a time, with a reason, never by a file."""
    fields = {each.name: each for each in register.model._meta.concrete_fields}
    return [each for each in differences if isinstance(fields[each.name], SealedText)]


def _add(register: Register, plan: Plan, run: ImportRun, by: Person) -> list[str]:
    entries = [entry for _, entry in plan.add]
    for entry in entries:
        entry.recorded_by_id = by.pk
        entry.import_run_id = run.pk
    if register.seal:
        register.seal(entries, [row.values for row, _ in plan.add])
    in_bulk.insert(entries)
    if register.finish and entries:
        register.finish(entries, [row.values for row, _ in plan.add], by, run)
    return [entry.public_id for entry in entries]


def _change(register: Register, plan: Plan, run: ImportRun, by: Person) -> list[str]:
    notes: list[Change] = []
    names: set[str] = set()
    entries = _locked(register, plan, run.agency)
    for row, entry in zip(plan.change, entries, strict=True):
        changes = {difference.name: difference.value for difference in row.differences}
        if any(getattr(entry, name) != getattr(row.entry, name) for name in changes):
            raise Refusal("台账在试算之后有了变化，没有导入任何一行。请重新上传文件试算。")
        lines = apply_changes(entry, changes)
        entry.derive()
        reason = entry.objection()
        if reason:
            raise Refusal(f"第{row.number}行更正后不成立：{reason}没有导入任何一行，请改正后重新上传。")
        names |= set(changes)
        notes.append(
            Change(
                agency=run.agency,
                record_kind=str(entry._meta.label_lower),
                record_id=entry.public_id,
                kind=Change.Kind.RECTIFIED,
                fields=lines,
                reason=f"按导入文件“{run.file_name[:100]}”第{row.number}行更正",
                by=by,
            )
        )
    if notes:
        type(entries[0]).objects.bulk_update(
            entries, [*names, *_derived(entries[0])], batch_size=_AT_ONCE // 5
        )
        Change.objects.bulk_create(notes, batch_size=_AT_ONCE)
    return [entry.public_id for entry in entries]


def _locked(register: Register, plan: Plan, agency: Agency) -> list[RegisterEntry]:
    """The entries as they stand now: what others did to them since the plan was made is not written over."""
    keys, found = [row.entry.pk for row in plan.change], {}
    for start in range(0, len(keys), _AT_ONCE):
        records = register.model.objects.standing().select_for_update(of=("self",)).order_by("pk")
        for entry in records.select_related(*_relations(register)).filter(
            pk__in=keys[start : start + _AT_ONCE]
        ):
            entry.agency = agency
            found[entry.pk] = entry
    if len(found) != len(keys):
        raise Refusal("台账在试算之后有了变化，没有导入任何一行。请重新上传文件试算。")
    return [found[key] for key in keys]


def _derived(entry: RegisterEntry) -> Iterable[str]:
    return getattr(type(entry), "DERIVED", ())


def _done(run: ImportRun, status: str) -> None:
    run.status = status
    run.done_at = timezone.now()
    run.content, run.key_version = b"", 0
    run.save(update_fields=["status", "done_at", "content", "key_version"])


def _counts(run: ImportRun) -> dict[str, Any]:
    return {
        "register": run.register,
        "add": run.to_add,
        "change": run.to_change,
        "same": run.same,
        "refused": run.refused,
    }


def _digest_of_ids(ids: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def _chosen(entry: RegisterEntry, name: str, value: Any) -> str:
    """What was chosen by its label, and anything else as it was read."""
    field = next((each for each in entry._meta.concrete_fields if each.name == name), None)
    if field is None or not field.choices:
        return _seen(value)
    return str(dict(field.flatchoices).get(value, _seen(value)))


def _seen(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return shown(value)[:40]
