"""检查规则目录. Every rule of a report's check: id, level, title, formula, what it needs, and where it comes from."""

from dataclasses import dataclass, field

from gongkai.report.check.findings import CannotJudge, Finding, Level, Need, Value
from gongkai.report.model import Place
from gongkai.rules.annual_report_2021.cross_checks import CHECKS
from gongkai.rules.annual_report_2021.cross_checks.thresholds import EMPTY_SECTION_BELOW, TEXT_IS_SIMILAR_FROM
from gongkai.rules.citation import REGULATIONS, REPORT_FORM_2021, Certainty, Citation

FORM = REPORT_FORM_2021.whole()
DERIVED = REPORT_FORM_2021.whole(certainty=Certainty.INFERENCE)
CONTENT = REGULATIONS.article(50)
E_, W_, I_ = Level.ERROR, Level.WARNING, Level.INFORMATION


@dataclass(frozen=True, slots=True)
class Rule:
    """一条规则. ``where`` says who judges a rule that this tool does not judge: the registers, a crawl, or the design."""

    id: str
    level: Level
    title: str
    formula: str
    basis: Citation
    needs: frozenset[Need] = field(default_factory=lambda: frozenset({Need.FILE}))
    where: str = ""

    @property
    def group(self) -> str:
        return self.id.partition("-")[0]

    def finding(
        self,
        place: Place,
        message: str,
        *,
        left: Value = None,
        right: Value = None,
        level: Level | None = None,
        further: tuple[Place, ...] = (),
    ) -> Finding:
        return Finding(self.id, level or self.level, place, message, self.formula, left, right, further)

    def cannot_judge(self, place: Place, why: str) -> CannotJudge:
        return CannotJudge(self.id, place, why)


def _rule(
    id: str,
    level: Level,
    title: str,
    formula: str,
    *needs: Need,
    basis: Citation = DERIVED,
    where: str = "",
) -> Rule:
    return Rule(id, level, title, formula, basis, frozenset({Need.FILE, *needs}), where)


_DESIGN = "设计原则，不单独产生问题"
_LEDGER = "由年度报告编制功能对照台账判断"
_CRAWL = "由网站检查功能判断"

