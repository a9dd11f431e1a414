"""示例年报. From the year's records to the published report, through the steps that people take."""

from collections.abc import Mapping

from demo.year import SCENARIO, YEAR
from gongkai.agencies.models import Person
from gongkai.annual_report import actions, checking
from gongkai.annual_report.compiling import Compiled
from gongkai.annual_report.document import compose
from gongkai.annual_report.models import Edition

PROBLEMS = (
    "（一）存在的主要问题。一是政策解读以文字为主，图解和视频较少；二是各科室报送信息不够均衡，年中较少；"
    "三是业务培训组织得不够。\n"
    "（二）改进情况。本年度明确了各栏目的责任科室和更新期限，由信保中心每周巡查。"
    "下一步丰富解读形式，每季度通报各科室报送情况，把公开业务列入年度培训。"
)


def publish(people: Mapping[str, Person]) -> Edition:
    """编制、说明、送审、批准、发布. Returns the edition, on its way to the public side."""
    clerk, leader, head = people["zhonghe"], people["lingdao"], people["fabu"]
    edition = actions.start(year=YEAR, by=clerk)
    narrative = dict(edition.narrative)
    narrative["problems"] = PROBLEMS
    names = "".join(f"《{name}》" for name in SCENARIO["provincial_documents_published"])
    narrative["overview"] = narrative["overview"].replace(
        "本年度未制发行政规范性文件", f"在门户网站转载省级规范性文件{names}；本年度未制发行政规范性文件"
    )
    edition = actions.write(edition, narrative=narrative, version=edition.version, by=clerk)
    _explain(edition, by=clerk)
    actions.submit(edition, by=clerk)
    edition = actions.approve(edition, by=leader, words="同意。")
    return actions.release(edition, by=head)


def _explain(edition: Edition, *, by: Person) -> None:
    compiled = Compiled(edition.agency, edition.report.year)
    examined = checking.examine(edition, compiled, compose(compiled, edition.narrative))
    for judged in examined.open:
        if judged.finding.level == "W":
            words = "本机关2023年由人民防空办公室更名组建，已与台账逐项核对，数据属实。"
            actions.explain(edition, fingerprint=judged.fingerprint, explanation=words, by=by)
