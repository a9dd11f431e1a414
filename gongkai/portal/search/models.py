"""检索的表. One entry for each thing a reader can find; the index of its tokens lies beside it, one form a database."""

from django.db import models


class FileText(models.Model):
    """附件的文字, read out on the desk and released with the file; kept so that the index can be made again."""

    file = models.OneToOneField(
        "portal.PublishedFile", models.CASCADE, primary_key=True, related_name="text", verbose_name="附件"
    )
    text = models.TextField("文字")

    class Meta:
        app_label = "portal"
        verbose_name = verbose_name_plural = "附件的文字"

    def __str__(self) -> str:
        return f"附件{self.file_id}的文字"


class SearchEntry(models.Model):
    """检索条目. Its number tells ``released_at`` (places.py): newest first is its order."""

    kind = models.CharField("种类", max_length=10)
    key = models.CharField("标识", max_length=100)
    version = models.PositiveIntegerField("版本")
    title = models.CharField("标题", max_length=200)
    url = models.CharField("网址", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    index_number = models.CharField("索引号", max_length=40, blank=True)
    sort = models.CharField("信息种类", max_length=20, blank=True)  # as it is worded
    validity = models.CharField("有效性", max_length=10, blank=True)  # as it is worded
    columns = models.TextField("栏目", blank=True)  # their slugs, the main one first
    year = models.PositiveSmallIntegerField("年份")
    released_at = models.DateTimeField("发布时间")  # of an item moved in, its day on the old site
    folded = models.TextField(
        "归一后的文字"
    )  # title, numbers, text, attachments, a line each; last: it is long

    class Meta:
        app_label = "portal"
        verbose_name = verbose_name_plural = "检索条目"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="portal_search_entry_once")]

    def __str__(self) -> str:
        return self.title


class SearchText(models.Model):
    """检索原文: a stretch of what was published, shown around the words that were found."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="texts", verbose_name="检索条目")
    start = models.PositiveIntegerField("在归一后的文字中的位置")
    source = models.CharField("附件名称", max_length=200, blank=True)  # "" for the text of the thing itself
    text = models.TextField("原文")

    class Meta:
        app_label = "portal"
        verbose_name = verbose_name_plural = "检索原文"
        indexes = [models.Index(fields=["entry", "start"], name="portal_search_text_place")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.start}"
