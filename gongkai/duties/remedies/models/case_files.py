"""案卷. The file of a case before a reconsideration body or a court, everything that happened in it, and corrections."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.models import Application
from gongkai.duties.remedies.models.entries import Litigation, Reconsideration
from gongkai.rules.remedy_cases.decisions import COURT_DECISIONS, RECONSIDERATION_DECISIONS, OnAppeal
from gongkai.rules.remedy_cases.events import Kind, Track
from gongkai.rules.remedy_cases.standing import Duty, Status
from gongkai.sealing.fields import SealedRecord, SealedText

TRACKS = [(each.value, each.label) for each in Track]
STATUSES = [(each.value, each.label) for each in Status]
CANCELLED = "cancelled"
# On the screen a step is worded by its track; these are what an export of the table would say.
KINDS = [*((each.value, each.name_on(Track.LITIGATION)) for each in Kind), (CANCELLED, "撤销误登的经过")]
DECISIONS = [
    *(
        (key, label)
        for key, label in {
            **{each.value: meaning.label for each, meaning in RECONSIDERATION_DECISIONS.items()},
            **{each.value: meaning.label for each, meaning in COURT_DECISIONS.items()},
            **{each.value: each.label for each in OnAppeal},
        }.items()
    )
]


class CaseFile(SealedRecord, AgencyRecord):
    """案卷. The columns from ``status`` down are written by the fold of its events alone."""

    track = models.CharField("途径", max_length=15, choices=TRACKS)
    reconsideration = models.OneToOneField(
        Reconsideration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_file",
        verbose_name="行政复议",
    )
    litigation = models.OneToOneField(
        Litigation, models.PROTECT, null=True, blank=True, related_name="case_file", verbose_name="行政诉讼"
    )
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="立卷人")
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    party = SealedText("申请人（原告）", purpose="applicants", blank=True)
    began_simplified = models.BooleanField("受理时为简易程序", default=False)
    # 决定、裁判要求重新答复的，重新办理的那件申请.
    reopened_as = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重新办理"
    )
    status = models.CharField("状态", max_length=12, choices=STATUSES, editable=False)
    accepted_on = models.DateField("受理（立案）日期", editable=False)
    due_on = models.DateField("我方期限", null=True, blank=True, editable=False)
    due_what = models.CharField(
        "到期事项",
        max_length=10,
        blank=True,
        editable=False,
        choices=[(each.value, each.value) for each in Duty],
    )
    due_is_provisional = models.BooleanField("期限为暂算", default=False, editable=False)
    answered_late = models.BooleanField("逾期答复、举证", default=False, editable=False)
    effective_on = models.DateField("生效日期", null=True, blank=True, editable=False)
    must_answer_again = models.BooleanField("应当重新答复", default=False, editable=False)
    performed_on = models.DateField("履行日期", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("版本", default=0, editable=False)  # one more with every event

    class Meta:
        verbose_name = verbose_name_plural = "复议诉讼案卷"
        constraints = [
            models.CheckConstraint(
                condition=Q(track="reconsideration", reconsideration__isnull=False, litigation__isnull=True)
                | Q(track="litigation", reconsideration__isnull=True, litigation__isnull=False),
                name="case_file_of_one_entry",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_what="") | (Q(due_on__isnull=False) & ~Q(due_what="")),
                name="case_file_due_for_something",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-accepted_on", "-id"], name="case_file_by_acceptance"),
            models.Index(fields=["agency", "status", "-accepted_on", "-id"], name="case_file_by_status"),
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=Q(due_on__isnull=False),
                name="case_file_by_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_track_display()}{self.entry.case_number}"

    @property
    def entry(self) -> Reconsideration | Litigation:
        """台账里的那一条."""
        found = self.reconsideration or self.litigation
        assert found is not None  # noqa: S101 — case_file_of_one_entry
        return found

    @property
    def due_label(self) -> str:
        return Duty(self.due_what).name_on(Track(self.track)) if self.due_what else ""


class CaseEvent(AgencyRecord):
    """案卷的经过: append-only. A wrong entry is replaced by one that names it, says why, and bears a second person."""

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="events", verbose_name="案卷")
    kind = models.CharField("经过", max_length=20, choices=KINDS)
    happened_on = models.DateField("日期")
    until = models.DateField("确定的日期", null=True, blank=True)
    served_on = models.DateField("收到日期", null=True, blank=True)
    decision = models.CharField("结果", max_length=20, choices=DECISIONS, blank=True)
    working_days = models.PositiveSmallIntegerField("履行的工作日", null=True, blank=True)
    number = models.PositiveSmallIntegerField("第几次", null=True, blank=True)
    at_time = models.TimeField("时间", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    by_us = models.BooleanField("本机关提出", default=False)
    note = models.CharField("说明", max_length=200, blank=True, help_text="不写当事人姓名")
    # 提交证据时的目录: what was handed in, as it was then.
    handed_in = models.JSONField("提交的证据目录", default=list, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更正的经过"
    )
    reason = models.CharField("更正原因", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    agreed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "案卷经过"
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True)
                | (~Q(reason="") & Q(agreed_by__isnull=False) & ~Q(agreed_by=F("by"))),
                name="case_event_replaced_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind="cancelled") | Q(replaces__isnull=False),
                name="case_event_cancels_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.name}"

    @property
    def name(self) -> str:
        """经过的名称, by the track of its file."""
        if self.kind == CANCELLED:
            return "撤销误登的经过"
        return Kind(self.kind).name_on(Track(self.file.track))

    @property
    def decision_label(self) -> str:
        """结果的名称: a key common to both tracks is worded by the file's."""
        kinds = RECONSIDERATION_DECISIONS if self.file.track == Track.RECONSIDERATION else COURT_DECISIONS
        found = {each.value: meaning.label for each, meaning in kinds.items()}
        return found.get(self.decision) or (OnAppeal(self.decision).label if self.decision else "")


