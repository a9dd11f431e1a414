"""迁入批次. What one source held, place by place, and how far it is on its way to the public."""

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person, Section
from gongkai.duties.catalogue.models import InformationItem, Version


class Batch(AgencyRecord):
    """一批: one source, read once, moved in, reviewed, signed and released together, by three people."""

    class Form(models.TextChoices):
        TABLE = "table", "表格"
        JSON = "json", "数据清单"
        PAGES = "pages", "网页"

    class State(models.TextChoices):
        PREVIEWED = "previewed", "已预览，待确认"  # nothing but this batch has been written
        DISCARDED = "discarded", "已放弃"
        MOVED_IN = "moved_in", "已迁入，待送审"  # drafts
        CONFIDENTIALITY_REVIEW = "confidentiality_review", "待保密审查"
        SIGN_OFF = "sign_off", "待签发"
        SIGNED = "signed", "已签发，待发布"
        RELEASING = "releasing", "发布中"
        RELEASED = "released", "已办结"

    name = models.CharField("来源", max_length=200)  # as the importer calls it: 市国动办旧网站
    file_name = models.CharField("文件名", max_length=200)
    file_digest = models.CharField("文件摘要", max_length=64)  # SHA-256
    form = models.CharField("形式", max_length=10, choices=Form)
    notes = models.JSONField("读取说明", default=list)
    mapping = models.JSONField("栏目对应", default=dict)  # the source's name of a column → ours, by public id
    state = models.CharField("状态", max_length=25, choices=State, default=State.PREVIEWED)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="科室"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="迁入人")
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )
    signatory = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    # 对账: what the source said of the items to be moved in, and what was found in the records afterwards.
    digest = models.CharField("来源摘要", max_length=64, blank=True)
    moved_in = models.PositiveIntegerField("迁入条数", default=0)
    received_digest = models.CharField("收到摘要", max_length=64, blank=True)
    moved_in_at = models.DateTimeField("迁入时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "迁入批次"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("signed", "releasing"))
                | (
                    Q(reviewer__isnull=False, signatory__isnull=False)
                    & ~Q(by=F("reviewer"))
                    & ~Q(by=F("signatory"))
                    & ~Q(reviewer=F("signatory"))
                ),
                name="moving_in_by_three_people",
            )
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="moving_in_newest")]

    def __str__(self) -> str:
        return self.name


class Entry(AgencyRecord):
    """来源里的一条, with what was read of it; after the move with the item and the version that it became."""

    class Standing(models.TextChoices):
        NEW = "new", "待迁入"
        SAME = "same", "已有，不动"
        REFUSED = "refused", "不能迁入"
        IN_BATCH = "in_batch", "随批办理"
        SET_ASIDE = "set_aside", "单独办理"
        RELEASED = "released", "已发布"

    MOVED = (Standing.IN_BATCH, Standing.SET_ASIDE, Standing.RELEASED)

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="entries", verbose_name="批次")
    position = models.PositiveIntegerField("次序")
    place = models.CharField("位置", max_length=300)  # 第3行, or the path of a page
    title = models.CharField("标题", max_length=200, blank=True)
    source_column = models.CharField("来源栏目", max_length=60, blank=True)
    published_on = models.DateField("原发布日期", null=True, blank=True)
    content = models.JSONField("读到的内容", default=dict)
    digest = models.CharField("内容摘要", max_length=64, blank=True)  # SHA-256 over what was read
    standing = models.CharField("状态", max_length=10, choices=Standing)
    reason = models.CharField("原因", max_length=300, blank=True)
    item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="moved_in", verbose_name="信息"
    )
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="moved_in", verbose_name="版本"
    )

    class Meta:
        verbose_name = verbose_name_plural = "迁入条目"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="moving_in_position_once"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(version__isnull=False), name="moving_in_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=("in_batch", "set_aside", "released")) | Q(version__isnull=False),
                name="moving_in_moved_has_a_version",
            ),
        ]
        indexes = [models.Index(fields=["batch", "standing", "position"], name="moving_in_by_standing")]

    def __str__(self) -> str:
        return self.title or self.place
