"""信息目录. Columns, published items, rules and normative documents, special topics, editions of the guide."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from gongkai.agencies.models import AgencyRecord, Person, Section
from gongkai.registers.models import RegisterEntry, number_index
from gongkai.rules.regulations_2019.proactive import DUTIES_OF_ARTICLE_20, DUTIES_OF_ARTICLE_21, numbered
from gongkai.rules.site_indicators_2019.update_periods import ColumnClass

STANDING = Q(voided_at__isnull=True)

LONGEST_ADDRESS = 300  # characters of an address elsewhere


class Column(AgencyRecord):
    """栏目 of the site: a tree; its class decides how long it may stand without a new item."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    name = models.CharField("名称", max_length=50)
    position = models.PositiveSmallIntegerField("次序", default=0)
    column_class = models.CharField(
        "栏目类别", max_length=20, blank=True, choices=[(each.value, each.label) for each in ColumnClass]
    )
    owner_section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任科室"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任人"
    )
    # Stricter than the class's own period, never looser; checked where it is set.
    update_days = models.PositiveSmallIntegerField("更新周期（天）", null=True, blank=True)
    opened_on = models.DateField("开设日期", null=True, blank=True)
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)  # one more with every change

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="column_name_once_in_agency"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="column_closes_after_opening",
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="column_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Attribute(models.TextChoices):
    """公开属性, determined when the information is drafted."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Validity(models.TextChoices):
    """有效性."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"


class ItemKind(models.TextChoices):
    """信息种类: decides, with the column, which reviews an item needs."""

    NEWS = "news", "动态信息"
    NOTICE = "notice", "通知公告"
    POLICY = "policy", "政策文件"
    NORMATIVE = "normative", "行政规范性文件"
    INTERPRETATION = "interpretation", "政策解读"
    LEADER = "leader", "领导信息"
    GUIDE = "guide", "公开指南"
    SYSTEM = "system", "公开制度"
    OTHER = "other", "其他信息"


