"""领导信箱. Letters with the day they came, the day an answer was due, the day it went."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.working_days import calendar
from gongkai.registers.models import RegisterEntry, number_index
from gongkai.rules.mailbox_practice import answer_by
from gongkai.sealing.fields import SealedRecord, SealedText

STANDING = Q(voided_at__isnull=True)


class Letter(SealedRecord, RegisterEntry):
    """来信. The writer and the text are personal data; the title shown on lists must not be."""

    class Kind(models.TextChoices):
        ENQUIRY = "enquiry", "咨询"
        SUGGESTION = "suggestion", "建议"
        COMPLAINT = "complaint", "投诉"
        HELP = "help", "求助"

    DERIVED = ("due_on",)

    number = models.CharField("编号", max_length=40)
    title = models.CharField("标题", max_length=100, help_text="不写来信人姓名、电话")
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.ENQUIRY)
    received_on = models.DateField("收到日期")
    agreed_due_on = models.DateField("另定期限", null=True, blank=True, help_text="不填按规定的工作日计算")
    due_on = models.DateField("答复期限", editable=False)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    writer = SealedText("来信人", purpose="correspondents", blank=True)
    text = SealedText("内容", purpose="correspondents", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来信"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="letter_number_once"
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("received_on")),
                name="letter_replied_after_receipt",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "kind", "-received_on", "-id"], condition=STANDING, name="letter_by_kind"
            ),
            models.Index(
                fields=["agency", "-received_on", "-id"], condition=STANDING, name="letter_by_receipt"
            ),
            models.Index(
                fields=["agency", "due_on"],
                condition=STANDING & Q(replied_on__isnull=True),
                name="letter_open_by_due",
            ),
            number_index("number", name="letter_by_number"),
        ]

    def __str__(self) -> str:
        return f"来信{self.number}"

    def derive(self) -> None:
        self.due_on = self.agreed_due_on or answer_by(self.received_on, calendar()).day

    def objection(self) -> str:
        if self.replied_on and self.replied_on < self.received_on:
            return "答复日期早于收到日期，请核对。"
        if self.agreed_due_on and self.agreed_due_on < self.received_on:
            return "另定期限早于收到日期，请核对。"
        return ""
