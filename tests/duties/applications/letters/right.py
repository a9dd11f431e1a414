"""正确的文书. Facts of every kind of letter and every situation, varied by a number, and the letters composed from them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from gongkai.duties.applications.letters.case_facts import CaseFacts, MatterFacts
from gongkai.duties.applications.letters.composing import compose
from gongkai.duties.applications.letters.text import LetterText
from gongkai.rules.regulations_2019.letters import KINDS, AddressedTo, ends_the_case, kind_for_result
from gongkai.rules.regulations_2019.outcome import SITUATIONS, outcome_of_matters
from gongkai.rules.regulations_2019.withholding import GROUND_BY_KEY, GROUNDS

NAMES = ("张示例", "欧阳示范", "李例", "示例建材有限公司", "示例律师事务所")
ASKED = (
    "2022年人防工程名录",
    "示例路工程的竣工验收备案材料",
    "本年度防空警报器的安装地点和数量",
    "示例街道应急避难场所的平面图",
    "关于示例小区地下室使用费的收费依据",
)
REASONS = (
    "经查阅机关档案室和业务系统，未查到以“工程 验收”为检索词的材料",
    "可以在示例市国防动员办公室网站的“信息公开”栏目查阅",
    "第三方认为公开将使其报价方法为竞争者所知，造成实际损害",
    "该材料形成于决定作出之前，公开会影响讨论时坦率发表意见",
    "示例市自然资源局负责该项工作，联系电话0000-0000009",
)
BODIES = ("示例市人民政府", "示例省国防动员办公室")
_SEVERED = next(iter(GROUNDS))
SITUATIONS_ENDING = tuple(each for each in SITUATIONS if each.result)


def matter(situation: str, n: int, *, number: int = 1) -> MatterFacts:
    """One matter so decided, with its ground where the situation has one."""
    result = next(each.result for each in SITUATIONS if each.key == situation)
    possible = [each for each in GROUNDS if each.result == result]
    if situation == "severed":
        possible = [GROUNDS[n % len(GROUNDS)]]
    ground = possible[0].key if possible else ""
    kinds = GROUND_BY_KEY[ground].kinds if ground else ()
    return MatterFacts(
        number,
        ASKED[(n + number) % len(ASKED)],
        situation,
        ground,
        kinds[n % len(kinds)] if kinds else "",
        "" if situation in ("provided", "co_maker_silent") else REASONS[(n + number) % len(REASONS)],
    )


def facts(kind: str, *, n: int = 0, matters: tuple[MatterFacts, ...] = ()) -> CaseFacts:
    """A case of the year that the number says, with what this kind of letter takes."""
    received = date((2023, 2024, 2025, 2026)[n % 4], 3, 2) + timedelta(days=n % 17)
    name = NAMES[n % len(NAMES)]
    is_organisation = len(name) > 5
    to_applicant = next(each for each in KINDS if each.key == kind).addressed_to is AddressedTo.APPLICANT
    given = CaseFacts(
        kind=kind,
        result=_result(matters),
        agency="示例市国防动员办公室",
        agency_contacts=("联系电话：0000-0000001", "地址：示例市示例路1号"),
        register_number=f"〔{received.year}〕{n % 90 + 1}号",
        received_on=received,
        day=received + timedelta(days=12),
        addressee=name if to_applicant else "示例测绘有限公司",
        applicant=name,
        is_organisation=is_organisation and to_applicant,
        applicant_contacts=("13800000000", "示例市示范路8号2单元"),
        due_on=received + timedelta(days=28),
        matters=matters or (MatterFacts(1, ASKED[n % len(ASKED)]),),
        remedy_body=BODIES[n % 2],
        court="示例市示例区人民法院",
        others=("王旁人", "赵检索") if to_applicant else ("王旁人",),
        not_before=received,
    )
    return replace(given, **_taken(kind, n, given))


def _result(matters: tuple[MatterFacts, ...]) -> str:
    results = [each.result for each in matters if each.result]
    if not results:
        return ""
    found = outcome_of_matters(results, main_ground="").result
    assert found is not None
    return found.key


def _taken(kind: str, n: int, given: CaseFacts) -> dict[str, object]:
    match kind:
        case "correction":
            return {"said": "请写明所申请信息的名称、文号或者便于查询的其他特征", "working_days": 10 + n % 6}
        case "extension":
            until = given.due_on + timedelta(days=14) if given.due_on else None
            return {"said": "所申请的信息需要从多个科室查找", "working_days": 5 + n % 16, "until": until}
        case "third_party_consultation" | "co_maker_consultation" | "other_agency_consultation":
            return {"said": f"示例路工程的测绘报告（第{n % 9 + 1}册）"}
        case "third_party_notice":
            return {"said": "示例路工程的测绘结论，涉及沿线居民的人身安全，应当为公众所知"}
        case "fee_notice":
            standard = "按件计收，11至30件的部分每件100元"
            return {
                "said": standard,
                "how": "到示例市示例路1号一楼窗口缴纳",
                "amount": Decimal(100 + n % 7 * 100),
            }
        case "reasons_asked":
            return {"said": "自年初至今共提出申请61件，内容相近", "working_days": 5 + n % 6}
        case "deferral":
            return {"said": "所申请的61件信息需要逐件查找", "until": given.received_on + timedelta(days=60)}
    return {}


def notices(n: int) -> Iterator[CaseFacts]:
    """One of each kind but replies."""
    for kind in KINDS:
        if not ends_the_case(kind.key):
            more = (MatterFacts(1, ASKED[0]), MatterFacts(2, ASKED[1])) if n % 3 == 1 else ()
            yield facts(kind.key, n=n, matters=more)


def replies(n: int) -> Iterator[CaseFacts]:
    """One of each situation, and some of several matters."""
    for place, situation in enumerate(SITUATIONS_ENDING):
        alone = (matter(situation.key, n + place),)
        yield facts(kind_for_result(situation.result), n=n + place, matters=alone)
        other = SITUATIONS_ENDING[(place + n + 5) % len(SITUATIONS_ENDING)]
        both = (matter(situation.key, n), matter(other.key, n, number=2))
        if both[0].text != both[1].text:
            yield facts(kind_for_result(_result(both)), n=n + place, matters=both)


def every(rounds: int) -> Iterator[CaseFacts]:
    for n in range(rounds):
        yield from notices(n)
        yield from replies(n)


def issued(of: CaseFacts) -> tuple[LetterText, CaseFacts]:
    """The letter as it leaves, numbered and dated."""
    sign = of.letter_kind.sign
    numbered = replace(of, number=f"示动{sign}〔{of.day.year}〕{len(of.addressee)}号")
    return compose(numbered).issued(number=numbered.number, on=numbered.day), numbered