class Content(models.Model):
    """公开的内容. What the public will read of an item; the reviews are bound to its hash (``content.py``)."""

    title = models.CharField("标题", max_length=200)
    kind = models.CharField("信息种类", max_length=15, choices=ItemKind, default=ItemKind.OTHER)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_by = models.CharField("发布机构", max_length=100, blank=True)
    co_issued_by = models.CharField("联合发布机构", max_length=300, blank=True)
    dated_on = models.DateField("成文日期", null=True, blank=True)
    main_column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="栏目"
    )
    other_columns = models.ManyToManyField(Column, related_name="+", blank=True, verbose_name="其他栏目")
    attribute = models.CharField("公开属性", max_length=15, choices=Attribute, default=Attribute.PROACTIVE)
    attribute_ground = models.CharField("属性依据", max_length=200, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    subject = models.CharField("主题分类", max_length=40, blank=True)
    subject_detail = models.CharField("主题分类（二级）", max_length=40, blank=True)
    keywords = models.CharField("关键词", max_length=100, blank=True)
    summary = models.CharField("内容概述", max_length=500, blank=True)
    article_20_duty = models.CharField(
        "法定公开内容",
        max_length=30,
        blank=True,
        choices=[(duty.key, numbered(duty)) for duty in (*DUTIES_OF_ARTICLE_20, *DUTIES_OF_ARTICLE_21)],
    )
    validity = models.CharField("有效性", max_length=10, choices=Validity, default=Validity.IN_FORCE)
    body = models.TextField("正文", blank=True)

    class Meta:
        abstract = True


class InformationItem(Content, RegisterEntry):
    """政府信息. Counted once, under its main column, however many columns show it.

    ``live`` may be true only for content that another person has reviewed: the hash of what is live is the hash of
    what was reviewed. Items taken over from an old register are ``registered`` and never served by the portal.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", "台账登记"  # published elsewhere; kept here to be found and counted
        DRAFT = "draft", "起草"  # no version of it has been published yet
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已撤回"

    index_number = models.CharField("索引号", max_length=40, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    address = models.CharField("网址", max_length=LONGEST_ADDRESS, blank=True)
    imported_from = models.CharField("来源台账", max_length=200, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.REGISTERED)
    live = models.BooleanField("公众可见", default=False)
    content_hash = models.CharField("内容摘要", max_length=64, blank=True)  # text and manifest of attachments
    reviewed_hash = models.CharField("已审内容摘要", max_length=64, blank=True)
    author = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草人"
    )
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审查人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "政府信息"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "index_number"],
                condition=~Q(index_number="") & STANDING,
                name="item_index_number_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "title", "published_on", "main_column"],
                condition=STANDING & Q(state="registered"),
                name="item_registered_once",
            ),
            models.CheckConstraint(
                condition=Q(live=False)
                | (
                    ~Q(reviewed_hash="")
                    & Q(content_hash=F("reviewed_hash"))
                    & Q(author__isnull=False, reviewer__isnull=False)
                    & ~Q(author=F("reviewer"))
                    & Q(state="published", attribute="proactive")
                ),
                name="live_item_was_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(state="registered") | Q(live=False), name="registered_item_is_not_live"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-published_on", "-id"], condition=STANDING, name="item_by_publication"
            ),
            models.Index(
                fields=["agency", "main_column", "-published_on", "-id"],
                condition=STANDING,
                name="item_by_column",
            ),
            models.Index(
                fields=["agency", "article_20_duty", "-published_on", "-id"],
                condition=STANDING & ~Q(article_20_duty=""),
                name="item_by_duty",
            ),
            number_index("document_number", name="item_by_document_number"),
            number_index("index_number", name="item_by_index_number"),
            models.Index(fields=["-published_on", "-id"], condition=Q(live=True), name="item_live"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_before(self) -> date | None:
        """原发布日期 of an item moved in from an old site, where the public could read it already."""
        return self.published_on if self.imported_from else None

    def objection(self) -> str:
        if self.dated_on and self.published_on and self.dated_on > self.published_on:
            return "成文日期晚于发布日期，请核对。"
        return ""

    def kept_elsewhere(self) -> str:
        on_its_way = self.versions.exclude(stage=Version.Stage.ABANDONED)  # moved in from an old site
        if self.state == self.State.REGISTERED and not on_its_way.exists():
            return ""
        return "这条信息由本系统发布，不在台账里更正或者作废。请在“信息发布”中起草新的版本，或者撤回。"


class Version(Content, AgencyRecord):
    """版本. The content of an item on its way to the public: edited, reviewed, signed, released, then never changed.

    A published item is changed by a further version; the one before stays public until the new one is.
    """

    class Stage(models.TextChoices):
        DRAFTING = "drafting", "起草"
        SECTION_REVIEW = "section_review", "待科室审核"
        LEGALITY_REVIEW = "legality_review", "待合法性审核"
        CONFIDENTIALITY_REVIEW = "confidentiality_review", "待保密审查"
        REFERRED = "referred", "已报请确定是否涉密"
        SIGN_OFF = "sign_off", "待签发"
        SIGNED = "signed", "已签发，待发布"
        RELEASING = "releasing", "发布中"
        PUBLISHED = "published", "已发布"
        SUPERSEDED = "superseded", "已由新版本代替"
        ABANDONED = "abandoned", "已放弃"

    CLOSED = (Stage.PUBLISHED, Stage.SUPERSEDED, Stage.ABANDONED)
    # Named one by one: a database looks up a stage, and reads everything for what is none of three.
    OPEN = (
        *(Stage.DRAFTING, Stage.SECTION_REVIEW, Stage.LEGALITY_REVIEW, Stage.CONFIDENTIALITY_REVIEW),
        *(Stage.REFERRED, Stage.SIGN_OFF, Stage.SIGNED, Stage.RELEASING),
    )

    item = models.ForeignKey(InformationItem, models.PROTECT, related_name="versions", verbose_name="信息")
    number = models.PositiveSmallIntegerField("版次", default=1)
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="起草科室"
    )
    change_note = models.CharField(
        "更新说明", max_length=300, blank=True
    )  # shown to readers from version 2 on
    stage = models.CharField("步骤", max_length=25, choices=Stage, default=Stage.DRAFTING)
    edits = models.PositiveIntegerField("保存次数", default=0)  # two editors do not overwrite each other
    editing_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="正在编辑"
    )
    editing_since = models.DateTimeField("开始编辑时间", null=True, blank=True)
    content_hash = models.CharField("内容摘要", max_length=64, blank=True)  # at the last submission
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="起草人")
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )
    signatory = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True)
    scheduled_for = models.DateTimeField("定时发布", null=True, blank=True)
    # 旧站迁入: goes on, unchanged, as one of a batch; taken out of it, it goes the whole way of its own.
    with_batch = models.BooleanField("随批办理", default=False)
    released_at = models.DateTimeField(
        "公开时间", null=True, blank=True
    )  # the public side's, from its receipt
    receipt = models.JSONField("回执", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "版本"
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["item"],
                condition=~Q(stage__in=("published", "superseded", "abandoned")),
                name="version_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("signed", "releasing", "published", "superseded"))
                | (
                    Q(reviewer__isnull=False, signatory__isnull=False)
                    & ~Q(content_hash="")
                    & ~Q(author=F("reviewer"))
                    & ~Q(author=F("signatory"))
                    & ~Q(reviewer=F("signatory"))
                ),
                name="version_signed_by_three_people",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(stage__in=("drafting", "abandoned")) | ~Q(change_note=""),
                name="version_says_what_changed",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "stage", "-id"], name="version_by_stage"),
            models.Index(
                fields=["agency", "document_number"],
                name="version_by_document_number",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["scheduled_for"],
                condition=Q(stage="signed", scheduled_for__isnull=False),
                name="version_scheduled",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》第{self.number}版"


class Attachment(AgencyRecord):
    """附件 or a picture of the text, stored by the hash of its bytes; ``original`` is what it was cleaned from."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="attachments", verbose_name="版本")
    sha256 = models.CharField("内容摘要", max_length=64)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    position = models.PositiveSmallIntegerField("次序", default=0)
    original = models.CharField("清理前的摘要", max_length=64, blank=True)
    address = models.CharField(
        "原网址", max_length=LONGEST_ADDRESS, blank=True
    )  # on the site it was moved in from
    text = models.TextField("文字", blank=True)  # what a reader sees in it: for the screening and for search
    hidden = models.JSONField(
        "看不见的内容", default=list
    )  # [{"trace", "place", "content", "cleanable", "advice"}]
    for_a_person = models.JSONField("请人核对", default=list)  # what no program can see, a sentence each

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "sha256"], name="attachment_once_in_version"),
            models.UniqueConstraint(fields=["version", "name"], name="attachment_name_once_in_version"),
        ]

    def __str__(self) -> str:
        return self.name


