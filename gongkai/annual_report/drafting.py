"""起草. A first text from the year's figures, in the order the form asks for; the office then makes it its own.

Sentences appear only when there is something to say. Part five is left to the office: nobody else knows its problems.
"""

from collections.abc import Mapping

from gongkai.agencies.models import Agency
from gongkai.annual_report.cells import cell_label
from gongkai.registers.figures import Number

COLUMN = "主动公开："  # before the name of a column, see compiling.Compiled.figures
ISSUED, REPEALED, IN_FORCE = (
    cell_label(("proactive", "normative_documents", column)) for column in ("issued", "repealed", "in_force")
)


def first_draft(agency: Agency, year: int, values: Mapping[str, Number]) -> dict[str, str]:
    """部分 → 文字, figures in braces."""
    return {
        "overview": "\n".join(
            (
                f"{year}年，{agency.short_name}按照《中华人民共和国政府信息公开条例》和上级部署开展政府信息公开工作。",
                "（一）主动公开方面。" + _proactive(values),
                "（二）依申请公开方面。" + _applications(values),
                "（三）政府信息管理方面。" + _management(values),
                "（四）政府信息公开平台建设方面。" + _platform(values),
                "（五）监督保障方面。" + _supervision(values),
            )
        ),
        "proactive": "",
        "applications": "",
        "remedies": "",
        "problems": "",
        "other": _fee(values),
    }


def _proactive(values: Mapping[str, Number]) -> str:
    said = ["通过门户网站主动公开政府信息{主动公开信息}条" + _by_column(values)]
    if values["行政许可决定"] or values["行政处罚决定"]:
        said.append("作出行政许可决定{行政许可决定}件，行政处罚决定{行政处罚决定}件")
    if values["收到来信"]:
        said.append(
            "收到领导信箱来信{收到来信}件，按期答复{按期答复来信}件，超期答复{超期答复来信}件，漏办{漏办来信}件"
        )
    if values["网上调查"] or values["意见征集"]:
        said.append("开展网上调查{网上调查}次，意见征集{意见征集}次")
    if values["政务新媒体发布"]:
        said.append("通过政务新媒体发布信息{政务新媒体发布}条")
    return "；".join(said) + "。"


def _by_column(values: Mapping[str, Number]) -> str:
    named = [label for label in values if label.startswith(COLUMN) and values[label]]
    if not named:
        return ""
    return "（" + "，".join(f"{label.removeprefix(COLUMN)}{{{label}}}条" for label in named) + "）"


def _applications(values: Mapping[str, Number]) -> str:
    if not values["新收申请"] and not values["上年结转申请"]:
        return "本年度未收到政府信息公开申请。" + _remedies(values)
    return (
        "本年新收政府信息公开申请{新收申请}件，上年结转{上年结转申请}件，办结{办结申请}件，"
        "结转下年度继续办理{结转下年度申请}件。" + _remedies(values)
    )


def _remedies(values: Mapping[str, Number]) -> str:
    reconsiderations, suits = values["新收行政复议"], values["新收行政诉讼"]
    if not reconsiderations and not suits:
        return "未发生因政府信息公开引起的行政复议、行政诉讼。"
    first = "行政复议{新收行政复议}件" if reconsiderations else "未发生行政复议"
    second = "行政诉讼{新收行政诉讼}件" if suits else "未发生行政诉讼"
    return f"因政府信息公开引起的{first}，{second}。"


def _management(values: Mapping[str, Number]) -> str:
    said = "落实公开属性源头认定、发布审核和保密审查。"
    if values[ISSUED]:
        said += f"制发行政规范性文件{{{ISSUED}}}件，废止{{{REPEALED}}}件，现行有效{{{IN_FORCE}}}件。"
    else:
        said += f"本年度未制发行政规范性文件，现行有效{{{IN_FORCE}}}件。"
    if values["公开的规范性文件"]:
        said += "公开规范性文件{公开的规范性文件}件。"
    return said


def _platform(values: Mapping[str, Number]) -> str:
    said = "维护政府信息公开专栏，更新政府信息公开指南和目录。"
    if values["办好的专题"]:
        said += "维护政务专题专栏{办好的专题}个。"
    if values["整改问题"]:
        said += "开展网站巡查，整改错误链接等问题{整改问题}个。"
    return said


def _supervision(values: Mapping[str, Number]) -> str:
    said = "明确各科室分工，开展日常督促和考核。"
    if values["安全评估"]:
        said += "参加安全检测评估{安全评估}次。"
    if values["运维单位检查"]:
        said += "网络运营商开展安全检查{运维单位检查}次。"
    if values["培训"]:
        said += "组织公开业务培训{培训}次。"
    return said


def _fee(values: Mapping[str, Number]) -> str:
    if values["收取信息处理费"]:
        return "本年度收取政府信息公开信息处理费{收取信息处理费}元。"
    return "本年度未收取政府信息公开信息处理费。"
