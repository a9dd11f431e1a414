"""信息处理费的记录. The office's practice, and each proposal from the sum by rule to the payment or its absence."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.processing_fee_2020.fee import Way
from gongkai.rules.processing_fee_2020.local import FREE_ITEMS, FREE_PAGES
from gongkai.sealing.fields import SealedRecord, SealedText

WAYS = [(each.value, each.label) for each in Way]


class Practice(AgencyRecord):
    """本机关的收费做法: append-only, the newest stands."""

    way = models.CharField("计收方式", max_length=10, choices=WAYS, blank=True)  # "" for each application
    free_items = models.PositiveIntegerField("每月免收件数", default=FREE_ITEMS)
    free_pages = models.PositiveIntegerField("每件免收页数", default=FREE_PAGES)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="设定人")

    class Meta:
        verbose_name = verbose_name_plural = "收费做法"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "-id"], name="fee_practice_newest")]


class FeeProposal(SealedRecord, AgencyRecord):
    """收费: computed by rule, proposed by one person, decided by another. One at a time for an application."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待决定"
        DECIDED = "decided", "已决定收费，待通知"
        WAIVED = "waived", "决定不收费"
        WITHDRAWN = "withdrawn", "已撤回"
        NOTICED = "noticed", "已通知，待缴费"
        PAID = "paid", "已缴费"
        UNPAID = "unpaid", "逾期未缴费"

    UNDERWAY = (State.PROPOSED, State.DECIDED, State.NOTICED)
    NOTICED_STATES = (State.NOTICED, State.PAID, State.UNPAID)

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="fee_proposals", verbose_name="申请"
    )
    way = models.CharField("计收方式", max_length=10, choices=WAYS)
    units = models.PositiveIntegerField("件数或者页数", validators=[MinValueValidator(1)])
    earlier_items = models.PositiveIntegerField("本月此前件数", default=0)
    free_units = models.PositiveIntegerField("免收的件数或者页数")
    computed = models.PositiveIntegerField("按规定应收（元）")
    proposed = models.DecimalField("拟收（元）", max_digits=11, decimal_places=2)
    relief = SealedText("减免的理由", purpose="applicants", blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    amount = models.DecimalField(
        "决定收取（元）", max_digits=11, decimal_places=2, null=True, blank=True, editable=False
    )
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="决定人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True, editable=False)
    opinion = models.CharField("决定的说明", max_length=200, blank=True, editable=False)
    notice = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收费通知"
    )
    # 缴费或者不再处理.
    end = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结果"
    )
    voucher = models.CharField("财政票据号", max_length=60, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "信息处理费"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["proposed", "decided", "noticed"]),
                name="fee_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")), name="fee_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0, amount__lte=F("computed")),
                name="fee_never_above_the_rule",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"])
                | Q(decided_by__isnull=False, amount__isnull=False),
                name="fee_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["noticed", "paid", "unpaid"], notice__isnull=False)
                | (~Q(state__in=["noticed", "paid", "unpaid"]) & Q(notice__isnull=True)),
                name="fee_noticed_by_an_event",
            ),
            models.CheckConstraint(
                condition=(Q(state="paid") & ~Q(voucher="") & Q(end__isnull=False))
                | (~Q(state="paid") & Q(voucher="")),
                name="fee_paid_with_a_voucher",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "id"],
                condition=Q(state__in=["proposed", "decided", "noticed"]),
                name="fee_underway",
            )
        ]

    def __str__(self) -> str:
        return f"信息处理费{self.amount if self.amount is not None else self.proposed}元"
