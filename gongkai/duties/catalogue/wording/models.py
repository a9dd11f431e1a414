"""表述词表. One entry: a way of writing that is wrong here, or a name that must be written exactly so."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.registers.models import RegisterEntry

STANDING = Q(voided_at__isnull=True)
# Shorter names have too many neighbours that are other words: 张三 is one character from every 张X.
SHORTEST_NAME = 4


class WordingKind(models.TextChoices):
    """词条种类."""

    WRONG = "wrong", "错误用词"
    NAME = "name", "规范名称"


class WordingEntry(RegisterEntry):
    """词条. Used beside the typical list that comes with the system, for every text and attachment of the office."""

    kind = models.CharField("词条种类", max_length=10, choices=WordingKind, default=WordingKind.WRONG)
    wrong = models.CharField("错误写法", max_length=60, blank=True, help_text="规范名称不填这一栏")
    right = models.CharField(
        "正确写法", max_length=60, help_text="规范名称在这里写领导人姓名加职务、机构全称等，至少4个字"
    )
    unless = models.CharField(
        "除外词语", max_length=200, blank=True, help_text="含有错误写法而没有写错的词，用顿号分开"
    )
    added_on = models.DateField("加入日期", default=timezone.localdate)

    class Meta:
        verbose_name = verbose_name_plural = "词条"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "wrong", "right"], condition=STANDING, name="wording_entry_once"
            )
        ]
        indexes = [
            models.Index(fields=["agency", "-added_on", "-id"], condition=STANDING, name="wording_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}" if self.wrong else self.right

    def objection(self) -> str:
        if self.kind == WordingKind.NAME:
            return self._wrong_as_a_name() or self._contradiction()
        if not self.wrong:
            return "错误用词要写“错误写法”。"
        if self.wrong == self.right:
            return "“错误写法”和“正确写法”相同，请核对。"
        if len(self.wrong) < 2:
            return "“错误写法”至少2个字：一个字在太多词里都是对的。"
        if contradiction := self._contradiction():
            return contradiction
        strange = [word for word in self.longer_words() if self.wrong not in word]
        return f"除外词语“{strange[0]}”里没有“{self.wrong}”，请核对。" if strange else ""

    def _contradiction(self) -> str:
        """With one by which the right way of this one is wrong, or that asks for what this one calls wrong."""
        opposite = Q(kind=WordingKind.WRONG, wrong=self.right)
        if self.wrong:
            opposite |= Q(right=self.wrong)
        others = WordingEntry.objects.filter(STANDING, opposite, agency=self.agency_id)
        other = others.exclude(pk=self.pk).first()
        if other is None:
            return ""
        return f"与已有的“{other}”互相矛盾：照一条改了，另一条又说不对。请先更正或者作废那一条。"

    def longer_words(self) -> tuple[str, ...]:
        return tuple(word for word in self.unless.replace("，", "、").replace(",", "、").split("、") if word)

    def _wrong_as_a_name(self) -> str:
        if self.wrong or self.unless:
            return "规范名称只写“正确写法”，不写“错误写法”和“除外词语”。"
        if len(self.right) < SHORTEST_NAME:
            return f"规范名称至少{SHORTEST_NAME}个字，领导人请写姓名加职务；更短的名称相近的词太多。"
        return ""
