"""公众提交的表. On the public database; what a person handed in stands here sealed, and only until the desk has it."""

from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """一份提交: sealed to the desk's public key. The public side cannot read it back."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "政府信息公开申请"
        LETTER = "letter", "来信"
        COMMENT = "comment", "意见"
        RIGHTS = "rights", "个人信息权利请求"

    public_id = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("种类", max_length=12, choices=Kind)
    agency = models.CharField("机关编号", max_length=20)  # whose portal it was handed in on
    sealed = models.BinaryField("内容（加密）")
    accepted_at = models.DateTimeField("提交时间")  # the public server's own
    acknowledged_at = models.DateTimeField("接收时间", null=True, blank=True)  # the desk has it, durably

    class Meta:
        verbose_name = verbose_name_plural = "公众提交"
        indexes = [
            models.Index(fields=["id"], condition=Q(acknowledged_at__isnull=True), name="intake_waiting"),
            models.Index(
                fields=["acknowledged_at"],
                condition=Q(acknowledged_at__isnull=False),
                name="intake_acknowledged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"


class SubmissionFile(models.Model):
    """提交的文件: its sealed bytes stand in the store under their own hash; its name is sealed with the rest."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files", verbose_name="提交")
    position = models.PositiveSmallIntegerField("次序")
    sha256 = models.CharField("密文摘要值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "提交的文件"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="intake_file_position_once")
        ]
        indexes = [models.Index(fields=["sha256"], name="intake_file_by_hash")]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.position}"


class SubmissionStatus(models.Model):
    """办理状态, by receipt code: a word and days, nothing about the person and nothing of what was asked.

    Neither the code nor the second thing asked for with it is kept: a salted slow hash of both together is (AUTH-11).
    """

    public_id = models.CharField("编号", max_length=20, unique=True)  # of the submission, which goes
    kind = models.CharField("种类", max_length=12, choices=Submission.Kind)
    token = models.CharField(
        "表单摘要", max_length=64, unique=True
    )  # keyed digest: one form is one submission
    content = models.CharField(
        "内容摘要", max_length=64
    )  # keyed digest: whether a second sending says the same
    locator = models.CharField("查询码开头", max_length=4, db_index=True)
    salt = models.BinaryField("盐")
    code_hash = models.BinaryField("查询码散列")
    accepted_at = models.DateTimeField("提交时间")
    version = models.PositiveIntegerField(
        "版本", default=0
    )  # the desk's count of the case; 0 before it has it
    state = models.CharField("状态", max_length=25, default="accepted")  # a key of statuses.STATES
    days = models.JSONField("日期", default=dict)  # {key of statuses.DAYS: ISO 8601}
    changed_at = models.DateTimeField("更新时间")
    # 个人信息权利: {a right: the day it was last asked for}.
    asked = models.JSONField("已提出的请求", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "办理状态"

    def __str__(self) -> str:
        return f"{self.public_id} {self.state}"


class Offer(models.Model):
    """供领取的文书: sealed by the desk to a key that follows from the receipt code, which stands nowhere. Who copies this
    table and these files has nothing; whoever has the code and the second item opens them."""

    public_id = models.CharField("编号", max_length=20, unique=True)  # of the delivery on the desk
    submission = models.CharField("提交编号", max_length=20, db_index=True)
    sealed = models.BinaryField("目录（加密）")  # titles, names, kinds and sizes
    offered_at = models.DateTimeField("提供时间")
    collected_at = models.DateTimeField("领取时间", null=True, blank=True)
    told_at = models.DateTimeField(
        "告知时间", null=True, blank=True
    )  # the desk knows of the collection, durably

    class Meta:
        verbose_name = verbose_name_plural = "供领取的文书"
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(collected_at__isnull=False, told_at__isnull=True),
                name="intake_collected_untold",
            ),
            models.Index(fields=["offered_at"], name="intake_offer_by_time"),
        ]

    def __str__(self) -> str:
        return f"供领取的文书{self.public_id}"


class OfferedFile(models.Model):
    """供领取的一个文件: its sealed bytes stand in the store under their own hash."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="files", verbose_name="供领取的文书")
    position = models.PositiveSmallIntegerField("次序")
    sha256 = models.CharField("密文摘要值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "供领取的文件"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "position"], name="intake_offered_position_once")
        ]
        indexes = [models.Index(fields=["sha256"], name="intake_offered_by_hash")]

    def __str__(self) -> str:
        return f"{self.offer_id}/{self.position}"


class Count(models.Model):
    """计数: how often something came from one source in one hour or day. The source is a keyed digest."""

    scope = models.CharField("事项", max_length=20)
    source = models.CharField("来源摘要", max_length=64)
    window = models.CharField("时段", max_length=13)  # 2026-11-30 or 2026-11-30T08
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "计数"
        constraints = [
            models.UniqueConstraint(fields=["scope", "source", "window"], name="intake_count_once")
        ]
        indexes = [models.Index(fields=["window"], name="intake_count_by_window")]

    def __str__(self) -> str:
        return f"{self.scope} {self.window}"


class Avoided(models.Model):
    """免于申请: how many people found what they wanted among what is published. A number a year, nobody's name."""

    agency = models.CharField("机关编号", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    count = models.PositiveIntegerField("人次", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "免于申请"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="intake_avoided_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年 {self.count}"