class ProposedCorrection(AgencyRecord):
    """待复核的更正: what one person found wrong in an entry; nothing changes until another agrees (TIM-06)."""

    class State(models.TextChoices):
        WAITING = "waiting", "待复核"
        AGREED = "agreed", "已更正"
        DECLINED = "declined", "不同意"

    event = models.ForeignKey(CaseEvent, models.PROTECT, related_name="corrections", verbose_name="经过")
    is_cancellation = models.BooleanField("撤销这一条", default=False)
    happened_on = models.DateField("日期")
    until = models.DateField("确定的日期", null=True, blank=True)
    served_on = models.DateField("收到日期", null=True, blank=True)
    decision = models.CharField("结果", max_length=20, choices=DECISIONS, blank=True)
    working_days = models.PositiveSmallIntegerField("履行的工作日", null=True, blank=True)
    reason = models.CharField("更正原因", max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提出人")
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    opinion = models.CharField("复核意见", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待复核的更正"
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(state="waiting"), name="one_waiting_correction_of_an_event"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True)
                | (~Q(state="waiting") & Q(decided_by__isnull=False) & ~Q(decided_by=F("by"))),
                name="correction_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "id"], condition=Q(state="waiting"), name="correction_waiting_by_agency"
            )
        ]

    def __str__(self) -> str:
        return f"更正{self.event_id}"


class Reminder(AgencyRecord):
    """提醒: one letter a person, a deadline and a number of days left, never twice (TIM-09)."""

    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+", verbose_name="案卷")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="提醒的人")
    due_what = models.CharField("到期事项", max_length=10)
    due_on = models.DateField("到期日")
    days_left = models.PositiveSmallIntegerField("还剩工作日")

    class Meta:
        verbose_name = verbose_name_plural = "案卷期限提醒"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "person", "due_what", "due_on", "days_left"], name="reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.due_on} {self.days_left}"
