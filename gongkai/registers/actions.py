"""登记、更正、作废. The three things people do to a register entry; each app's own verbs end here."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.access import Refusal, holders, require
from gongkai.agencies.models import Agency, Person, Section
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.registers.models import Change, RegisterEntry
from gongkai.sealing.fields import SealedRecord, SealedText
from gongkai.sealing.keys import KeyMissing
from gongkai.sealing.suite import CannotOpen

Entry = TypeVar("Entry", bound=RegisterEntry)
# Set by the server or by the law's clock, never by hand (TIM-06).
NEVER_RECTIFIED = frozenset(
    {
        "id",
        "public_id",
        "agency",
        "recorded_at",
        "recorded_by",
        "import_run",
        "voided_at",
        "void_reason",
        "live",
    }
)


def require_keeper(by: Person, agency: Agency, section: Section | None) -> None:
    """登记台账的职权, in one's own section; a person of no section keeps the registers of the whole agency."""
    require(by, Power.KEEP_REGISTERS, agency, on=timezone.localdate())
    if by.section_id and section and section.pk != by.section_id:
        raise Refusal(
            f"这是{section.name}的台账，只能登记本科室的。请由{section.name}登记。{_keepers(agency, section)}"
        )


def require_standing(entry: RegisterEntry, *, by: Person, to_do: str) -> None:
    """能不能更正、作废这一条: asked before a form opens, and again when it is sent."""
    require_keeper(by, entry.agency, entry.section)
    if reason := entry.kept_elsewhere():
        raise Refusal(f"不能{to_do}：{reason}")
    if entry.voided_at:
        day = timezone.localtime(entry.voided_at).date()
        raise Refusal(
            f"不能{to_do}：这一条已于{day:%Y-%m-%d}作废，作废的记录保持原样。如需恢复，请重新登记一条。"
        )


def enter(entry: Entry, *, by: Person) -> Entry:
    """登记一条. The agency and the keeper are the person's; the time is the server's."""
    entry.agency = by.agency
    entry.recorded_by = by
    entry.section = entry.section or by.section
    require_keeper(by, entry.agency, entry.section)
    _require_sound(entry)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            record(f"{_kind(entry)}.entered", by=by, subject=entry)
    except IntegrityError:
        raise Refusal("不能登记：与台账中已有的一条重复。请在台账中查找后更正，不要重复登记。") from None
    return entry


def rectify(entry: Entry, *, changes: Mapping[str, Any], reason: str, by: Person) -> Entry:
    """更正: the old and the new value stay readable, with the reason."""
    reason = require_reason(reason)
    with transaction.atomic():
        entry = lock(entry)
        require_standing(entry, by=by, to_do="更正")
        lines = apply_changes(entry, changes)
        if not lines:
            raise Refusal("不能更正：没有改动。请修改后再保存。")
        _require_sound(entry)
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError:
            raise Refusal("不能更正：改后与台账中另一条重复。请核对编号和日期。") from None
        note_change(entry, Change.Kind.RECTIFIED, lines, reason=reason, by=by)
    return entry


def void(entry: Entry, *, reason: str, by: Person) -> Entry:
    """作废: the record stays readable and is no longer counted."""
    reason = require_reason(reason)
    with transaction.atomic():
        entry = lock(entry)
        require_standing(entry, by=by, to_do="作废")
        if standing := entry.not_voided_because():
            raise Refusal(f"不能作废：{standing}")
        entry.voided_at = timezone.now()
        entry.void_reason = reason
        entry.save(update_fields=["voided_at", "void_reason"])
        note_change(entry, Change.Kind.VOIDED, [], reason=reason, by=by)
    return entry


