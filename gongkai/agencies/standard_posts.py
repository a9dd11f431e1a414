"""标准岗位. The posts a new office begins with, as an office of openness is usually staffed; all may be changed on the desk.

The three administrators are no posts: their powers come with their office alone (ACL-03). Whoever compiles a report
holds no post that approves it (ACL-04), and clear values of applicants go with two posts only (ACL-05).
"""

from dataclasses import dataclass

from gongkai.agencies.powers import Power

_KEEPING = frozenset({Power.KEEP_REGISTERS, Power.READ_REGISTERS, Power.EXPORT_REGISTERS})


@dataclass(frozen=True, slots=True)
class StandardPost:
    """一个标准岗位 and what its holder does."""

    name: str
    about: str
    powers: frozenset[Power]


DISCLOSURE_OFFICER = StandardPost(
    "公开工作人员",
    "登记、导入各项台账，起草信息，办理申请，编制年度报告",
    _KEEPING | {Power.DRAFT_ITEMS, Power.READ_APPLICANTS, Power.COMPILE_REPORT, Power.EXPLAIN_FINDINGS},
)
SECTION_CLERK = StandardPost("科室经办人", "登记、导入本科室的台账，起草信息", _KEEPING | {Power.DRAFT_ITEMS})
SECTION_HEAD = StandardPost(
    "科室负责人",
    "审核本科室起草的信息，查阅台账",
    frozenset({Power.READ_REGISTERS, Power.EXPORT_REGISTERS, Power.REVIEW_SECTION}),
)
CONFIDENTIALITY_REVIEWER = StandardPost(
    "保密审查员",
    "公开之前逐件审查",
    frozenset({Power.READ_REGISTERS, Power.REVIEW_CONFIDENTIALITY}),
)
LEGALITY_REVIEWER = StandardPost(
    "法制审核员",
    "审核答复和文件的合法性",
    frozenset({Power.READ_REGISTERS, Power.READ_APPLICANTS, Power.REVIEW_LEGALITY}),
)
HEAD_OF_DISCLOSURE_OFFICE = StandardPost(
    "公开工作机构负责人",
    "发布年度报告和公开专栏，管理栏目，撤回信息，决定延期和收费",
    frozenset(
        {
            Power.READ_REGISTERS,
            Power.RELEASE_REPORT,
            Power.MANAGE_COLUMNS,
            Power.WITHDRAW_ITEMS,
            Power.EXTEND_REPLY,
            Power.DECIDE_FEE,
            Power.SIGN_LETTERS,
        }
    ),
)
SIGNING_LEADER = StandardPost(
    "签发领导",
    "签发信息和文书，批准年度报告",
    frozenset({Power.READ_REGISTERS, Power.SIGN_ITEMS, Power.SIGN_LETTERS, Power.APPROVE_REPORT}),
)
STANDARD_POSTS = (
    DISCLOSURE_OFFICER,
    SECTION_CLERK,
    SECTION_HEAD,
    CONFIDENTIALITY_REVIEWER,
    LEGALITY_REVIEWER,
    HEAD_OF_DISCLOSURE_OFFICE,
    SIGNING_LEADER,
)
