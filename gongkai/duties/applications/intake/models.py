"""网上收件的表. Which submission became which application, its files, and how the worker's looks at the portal went."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.models import Agency, AgencyRecord
from gongkai.duties.applications.models import Application
from gongkai.portal.intake.handed_in_files import KINDS
from gongkai.sealing.fields import SealedRecord, SealedText

_KINDS = {media_type: ending.upper() for ending, media_type in KINDS.items() if ending != "jpeg"}
ALARM_AFTER = timedelta(minutes=10)


class ReceivedSubmission(SealedRecord, AgencyRecord):
    """收到的一份网上提交. Its row is what makes a second pull of the same submission change nothing."""

    submission = models.CharField("提交编号", max_length=20, unique=True)  # on the portal
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="submission", verbose_name="申请"
    )
    accepted_at = models.DateTimeField("提交时间")  # the public server's
    particulars = SealedText("申请表内容", purpose="applicants")  # JSON, as it was handed in
    notice_version = models.PositiveSmallIntegerField("个人信息处理说明版次")
    # Public key that follows from the receipt code: what is sealed to it only its owner opens. "" before there was one.
    collection_key = models.CharField(max_length=64, blank=True, editable=False)
    told = models.JSONField("已告知的状态", default=dict)
    told_version = models.PositiveIntegerField("告知次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "网上收件"
        indexes = [models.Index(fields=["agency", "-accepted_at", "-id"], name="application_received_latest")]

    def __str__(self) -> str:
        return f"网上收件{self.submission}"


class ApplicationFile(SealedRecord, AgencyRecord):
    """申请人提交的文件. Its bytes stay sealed as they came, in the desk's store under the hash the portal noted."""

    class Role(models.TextChoices):
        IDENTITY = "identity", "身份证明"
        ATTACHMENT = "attachment", "附件"

    received = models.ForeignKey(
        ReceivedSubmission, models.PROTECT, related_name="files", verbose_name="网上收件"
    )
    application = models.ForeignKey(Application, models.PROTECT, related_name="files", verbose_name="申请")
    position = models.PositiveSmallIntegerField("次序")
    role = models.CharField("用途", max_length=12, choices=Role)
    name = SealedText("文件名", purpose="applicants")  # people put their names in it
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("密文摘要值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "申请人提交的文件"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["received", "position"], name="application_file_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}（第{self.position + 1}个文件）"

    @property
    def kind_in_words(self) -> str:
        """类型."""
        return _KINDS.get(self.media_type, "其他")


class PullFailure(models.Model):
    """接收不成: a submission that could not be taken in so far. It is tried again for ever, and the alarm stays."""

    submission = models.CharField("提交编号", max_length=20, unique=True)
    attempts = models.PositiveIntegerField("次数", default=0)
    failed_at = models.DateTimeField("最近一次")
    try_after = models.DateTimeField("下次不早于")
    words = models.CharField("原因", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "接收不成"

    def __str__(self) -> str:
        return self.submission


class Watch(models.Model):
    """收件情况, one row: when the worker last looked at the portal, and what was waiting there."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    looked_at = models.DateTimeField("最近查看")
    waiting = models.PositiveIntegerField("等候接收", default=0)
    oldest = models.DateTimeField("最早提交", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收件情况"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="application_intake_one_watch")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.looked_at):%Y-%m-%d %H:%M}"

    def alarm(self, now: datetime) -> str:
        """为什么要报警: one sentence, "" when all is well."""
        if self.oldest and now - self.oldest > ALARM_AFTER:
            minutes = int((now - self.oldest).total_seconds() // 60)
            return f"公众侧有{self.waiting}份提交还没有接收，最早的已等候{minutes}分钟。请系统管理员查看后台和密钥。"
        if now - self.looked_at > ALARM_AFTER:
            minutes = int((now - self.looked_at).total_seconds() // 60)
            return f"后台已有{minutes}分钟没有查看公众侧的提交，可能有申请没有接收。请系统管理员查看后台是否在运行。"
        return ""


class AvoidedApplications(models.Model):
    """免于申请: how many people found what they wanted among what is published, as the portal counted them."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    count = models.PositiveIntegerField("人次", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "免于申请"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="application_avoided_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {self.count}"
