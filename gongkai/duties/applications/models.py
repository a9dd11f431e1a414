"""依申请公开. Applications for disclosure and everything that happened to them; status, outcome and days are folded."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.registers.models import RegisterEntry, number_index
from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS
from gongkai.rules.regulations_2019.consultation import Consulted
from gongkai.rules.regulations_2019.delivery import DeliveryMeans
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.rules.regulations_2019.reply import RESULTS
from gongkai.sealing.fields import SealedRecord, SealedText

STANDING = Q(voided_at__isnull=True)
APPLICANT_KINDS = [(each.key, each.label) for each in APPLICANT_COLUMNS if each.key != "total"]
OUTCOMES = [(each.key, each.row.label.partition("（区分")[0]) for each in RESULTS]
CHANNELS = [(each.value, each.label) for each in Channel]


class Application(SealedRecord, RegisterEntry):
    """申请. The columns from ``status`` down are written by the fold of its events alone."""

    class Status(models.TextChoices):
        """Where the case is; in which row of the table it will count is its outcome."""

        AWAITING_CONFIRMATION = "awaiting_confirmation", "待确认收到"
        HANDLING = "handling", "办理中"  # the period runs
        AWAITING_CORRECTION = "awaiting_correction", "待补正"
        AWAITING_PAYMENT = "awaiting_payment", "待缴费"
        CLOSED = "closed", "已办结"  # replied, or ended without a reply

    register_number = models.CharField("登记编号", max_length=40)
    applicant_kind = models.CharField("申请人类别", max_length=20, choices=APPLICANT_KINDS)
    applicant_name = SealedText("申请人", purpose="applicants", blank=True)
    applicant_name_index = models.CharField(
        max_length=64, blank=True, editable=False
    )  # blind index: same name
    applicant_contact = SealedText("联系方式", purpose="applicants", blank=True)
    description = SealedText("申请内容", purpose="applicants", blank=True)
    channel = models.CharField("申请渠道", max_length=20, choices=CHANNELS)
    access_form = models.CharField("获取方式", max_length=60, blank=True)
    handler = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="承办人"
    )
    # 申请 of which this is a new handling, after a decision was overturned.
    handled_again_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="handled_again", verbose_name="重新办理自"
    )
    status = models.CharField("状态", max_length=25, choices=Status, editable=False)
    outcome = models.CharField("办理结果", max_length=40, choices=OUTCOMES, blank=True, editable=False)
    received_on = models.DateField("收到日期", editable=False)
    due_on = models.DateField("答复期限", null=True, blank=True, editable=False)
    waiting_until = models.DateField("等候申请人至", null=True, blank=True, editable=False)
    due_is_provisional = models.BooleanField("期限为暂算", default=False, editable=False)
    closed_on = models.DateField("办结日期", null=True, blank=True, editable=False)
    closed_late = models.BooleanField("超期办结", default=False, editable=False)
    fee_collected = models.DecimalField(
        "已收信息处理费", max_digits=11, decimal_places=2, default=0, editable=False
    )
    version = models.PositiveIntegerField("版本", default=0, editable=False)  # one more with every event

    class Meta:
        verbose_name = verbose_name_plural = "申请"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "register_number"], condition=STANDING, name="application_number_once"
            ),
            models.CheckConstraint(
                condition=(Q(status="closed") & ~Q(outcome="") & Q(closed_on__isnull=False))
                | (~Q(status="closed") & Q(outcome="", closed_on__isnull=True)),
                name="application_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("received_on")),
                name="application_closed_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(applicant_kind__in=[key for key, _ in APPLICANT_KINDS]),
                name="application_applicant_kind_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "closed_on"],
                condition=STANDING & Q(closed_late=True),
                name="application_closed_late",
            ),
            # 上年结转、结转下年度: which were open on a day, from the index alone.
            models.Index(
                fields=["agency", "received_on", "closed_on"],
                condition=STANDING,
                name="application_by_period",
            ),
            models.Index(
                fields=["agency", "-received_on", "-id"], condition=STANDING, name="application_by_receipt"
            ),
            models.Index(
                fields=["agency", "status", "-received_on", "-id"],
                condition=STANDING,
                name="application_by_status",
            ),
            models.Index(
                fields=["agency", "closed_on", "outcome", "applicant_kind"],
                condition=STANDING,
                name="application_by_close",
            ),
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=STANDING & Q(closed_on__isnull=True),
                name="application_open_by_due",
            ),
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=STANDING & Q(closed_on__isnull=True, due_is_provisional=True),
                name="application_open_provisional",
            ),
            models.Index(
                fields=["agency", "applicant_name_index"],
                condition=~Q(applicant_name_index=""),
                name="application_by_applicant",
            ),
            number_index("register_number", name="application_by_number"),
        ]

    def __str__(self) -> str:
        return f"申请{self.register_number}"

    def objection(self) -> str:
        return ""


class ApplicationEvent(AgencyRecord):
    """经过: append-only. ``happened_on`` is the legal day and may be entered late; ``recorded_at`` is the server's.

    A wrong entry is replaced by a new one that names it and says why; the fold passes over what was replaced.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", "收到申请"
        RECEIPT_CONFIRMED = "receipt_confirmed", "确认收到"
        CORRECTION_ASKED = "correction_asked", "告知补正"
        CORRECTION_DELIVERED = "correction_delivered", "补正告知书送达"
        CORRECTED = "corrected", "收到补正"
        CONSULTATION_SENT = "consultation_sent", "发出征求意见书"
        CONSULTATION_DELIVERED = "consultation_delivered", "征求意见书送达"
        CONSULTATION_ANSWERED = "consultation_answered", "收到意见"
        EXTENDED = "extended", "延长答复期限"
        FEE_NOTICED = "fee_noticed", "收费通知"
        FEE_PAID = "fee_paid", "缴费"
        DEFERRAL_NOTICED = "deferral_noticed", "告知延迟答复"
        REPLIED = "replied", "答复"
        CLOSED = "closed", "不再处理"  # deemed abandoned, unpaid, withdrawn: ended without a reply
        CANCELLED = "cancelled", "撤销误登的经过"  # replaces an entry by nothing

    application = models.ForeignKey(Application, models.PROTECT, related_name="events", verbose_name="申请")
    kind = models.CharField("经过", max_length=25, choices=Kind)
    happened_on = models.DateField("日期")
    outcome = models.CharField("办理结果", max_length=40, choices=OUTCOMES, blank=True)
    working_days = models.PositiveSmallIntegerField("工作日", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    # 收费通知交邮、发出之日: the law asks that it goes out within the period; ``happened_on`` is when it arrived.
    sent_on = models.DateField("发出日期", null=True, blank=True)
    delivery_means = models.CharField(
        "送达方式", max_length=12, blank=True, choices=[(each.value, each.label) for each in DeliveryMeans]
    )
    consultation_key = models.CharField("征求意见编号", max_length=20, blank=True)
    consulted = models.CharField(
        "征求对象", max_length=15, blank=True, choices=[(each.value, each.label) for each in Consulted]
    )
    amount = models.DecimalField(
        "金额", max_digits=11, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    note = models.CharField("说明", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="更正的经过"
    )
    reason = models.CharField("更正原因", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    agreed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="同意人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "申请经过"
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("by")),
                name="application_event_replaced_by_two",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=["replied", "closed"]) & ~Q(outcome=""))
                | (~Q(kind__in=["replied", "closed"]) & Q(outcome="")),
                name="application_event_outcome_when_ended",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(reason=""),
                name="application_event_replaced_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="cancelled") | Q(replaces__isnull=False),
                name="application_event_cancels_another",
            ),
            models.CheckConstraint(
                condition=~Q(kind="fee_paid") | Q(amount__isnull=False),
                name="application_event_payment_has_amount",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "happened_on"],
                condition=Q(kind="fee_paid"),
                name="application_payment_by_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"


