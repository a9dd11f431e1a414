"""权责事项和清单的版次. An edition is the exact rows that were submitted; reviews and signature are bound to their hash."""

import hashlib
import json

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.registers.models import RegisterEntry, number_index


class PowerItem(RegisterEntry):
    """权责事项: one power of the agency, what it rests on, who is answerable, and for what."""

    class Kind(models.TextChoices):
        LICENCE = "licence", "行政许可"
        PENALTY = "penalty", "行政处罚"
        COMPULSION = "compulsion", "行政强制"
        LEVY = "levy", "行政征收"
        PAYMENT = "payment", "行政给付"
        INSPECTION = "inspection", "行政检查"
        CONFIRMATION = "confirmation", "行政确认"
        AWARD = "award", "行政奖励"
        ADJUDICATION = "adjudication", "行政裁决"
        OTHER = "other", "其他行政权力"

    class Status(models.TextChoices):
        IN_USE = "in_use", "在用"
        SUSPENDED = "suspended", "暂停"
        CANCELLED = "cancelled", "取消"

    code = models.CharField("事项编码", max_length=60)
    name = models.CharField("事项名称", max_length=200)
    kind = models.CharField("权力类型", max_length=15, choices=Kind)
    basis = models.CharField("实施依据", max_length=1000)
    duties = models.CharField("责任事项", max_length=1000, blank=True)
    accountability = models.CharField("追责情形", max_length=1000, blank=True)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.IN_USE)
    since_on = models.DateField("列入日期")

    class Meta:
        verbose_name = verbose_name_plural = "权责事项"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"], condition=Q(voided_at__isnull=True), name="power_item_code_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "-since_on", "-id"],
                condition=Q(voided_at__isnull=True),
                name="power_item_by_day",
            ),
            models.Index(
                fields=["agency", "kind", "-since_on", "-id"],
                condition=Q(voided_at__isnull=True),
                name="power_item_by_kind",
            ),
            number_index("code", name="power_item_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ListKind(models.TextChoices):
    """清单的种类; the value is how the column on the portal is named in addresses."""

    POWERS = "power-list", "权力清单"
    DUTIES = "duty-list", "责任清单"
    CHARGES = "charges", "收费目录"
    COMPULSION = "compulsion-statistics", "行政强制统计"


class ListEdition(AgencyRecord):
    """清单的一个版次, frozen when it is submitted."""

    class Stage(models.TextChoices):
        REVIEW = "review", "待保密审查"
        SIGN_OFF = "sign_off", "待签发"
        RELEASING = "releasing", "发布中"
        PUBLISHED = "published", "现行"
        SUPERSEDED = "superseded", "已由新版次代替"
        RETURNED = "returned", "已退回"
        TAKEN_BACK = "taken_back", "已撤回送审"
        WITHDRAWN = "withdrawn", "已撤下"

    kind = models.CharField("清单", max_length=30, choices=ListKind)
    number = models.PositiveSmallIntegerField("版次")
    title = models.CharField("名称", max_length=200)
    heads = models.JSONField("栏目")
    rows = models.JSONField("内容")
    change_note = models.CharField("更新说明", max_length=300, blank=True)  # shown to readers
    content_hash = models.CharField("内容摘要", max_length=64)
    reviewed_hash = models.CharField("审查时的摘要", max_length=64, blank=True)
    stage = models.CharField("步骤", max_length=10, choices=Stage, default=Stage.REVIEW)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="送审人")
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )
    signatory = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    opinion = models.CharField("意见", max_length=300, blank=True)
    receipt = models.JSONField("回执", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清单版次"
        indexes = [models.Index(fields=["agency", "kind", "-id"], name="list_edition_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number"],
                condition=~Q(stage__in=("returned", "taken_back")),
                name="list_edition_number_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(stage__in=("review", "sign_off", "releasing")),
                name="list_edition_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=("review", "returned", "taken_back"))
                | (
                    Q(reviewer__isnull=False, reviewed_hash=F("content_hash"))
                    & ~Q(content_hash="")
                    & ~Q(author=F("reviewer"))
                ),
                name="list_edition_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("releasing", "published", "superseded", "withdrawn"))
                | (Q(signatory__isnull=False) & ~Q(author=F("signatory")) & ~Q(reviewer=F("signatory"))),
                name="list_edition_signed_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(stage="returned") | ~Q(opinion=""), name="list_edition_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def digest(self) -> str:
        """内容摘要 of everything that readers will see of it."""
        seen = [self.kind, self.number, self.title, self.heads, self.rows, self.change_note]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()
