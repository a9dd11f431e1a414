"""文书. Letters of a case, the templates they are merged into, how they were delivered. What they say is sealed.

A letter's hash is the hash of what was checked; what was reviewed and what was signed are that hash and no other, and the
database says so too. Numbers are given once; a voided letter keeps its own.
"""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person
from gongkai.duties.applications.letters.lifecycle import State
from gongkai.duties.applications.models import OUTCOMES, Application, ApplicationEvent
from gongkai.registers.models import number_index
from gongkai.rules.regulations_2019.letters import KINDS
from gongkai.sealing.fields import SealedRecord, SealedText

KIND_CHOICES = [(kind.key, kind.name) for kind in KINDS]
_ISSUED = Q(state__in=[State.ISSUED, State.DELIVERED])
_FINAL = Q(kind__in=["reply", "closing"])


class OfficeSetting(AgencyRecord):
    """文书设置 of one office: where its decisions are taken to."""

    reconsideration_body = models.CharField("行政复议机关", max_length=60, blank=True)
    court = models.CharField("人民法院", max_length=60, blank=True)
    payment = models.CharField("缴纳方式", max_length=200, blank=True)  # of the processing fee

    class Meta:
        verbose_name = verbose_name_plural = "文书设置"
        constraints = [models.UniqueConstraint(fields=["agency"], name="case_letter_setting_once")]


class Numbering(AgencyRecord):
    """文书字: under which characters the letters of a kind are numbered, 示动复〔2026〕12号."""

    kind = models.CharField("种类", max_length=25, choices=KIND_CHOICES)
    sign = models.CharField("字", max_length=20)

    class Meta:
        verbose_name = verbose_name_plural = "文书字"
        constraints = [models.UniqueConstraint(fields=["agency", "kind"], name="case_letter_numbering_once")]


