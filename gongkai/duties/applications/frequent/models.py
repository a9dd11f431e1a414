"""高频申请人的记录. The office's marks, what a person found, reasons asked for, and applications grouped by people.

An applicant is known here by the keyed digest of the name alone; equal names need not be one person.
"""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.excessive import ExcessiveHandling
from gongkai.rules.regulations_2019.frequency_marks import Marks
from gongkai.sealing.fields import SealedRecord, SealedText

_HANDLINGS = [
    (ExcessiveHandling.NOT_PROCESSED.value, "理由不合理，告知不予处理"),
    (ExcessiveHandling.REPLY.value, "理由合理，按期答复"),
    (ExcessiveHandling.DEFER.value, "理由合理，延迟答复"),
]


class Mark(AgencyRecord):
    """提示的件数, as the office has set it: append-only, the newest stands."""

    month = models.PositiveIntegerField("每月件数", default=Marks().month, validators=[MinValueValidator(1)])
    year = models.PositiveIntegerField("每年件数", default=Marks().year, validators=[MinValueValidator(1)])
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="设定人")

    class Meta:
        verbose_name = verbose_name_plural = "提示的件数"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "-id"], name="frequency_mark_newest")]


class Look(SealedRecord, AgencyRecord):
    """人的判断: somebody looked at how often an applicant applies, and what he found."""

    class Finding(models.TextChoices):
        REASONABLE = "reasonable", "没有明显超过合理范围"
        EXCESSIVE = "excessive", "明显超过合理范围"
        NOT_ONE_PERSON = "not_one_person", "同名，不是同一人"

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="frequency_looks", verbose_name="申请"
    )
    name_index = models.CharField(max_length=64, editable=False)  # as it was when it was looked at
    finding = models.CharField("判断", max_length=15, choices=Finding)
    items_in_month = models.PositiveIntegerField("当月件数")
    items_in_year = models.PositiveIntegerField("当年件数")
    reason = SealedText("依据", purpose="applicants")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="判断人")

    class Meta:
        verbose_name = verbose_name_plural = "申请频次的判断"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "name_index", "-id"], name="look_by_applicant")]

    def __str__(self) -> str:
        return self.get_finding_display()


class ReasonsAsked(SealedRecord, AgencyRecord):
    """要求说明理由 (条例第三十五条): asked, explained, judged by a person. The reply period runs on meanwhile."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="reasons_asked", verbose_name="申请"
    )
    asked_on = models.DateField("要求说明的日期")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    explained_on = models.DateField("收到说明的日期", null=True, blank=True, editable=False)
    explanation = SealedText("申请人的说明", purpose="applicants", blank=True)
    handling = models.CharField("处理", max_length=15, choices=_HANDLINGS, blank=True, editable=False)
    judgement = SealedText("判断的理由", purpose="applicants", blank=True)
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="判断人"
    )
    judged_at = models.DateTimeField("判断时间", null=True, blank=True, editable=False)
    event = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="延迟答复"
    )

    class Meta:
        verbose_name = verbose_name_plural = "要求说明理由"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(handling=""), name="reasons_asked_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(handling="") | (Q(judged_by__isnull=False) & ~Q(judgement="")),
                name="reasons_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(handling="defer"), name="reasons_deferred_by_an_event"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_on}要求说明理由"


class Topic(AgencyRecord):
    """多人申请的同一内容 (条例第四十四条), grouped by people: the comparison only proposes."""

    title = models.CharField("内容", max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "多人申请的内容"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["agency", "-id"], name="topic_of_requests_newest")]

    def __str__(self) -> str:
        return self.title


class Membership(AgencyRecord):
    """一件申请归入 a topic; put in by mistake, it is struck out with the reason."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="memberships", verbose_name="内容")
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="topic_memberships", verbose_name="申请"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    struck_at = models.DateTimeField("移出时间", null=True, blank=True, editable=False)
    strike_reason = models.CharField("移出原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "归入的申请"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "application"],
                condition=Q(struck_at__isnull=True),
                name="request_in_a_topic_once",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(strike_reason=""),
                name="request_taken_out_with_reason",
            ),
        ]
