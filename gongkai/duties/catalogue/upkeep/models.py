"""公开职责和栏目更新. Duties handed down, notices of inspections, what the nightly check found."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person, Section
from gongkai.duties.catalogue.models import Column
from gongkai.rules.regulations_2019.proactive import DUTIES_OF_ARTICLE_20, DUTIES_OF_ARTICLE_21, numbered

_DUTIES = [(duty.key, numbered(duty)) for duty in (*DUTIES_OF_ARTICLE_20, *DUTIES_OF_ARTICLE_21)]


class Assignment(AgencyRecord):
    """职责落实: a duty of article 20 or 21 handed down to a section, or said not to concern the agency.

    Never edited: a change ends the one before and begins another, so that who answered when stays known.
    """

    duty = models.CharField("法定公开内容", max_length=30, choices=_DUTIES)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任科室"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    period_days = models.PositiveSmallIntegerField("更新周期（天）", null=True, blank=True)
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开栏目"
    )
    not_concerned_because = models.CharField("不涉及的理由", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="落实人")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结束人"
    )
    end_reason = models.CharField("结束原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开职责"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "duty"], condition=Q(ended_at__isnull=True), name="duty_handed_down_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(not_concerned_because=""),
                    section__isnull=True,
                    owner__isnull=True,
                    reviewer__isnull=True,
                    period_days__isnull=True,
                    column__isnull=True,
                )
                | Q(
                    not_concerned_because="",
                    section__isnull=False,
                    owner__isnull=False,
                    reviewer__isnull=False,
                    period_days__isnull=False,
                    period_days__gte=1,
                ),
                name="duty_is_somebodys_or_nobodys",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | ~Q(owner=F("reviewer")), name="duty_of_two_people"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""), name="duty_end_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.get_duty_display()


class Notice(AgencyRecord):
    """检查通知: the day on which an inspection was announced or a reminder came; what is filled after it is looked at."""

    class Kind(models.TextChoices):
        INSPECTION = "inspection", "检查通知"
        REMINDER = "reminder", "提醒、督办"

    kind = models.CharField("种类", max_length=10, choices=Kind)
    noticed_on = models.DateField("日期")
    title = models.CharField("标题或者文号", max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查通知"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "noticed_on", "title"],
                condition=Q(voided_at__isnull=True),
                name="notice_once",
            )
        ]
        indexes = [models.Index(fields=["agency", "-noticed_on", "-id"], name="notice_by_day")]

    def __str__(self) -> str:
        return f"{self.noticed_on.isoformat()} {self.title}"


class Check(AgencyRecord):
    """夜间检查 of one agency on one day; whoever writes the row does the check."""

    checked_on = models.DateField("日期")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    opened = models.PositiveIntegerField("新发现", default=0)
    closed = models.PositiveIntegerField("已改好", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "夜间检查"
        constraints = [models.UniqueConstraint(fields=["agency", "checked_on"], name="check_once_a_day")]

    def __str__(self) -> str:
        return f"{self.checked_on.isoformat()}夜间检查"


class Finding(AgencyRecord):
    """检查发现: of one column or duty and one kind at most one is open. It closes by itself when it is mended, and stays."""

    class Kind(models.TextChoices):
        COLUMN_OVERDUE = "column_overdue", "栏目超期"
        COLUMN_EMPTY = "column_empty", "空白栏目"
        COLUMN_HURRIED = "column_hurried", "突击发布"
        DUTY_GAP = "duty_gap", "职责没有落实"
        DUTY_EMPTY = "duty_empty", "职责空白"
        DUTY_OVERDUE = "duty_overdue", "职责超期"

    kind = models.CharField("种类", max_length=15, choices=Kind)
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="栏目"
    )
    duty = models.CharField("法定公开内容", max_length=30, blank=True, choices=_DUTIES)
    since = models.DateField("起于")
    text = models.CharField("说明", max_length=300)
    reminded_at = models.DateTimeField("提醒时间", null=True, blank=True)
    closed_at = models.DateTimeField("改好时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "栏目和职责检查发现"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "column"],
                condition=Q(closed_at__isnull=True, column__isnull=False),
                name="finding_open_once_of_column",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind", "duty"],
                condition=Q(closed_at__isnull=True, column__isnull=True),
                name="finding_open_once_of_duty",
            ),
            models.CheckConstraint(
                condition=(Q(column__isnull=True) & ~Q(duty="")) | Q(column__isnull=False, duty=""),
                name="finding_of_a_column_or_a_duty",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-id"], condition=Q(closed_at__isnull=True), name="finding_open"),
            models.Index(fields=["agency", "column", "-id"], name="finding_by_column"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.about}"

    @property
    def about(self) -> str:
        """The column or the duty."""
        return self.column.name if self.column else str(self.get_duty_display())