class IncomingMail(RegisterEntry):
    """来件. What the mail room or the counter wrote down, kept apart from the register of applications: comparing the
    two shows applications that nobody registered (L-05, L-06). Senders are not named here."""

    class Nature(models.TextChoices):
        APPLICATION = "application", "政府信息公开申请"
        PETITION = "petition", "信访事项"
        OTHER = "other", "其他"

    class Desk(models.TextChoices):
        DISCLOSURE = "disclosure", "政府信息公开工作机构"
        LEGAL = "legal", "法制机构"
        PETITIONS = "petitions", "信访机构"
        OTHER = "other", "其他机构"

    number = models.CharField("收文编号", max_length=40)
    received_on = models.DateField("收到日期")
    channel = models.CharField("来件方式", max_length=20, choices=CHANNELS)
    nature = models.CharField("来件性质", max_length=15, choices=Nature)
    handed_to = models.CharField("转交", max_length=15, choices=Desk)
    register_number = models.CharField("申请登记编号", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "来件"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "number"], condition=STANDING, name="incoming_mail_number_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-received_on", "-id"], condition=STANDING, name="incoming_mail_by_receipt"
            ),
            number_index("number", name="incoming_mail_by_number"),
            number_index("register_number", name="incoming_mail_by_application"),
        ]

    def __str__(self) -> str:
        return f"来件{self.number}"

    def objection(self) -> str:
        if self.register_number and self.nature != self.Nature.APPLICATION:
            return "填写了申请登记编号，来件性质应为“政府信息公开申请”，请核对。"
        return ""
