"""文字的案例. For each rule over the prose, the structure and the language: one report at fault, and one just short of it."""

from dataclasses import replace
from datetime import date

from gongkai.report.model import Heading, Note, NoteKind, Place, Report
from tests.report.check.case import Case
from tests.report.check.cases_tables import LAST_YEAR
from tests.report.check.office import (
    OTHER,
    OVERVIEW,
    PREAMBLE,
    PROBLEMS,
    sound_report,
    with_heading,
    with_note,
    with_row,
    without_heading,
)

SOUND = sound_report()
ABOUT_APPLICATIONS = "（六）依申请公开的其他情况。"


def saying(words: str) -> Case:
    """The sound report with these words at the end of part one."""
    return Case(sound_report(overview=f"{OVERVIEW}\n{ABOUT_APPLICATIONS}{words}"))


def _all_closed(report: Report) -> Report:
    return with_row(with_row(report, "carried_out"), "received", persons=6, companies=1)


def _with_headings(*headings: Heading) -> Report:
    return replace(SOUND, headings=headings)


_H = SOUND.headings
_SUB_TOPICS = (_H[0], Heading("一、主动公开", "", 1), Heading("二、依申请公开", "", 2), *_H[1:])
_SUB_TOPICS_BRACKETED = (_H[0], Heading("（一）主动公开", "", 1), *_H[1:])

CASES: dict[str, tuple[Case, Case]] = {
    "T3-15": (
        saying("政府信息公开申请中，8件申请人主动撤销。"),
        saying("政府信息公开申请中，1件申请人主动撤销。"),
    ),
    "TX-01": (saying("新收政府信息公开申请9件。"), saying("网上新收政府信息公开申请3件。")),
    "TX-02": (saying("上年结转申请3件。"), saying("上年结转申请2件。")),
    "TX-03": (saying("受理申请8件，答复申请7件。"), saying("其中按时办结申请7件，办理上年结转申请1件。")),
    "TX-04": (saying("2件申请结转至2024年继续办理。"), saying("1件申请结转至2024年继续办理。")),
    "TX-05": (
        saying("因政府信息公开引发行政复议3件，解读政策2件。"),
        saying("因政府信息公开引发行政复议2件，解读政策3件。"),
    ),
    "TX-06": (
        saying("因政府信息公开提起行政诉讼2件。"),
        saying("因政府信息公开提起行政诉讼1件，未发生复议后起诉。"),
    ),
    "TX-07": (
        saying("共收到政府信息公开申请10件。"),
        saying("共收到政府信息公开申请10件（含上年结转2件）。"),
    ),
    "TX-08": (saying("政府信息公开申请均已办结。"), saying("除1件结转外，政府信息公开申请均已办结。")),
    "TX-09": (saying("本年未收到政府信息公开申请。"), saying("本年未收到网上政府信息公开申请。")),
    "TX-10": (
        saying("公开信息1472条（57+1180+17+217）。"),
        saying("公开信息1471条（57+1180+17+217），其中动态57条、公告17条。"),
    ),
    "TX-12": (
        saying("2022年公开信息30条，2023年公开信息40条，同比增长33.4%。"),
        saying("2022年公开信息30条，2023年公开信息40条，同比增长33.3%。"),
    ),
    "TX-13": (
        Case(saying("2023年收到政府信息公开申请8件，同比增长20%。").report, LAST_YEAR),
        Case(saying("2023年收到政府信息公开申请8件，同比下降20%。").report, LAST_YEAR),
    ),
    "TX-14": (saying("全年主动公开政府信息121条。"), saying("全年通过网站主动公开政府信息100条。")),
    "TX-15": (
        saying("收到申请8件，自然人5件，商业企业3件。"),
        saying("收到申请8件，自然人6件，商业企业2件。"),
    ),
    "TX-16": (saying("其中予以公开申请5件，信息不存在1件。"), saying("其中予以公开申请5件，信息不存在2件。")),
    "TX-18": (saying("收到政府信息公开申请近10件。"), saying("阅读量近10万次。")),
    "TX-19": (
        Case(sound_report(other="无其他需要报告的事项。")),
        Case(sound_report(other="发出收费通知1件，收取信息处理费30元。")),
    ),
    "TX-20": (saying("2022年11月召开培训会议3次。"), saying("2023年11月召开培训会议3次。")),
    "F-01": (Case(without_heading(SOUND, "remedies")), Case(without_heading(SOUND, "other"))),
    "F-02": (
        Case(with_heading(SOUND, "other", "l六、其他需要报告的事项")),
        Case(with_heading(SOUND, "other", "六、 其他需要报告的事项")),
    ),
    "F-03": (Case(with_heading(SOUND, "problems", "五、问题和改进")), Case(SOUND)),
    "F-04": (
        Case(with_heading(SOUND, "other", "6.其他需要报告的事项")),
        Case(with_heading(SOUND, "other", "六．其他需要报告的事项")),
    ),
    "F-05": (Case(_with_headings(*_SUB_TOPICS)), Case(_with_headings(*_SUB_TOPICS_BRACKETED))),
    "F-06": (
        Case(with_heading(SOUND, "applications", "四、收到和处理政府信息公开申请情况", 4)),
        Case(with_heading(SOUND, "applications", "三、收到和处理政府信息公开申请情况", 3)),
    ),
    "F-07": (Case(sound_report(problems="无。")), Case(sound_report(problems="解读形式不够丰富，将改进。"))),
    "F-08": (
        Case(
            sound_report(
                overview=OVERVIEW.replace("（五）监督保障。开展业务培训2次，工作考核结果为良好。", "")
            )
        ),
        Case(SOUND),
    ),
    "F-09": (
        saying("进一步提升政府信息信息公开水平。"),
        saying("示例市人民政府政府信息公开指南已更新，目的的确明确。"),
    ),
    "F-11": (Case(with_note(SOUND, Note(NoteKind.TABLE_IS_PICTURE, Place("applications")))), Case(SOUND)),
    "F-12": (Case(with_note(SOUND, Note(NoteKind.TABLE_BY_SCRIPT, Place("applications")))), Case(SOUND)),
    "F-13": (
        Case(sound_report(preamble=PREAMBLE.replace("2023年1月1日", "2022年1月1日"))),
        Case(sound_report(preamble=PREAMBLE.replace("至2023年12月", "至12月"))),
    ),
    "F-14": (
        Case(SOUND, given={"agency_current_name": "示例市水利局"}),
        Case(SOUND, given={"agency_current_name": "示例市水务局"}),
    ),
    "F-15": (
        Case(sound_report(preamble=PREAMBLE.partition("如有疑问")[0])),
        Case(sound_report(preamble=PREAMBLE.replace("，电话：0123-1234567", ""))),
    ),
    "F-16": (saying("申请材料载有11010519491231002X。"), saying("统一编号为110105194912310021。")),
    "F-17": (
        Case(SOUND, given={"published_on": date(2024, 2, 1)}),
        Case(SOUND, given={"published_on": date(2024, 1, 31)}),
    ),
}

__all__ = ["CASES", "OTHER", "PROBLEMS", "saying"]