_DOCUMENT_RULES = (
    _rule("T2-06", I_, "表二缺失", "有第二部分时，表二至少有一格数字", basis=FORM),
    _rule("T3-04", E_, "表三缺失", "有第三部分标题时，有表三", basis=FORM),
    _rule("T3-08", E_, "表三行名与次序", "各行名称和次序 = 官方格式", basis=FORM),
    _rule("T3-09", E_, "表三列名与次序", "申请人各列名称和次序 = 官方格式", basis=FORM),
    _rule("T3-15", W_, "撤回的申请", "文字中撤回、撤销申请的件数 ≤ 表三“其他处理·其他”"),
    _rule("T3-20", W_, "两种读法不一", "两种方法读取的同一格相同"),
    _rule("T4-04", E_, "表四缺失", "有第四部分标题时，有表四", basis=FORM),
    _rule("X-05", W_, "上级与下级之和", "本级报告各格 = 下级报告相应格之和", Need.SET),
    _rule("X-06", W_, "重复计算", "每个下级机关只计一次，不含本级", Need.SET),
    _rule(
        "X-07", W_, "与上年文字雷同", f"与上一年度报告文字的相似度 < {TEXT_IS_SIMILAR_FROM}", Need.LAST_YEAR
    ),
    _rule("X-08", W_, "连续三年数字相同", "三年表三、表四的数字不完全相同", Need.LAST_YEAR),
    _rule("X-09", E_, "各版本数字不一", "网页、附件、上级网站上的同一格相同"),
    _rule("X-10", W_, "发布后被改动", "发布后文件的摘要不变，或者有更正说明", Need.CRAWL, where=_CRAWL),
    _rule("TX-01", E_, "文字与表：新收", "文字中新收件数 = 表三“新收”总计"),
    _rule("TX-02", E_, "文字与表：上年结转", "文字中上年结转件数 = 表三“上年结转”总计"),
    _rule("TX-03", E_, "文字与表：答复", "文字中答复（办结）件数 = 表三“总计（七）”"),
    _rule("TX-04", E_, "文字与表：结转下年", "文字中结转下年度件数 = 表三“结转下年度”总计"),
    _rule("TX-05", E_, "文字与表：行政复议", "文字中行政复议件数 = 表四行政复议"),
    _rule("TX-06", E_, "文字与表：行政诉讼", "文字中行政诉讼件数 = 表四直接起诉 + 复议后起诉"),
    _rule("TX-07", W_, "文字与表：收到申请", "文字中收到申请件数 = 新收，写明含结转的 = 新收 + 上年结转"),
    _rule("TX-08", E_, "均已办结", "写“均已办结”时，结转下年度 = 0"),
    _rule("TX-09", E_, "有无申请、复议、诉讼", "写“未收到”“未发生”时，表中 = 0；反之 > 0"),
    _rule("TX-10", E_, "文字中的分项", "列举全部的分项之和 = 总数；其中各项之和 ≤ 总数"),
    _rule("TX-11", W_, "各渠道发布数", "文字中各渠道件数 = 发布台账", Need.LEDGER, where=_LEDGER),
    _rule("TX-12", W_, "百分比", "文字中的百分比 = 重新计算的百分比（末位的半个单位以内）"),
    _rule("TX-13", W_, "同比方向", "同比增长时，本年 > 上年；同比下降时，本年 < 上年", Need.LAST_YEAR),
    _rule("TX-14", E_, "文字前后矛盾", "文字中同一事项的数只有一个"),
    _rule("TX-15", E_, "文字与表：申请人", "文字中各类申请人件数 = 表三相应列"),
    _rule("TX-16", W_, "文字与表：办理结果", "文字中各种办理结果件数 = 表三相应行"),
    _rule("TX-17", W_, "文字与台账", "文件、解读、征集、信箱件数 = 台账", Need.LEDGER, where=_LEDGER),
    _rule("TX-18", I_, "约数", "写“余”“近”“多”的数不作为相等的依据"),
    _rule("TX-19", E_, "信息处理费", "第六部分写明收取信息处理费的情况", basis=DERIVED),
    _rule("TX-20", I_, "日期在年度内", "培训、会议、检查的日期在统计年度内"),
    _rule("F-01", E_, "六个部分", "六个部分齐全，标题和次序 = 官方格式", basis=FORM),
    _rule("F-02", E_, "标题杂字", "标题序号前后没有多余字符"),
    _rule("F-03", I_, "标题的通行写法", "标题为通行写法，不作为问题"),
    _rule("F-04", E_, "序号体系", "六个部分用同一种序号"),
    _rule("F-05", W_, "小标题编成部分", "总体情况的小标题不与六个部分并列编号"),
    _rule("F-06", E_, "序号与内容", "标题的序号 = 该部分在格式中的序号", basis=FORM),
    _rule(
        "F-07", E_, "第五部分空泛", f"第五部分不少于{EMPTY_SECTION_BELOW}字，且不与上年相同", basis=CONTENT
    ),
    _rule(
        "F-08",
        W_,
        "总体情况的内容",
        "总体情况写明主动公开、依申请公开、信息管理、平台建设、监督保障",
        basis=FORM,
    ),
    _rule("F-09", W_, "文字差错", "没有重复的词、残缺的句子、英文逗号"),
    _rule("F-10", I_, "表格边框", "表格有边框", where="已停用"),
    _rule("F-11", W_, "表格是图片", "表格是文字，不是图片或扫描件"),
    _rule("F-12", W_, "表格靠脚本显示", "网页本身含有表格"),
    _rule("F-13", E_, "年份与依据", "标题年份 = 统计年度；统计期为1月1日至12月31日；所引依据为现行格式"),
    _rule("F-14", E_, "机关名称", "标题、正文、落款的机关名称 = 现名"),
    _rule("F-15", W_, "联系方式", "写明联系地址或电话"),
    _rule("F-16", E_, "个人信息", "文中没有申请人的姓名、证件号码、电话", basis=REGULATIONS.article(15)),
    _rule(
        "F-17",
        E_,
        "公布期限",
        "部门1月31日前、政府3月31日前公布",
        Need.CRAWL,
        basis=REGULATIONS.article(49),
    ),
    _rule("F-18", W_, "年报栏目", "在年报栏目公布，历年报告齐全", Need.CRAWL, where=_CRAWL),
    _rule("F-19", I_, "不能判断不算通过", "读取失败写明不能判断", where=_DESIGN),
    _rule("F-20", I_, "问题可复核", "每个问题有左右值、差、位置", where=_DESIGN),
)

_LEDGER_RULES = tuple(
    _rule(id, level, title, formula, Need.LEDGER, where=_LEDGER)
    for id, level, title, formula in (
        ("L-01", E_, "逐格重算", "表三每格 = 台账中该格的件数"),
        ("L-02", E_, "一案一果", "每件申请有一种申请人、一个年度内的最终结果"),
        ("L-03", E_, "未结未转", "年内收到而无结果的申请 = 结转下年度"),
        ("L-04", E_, "逾期答复", "逾期答复的件数 = 0，或者文字如实写明"),
        ("L-05", W_, "各渠道登记", "信函、当面、网上申请都已登记"),
        ("L-06", W_, "其他处室收件", "其他处室收到的申请都已登记"),
        ("L-07", E_, "复议诉讼两处一致", "法制机构与公开机构登记的复议、诉讼相同"),
        ("L-08", E_, "定稿锁定", "审定后的数字改动有理由、有新版本"),
    )
)
_CROSS_CHECKS = tuple(
    Rule(check.id, check.level, check.title, check.formula, check.basis, check.needs) for check in CHECKS
)
_ORDER = ("T3", "T4", "T2", "X", "TX", "F", "L")

CATALOGUE: tuple[Rule, ...] = tuple(
    sorted(
        (*_CROSS_CHECKS, *_DOCUMENT_RULES, *_LEDGER_RULES),
        key=lambda rule: (_ORDER.index(rule.group), rule.id),
    )
)
RULES = {rule.id: rule for rule in CATALOGUE}
