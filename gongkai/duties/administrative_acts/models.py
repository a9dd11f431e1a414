"""许可、处罚、强制、收费. Decisions with their public fields and the days of publication and withdrawal; charges by sum."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.registers.models import RegisterEntry, number_index

STANDING = Q(voided_at__isnull=True)


class Decision(RegisterEntry):
    """行政决定: what licences, penalties and compulsion have in common."""

    number = models.CharField("决定书文号", max_length=60)
    name = models.CharField("事项名称", max_length=200)
    decided_on = models.DateField("决定日期")
    counterpart = models.CharField("相对人名称", max_length=100)
    # Only an organisation's code: what is public of a natural person is the name alone.
    counterpart_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    is_natural_person = models.BooleanField("相对人为自然人", default=False)
    content = models.CharField("决定内容", max_length=500, blank=True)
    basis = models.CharField("依据", max_length=500, blank=True)
    deciding_agency = models.CharField("决定机关", max_length=100, blank=True)
    published_on = models.DateField("公示日期", null=True, blank=True)
    revoked_on = models.DateField("撤销或者变更日期", null=True, blank=True)
    withdrawn_on = models.DateField("撤回公示日期", null=True, blank=True)
    withdrawal_reason = models.CharField("撤回公示理由", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def objection(self) -> str:
        if self.published_on and self.published_on < self.decided_on:
            return "公示日期早于决定日期，请核对。"
        if self.withdrawn_on and not self.published_on:
            return "没有公示日期的不能有撤回公示日期，请先填公示日期。"
        if self.withdrawn_on and self.published_on and self.withdrawn_on < self.published_on:
            return "撤回公示日期早于公示日期，请核对。"
        if self.is_natural_person and self.counterpart_code:
            return "相对人为自然人的不登记证件号码，请清空统一社会信用代码。"
        return ""


def _constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["agency", "number"], condition=STANDING, name=f"{name}_number_once"),
        models.CheckConstraint(
            condition=Q(published_on__isnull=True) | Q(published_on__gte=F("decided_on")),
            name=f"{name}_published_after_decision",
        ),
        models.CheckConstraint(
            condition=Q(is_natural_person=False) | Q(counterpart_code=""), name=f"{name}_person_without_code"
        ),
    ]


def _indexes(name: str) -> list[models.Index]:
    return [
        models.Index(fields=["agency", "-decided_on", "-id"], condition=STANDING, name=f"{name}_by_decision"),
        models.Index(
            fields=["agency", "decided_on"],
            condition=STANDING & Q(published_on__isnull=True),
            name=f"{name}_unpublished",
        ),
        number_index("number", name=f"{name}_by_number"),
    ]


class Licence(Decision):
    """行政许可决定."""

    class Approval(models.TextChoices):
        ORDINARY = "ordinary", "普通"
        SPECIAL = "special", "特许"
        RECOGNITION = "recognition", "认可"
        VERIFICATION = "verification", "核准"
        REGISTRATION = "registration", "登记"
        OTHER = "other", "其他"

    approval_kind = models.CharField("审批类别", max_length=15, choices=Approval, default=Approval.ORDINARY)
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政许可"
        constraints = _constraints("licence")
        indexes = [
            *_indexes("licence"),
            models.Index(
                fields=["agency", "approval_kind", "-decided_on", "-id"],
                condition=STANDING,
                name="licence_by_approval",
            ),
        ]


class Penalty(Decision):
    """行政处罚决定."""

    cause = models.CharField("违法事实", max_length=500, blank=True)
    penalty_kind = models.CharField("处罚类别", max_length=60, blank=True)
    fine = models.DecimalField(
        "罚款金额", max_digits=13, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    # 具有一定社会影响的行政处罚决定应当公开 (行政处罚法第四十八条); others are counted all the same.
    has_social_influence = models.BooleanField("具有一定社会影响", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政处罚"
        constraints = _constraints("penalty")
        indexes = _indexes("penalty")


class Compulsion(Decision):
    """行政强制决定."""

    class Measure(models.TextChoices):
        MEASURE = "measure", "强制措施"
        ENFORCEMENT = "enforcement", "强制执行"

    measure = models.CharField("强制种类", max_length=12, choices=Measure, default=Measure.MEASURE)

    class Meta:
        verbose_name = verbose_name_plural = "行政强制"
        constraints = _constraints("compulsion")
        indexes = _indexes("compulsion")


class Charge(RegisterEntry):
    """行政事业性收费: one collection, or one period's sum of one item."""

    item = models.CharField("收费项目", max_length=100)
    voucher_number = models.CharField("票据号", max_length=60, blank=True)
    collected_on = models.DateField("收取日期", help_text="按期汇总的填期末日期")
    amount = models.DecimalField(
        "收费金额", max_digits=13, decimal_places=2, validators=[MinValueValidator(0)]
    )
    basis = models.CharField("收费依据", max_length=200, blank=True)
    standard = models.CharField("收费标准", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "行政事业性收费"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "item", "collected_on", "voucher_number"],
                condition=STANDING,
                name="charge_once",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="charge_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-collected_on", "-id"], condition=STANDING, name="charge_by_collection"
            ),
            number_index("voucher_number", name="charge_by_voucher"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.collected_on} {self.amount}元"