class Template(AgencyRecord):
    """文书模板 that an office made its own. The newest that was not set aside stands; without one, the system's own."""

    kind = models.CharField("种类", max_length=25, choices=KIND_CHOICES)
    sha256 = models.CharField("文件", max_length=64)
    name = models.CharField("文件名", max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="上传人")
    set_aside_at = models.DateTimeField("停用时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}模板"


class Letter(SealedRecord, AgencyRecord):
    """文书. ``event`` is the step on the case that its issue took, or the one it tells of."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters", verbose_name="申请")
    kind = models.CharField("种类", max_length=25, choices=KIND_CHOICES)
    result = models.CharField("结果", max_length=40, choices=OUTCOMES, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT, editable=False)
    recipient = SealedText("收文人", purpose="applicants")
    said = SealedText("承办人写的内容", purpose="applicants", blank=True)
    how = SealedText("缴纳方式", purpose="applicants", blank=True)
    working_days = models.PositiveSmallIntegerField("工作日", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    amount = models.DecimalField("金额", max_digits=11, decimal_places=2, null=True, blank=True)
    consultation_key = models.CharField("征求意见编号", max_length=20, blank=True)
    # The record of a room that the letter tells of, by its public id: a consultation, an extension, a fee (see rooms.py).
    origin = models.CharField("依据的记录", max_length=40, blank=True, editable=False)
    text = SealedText("正文", purpose="applicants")
    # A file edited in Word or WPS, sealed; "" while the letter is merged into the template.
    document = models.CharField(max_length=80, blank=True, editable=False)
    template = models.ForeignKey(Template, models.PROTECT, null=True, blank=True, related_name="+")
    content_hash = models.CharField("内容摘要", max_length=64, editable=False)
    reviewed_hash = models.CharField("审核的内容", max_length=64, blank=True, editable=False)
    signed_hash = models.CharField("签发的内容", max_length=64, blank=True, editable=False)
    wants_review = models.BooleanField("须合法性审核", default=False, editable=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="拟稿人")
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    signatory = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True, editable=False)
    signed_at = models.DateTimeField("签发时间", null=True, blank=True, editable=False)
    returned_because = models.CharField("退回原因", max_length=200, blank=True, editable=False)
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True, editable=False)
    serial = models.PositiveIntegerField("序号", null=True, blank=True, editable=False)
    number = models.CharField("文号", max_length=50, blank=True, editable=False)
    issued_on = models.DateField("发出日期", null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发出人"
    )
    issued_word = models.CharField(max_length=80, blank=True, editable=False)  # the sealed DOCX as it left
    issued_pdf = models.CharField(max_length=80, blank=True, editable=False)
    word_sha256 = models.CharField("DOCX摘要", max_length=64, blank=True, editable=False)
    pdf_sha256 = models.CharField("PDF摘要", max_length=64, blank=True, editable=False)
    event = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="letter", editable=False
    )
    voided_at = models.DateTimeField("作废时间", null=True, blank=True, editable=False)
    void_reason = models.CharField("作废原因", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="case_letter_number_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "number"], condition=~Q(number=""), name="case_letter_whole_number_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "origin"],
                condition=Q(voided_at__isnull=True) & ~Q(origin=""),
                name="case_letter_of_a_record_once",
            ),
            # One answer to an application: a second would be a second decision.
            models.UniqueConstraint(
                fields=["application"], condition=_ISSUED & _FINAL, name="case_letter_final_once"
            ),
            models.CheckConstraint(
                condition=~_ISSUED
                | (
                    Q(signed_hash=F("content_hash"), signatory__isnull=False, issued_on__isnull=False)
                    & Q(serial__isnull=False)
                    & ~Q(number="")
                    & ~Q(pdf_sha256="")
                    & ~Q(word_sha256="")
                ),
                name="case_letter_issued_as_signed",
            ),
            models.CheckConstraint(
                condition=~_ISSUED | Q(wants_review=False) | Q(reviewed_hash=F("content_hash")),
                name="case_letter_issued_as_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(signatory__isnull=True) | ~Q(signatory=F("author")),
                name="case_letter_signed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True)
                | (~Q(reviewer=F("author")) & (Q(signatory__isnull=True) | ~Q(reviewer=F("signatory")))),
                name="case_letter_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(void_reason=""),
                name="case_letter_voided_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-issued_on", "-id"],
                condition=Q(issued_on__isnull=False),
                name="case_letter_by_issue",
            ),
            models.Index(fields=["agency", "state", "-id"], name="case_letter_by_state"),
            number_index("number", name="case_letter_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.number}"

    @property
    def is_issued(self) -> bool:
        return self.state in (State.ISSUED, State.DELIVERED)


class Delivery(SealedRecord, AgencyRecord):
    """送达: one attempt. ``counted_on`` is the day that counts for its way."""

    class Way(models.TextChoices):
        DIRECT = "direct", "当面送达"
        ENTRUSTED = "entrusted", "委托其他行政机关代为送达"
        POST = "post", "邮政企业挂号邮寄"
        EMAIL = "email", "电子邮件"
        PORTAL = "portal", "门户领取"

    class State(models.TextChoices):
        WAITING = "waiting", "正在发出"  # mail that the worker has not sent yet
        SENT = "sent", "已发出"
        DELIVERED = "delivered", "已送达"
        FAILED = "failed", "未送达"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name="文书")
    attempt = models.PositiveSmallIntegerField("次数")
    way = models.CharField("方式", max_length=10, choices=Way)
    state = models.CharField("状态", max_length=10, choices=State, editable=False)
    address = SealedText("送达地址", purpose="applicants", blank=True)
    sent_on = models.DateField("发出日期", null=True, blank=True)
    counted_on = models.DateField("按此日计算", null=True, blank=True, editable=False)
    delivered_on = models.DateField("签收日期", null=True, blank=True)
    offered_at = models.DateTimeField("提供时间", null=True, blank=True, editable=False)  # on the portal
    collected_at = models.DateTimeField("领取时间", null=True, blank=True, editable=False)
    receipt_number = models.CharField("挂号、回执编号", max_length=60, blank=True)
    proof = models.CharField(max_length=80, blank=True, editable=False)  # 送达回证、签收单, sealed
    proof_name = models.CharField("凭证", max_length=100, blank=True)
    failed_because = models.CharField("未送达的原因", max_length=200, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "文书送达"
        ordering = ["attempt"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "attempt"], name="case_letter_delivery_attempt_once"),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failed_because=""),
                name="case_letter_delivery_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_on__isnull=False),
                name="case_letter_delivery_delivered_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "offered_at"],
                condition=Q(way="portal", state="sent"),
                name="case_letter_uncollected",
            )
        ]

    def __str__(self) -> str:
        return f"第{self.attempt}次送达"

    @property
    def awaits_signature(self) -> bool:
        """等候签收: on its way by somebody's hand; the portal and the mail tell by themselves."""
        return self.state == self.State.SENT and self.way not in (self.Way.PORTAL, self.Way.EMAIL)
