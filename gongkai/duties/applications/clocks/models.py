"""期限的记录. Proposals to correct an entry, recounts of all open cases, and the reminders that went out."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai.agencies.models import Agency, AgencyRecord, Person
from gongkai.duties.applications.models import OUTCOMES, Application, ApplicationEvent


class Rectification(AgencyRecord):
    """更正经过的提议: one person says what was wrong and why, another agrees; only then is the entry replaced (TIM-06)."""

    class State(models.TextChoices):
        WAITING = "waiting", "待同意"
        AGREED = "agreed", "已同意"
        DECLINED = "declined", "未同意"

    event = models.ForeignKey(
        ApplicationEvent, models.PROTECT, related_name="rectifications", verbose_name="经过"
    )
    cancels = models.BooleanField("撤销这一条", default=False)
    happened_on = models.DateField("日期")
    outcome = models.CharField("办理结果", max_length=40, choices=OUTCOMES, blank=True)
    reason = models.CharField("原因", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    decided_at = models.DateTimeField("同意时间", null=True, blank=True)
    opinion = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "更正经过的提议"
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(state="waiting"), name="rectification_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="rectification_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True)
                | (~Q(state="waiting") & Q(decided_by__isnull=False)),
                name="rectification_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "id"], condition=Q(state="waiting"), name="rectification_waiting")
        ]

    def __str__(self) -> str:
        return f"更正“{self.event}”"


class Recount(AgencyRecord):
    """重算: all open cases folded again, because the calendar changed. Nothing moves until a person agrees (N6)."""

    class State(models.TextChoices):
        WAITING = "waiting", "待同意"
        AGREED = "agreed", "已同意"
        REPLACED = "replaced", "已由后来的重算代替"

    calendar = models.CharField("工作日历", max_length=64)  # digest of the calendar it was counted with
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    counted = models.PositiveIntegerField("重算的申请")
    agreed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )
    agreed_at = models.DateTimeField("同意时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "期限重算"
        indexes = [models.Index(fields=["agency", "-id"], name="recount_by_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(state="waiting"), name="recount_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.recorded_at):%Y-%m-%d}期限重算"


class RecountLine(AgencyRecord):
    """一件申请的变化: what its row says and what its events say now."""

    recount = models.ForeignKey(Recount, models.PROTECT, related_name="lines", verbose_name="重算")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="申请")
    column = models.CharField("栏目", max_length=30)
    stored = models.CharField("原来", max_length=40)
    counted = models.CharField("现在", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "期限变化"
        constraints = [
            models.UniqueConstraint(fields=["recount", "application", "column"], name="recount_line_once")
        ]


class Counted(models.Model):
    """重算的安排: when an agency's open cases were last counted and with which calendar."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    calendar = models.CharField("工作日历", max_length=64)
    on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "重算的安排"

    def __str__(self) -> str:
        return f"{self.on}"


class Reminder(AgencyRecord):
    """提醒: that one went out, for which day and how long before; never twice (TIM-09)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="申请")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="收信人")
    due_on = models.DateField("期限")
    working_days_left = models.SmallIntegerField("还剩工作日")

    class Meta:
        verbose_name = verbose_name_plural = "期限提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person", "due_on", "working_days_left"], name="reminder_once"
            )
        ]
