"""审计动作的名称. The Chinese name of every action that is recorded; a test finds one that has none."""

from django.apps import apps

from gongkai.annual_report.lifecycle import STEPS
from gongkai.duties.applications.models import ApplicationEvent
from gongkai.duties.catalogue.lifecycle import REVIEWS
from gongkai.duties.catalogue.models import Review, Version
from gongkai.duties.catalogue.normative.models import ChangeKind

Conclusion = Review.Conclusion

ACTIONS = {
    "session.started": "登录",
    "session.refused": "登录失败",
    "session.ended": "退出",
    "person.added": "新增人员",
    "person.changed": "修改人员资料",
    "person.disabled": "停用账号",
    "person.enabled": "启用账号",
    "person.unlocked": "解除登录锁定",
    "person.password_set": "设置口令",
    "person.second_factor_bound": "绑定验证器",
    "person.link_issued": "签发一次性链接",
    "person.link_used": "使用一次性链接",
    "agency.founded": "建立机关",
    "site.saved": "保存网站信息",
    "section.saved": "保存科室",
    "post.saved": "保存岗位和职权",
    "tenure.began": "任职",
    "tenure.ended": "免去任职",
    "delegation.made": "授权",
    "delegation.ended": "结束授权",
    "holidays.entered": "录入放假安排",
    "calendar.issued": "开通日历订阅",
    "calendar.revoked": "停用日历订阅",
    "calendar.read": "读取日历订阅",
    "audit.exported": "导出审计记录",
    "outbox.tried_again": "重新办理待发事项",
    "application_intake.received": "接收网上申请",
    "application_intake.particulars_opened": "查看网上申请表",
    "application_intake.file_opened": "打开申请人的文件",
    "registers.import_previewed": "台账导入预演",
    "registers.import_discarded": "放弃台账导入",
    "remedies.case_file.opened": "复议诉讼：立案卷",
    "remedies.case_file.taken_over": "复议诉讼：为台账记录立案卷",
    "remedies.case_file.step_entered": "复议诉讼：登记经过",
    "remedies.case_file.assigned": "复议诉讼：分办",
    "remedies.case_file.correction_proposed": "复议诉讼：提出更正经过",
    "remedies.case_file.correction_agreed": "复议诉讼：同意更正经过",
    "remedies.case_file.correction_declined": "复议诉讼：不同意更正经过",
    "remedies.case_file.handled_again": "复议诉讼：重新办理申请",
    "remedies.casefile.revealed": "复议诉讼：查看申请人（原告）",
    "remedies.evidence.added": "复议诉讼：列入证据",
    "remedies.evidence.changed": "复议诉讼：修改证据",
    "remedies.evidence.moved": "复议诉讼：调整证据次序",
    "remedies.evidence.taken_out": "复议诉讼：移出证据",
    "remedies.evidence.read": "复议诉讼：打开证据文件",
    "remedies.lesson.added": "复议诉讼：写经验教训",
    "remedies.lesson.taken_back": "复议诉讼：撤回经验教训",
    "applications.application.handled_again": "重新办理申请",
    "applications.application.read": "查看申请",
    "applications.matter.listed": "列出申请事项",
    "applications.matter.struck": "划去申请事项",
    "applications.matter.decided": "决定申请事项",
    "applications.matter.main_ground": "确定主要理由",
    "applications.search.recorded": "登记检索",
    "applications.search.struck": "划去检索记录",
    "applications.document.listed": "登记查到的信息",
    "applications.document.struck": "划去查到的信息",
    "applications.document.pages_decided": "逐页决定",
    "applications.rectification.proposed": "提出更正经过",
    "applications.rectification.agreed": "同意更正经过",
    "applications.rectification.declined": "不同意更正经过",
    "applications.recount.made": "重新计算期限",
    "applications.recount.agreed": "同意期限重算",
    "catalogue.disclosure_column.released": "发布公开栏目",
    "catalogue.version.begun": "起草信息",
    "catalogue.version.written": "保存信息草稿",
    "catalogue.version.taken_up": "开始编辑",
    "catalogue.attachment.added": "上传附件",
    "catalogue.attachment.removed": "删除附件",
    "catalogue.attachment.cleaned": "清理附件",
    "catalogue.concern.answered": "处理检查发现",
    "catalogue.version.submitted": "信息送审",
    "catalogue.version.taken_back": "撤回送审",
    "catalogue.version.abandoned": "放弃草稿",
    "catalogue.version.secrecy.secret": "记录确定结果：涉密",
    "catalogue.version.secrecy.not_secret": "记录确定结果：不涉密",
    "catalogue.version.scheduled": "定时发布",
    "catalogue.version.released": "发布信息",
    "catalogue.version.not_released": "信息没有发出",
    "catalogue.version.published": "信息已公开",
    "catalogue.item.withdrawn": "撤回信息",
    "catalogue.route.set": "设定审查流程",
    "catalogue.column.changed": "修改栏目",
    "upkeep.duty.handed_down": "落实公开职责",
    "upkeep.duty.left_out": "公开职责记为不涉及",
    "upkeep.duty.taken_back": "收回公开职责",
    "upkeep.assignment.exported": "导出公开职责",
    "upkeep.notice.noted": "登记检查通知",
    "upkeep.notice.voided": "作废检查通知",
    "upkeep.check.done": "栏目和职责夜间检查",
    **{
        f"catalogue.version.{stage}.{conclusion}": f"{step.label}：{conclusion.label}"
        for stage, step in REVIEWS.items()
        for conclusion in Conclusion
        if conclusion != Conclusion.REFERRED or stage == Version.Stage.CONFIDENTIALITY_REVIEW
    },
    "handling.assigned": "申请分办、移交、退回",
    "handling.commissioned": "交办、协办",
    "handling.commission_answered": "登记办理意见",
    "handling.commission_called_back": "收回交办",
    "handling.extension_proposed": "提出延期",
    "handling.extension_agreed": "同意延期",
    "handling.extension_declined": "不同意延期",
    "handling.extension_withdrawn": "撤回延期审批",
    "handling.extension_told": "告知申请人延期",
    "handling.internal_periods_set": "设定内部期限",
    "consultation.prepared": "拟征求意见",
    "consultation.sent": "发出征求意见书",
    "consultation.delivered": "征求意见书送达",
    "consultation.answered": "收到征求的意见",
    "consultation.silent": "确认逾期未提出意见",
    "consultation.withdrawn": "取消征求意见",
    "consultation.public_interest": "公共利益需要，决定公开",
    "consultation.third_party_told": "书面告知第三方",
    "consultation.consultation.revealed": "查看被征求意见人的信息",
    "fees.practice_set": "设定收费做法",
    "fees.proposed": "提出收费",
    "fees.decided": "决定收费",
    "fees.withdrawn": "撤回收费",
    "fees.noticed": "收费通知",
    "fees.paid": "登记缴费",
    "fees.unpaid": "登记逾期未缴费",
    "annual_report.start": "年度报告：汇总并起草",
    "annual_report.correct": "年度报告：起草更正",
    "topics.index_opened": "建立专题目录",
    "topics.file_added": "上传专题素材",
    "topics.submitted": "专题送审",
    "topics.voided": "专题的审查作废",
    "topics.passed": "专题保密审查通过",
    "topics.returned": "专题退回修改",
    "topics.signed": "签发专题",
    "topics.published": "专题发布完成",
    "topics.closed": "结束专题",
    "topics.archived": "专题归档",
    "topics.withdrawn": "撤回专题",
    "publicity.reviewed": "执法公示：保密审查通过",
    "publicity.returned": "执法公示：退回更正",
    "publicity.kept_back": "执法公示：决定不公示",
    "publicity.reconsidered": "执法公示：恢复待公示",
    "publicity.signed": "执法公示：发布",
    "publicity.published": "执法公示：公众侧已公示",
    "publicity.withdrawn": "执法公示：撤回公示",
    "publicity.expired": "执法公示：公示期满撤下",
    "redaction.begun": "遮盖：上传材料",
    "redaction.covered": "遮盖：加框",
    "redaction.uncovered": "遮盖：去框",
    "redaction.abandoned": "遮盖：放弃",
    "redaction.asked_for": "遮盖：交付制作",
    "redaction.made": "遮盖：制成并通过检查",
    "redaction.not_made": "遮盖：没有制成",
    "redaction.agreed": "遮盖：复核通过",
    "redaction.returned": "遮盖：退回",
    "redaction.taken_back": "遮盖：撤回",
    "redaction.handed_out": "遮盖：取用成品",
    "public_lists.submitted": "清单送审",
    "public_lists.taken_back": "清单撤回送审",
    "public_lists.passed": "清单保密审查通过",
    "public_lists.returned": "清单退回",
    "public_lists.signed": "签发清单",
    "public_lists.published": "清单发布完成",
    "public_lists.withdrawn": "撤下清单的版次",
    "annual_report.earlier_entered": "录入以前年度报告",
    "interpretation.plan.saved": "保存解读方案",
    "interpretation.linked": "标明解读的文件",
    "interpretation.unlinked": "去掉解读关系",
    "interpretation.practice.set": "设定解读要求",
    "leaders.profile.saved": "保存领导任职信息",
    "leaders.departure.registered": "登记领导离任",
    "guide.sheet.saved": "保存指南要素",
    "guide.edition.filed": "公开指南登入台账",
    "guide.recheck.unchanged": "复核公开指南：不需修改",
    "guide.recheck.revise": "复核公开指南：起草新版",
    "withheld.item.determined": "确定不公开",
    "withheld.assessment.keep": "定期评估：继续不公开",
    "withheld.assessment.disclose": "定期评估：转为主动公开",
    "withheld.practice.set": "设定评估周期",
    "normative.sheet.saved": "保存文件要素",
    "normative.change.intended": "写明修改、废止的文件",
    "normative.change.dropped": "去掉修改、废止的文件",
    "normative.document.filed": "规范性文件入库",
    "normative.document.told": "更新公众侧的有效性",
    **{f"normative.document.{kind}": f"规范性文件：{kind.label}" for kind in ChangeKind},
    "normative.entry.saved": "登记统一登记号",
    "normative.entry.shown": "列入公开的文件库",
    "normative.entry.hidden": "从公开的文件库撤下",
    "normative.clean_up.opened": "开始规范性文件清理",
    "normative.clean_up.concluded": "提出清理结论",
    "normative.clean_up.finished": "清理定下结论",
    "normative.clean_up.reopened": "重新清理",
    "normative.clean_up.published": "清理结果已公布",
}
# What is done to a record of a register; its action is "app.model.verb".
VERBS = {
    "entered": "登记",
    "rectified": "更正",
    "voided": "作废",
    "imported": "导入",
    "exported": "导出",
    "opened": "开设",
    "revealed": "查看加密内容",
}
_EVENTS = dict(ApplicationEvent.Kind.choices)
# 查找用的几类动作，按动作名的开头。
FAMILIES = {
    "session.": "登录和退出",
    "person.": "人员和账号",
    "post.": "岗位和职权",
    "tenure.": "任职",
    "delegation.": "授权",
    "annual_report.": "年度报告",
    "applications.": "依申请公开",
    "handling.": "申请的承办",
    "consultation.": "征求意见",
    "fees.": "信息处理费",
    "catalogue.": "主动公开",
    "interpretation.": "政策解读",
    "normative.": "规范性文件",
    "leaders.": "领导信息",
    "guide.": "公开指南",
    "withheld.": "不公开的信息",
    "registers.": "台账导入",
    "publicity.": "执法公示",
    "public_lists.": "清单和统计",
    "redaction.": "遮盖",
    "upkeep.": "公开职责和栏目",
    "audit.": "审计",
    "holidays.": "放假安排",
    "calendar.": "日历订阅",
}
_RESULTS = {"done": "成功", "refused": "被拒绝", "failed": "失败"}


def action_words(action: str) -> str:
    """The name of an action; for one without a name, that it has none, and its id for the developers."""
    return ACTIONS.get(action) or _of_report(action) or _of_record(action) or f"其他（{action}）"


def result_words(result: str) -> str:
    return _RESULTS.get(result, result)


def record_words(label: str) -> str:
    """The Chinese name of a kind of record, "" when there is no such kind."""
    model = next((each for each in apps.get_models() if each._meta.label_lower == label), None)
    return str(model._meta.verbose_name) if model else ""


def _of_report(action: str) -> str:
    family, _, step = action.partition(".")
    return f"年度报告：{STEPS[step].label}" if family == "annual_report" and step in STEPS else ""


def _of_record(action: str) -> str:
    *label, verb = action.split(".")
    words = _EVENTS.get(verb) if label == ["applications", "application"] else None
    words = words or VERBS.get(verb)
    record = record_words(".".join(label))
    return f"{record}：{words}" if record and words else ""
