"""征求意见的记录 (N9). Who was asked about what, each answer or silence, and a decision against an opinion.

The days stand in the events of the application alone, under the consultation's key; so what is rectified there is
rectified here.
"""

from django.db import models
from django.db.models import Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.matters.models import FoundDocument, Matter
from gongkai.duties.applications.models import Application, ApplicationEvent
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.delivery import DeliveryMeans
from gongkai.sealing.fields import SealedRecord, SealedText

_MEANS = [(each.value, each.label) for each in DeliveryMeans]


class Consultation(SealedRecord, AgencyRecord):
    """一次征求意见: one third party, co-maker or agency, asked about matters and documents of one application."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="consultations", verbose_name="申请"
    )
    key = models.CharField("编号", max_length=20)  # as the events name it
    consulted = models.CharField(
        "征求对象", max_length=15, choices=[(each.value, each.label) for each in Consulted]
    )
    name = SealedText("名称", purpose="applicants")
    address = SealedText("地址", purpose="applicants", blank=True)
    asked = SealedText("征求意见的内容", purpose="applicants")
    matters = models.ManyToManyField(Matter, related_name="consultations", verbose_name="涉及的事项")
    documents = models.ManyToManyField(
        FoundDocument, blank=True, related_name="consultations", verbose_name="涉及的信息"
    )
    is_open = models.BooleanField("等候意见", default=True, editable=False)
    withdrawn_at = models.DateTimeField("取消时间", null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField("取消原因", max_length=200, blank=True, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "征求意见"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="consultation_key_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (~Q(withdrawal_reason="") & Q(is_open=False)),
                name="consultation_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "id"], condition=Q(is_open=True), name="consultation_open")]

    def __str__(self) -> str:
        return f"征求意见{self.key}（{self.get_consulted_display()}）"


class Answer(SealedRecord, AgencyRecord):
    """意见, or that none came. A late answer stands before the silence that was noted earlier."""

    class Opinion(models.TextChoices):
        AGREES = "agrees", "同意公开"
        PARTLY = "partly", "部分同意公开"
        REFUSES = "refuses", "不同意公开"
        SILENT = "silent", "逾期未提出意见"

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="answers", verbose_name="征求意见"
    )
    opinion = models.CharField("意见", max_length=10, choices=Opinion)
    # Whether the reasons of a refusal are reasonable (条例第三十二条): a person judges it.
    reasonable = models.BooleanField("理由合理", null=True, blank=True)
    words = SealedText("意见和理由", purpose="applicants", blank=True)
    event = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经过"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "征求来的意见"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opinion="silent", event__isnull=True)
                | (~Q(opinion="silent") & Q(event__isnull=False)),
                name="consultation_answer_has_its_event",
            ),
            models.CheckConstraint(
                condition=Q(opinion__in=["partly", "refuses"], reasonable__isnull=False)
                | Q(opinion__in=["agrees", "silent"], reasonable__isnull=True),
                name="consultation_refusal_is_judged",
            ),
        ]


class PublicInterest(SealedRecord, AgencyRecord):
    """公共利益的决定: disclosed although the third party refuses with reason, and the third party told in writing."""

    consultation = models.OneToOneField(
        Consultation, models.PROTECT, related_name="public_interest", verbose_name="征求意见"
    )
    content = SealedText("决定公开的内容", purpose="applicants")
    reason = SealedText("理由", purpose="applicants")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    told_on = models.DateField("书面告知日期", null=True, blank=True, editable=False)
    told_by_means = models.CharField("告知方式", max_length=12, blank=True, choices=_MEANS, editable=False)
    told_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="告知登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公共利益的决定"
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_by_means="", told_by__isnull=True)
                | (Q(told_on__isnull=False, told_by__isnull=False) & ~Q(told_by_means="")),
                name="public_interest_told_by_somebody",
            )
        ]
