"""工作台的网址和谁能打开. One line an address: who reads (GET), who writes (POST). An address without a line fails (ACL-01).

ANYONE needs no log-in, STAFF is everybody who has logged in; otherwise one of the powers named is enough. The powers of the
three administrators come with their office, all others with a post.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from gongkai.agencies.powers import Power
from gongkai.desk.gatekeeping import LISTED

ANYONE, STAFF = "anyone", "staff"
SECURITY = frozenset({Power.MANAGE_SECURITY})
SYSTEM = frozenset({Power.MANAGE_SYSTEM})
AUDIT = frozenset({Power.READ_AUDIT})
HOLIDAYS = frozenset({Power.MANAGE_HOLIDAYS})
READ = frozenset({Power.READ_REGISTERS, Power.KEEP_REGISTERS})
KEEP = frozenset({Power.KEEP_REGISTERS})
DRAFT = frozenset({Power.DRAFT_ITEMS})
ITEM_REVIEWERS = frozenset(
    {Power.REVIEW_SECTION, Power.REVIEW_LEGALITY, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS}
)
ITEM_PEOPLE = DRAFT | ITEM_REVIEWERS | {Power.WITHDRAW_ITEMS}
WITHHOLDING = DRAFT | {Power.REVIEW_SECTION, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS}
COLUMNS = frozenset({Power.MANAGE_COLUMNS})
UPKEEP = frozenset({Power.READ_REGISTERS, Power.MANAGE_COLUMNS})
EXPORT = frozenset({Power.EXPORT_REGISTERS})
LETTER_READERS = frozenset({Power.READ_APPLICANTS, Power.REVIEW_LEGALITY, Power.SIGN_LETTERS})
LETTER_PEOPLE = READ | {Power.REVIEW_LEGALITY, Power.SIGN_LETTERS}
COMPILE = frozenset({Power.COMPILE_REPORT})
REPORT_OFFICERS = frozenset({Power.COMPILE_REPORT, Power.APPROVE_REPORT, Power.RELEASE_REPORT})
REPORT_READERS = REPORT_OFFICERS | {Power.READ_REGISTERS}

Who = str | frozenset[Power]


@dataclass(frozen=True, slots=True)
class Line:
    """一行. ``words`` fills in the parts of the address that accept only certain words."""

    read: Who
    write: Who
    words: Mapping[str, str] = field(default_factory=dict)


def both(who: Who, **words: str) -> Line:
    return Line(who, who, words)


ADDRESSES: dict[str, Line] = {
    "desk:home": both(STAFF),
    "desk:health": both(ANYONE),
    "desk:calendar_feed": both(ANYONE),  # by its secret address
    "desk:audit_trail": both(AUDIT),
    "desk:audit_export": both(AUDIT),
    "desk:breach": both(AUDIT | SECURITY),
    "desk:system": both(SYSTEM),
    "desk:retry": both(SYSTEM),
    "desk:confirm_clock": both(SYSTEM),
    "application_intake:list": both(READ),
    "application_intake:one": both(READ),
    "application_intake:particulars": both(frozenset({Power.READ_APPLICANTS})),
    "application_intake:file": both(frozenset({Power.READ_APPLICANTS})),
    "agencies:log_in": both(ANYONE),
    "agencies:factor": both(ANYONE),
    "agencies:new_password": both(ANYONE),
    "agencies:enrol": both(ANYONE),
    "agencies:link": both(ANYONE),
    "agencies:log_out": both(STAFF),
    "agencies:own_account": both(STAFF),
    "agencies:prove": both(STAFF),
    "agencies:calendar": both(STAFF),
    "agencies:site": both(SYSTEM),
    "agencies:holidays": both(HOLIDAYS),
    "agencies:holiday_year": both(HOLIDAYS),
    "agencies:people": both(SECURITY),
    "agencies:add_person": both(SECURITY),
    "agencies:person": both(SECURITY),
    "agencies:change_person": both(SECURITY),
    "agencies:account": both(SECURITY, act="disable"),
    "agencies:issue_link": both(SECURITY, purpose="invitation"),
    "agencies:add_tenure": both(SECURITY),
    "agencies:end_tenure": both(SECURITY),
    "agencies:sections": both(SECURITY),
    "agencies:add_section": both(SECURITY),
    "agencies:section": both(SECURITY),
    "agencies:posts": both(SECURITY),
    "agencies:add_post": both(SECURITY),
    "agencies:post": both(SECURITY),
    "agencies:delegations": both(SECURITY),
    "agencies:add_delegation": both(SECURITY),
    "agencies:end_delegation": both(SECURITY),
}
ADDRESSES |= {
    # 台账
    "registers:list": both(READ, key="letters"),
    "registers:imports": both(READ, key="letters"),
    "registers:record": both(READ, key="letters"),
    "registers:export": both(EXPORT, key="letters"),
    "registers:add": both(KEEP, key="letters"),
    "registers:template": both(KEEP, key="letters"),
    "registers:import": both(KEEP, key="letters"),
    "registers:import_run": both(KEEP, key="letters"),
    "registers:rectify": both(KEEP, key="letters"),
    "registers:void": both(KEEP, key="letters"),
    "registers:reveal": both(frozenset({Power.READ_APPLICANTS}), key="letters", name="writer"),
    "application_counter:papers": both(READ),
    "application_counter:find": both(READ),
    "application_counter:label": both(READ),
    **{f"application_counter:{name}": both(KEEP) for name in ("register", "add", "take_out")},
    "application_counter:paper": both(frozenset({Power.READ_APPLICANTS})),
    "application_counter:oral_record": both(frozenset({Power.READ_APPLICANTS})),
    "application_rights:list": both(READ),
    "application_rights:one": both(frozenset({Power.READ_APPLICANTS})),
    "applications:step": both(KEEP),
    "applications:rectify_event": both(KEEP),
    "handling:case": both(READ | {Power.EXTEND_REPLY}),
    "handling:commission": both(READ | {Power.EXTEND_REPLY}),
    "handling:extension": Line(READ | {Power.EXTEND_REPLY}, KEEP | {Power.EXTEND_REPLY}, {"name": "agree"}),
    "handling:periods": Line(UPKEEP, COLUMNS),
    "handling:step": both(KEEP, name="assign"),
    "handling:answer": both(KEEP),
    "handling:call_back": both(KEEP),
    "consultation:case": both(READ),
    "consultation:prepare": both(KEEP),
    "consultation:step": both(KEEP, name="send"),
    "consultation:reveal": both(frozenset({Power.READ_APPLICANTS}), name="name"),
    "fees:case": both(READ | {Power.DECIDE_FEE}),
    "fees:propose": both(KEEP),
    "fees:step": Line(READ | {Power.DECIDE_FEE}, KEEP | {Power.DECIDE_FEE}, {"name": "decide"}),
    "fees:practice": Line(frozenset({Power.READ_REGISTERS, Power.DECIDE_FEE}), frozenset({Power.DECIDE_FEE})),
    **{f"frequent:{name}": both(READ) for name in ("list", "case", "topics", "topic")},
    **{f"frequent:{name}": both(KEEP) for name in ("put_in", "take_out")},
    "frequent:step": both(KEEP, name="look"),
    "frequent:asked": both(KEEP, name="judge"),
    "frequent:reveal": both(frozenset({Power.READ_APPLICANTS})),
    "frequent:compare": both(frozenset({Power.READ_APPLICANTS})),
    "frequent:marks": Line(UPKEEP, COLUMNS),
    "applications:rectification": both(KEEP),
    "turning:list": both(READ),
    "turning:one": both(READ),
    **{f"turning:{name}": both(KEEP) for name in ("propose", "draft", "decline")},
    "application_archive:case": both(READ),
    "application_archive:put_together": both(KEEP),
    "application_archive:hold": both(KEEP),
    "application_archive:lift": both(KEEP),
    "application_archive:read": both(frozenset({Power.READ_APPLICANTS})),
    "applications:recount": both(KEEP | {Power.EXTEND_REPLY}),
    "applications:case": both(READ),
    "applications:explained": both(READ),
    "applications:overdue": both(READ),
    "letters:register": both(READ),
    "letters:export": both(EXPORT),
    "letters:templates": Line(LETTER_PEOPLE, frozenset({Power.SIGN_LETTERS})),
    "letters:template": Line(LETTER_PEOPLE, frozenset({Power.SIGN_LETTERS}), {"kind": "receipt"}),
    "letters:template_file": both(LETTER_PEOPLE, kind="receipt"),
    "letters:case": both(LETTER_PEOPLE),
    "letters:draft": both(KEEP, kind="receipt"),
    "letters:from_record": both(KEEP, kind="extension", origin="none"),
    "letters:letter": both(LETTER_READERS),
    "letters:word": both(LETTER_READERS),
    "letters:pdf": both(LETTER_READERS),
    "letters:proof": both(LETTER_READERS),
    "letters:edit": both(KEEP),
    "letters:upload": both(KEEP),
    "letters:deliver": both(KEEP),
    "letters:delivery": both(KEEP),
    "letters:step": both(LETTER_PEOPLE, step="submit"),
    **{
        f"matters:{name}": both(KEEP)
        for name in (
            "add",
            "search",
            "main_ground",
            "decide",
            "strike",
            "document",
            "strike_search",
            "pages",
            "strike_document",
        )
    },
    # 复议诉讼
    **{
        f"remedies:{name}": both(READ)
        for name in ("files", "file", "clock", "evidence", "print_evidence", "evidence_document", "lessons")
    },
    **{
        f"remedies:{name}": both(KEEP)
        for name in (
            "open_reconsideration",
            "open_litigation",
            "of_reconsideration",
            "of_litigation",
            "step",
            "assign",
            "particulars",
            "void",
            "handle_again",
            "propose_correction",
            "add_evidence",
            "draw_evidence",
            "change_evidence",
            "move_evidence",
            "take_out_evidence",
            "add_lesson",
            "take_back_lesson",
        )
    },
    "remedies:take_over": both(KEEP, track="reconsideration"),
    "remedies:party": both(frozenset({Power.READ_APPLICANTS})),
    "remedies:evidence_file": both(KEEP | {Power.READ_APPLICANTS}),
    "remedies:correction": Line(READ | {Power.REVIEW_LEGALITY}, KEEP | {Power.REVIEW_LEGALITY}),
    "catalogue:columns": Line(READ | COLUMNS, KEEP | COLUMNS),
    "catalogue:disclosure_column": both(frozenset({Power.RELEASE_REPORT})),
    "catalogue:routes": both(frozenset({Power.MANAGE_COLUMNS})),
    "catalogue:items": both(ITEM_PEOPLE),
    "catalogue:version": both(ITEM_PEOPLE),
    "catalogue:file": both(ITEM_PEOPLE),
    "catalogue:take_up": both(DRAFT),
    "catalogue:picture": both(ITEM_PEOPLE),
    "catalogue:add_picture": both(DRAFT),
    "catalogue:compare": both(ITEM_PEOPLE),
    "catalogue:preview": both(ITEM_PEOPLE),
    "catalogue:record": both(ITEM_PEOPLE),
    "catalogue:begin": both(DRAFT),
    "catalogue:write": both(DRAFT),
    "catalogue:attach": both(DRAFT),
    "catalogue:detach": both(DRAFT),
    "catalogue:clean": both(DRAFT),
    "catalogue:answer": both(DRAFT),
    "catalogue:schedule": both(DRAFT),
    "catalogue:revise": both(DRAFT),
    "catalogue:step": both(DRAFT, name="submit"),
    "catalogue:review": both(ITEM_REVIEWERS),
    "catalogue:decide_secrecy": both(frozenset({Power.REVIEW_CONFIDENTIALITY})),
    "catalogue:withdraw": both(frozenset({Power.WITHDRAW_ITEMS})),
    "upkeep:board": both(UPKEEP),
    "upkeep:column": both(UPKEEP),
    "upkeep:change_column": both(COLUMNS),
    "upkeep:duties": both(UPKEEP),
    "upkeep:export_duties": both(EXPORT),
    "upkeep:duty": both(UPKEEP),
    "upkeep:hand_down": both(COLUMNS),
    "upkeep:leave_out": both(COLUMNS),
    "upkeep:take_back": both(COLUMNS),
    "upkeep:items": both(UPKEEP),
    "upkeep:findings": both(UPKEEP),
    "upkeep:notices": Line(UPKEEP, COLUMNS),
    "upkeep:void_notice": both(COLUMNS),
    "channels:accounts": Line(READ, KEEP),
    "leaders:list": both(ITEM_PEOPLE),
    "leaders:order": both(COLUMNS),
    "leaders:profile": both(DRAFT),
    "leaders:leave": both(frozenset({Power.WITHDRAW_ITEMS})),
    "guide:editions": both(ITEM_PEOPLE),
    **{f"guide:{name}": both(DRAFT) for name in ("new_edition", "sheet", "recheck")},
    **{f"withheld:{name}": both(WITHHOLDING) for name in ("list", "one")},
    "withheld:assess": both(DRAFT),
    "withheld:determine": both(frozenset({Power.REVIEW_SECTION})),
    "withheld:practice": both(COLUMNS),
    "interpretation:practice": both(frozenset({Power.MANAGE_COLUMNS})),
    **{f"interpretation:{name}": both(DRAFT) for name in ("plan", "begin", "link", "unlink")},
    **{f"normative:{name}": both(DRAFT) for name in ("sheet", "intend", "drop", "finish", "reopen")},
    **{f"normative:{name}": both(READ) for name in ("library", "document", "round")},
    **{f"normative:{name}": both(KEEP) for name in ("declare", "extend", "entry", "conclude")},
    "normative:rounds": Line(READ, DRAFT),
    "normative:show": both(frozenset({Power.RELEASE_REPORT})),
    "normative:hide": both(frozenset({Power.WITHDRAW_ITEMS})),
    # 年度报告
    "annual_report:list": both(REPORT_READERS),
    "annual_report:start": both(COMPILE),
    "annual_report:earlier": both(COMPILE),
    "annual_report:edition": both(REPORT_READERS),
    "annual_report:text": both(COMPILE),
    "annual_report:records": both(REPORT_READERS),
    "annual_report:preview": both(REPORT_READERS),
    "annual_report:file": both(REPORT_READERS),
    "annual_report:explain": both(frozenset({Power.EXPLAIN_FINDINGS})),
    "annual_report:step": both(REPORT_OFFICERS),
    "annual_report:correct": both(COMPILE),
}
DRAFT = frozenset({Power.DRAFT_ITEMS})
TOPIC_OFFICERS = frozenset(
    {Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS, Power.WITHDRAW_ITEMS}
)
ADDRESSES |= {
    # 专题
    "topics:list": both(TOPIC_OFFICERS),
    "topics:begin": both(DRAFT),
    "topics:file": both(TOPIC_OFFICERS),
    "topics:topic": both(TOPIC_OFFICERS),
    "topics:text": both(TOPIC_OFFICERS),
    "topics:step": both(TOPIC_OFFICERS, name="submit"),
    "editor_home": both(DRAFT),
    "editor_tree": both(DRAFT),
    "editor_branch": both(DRAFT),
    **{name: both(DRAFT) for name in LISTED},
}
PUBLICITY_PEOPLE = frozenset(
    {
        Power.READ_REGISTERS,
        Power.KEEP_REGISTERS,
        Power.REVIEW_CONFIDENTIALITY,
        Power.SIGN_ITEMS,
        Power.WITHDRAW_ITEMS,
    }
)
ADDRESSES |= {
    # 执法公示、清单
    "publicity:list": both(PUBLICITY_PEOPLE, kind="licences"),
    "publicity:batch": both(PUBLICITY_PEOPLE, kind="licences", name="review"),
    "publicity:decision": both(PUBLICITY_PEOPLE, kind="licences"),
    "publicity:step": both(PUBLICITY_PEOPLE, kind="licences", name="review"),
    "public_lists:list": both(PUBLICITY_PEOPLE),
    "public_lists:one": Line(PUBLICITY_PEOPLE, KEEP, {"kind": "charges"}),
    "public_lists:edition": both(PUBLICITY_PEOPLE, kind="charges"),
    "public_lists:step": both(PUBLICITY_PEOPLE, kind="charges", name="pass"),
}
MOVING_IN_PEOPLE = frozenset({Power.DRAFT_ITEMS, Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS})
ADDRESSES |= {
    # 旧站迁入
    "moving_in:list": both(MOVING_IN_PEOPLE),
    "moving_in:upload": both(DRAFT),
    "moving_in:batch": both(MOVING_IN_PEOPLE),
    "moving_in:mapping": both(DRAFT),
    "moving_in:entries": both(MOVING_IN_PEOPLE),
    "moving_in:reconciliation": both(MOVING_IN_PEOPLE),
    "moving_in:reconciliation_file": both(MOVING_IN_PEOPLE),
    "moving_in:step": both(DRAFT, name="submit"),
    "moving_in:conclude": both(frozenset({Power.REVIEW_CONFIDENTIALITY, Power.SIGN_ITEMS})),
    "moving_in:take_out": both(MOVING_IN_PEOPLE),
}
REDACTION_REVIEWERS = frozenset({Power.REVIEW_LEGALITY, Power.REVIEW_CONFIDENTIALITY})
REDACTION_PEOPLE = KEEP | REDACTION_REVIEWERS
ADDRESSES |= {
    # 遮盖
    **{f"redaction:{name}": both(REDACTION_PEOPLE) for name in ("list", "job", "proof", "file")},
    **{f"redaction:{name}": both(REDACTION_PEOPLE) for name in ("original", "outcome")},
    **{f"redaction:{name}": both(KEEP) for name in ("begin", "make", "search", "detected", "remove")},
    "redaction:page": Line(REDACTION_PEOPLE, KEEP),
    "redaction:step": both(REDACTION_PEOPLE, name="take_back"),
    "redaction:agree": both(REDACTION_REVIEWERS),
}
# Libraries' addresses that are routed and closed to everybody, by where they begin.
CLOSED = ("editor/",)


@dataclass(frozen=True, slots=True)
class Address:
    """一个网址: its name, its route, its view."""

    name: str
    route: str
    pattern: URLPattern

    @property
    def is_closed(self) -> bool:
        return self.route.startswith(CLOSED) and self.name not in ADDRESSES

    def path(self) -> str:
        """An address of this pattern, with made-up numbers in it."""
        made_up = {
            name: 2026 if isinstance(converter, IntConverter) else "0" * 20
            for name, converter in self.pattern.pattern.converters.items()
        }
        named = dict.fromkeys(self.pattern.pattern.regex.groupindex, "0" * 20)
        line = ADDRESSES.get(self.name)
        return reverse(self.name, kwargs={**named, **made_up, **(line.words if line else {})})


def every_address() -> Iterator[Address]:
    """Every pattern of the desk, in order."""
    yield from _below(get_resolver("gongkai.config.urls_desk"), "", "")


def _below(resolver: URLResolver, route: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, here, inner)
        else:
            yield Address(f"{namespace}{entry.name}" if entry.name else here, here, entry)