class Review(AgencyRecord):
    """审查记录: append-only; what one person concluded on exactly these bytes."""

    class Conclusion(models.TextChoices):
        PASSED = "passed", "通过"
        RETURNED = "returned", "退回修改"
        REFERRED = "referred", "报请保密行政管理部门确定"

    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews", verbose_name="版本")
    step = models.CharField("步骤", max_length=25, choices=Version.Stage)
    conclusion = models.CharField("结论", max_length=10, choices=Conclusion)
    opinion = models.CharField("意见", max_length=300, blank=True)
    content_hash = models.CharField("所审内容摘要", max_length=64)
    files = models.JSONField("逐件结论", default=list)  # [{"sha256", "name", "conclusion", "ground"}]
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="审查人")

    class Meta:
        verbose_name = verbose_name_plural = "审查记录"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(conclusion="passed") | ~Q(opinion=""), name="review_says_why_not"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.get_conclusion_display()}"

    @property
    def label(self) -> str:
        """科室审核、合法性审核 …: what was done, where the stage says what is due."""
        return self.get_step_display().removeprefix("待")


class Answer(AgencyRecord):
    """对检查发现的处理: why something that the screening found may stand. The clear value is kept nowhere (PII-05)."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="answers", verbose_name="版本")
    fingerprint = models.CharField("发现的摘要", max_length=64)
    shown = models.CharField("发现", max_length=200)  # masked
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="处理人")

    class Meta:
        verbose_name = verbose_name_plural = "检查处理"
        constraints = [
            models.UniqueConstraint(fields=["version", "fingerprint"], name="answer_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="answer_says_why"),
        ]

    def __str__(self) -> str:
        return self.shown


class ReviewRoute(AgencyRecord):
    """审查流程 of a column or a kind: which reviews stand before confidentiality review and sign-off, which always do."""

    column = models.ForeignKey(
        Column, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="栏目"
    )
    kind = models.CharField("信息种类", max_length=15, choices=ItemKind, blank=True)
    section_review = models.BooleanField("科室审核", default=True)
    legality_review = models.BooleanField("合法性审核", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "审查流程"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "column", "kind"],
                condition=Q(column__isnull=False),
                name="route_once_in_column",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(column__isnull=True), name="route_once_for_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column or '全部栏目'}　{self.get_kind_display() or '全部种类'}"


class NormativeDocument(RegisterEntry):
    """规章、行政规范性文件: made, in force, lapsed or repealed on known days; table two counts them."""

    class Kind(models.TextChoices):
        RULES = "rules", "规章"
        NORMATIVE = "normative_documents", "行政规范性文件"  # the keys are the rows of table two

    class LegalityReview(models.TextChoices):
        PASSED = "passed", "合法性审核通过"
        NOT_RECORDED = "", "没有记录"

    DERIVED = ("ceased_on",)

    kind = models.CharField("种类", max_length=20, choices=Kind, default=Kind.NORMATIVE)
    title = models.CharField("名称", max_length=200)
    document_number = models.CharField("文号", max_length=60)
    issued_on = models.DateField("印发日期")
    in_force_from = models.DateField("施行日期", null=True, blank=True)
    lapses_on = models.DateField("有效期至", null=True, blank=True, help_text="仍然有效的最后一天")
    repealed_on = models.DateField("废止日期", null=True, blank=True, help_text="不再施行的第一天")
    repeal_reason = models.CharField("废止原因", max_length=200, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替代文件"
    )
    legality_review = models.CharField(
        "合法性审核", max_length=10, choices=LegalityReview, default=LegalityReview.NOT_RECORDED, blank=True
    )
    legality_reviewed_on = models.DateField("审核日期", null=True, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    interpreted_on = models.DateField("解读日期", null=True, blank=True)
    not_interpreted_because = models.CharField("不解读的理由", max_length=200, blank=True)
    item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )
    # 不再施行的第一天, by repeal or lapse, whichever comes first.
    ceased_on = models.DateField("停止施行日期", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "规范性文件"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "document_number"],
                condition=STANDING,
                name="normative_document_number_once",
            ),
            models.CheckConstraint(
                condition=Q(ceased_on__isnull=True) | Q(ceased_on__gte=F("issued_on")),
                name="normative_document_ceases_after_issue",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-issued_on", "-id"], condition=STANDING, name="normative_by_issue"
            ),
            models.Index(fields=["agency", "ceased_on"], condition=STANDING, name="normative_by_end"),
            number_index("document_number", name="normative_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.document_number}）"

    def derive(self) -> None:
        lapsed = self.lapses_on + timedelta(days=1) if self.lapses_on else None
        self.ceased_on = min((day for day in (self.repealed_on, lapsed) if day), default=None)

    def objection(self) -> str:
        if self.ceased_on and self.ceased_on < self.issued_on:
            return "废止日期或者有效期早于印发日期，请核对。"
        if self.in_force_from and self.in_force_from < self.issued_on:
            return "施行日期早于印发日期，请核对。"
        if self.interpreted_on and self.not_interpreted_because:
            return "填写了解读日期，又填写了不解读的理由，请删去一项。"
        return ""


class SpecialTopic(RegisterEntry):
    """专题: kept from its opening until it is closed and archived."""

    title = models.CharField("专题名称", max_length=100)
    opened_on = models.DateField("开设日期")
    closed_on = models.DateField("归档日期", null=True, blank=True)
    address = models.CharField("网址", max_length=LONGEST_ADDRESS, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专题"
        constraints = [
            models.UniqueConstraint(fields=["agency", "title"], condition=STANDING, name="topic_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="topic_closes_after_opening",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-opened_on", "-id"], condition=STANDING, name="topic_by_opening")
        ]

    def __str__(self) -> str:
        return self.title

    def kept_elsewhere(self) -> str:
        if not hasattr(self, "composed"):
            return ""
        return "这个专题由“编排专题”发布，名称和日期随它而定。请在“编排专题”里办理。"

    def objection(self) -> str:
        return _closes_after(self.opened_on, self.closed_on, "归档日期早于开设日期，请核对。")


class GuideEdition(RegisterEntry):
    """公开指南的一版; the newest in force is the one the report names."""

    edition = models.CharField("版本", max_length=30)
    published_on = models.DateField("公开日期")
    review_by = models.DateField("下次核对日期", null=True, blank=True)
    item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="公开的信息"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开指南"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "edition"], condition=STANDING, name="guide_edition_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["agency", "-published_on", "-id"], condition=STANDING, name="guide_by_publication"
            )
        ]

    def __str__(self) -> str:
        return self.edition


def _closes_after(opened: object, closed: object, sentence: str) -> str:
    return sentence if opened and closed and closed < opened else ""  # type: ignore[operator]
