"""申请表的栏目. Every field of the form with its written purpose and its ground; a field without one fails a check (PII-01)."""

from dataclasses import dataclass

from gongkai.rules.annual_report_2021.tables import APPLICANT_COLUMNS
from gongkai.rules.citation import REGULATIONS, Citation

# 个人信息处理说明 as shown on the form; raised with every change of its text, and kept with the application (PII-02).
NOTICE_VERSION = 1

PERSON = "natural_person"
APPLICANT_KINDS = tuple(
    (each.key, each.label if each.key == PERSON else f"{each.group}：{each.label}")
    for each in APPLICANT_COLUMNS
    if each.key != "total"
)
ID_CARD, CREDIT_CODE = "id_card", "credit_code"
PERSONS_CERTIFICATES = (
    (ID_CARD, "居民身份证"),
    ("passport", "护照"),
    ("hong_kong_macao_permit", "港澳居民来往内地通行证"),
    ("taiwan_permit", "台湾居民来往大陆通行证"),
    ("residence_permit", "港澳台居民居住证"),
    ("foreigner_residence", "外国人永久居留身份证"),
    ("other_personal", "其他身份证件"),
)
ORGANISATIONS_CERTIFICATES = (
    (CREDIT_CODE, "统一社会信用代码"),
    ("other_organisation", "其他登记证照"),
)
ACCESS_FORMS = (("electronic", "电子文档"), ("paper", "纸质文本"), ("inspection", "当场查阅、抄录"))
ACCESS_MEANS = (
    ("email", "电子邮件"),
    ("post", "邮寄"),
    ("in_person", "当面领取"),
    ("portal", "在本网站领取"),
)
MOST_MATTERS = 10
LONGEST_MATTER = 1000


@dataclass(frozen=True, slots=True)
class Particular:
    """一栏. ``purpose`` is shown to the applicant in the notice; ``sensitive``: of the kind the law guards most."""

    name: str
    label: str
    purpose: str
    basis: Citation
    longest: int = 100
    sensitive: bool = False


_WHO = REGULATIONS.article(29, 2, 1)
_WHAT = REGULATIONS.article(29, 2, 2)
_HOW = REGULATIONS.article(29, 2, 3)

PARTICULARS = (
    Particular("applicant_kind", "申请人类型", "年度报告按申请人类型计数", REGULATIONS.article(50)),
    Particular("name", "姓名或者名称", "确定申请人，写入答复", _WHO),
    Particular("certificate_kind", "证件种类", "核对身份证明", _WHO),
    Particular(
        "certificate_number",
        "证件号码",
        "核对身份证明；后四位用来查询办理状态",
        _WHO,
        longest=40,
        sensitive=True,
    ),
    Particular("representative", "联系人姓名", "与法人或者其他组织联系", _WHO, longest=50),
    Particular("phone", "联系电话", "确认收到申请，联系补正", _WHO, longest=40),
    Particular("email", "电子邮箱", "确认收到申请，按要求送达", _WHO),
    Particular("postal_address", "通信地址", "邮寄告知书和所申请的信息", _WHO, longest=200),
    Particular("postcode", "邮政编码", "邮寄告知书和所申请的信息", _WHO, longest=6),
    Particular("matter", "所需信息", "查找所申请的信息", _WHAT, longest=LONGEST_MATTER),
    Particular("access_form", "获取信息的方式", "按要求的形式提供", _HOW),
    Particular("access_means", "获取信息的途径", "按要求的途径送达", _HOW),
    Particular("other_form_too", "可以接受其他方式", "不能按要求提供时改用其他方式", REGULATIONS.article(40)),
    Particular("suggest_publication", "建议主动公开", "考虑把这些信息转为主动公开", REGULATIONS.article(44)),
    Particular("identity_file", "身份证明扫描件或者照片", "核对身份证明", _WHO, sensitive=True),
    Particular("attachment_file", "其他附件", "说明所需信息，证明委托关系", _WHAT),
)
BY_NAME = {each.name: each for each in PARTICULARS}
