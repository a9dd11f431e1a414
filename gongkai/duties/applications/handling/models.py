"""承办的记录. Assignments, commissions with their reminders, the office's own deadlines, proposals to extend.

All of it is append-only: a later assignment stands before an earlier one, a commission is answered or called back once.
"""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person, Section
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.internal_periods import Stage
from gongkai.sealing.fields import SealedRecord, SealedText


class Assignment(AgencyRecord):
    """分办: who handles the case from now on. The newest stands; nobody is a handler too."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", "分办"
        HANDED_OVER = "handed_over", "移交"
        RETURNED = "returned", "退回"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="assignments", verbose_name="申请"
    )
    kind = models.CharField("方式", max_length=15, choices=Kind)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办科室"
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    reason = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")

    class Meta:
        verbose_name = verbose_name_plural = "承办记录"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="assigned") | ~Q(reason=""), name="assignment_changed_with_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.handler or '（无）'}"


class Commission(SealedRecord, AgencyRecord):
    """交办、协办: what a section or a unit outside is asked to contribute, and by when.

    What is asked and answered may speak of the case, so it is sealed. Answered or called back, it does not change again.
    """

    class Kind(models.TextChoices):
        SECTION = "section", "交办（内设机构）"
        UNIT = "unit", "协办（其他单位）"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="commissions", verbose_name="申请"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="科室"
    )
    unit = models.CharField("单位", max_length=100, blank=True)
    # 交办: who answers in the section. 协办: who of the office keeps after it.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="联系人")
    asked = SealedText("要求办理的内容", purpose="applicants")
    asked_on = models.DateField("交办日期")
    answer_by = models.DateField("办理期限")
    answered_on = models.DateField("答复日期", null=True, blank=True, editable=False)
    answer = SealedText("办理意见", purpose="applicants", blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记答复的人"
    )
    called_back_at = models.DateTimeField("收回时间", null=True, blank=True, editable=False)
    call_back_reason = models.CharField("收回原因", max_length=200, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="交办人")

    class Meta:
        verbose_name = verbose_name_plural = "交办事项"
        ordering = ["answer_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="section", section__isnull=False, unit="")
                | (Q(kind="unit", section__isnull=True) & ~Q(unit="")),
                name="commission_of_a_section_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("asked_on")), name="commission_due_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="commission_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(called_back_at__isnull=True)
                | (~Q(call_back_reason="") & Q(answered_on__isnull=True)),
                name="commission_called_back_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "answer_by", "id"],
                condition=Q(answered_on__isnull=True, called_back_at__isnull=True),
                name="commission_open_by_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()[:2]}{self.to}"

    @property
    def to(self) -> str:
        """The section or the unit."""
        return self.section.name if self.section else self.unit

    @property
    def is_open(self) -> bool:
        return self.answered_on is None and self.called_back_at is None


class CommissionReminder(AgencyRecord):
    """交办提醒: that one went out, for which day and how long before. The row is what makes it go out once (TIM-09)."""

    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="reminders", verbose_name="交办事项"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="收信人")
    due_on = models.DateField("期限")
    days_before = models.PositiveSmallIntegerField("提前工作日")

    class Meta:
        verbose_name = verbose_name_plural = "交办提醒"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "person", "due_on", "days_before"], name="commission_reminder_once"
            )
        ]


class InternalPeriod(AgencyRecord):
    """内部期限: so many working days ahead of the legal day, as the office has set it. The newest of a stage stands."""

    stage = models.CharField("环节", max_length=10, choices=[(each.value, each.label) for each in Stage])
    days_before = models.PositiveSmallIntegerField(
        "提前工作日", validators=[MinValueValidator(1)]
    )  # never the legal day itself
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="设定人")

    class Meta:
        verbose_name = verbose_name_plural = "内部期限"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(days_before__gte=1), name="internal_period_is_stricter")
        ]
        indexes = [models.Index(fields=["agency", "stage", "-id"], name="internal_period_newest")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}：提前{self.days_before}个工作日"


class Extension(SealedRecord, AgencyRecord):
    """延期审批: proposed by one person, agreed by another, told to the applicant; only then is the period longer."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待负责人同意"
        AGREED = "agreed", "已同意，待告知申请人"
        DECLINED = "declined", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"
        TOLD = "told", "已告知申请人"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="extensions", verbose_name="申请"
    )
    working_days = models.PositiveSmallIntegerField("延长工作日", validators=[MinValueValidator(1)])
    reason = SealedText("延长的理由", purpose="applicants")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True, blank=True, editable=False)
    opinion = models.CharField("审批意见", max_length=200, blank=True, editable=False)
    event = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经过"
    )

    class Meta:
        verbose_name = verbose_name_plural = "延期审批"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["proposed", "agreed"]),
                name="extension_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="extension_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"]) | Q(decided_by__isnull=False),
                name="extension_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state="told") & Q(event__isnull=False))
                | (~Q(state="told") & Q(event__isnull=True)),
                name="extension_told_by_an_event",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "id"],
                condition=Q(state__in=["proposed", "agreed"]),
                name="extension_underway",
            )
        ]

    def __str__(self) -> str:
        return f"延长{self.working_days}个工作日"
