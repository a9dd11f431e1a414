"""审计动作的名称. The Chinese name of every action that is recorded; a test finds one that has none."""

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
    "section.saved": "保存科室",
    "post.saved": "保存岗位和职权",
    "tenure.began": "任职",
    "tenure.ended": "免去任职",
    "delegation.made": "授权",
    "delegation.ended": "结束授权",
    "holidays.entered": "录入放假安排",
    "audit.exported": "导出审计记录",
    "outbox.tried_again": "重新办理待发事项",
}
_RESULTS = {"done": "成功", "refused": "被拒绝", "failed": "失败"}


def action_words(action: str) -> str:
    return ACTIONS.get(action, action)


def action_choices() -> list[tuple[str, str]]:
    return sorted(ACTIONS.items(), key=lambda pair: pair[1])


def result_words(result: str) -> str:
    return _RESULTS.get(result, result)