def reveal(entry: SealedRecord, name: str, *, reason: str, by: Person) -> str:
    """查看加密内容: the plain text of one field. Who read which field and why is kept, or the text is not given (PII-03)."""
    reason = require_reason(reason, of="查看申请人、来信人的个人信息")
    require(by, Power.READ_APPLICANTS, by.agency, on=timezone.localdate())
    try:
        with transaction.atomic():
            record(f"{_kind(entry)}.revealed", by=by, subject=entry, reason=reason, detail={"field": name})
            return entry.unseal(name)
    except (CannotOpen, KeyMissing):
        raise Refusal(
            "打不开这一栏：密钥不符，或者保存的内容被改动过。请系统管理员核查密钥，必要时从备份恢复。"
        ) from None


def lock(entry: Entry) -> Entry:
    """The row as it stands now, kept from others until the transaction ends."""
    fresh: Entry = type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)
    return fresh


def _keepers(agency: Agency, section: Section) -> str:
    """Who may keep the registers of this section: its own keepers, then those of the whole agency."""
    people = holders(Power.KEEP_REGISTERS, agency, on=timezone.localdate())
    own = people.filter(Q(section=section) | Q(section__isnull=True)).order_by("section_id", "name")
    names = "、".join(own.values_list("name", flat=True)[:3])
    return f"可以办理的：{names}。" if names else "目前没有人可以办理，请安全管理员配置岗位。"


def require_reason(reason: str, *, of: str = "台账的更正和作废") -> str:
    reason = reason.strip()
    if not reason:
        raise Refusal(f"请写明原因：{of}都要留下原因。")
    if len(reason) > 200:
        raise Refusal("原因最多200字，请写得简短一些。")
    return reason


def note_change(
    entry: RegisterEntry, kind: str, lines: list[dict[str, str]], *, reason: str, by: Person
) -> Change:
    """The lasting note of a correction or voiding, and its audit line."""
    change = Change.objects.create(
        agency=entry.agency,
        record_kind=_kind(entry),
        record_id=entry.public_id,
        kind=kind,
        fields=lines,
        reason=reason,
        by=by,
    )
    record(f"{_kind(entry)}.{kind}", by=by, subject=entry, reason=reason, detail={"change": change.public_id})
    return change


def apply_changes(entry: RegisterEntry, changes: Mapping[str, Any]) -> list[dict[str, str]]:
    """Set the new values on the record; returns what differs, worded."""
    lines = []
    for name, value in changes.items():
        if name in NEVER_RECTIFIED:
            raise Refusal("不能更正：登记时间、登记人等由系统记录，不能改动。")
        field = entry._meta.get_field(name)
        assert isinstance(field, models.Field)  # noqa: S101 — a register offers only its own columns
        old = getattr(entry, name)
        new = field.get_default() if value is None and not field.null else value
        if old == new:
            continue
        before = worded(entry, field)
        setattr(entry, name, new)
        lines.append({"label": str(field.verbose_name), "from": before, "to": worded(entry, field)})
    return lines


SEALED = "（加密保存）"


def worded(entry: models.Model, field: models.Field[Any, Any]) -> str:
    """A stored value as people read it."""
    value = getattr(entry, field.name)
    if value is None or value == "":
        return ""
    if isinstance(field, SealedText):
        return SEALED
    if field.choices:
        return str(getattr(entry, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def _require_sound(entry: RegisterEntry) -> None:
    entry.derive()
    reason = entry.objection()
    if reason:
        raise Refusal(reason)
    try:
        entry.full_clean(exclude=_unchecked(entry), validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Refusal("；".join(_sentences(entry, error))) from None


def _unchecked(entry: RegisterEntry) -> set[str]:
    """Foreign keys are objects already read from the database; checking them again would cost a query each."""
    return {field.name for field in entry._meta.concrete_fields if field.is_relation}


def _sentences(entry: RegisterEntry, error: ValidationError) -> Iterable[str]:
    for name, messages in error.message_dict.items():
        label = "" if name == "__all__" else f"{entry._meta.get_field(name).verbose_name}："  # type: ignore[union-attr]
        yield from (f"{label}{message}" for message in messages)


def _kind(entry: models.Model) -> str:
    return str(entry._meta.label_lower)
