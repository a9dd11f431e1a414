"""台账记录. What every record of a register carries, its corrections, and the imports that brought records in."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person, Section
from gongkai.sealing import vault


def number_index(column: str, *, name: str) -> models.Index:
    """按编号的开头查. PostgreSQL finds a beginning only through this operator class; SQLite passes over the class."""
    return models.Index(fields=["agency", column], opclasses=["int8_ops", "varchar_pattern_ops"], name=name)


class Records(models.QuerySet[Any]):
    """台账记录的集合."""

    def standing(self) -> Self:
        """没有作废的. Only these are counted."""
        return self.filter(voided_at__isnull=True)


class RegisterEntry(AgencyRecord):
    """台账里的一条: never deleted and never silently edited; a wrong one is rectified or voided with a reason."""

    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="科室"
    )
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    import_run = models.ForeignKey(
        "registers.ImportRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="导入批次",
    )
    remark = models.CharField("备注", max_length=200, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = Records.as_manager()

    class Meta:
        abstract = True

    def derive(self) -> None:
        """算出的列: fill the stored columns that follow from the others. Nothing by default."""

    def objection(self) -> str:
        """为什么不成立: one Chinese sentence when the values contradict each other, "" when they do not."""
        return ""

    def not_voided_because(self) -> str:
        """为什么不能作废: one Chinese sentence for a record that something still rests on, "" for all others."""
        return ""

    def told_on_change(self) -> str:
        """改动的后果: one Chinese sentence on what else follows from a change, "" when nothing does."""
        return ""

    def kept_elsewhere(self) -> str:
        """为什么不在台账里改: one Chinese sentence for a record that has a way of its own, "" for all others."""
        return ""


class Change(AgencyRecord):
    """更正或者作废 (rectified, not corrected, which is 补正): append-only, what was changed in which record, why and by whom."""

    class Kind(models.TextChoices):
        RECTIFIED = "rectified", "更正"
        VOIDED = "voided", "作废"

    record_kind = models.CharField("记录种类", max_length=60)  # "administrative_acts.licence"
    record_id = models.CharField("记录编号", max_length=20)  # its public id
    kind = models.CharField("种类", max_length=10, choices=Kind)
    fields = models.JSONField("改动", default=list)  # [{"label", "from", "to"}]; never a sealed value
    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")

    class Meta:
        verbose_name = verbose_name_plural = "更正记录"
        indexes = [models.Index(fields=["record_kind", "record_id", "-id"], name="change_by_record")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="change_has_a_reason")]


class ImportRun(AgencyRecord):
    """导入批次: the file as it was checked, its plan and its counts. Its content goes when it is done with."""

    class Status(models.TextChoices):
        PREVIEWED = "previewed", "已试算，待确认"
        CONFIRMED = "confirmed", "已导入"
        DISCARDED = "discarded", "已放弃"

    register = models.CharField("台账", max_length=40)  # the register's key
    file_name = models.CharField("文件名", max_length=200)
    file_digest = models.CharField("文件摘要", max_length=64)  # SHA-256
    key_version = models.PositiveIntegerField("密钥版本", default=0)
    content = models.BinaryField("文件内容（加密）", default=b"")
    plan_digest = models.CharField("试算摘要", max_length=64)
    to_add = models.PositiveIntegerField("新增", default=0)
    to_change = models.PositiveIntegerField("更正", default=0)
    same = models.PositiveIntegerField("已有", default=0)
    refused = models.PositiveIntegerField("不能导入", default=0)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PREVIEWED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="导入人")
    done_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        indexes = [models.Index(fields=["agency", "register", "-id"], name="import_run_by_register")]

    def keep(self, data: bytes) -> None:
        """Seal the file into the row: registers of applications hold personal data (PII-03)."""
        self.key_version, self.content = vault.seal("imports", data, bound_to=self._cell)

    def file(self) -> bytes:
        return vault.open_sealed("imports", self.key_version, bytes(self.content), bound_to=self._cell)

    @property
    def _cell(self) -> bytes:
        return f"registers.importrun.content:{self.public_id}".encode()


class Counter(models.Model):
    """编号: the last number given in a register's year. Numbers are not given twice, not even after a voiding."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        constraints = [
            models.UniqueConstraint(fields=["agency", "register", "year"], name="counter_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.year} {self.last}"
