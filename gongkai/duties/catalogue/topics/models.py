"""专题. The page an editor composes, its pictures and files, and the versions of it that are reviewed and released."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, AgencyRecord, Person, new_public_id
from gongkai.duties.catalogue.models import SpecialTopic
from gongkai.duties.catalogue.topics.blocks import body_blocks

_ONE_DOOR = (
    "不能在编辑器里发布、定时发布或者撤下：专题要先送审，经保密审查和签发后由系统发布。请回到“专题”办理。"
)


class NeverLive:
    """不经编辑器发布. The library's own ways to the public end here: button, timetable, workflow, bulk, code (PUB-01)."""

    def publish(self, *args: object, **kwargs: object) -> NoReturn:
        raise Refusal(_ONE_DOOR)

    def unpublish(self, *args: object, **kwargs: object) -> NoReturn:
        raise Refusal(_ONE_DOOR)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.live or self.go_live_at or self.expire_at:  # type: ignore[attr-defined]
            raise Refusal(_ONE_DOOR)
        super().save(*args, **kwargs)  # type: ignore[misc]


class TopicsIndex(NeverLive, Page):
    """一个机关的专题: the place below which its topics stand, so that each agency sees only its own (ACL-08)."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+", verbose_name="机关")

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["topics.TopicPage"]
    is_creatable = False
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = verbose_name_plural = "专题目录"


_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


class TopicFile(models.Model):
    """专题素材: a picture, re-encoded, with the words that stand for it; or a PDF, rebuilt. Kept by content hash.

    Its key is opaque, because the editor sends keys in its forms.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture", "图片"
        DOCUMENT = "document", "文件"

    id = models.CharField("编号", max_length=20, primary_key=True, default=new_public_id, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    recorded_at = models.DateTimeField("入库时间", auto_now_add=True)
    kind = models.CharField("种类", max_length=8, choices=Kind)
    title = models.CharField("名称", max_length=100)  # of a picture: its alternative text
    sha256 = models.CharField("内容摘要", max_length=64)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    width = models.PositiveIntegerField("宽", default=0)
    height = models.PositiveIntegerField("高", default=0)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="上传人")

    class Meta:
        verbose_name = verbose_name_plural = "专题素材"
        ordering = ["-recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="topic_file_has_words")]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """文件名, under which it leaves."""
        return f"{self.title}.{_ENDINGS.get(self.media_type, 'pdf')}"


class ComposingAlone(PagePermissionTester):
    """编辑器里只能编排. What the library would offer besides is not offered, and its addresses are closed too."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    can_copy = can_lock = can_unlock = can_publish = can_unpublish = can_submit_for_moderation = can_move


class TopicPage(NeverLive, Page):
    """专题页面: what the editor composes. It is never served; a version of it is rendered, reviewed and released."""

    lead = models.TextField("导语", max_length=300)
    cover = models.ForeignKey(
        TopicFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="封面图片"
    )
    keywords = models.CharField("关键词", max_length=100, help_text="用逗号隔开，供检索")
    from_on = models.DateField("开始日期", null=True, blank=True)
    to_on = models.DateField("结束日期", null=True, blank=True)
    body = StreamField(body_blocks(), verbose_name="正文", blank=True)

    content_panels = [
        FieldPanel("title", heading="专题名称"),
        FieldPanel("lead"),
        FieldPanel("cover"),
        FieldPanel("keywords"),
        FieldPanel("from_on"),
        FieldPanel("to_on"),
        FieldPanel("body"),
    ]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    parent_page_types = ["topics.TopicsIndex"]
    subpage_types: list[str] = []
    preview_modes = [("", "专题页面")]

    class Meta:
        verbose_name = verbose_name_plural = "专题"
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="topic_page_ends_after_beginning",
                violation_error_message="结束日期早于开始日期，请核对。",
            )
        ]

    def permissions_for_user(self, user: Any) -> "ComposingAlone":
        return ComposingAlone(user, self)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "topics/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The very text that would be submitted, so that what is seen is what is reviewed."""
        from gongkai.duties.catalogue.topics.rendering import desk_view, render

        rendering = render(self, request.user.agency)
        return {"rendering": rendering, "html": desk_view(rendering.html)}


class Topic(AgencyRecord):
    """专题的一生: opened with its first release, closed, archived, perhaps withdrawn. It stands apart from the page,
    whose stored states come and go with the editor's."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        OPEN = "open", "开设中"
        CLOSED = "closed", "已结束"
        ARCHIVED = "archived", "已归档"
        WITHDRAWN = "withdrawn", "已撤回"

    page = models.OneToOneField(TopicPage, models.PROTECT, related_name="topic", verbose_name="页面")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    register = models.OneToOneField(
        SpecialTopic, models.PROTECT, null=True, blank=True, related_name="composed", verbose_name="台账记录"
    )
    closed_on = models.DateField("结束日期", null=True, blank=True)
    receipt = models.JSONField("回执", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专题"

    def __str__(self) -> str:
        return self.page.title


class TopicVersion(AgencyRecord):
    """送审稿: the exact text and files that were submitted. Reviews and signature are bound to their hash (PUB-02)."""

    class Stage(models.TextChoices):
        REVIEW = "review", "待保密审查"
        SIGN_OFF = "sign_off", "待签发"
        RELEASING = "releasing", "发布中"
        PUBLISHED = "published", "已发布"
        SUPERSEDED = "superseded", "已由新版本代替"
        RETURNED = "returned", "已退回"
        VOID = "void", "送审后有改动，已作废"

    OPEN = (Stage.REVIEW, Stage.SIGN_OFF)

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="versions", verbose_name="专题")
    number = models.PositiveSmallIntegerField("版次")
    title = models.CharField("标题", max_length=200)
    html = models.TextField("正文")
    description = models.CharField("导语", max_length=300)
    keywords = models.CharField("关键词", max_length=200)
    files = models.JSONField("文件", default=list)  # [{"sha256", "name", "media_type"}]
    content_hash = models.CharField("内容摘要", max_length=64)
    stage = models.CharField("步骤", max_length=10, choices=Stage, default=Stage.REVIEW)
    change_note = models.CharField("更新说明", max_length=300, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="送审人")
    reviewer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="保密审查人"
    )
    signatory = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    opinion = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送审稿"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="topic_version_number_once"),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(stage__in=("review", "sign_off", "releasing")),
                name="topic_version_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=("review", "returned", "void"))
                | (Q(reviewer__isnull=False) & ~Q(author=F("reviewer"))),
                name="topic_version_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=("releasing", "published", "superseded"))
                | (
                    Q(signatory__isnull=False)
                    & ~Q(author=F("signatory"))
                    & ~Q(reviewer=F("signatory"))
                    & ~Q(content_hash="")
                ),
                name="topic_version_signed_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(stage="returned") | ~Q(opinion=""), name="topic_version_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》第{self.number}版"
