"""公示的内容. Which fields of a decision are made public, how a natural person is named, and when a decision is kept back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.rules.citation import REGULATIONS, Certainty, Citation, Instrument
from gongkai.rules.enforcement_publicity_2019.periods import (
    ENFORCEMENT_OPINION,
    PENALTY_LAW,
    Act,
)

# 双公示 as one place lists it; configuration.
FIELDS_BASIS = ENFORCEMENT_OPINION.whole(certainty=Certainty.LOCAL)
# What other places publish besides, known from practice and not read in an instrument.
FURTHER_BASIS = ENFORCEMENT_OPINION.whole(certainty=Certainty.FROM_MEMORY)
CREDIT_CODE_LENGTH = 18


@dataclass(frozen=True, slots=True)
class PublishedField:
    """公示的一项内容."""

    key: str
    label: str
    basis: Citation = FIELDS_BASIS
    required: bool = True


FIELDS = {
    Act.LICENCE: (
        PublishedField("document_number", "决定书文号"),
        PublishedField("title", "项目名称"),
        PublishedField("approval_kind", "审批类别"),
        PublishedField("content", "许可内容"),
        PublishedField("counterpart", "行政相对人名称", FURTHER_BASIS),
        PublishedField("counterpart_code", "行政相对人代码"),
        PublishedField("decided_on", "许可决定日期", FURTHER_BASIS),
        PublishedField("valid_from", "有效期自", FURTHER_BASIS, required=False),
        PublishedField("valid_until", "有效期至", FURTHER_BASIS, required=False),
        PublishedField("agency", "许可机关"),
    ),
    Act.PENALTY: (
        PublishedField("document_number", "决定书文号"),
        PublishedField("title", "处罚名称"),
        PublishedField("penalty_kind", "处罚类别"),
        PublishedField("cause", "处罚事由"),
        PublishedField("grounds", "处罚依据"),
        PublishedField("counterpart", "行政相对人名称", FURTHER_BASIS),
        PublishedField("counterpart_code", "行政相对人代码"),
        PublishedField("result", "处罚结果"),
        PublishedField("fine", "罚款金额（元）", FURTHER_BASIS, required=False),
        PublishedField("decided_on", "处罚决定日期", FURTHER_BASIS),
        PublishedField("agency", "处罚机关"),
    ),
}
BEFORE_THE_ACT = (
    "执法主体",
    "执法人员",
    "职责",
    "权限",
    "依据",
    "程序",
    "救济渠道",
    "随机抽查事项清单",
)

# 自然人 ------------------------------------------------------------------------------------

# A natural person's code is never published; the name is, without the given name.
NAME_BASIS = ENFORCEMENT_OPINION.whole(certainty=Certainty.LOCAL)
_HIDDEN_NAME = "某某"  # of one length for everybody, so that it keeps nothing of the name
_TWO_CHARACTER_SURNAMES = (
    "欧阳,司马,上官,诸葛,东方,皇甫,尉迟,公孙,令狐,慕容,宇文,长孙,司徒,司空,夏侯,轩辕,端木,独孤,南宫,西门,呼延,申屠,闻人,澹台,"
    "公冶,宗政,濮阳,淳于,单于,太叔,仲孙,百里,东郭,拓跋,万俟,钟离,赫连"
)


def masked_name(name: str) -> str:
    """自然人姓名的公示写法.

    >>> masked_name("张示例"), masked_name("欧阳示例"), masked_name("")
    ('张某某', '欧阳某某', '')
    """
    name = "".join(name.split())
    if not name:
        return ""
    two = len(name) > 2 and name[:2] in _TWO_CHARACTER_SURNAMES
    return name[: 2 if two else 1] + _HIDDEN_NAME


# 不公示 ------------------------------------------------------------------------------------

MINORS_LAW = Instrument(
    title="中华人民共和国未成年人保护法（2020年修订）",
    number="主席令第57号",
    short="未成年人保护法",
    in_force_from=date(2021, 6, 1),
    unconfirmed="主席令编号、施行日期、条文序号",
)


class KeptBack(StrEnum):
    """不公示的理由."""

    STATE_SECRET = "state_secret"  # noqa: S105 — a ground
    SECURITY_OR_STABILITY = "security_or_stability"
    TRADE_SECRET_OR_PRIVACY = "trade_secret_or_privacy"  # noqa: S105 — a ground
    MINOR = "minor"
    NO_INFLUENCE = "no_influence"

    @property
    def label(self) -> str:
        return {
            "state_secret": "涉及国家秘密",
            "security_or_stability": "危及国家安全、公共安全、经济安全、社会稳定",
            "trade_secret_or_privacy": "涉及商业秘密、个人隐私",
            "minor": "涉及未成年人",
            "no_influence": "行政处罚没有一定社会影响",
        }[self.value]

    @property
    def basis(self) -> Citation:
        return {
            "state_secret": REGULATIONS.article(14),
            "security_or_stability": REGULATIONS.article(14),
            "trade_secret_or_privacy": REGULATIONS.article(15),
            "minor": MINORS_LAW.article(103, certainty=Certainty.FROM_MEMORY),
            "no_influence": PENALTY_LAW.article(48, 1),
        }[self.value]

    def applies_to(self, act: Act) -> bool:
        """Only a penalty is made public by its influence; every licence granted is (行政许可法第四十条)."""
        return self is not KeptBack.NO_INFLUENCE or act is Act.PENALTY


# 撤回 --------------------------------------------------------------------------------------


class CalledBack(StrEnum):
    """撤回公示的原因. The first four are those of the law on penalties, the last of the published text itself."""

    CHANGED = "changed"
    REVOKED = "revoked"
    UNLAWFUL = "unlawful"
    VOID = "void"
    WRONGLY_PUBLISHED = "wrongly_published"

    @property
    def label(self) -> str:
        return {
            "changed": "决定被依法变更",
            "revoked": "决定被依法撤销",
            "unlawful": "决定被确认违法",
            "void": "决定被确认无效",
            "wrongly_published": "公示的内容有误",
        }[self.value]

    @property
    def basis(self) -> Citation:
        if self is CalledBack.WRONGLY_PUBLISHED:
            return REGULATIONS.article(41)
        return PENALTY_LAW.article(48, 2)


# 统计 --------------------------------------------------------------------------------------

# 小于这个数的分项不单列, so that one person cannot be singled out; the year's total is a figure of the report and exact.
SMALLEST_SHOWN = 5
SMALL_PARTS = f"有不足{SMALLEST_SHOWN}件的，各分项都写“—”，不逐项列出；合计是实数。"


def shown_parts(parts: tuple[int, ...]) -> tuple[str, ...]:
    """分项的写法: each part, or none of them where one is small enough to point at a person.

    >>> shown_parts((12, 7)), shown_parts((12, 0)), shown_parts((12, 3))
    (('12', '7'), ('12', '0'), ('—', '—'))
    """
    small = any(0 < part < SMALLEST_SHOWN for part in parts)
    return tuple("—" if small else str(part) for part in parts)
