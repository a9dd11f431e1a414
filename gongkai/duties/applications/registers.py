"""申请的台账. An imported row is an application with its events; what the row says is folded like any other history."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.timezone import localtime

from gongkai.agencies.access import Refusal
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions
from gongkai.duties.applications.fold import Written, fold, write
from gongkai.duties.applications.models import OUTCOMES, Application, ApplicationEvent, IncomingMail
from gongkai.registers import in_bulk
from gongkai.registers.description import HistoryLine, Register, Values, column, sections
from gongkai.registers.models import ImportRun, RegisterEntry
from gongkai.rules.regulations_2019.receipt import Channel
from gongkai.sealing import vault
from gongkai.spreadsheets.fields import Field, Kind

Event = ApplicationEvent.Kind
CHANNEL_WORDS = {
    "当面": Channel.IN_PERSON.value,
    "窗口": Channel.IN_PERSON.value,
    "口头": Channel.ORAL.value,
    "邮寄": Channel.REGISTERED_POST.value,
    "信函": Channel.REGISTERED_POST.value,
    "平信": Channel.ORDINARY_POST.value,
    "网上": Channel.ONLINE.value,
    "网络": Channel.ONLINE.value,
    "网站": Channel.ONLINE.value,
    "邮箱": Channel.EMAIL.value,
}
KIND_WORDS = {"公民": "natural_person", "个人": "natural_person", "企业": "company"}
_OUTCOME_WORDS = {label.lstrip("（一二三四五六）0123456789."): key for key, label in OUTCOMES}
_ENTERED = ("register_number", "applicant_kind", "channel", "section", "access_form", "remark")
# The columns of a row that become events, in the order in which they are recorded.
_EVENT_COLUMNS: tuple[tuple[str, str], ...] = (
    ("confirmed_on", Event.RECEIPT_CONFIRMED),
    ("correction_asked_on", Event.CORRECTION_ASKED),
    ("corrected_on", Event.CORRECTED),
    ("extended_on", Event.EXTENDED),
)


def builder(agency: Agency) -> Callable[[Values], Application]:
    """Makes unsaved applications with their folded columns; what it makes raises Refusal for a row that contradicts
    itself."""
    days = calendar()
    make = in_bulk.maker(Application, agency)

    def build(values: Values) -> Application:
        application = make({name: values.get(name) for name in _ENTERED})
        write(application, fold(_events(values), channel=application.channel, calendar=days))
        return application

    return build


def seal(entries: Sequence[RegisterEntry], rows: Sequence[Values]) -> None:
    """Seal the applicants of these rows."""
    sealer, indexer = vault.sealer("applicants"), vault.indexer("applicants")
    for entry, values in zip(entries, rows, strict=True):
        assert isinstance(entry, Application)  # noqa: S101 — made by ``builder``
        actions.seal_applicant(
            entry,
            name=values.get("applicant_name") or "",
            contact=values.get("applicant_contact") or "",
            description=values.get("description") or "",
            sealer=sealer,
            indexer=indexer,
        )


def finish(entries: Sequence[RegisterEntry], rows: Sequence[Values], by: Person, run: ImportRun) -> None:
    """Write the events of the applications just imported."""
    make = in_bulk.maker(ApplicationEvent, run.agency)
    every = {"by": by, "note": f"导入批次{run.public_id}"}
    keys = dict(Application.objects.filter(import_run=run).values_list("public_id", "pk"))
    for entry in entries:
        entry.pk = keys[entry.public_id]
    in_bulk.insert(
        [
            make(
                {
                    **every,
                    "application": entry,
                    "kind": event.kind,
                    "happened_on": event.happened_on,
                    "outcome": event.outcome,
                    "working_days": event.working_days,
                    "amount": event.amount,
                }
            )
            for entry, values in zip(entries, rows, strict=True)
            for event in _events(values)
        ]
    )


def _events(values: Values) -> list[Written]:
    """What a row says happened, in order."""
    _require_pairs(values)
    found = [Written(Event.RECEIVED, values["received_on"])]
    for name, kind in _EVENT_COLUMNS:
        if values.get(name):
            days = values["extended_days"] if kind == Event.EXTENDED else None
            found.append(Written(kind, values[name], working_days=days))
    if values.get("fee"):
        found.append(Written(Event.FEE_NOTICED, values["fee_noticed_on"]))
        found.append(Written(Event.FEE_PAID, values["fee_paid_on"], amount=values["fee"]))
    if values.get("outcome"):
        outcome = values["outcome"]
        ended = Event.CLOSED if outcome in actions.ENDED_WITHOUT_REPLY else Event.REPLIED
        found.append(Written(ended, values["replied_on"], outcome=outcome))
    return found


def _require_pairs(values: Values) -> None:
    if bool(values.get("outcome")) != bool(values.get("replied_on")):
        raise Refusal("办理结果和答复日期应当同时填写：已办结的两项都填，未办结的都不填")
    if values.get("extended_on") and not values.get("extended_days"):
        raise Refusal("填了延期告知日期的，还要填延长工作日")
    if values.get("fee") and not (values.get("fee_noticed_on") and values.get("fee_paid_on")):
        raise Refusal("填了信息处理费的，还要填收费通知日期和缴费日期")


def history(entry: RegisterEntry) -> list[HistoryLine]:
    """经过, newest first. A day entered later than it happened is shown as 补录."""
    assert isinstance(entry, Application)  # noqa: S101 — of this register
    events = list(entry.events.select_related("by", "replaces").order_by("-happened_on", "-pk"))
    replaced = {event.replaces_id for event in events if event.replaces_id}
    return [
        HistoryLine(
            at=event.happened_on.isoformat(),
            text=event.get_kind_display() + (f"：{event.get_outcome_display()}" if event.outcome else ""),
            by=event.by.name if event.by else "",
            note=_remark(event, replaced=event.pk in replaced),
            link=""
            if event.pk in replaced or event.kind == Event.CANCELLED
            else reverse("applications:rectify_event", args=[event.public_id]),
        )
        for event in events
    ]


def _remark(event: ApplicationEvent, *, replaced: bool) -> str:
    said = []
    if localtime(event.recorded_at).date() != event.happened_on:
        said.append(f"补录于{localtime(event.recorded_at):%Y-%m-%d}")
    if event.note:
        said.append(event.note)
    if event.reason:
        said.append(f"更正原因：{event.reason}")
    if replaced:
        said.append("已被更正，不再计算")
    return "；".join(said)


_KIND = column(Application, "applicant_kind", "申请人类型", "申请人性质", "申请主体")
_CHANNEL = column(Application, "channel", "申请方式", "受理渠道", "提交方式")

APPLICATIONS = Register(
    key="applications",
    title="依申请公开台账",
    model=Application,
    fields=(
        column(Application, "register_number", "编号", "申请编号", "受理编号", "登记号"),
        replace(_KIND, choices={**_KIND.choices, **KIND_WORDS}),
        replace(_CHANNEL, choices={**_CHANNEL.choices, **CHANNEL_WORDS}),
        Field(
            "received_on",
            "收到日期",
            Kind.DATE,
            required=True,
            synonyms=("收件日期", "受理日期", "申请日期", "收到时间"),
        ),
        Field("confirmed_on", "确认日期", Kind.DATE, note="网络、传真、平信申请的双方确认之日"),
        Field("correction_asked_on", "补正告知日期", Kind.DATE, synonyms=("告知补正日期",)),
        Field("corrected_on", "补正日期", Kind.DATE, synonyms=("收到补正日期",)),
        Field("extended_on", "延期告知日期", Kind.DATE, synonyms=("延长日期", "延期日期")),
        Field("extended_days", "延长工作日", Kind.INTEGER, synonyms=("延期天数",)),
        Field("replied_on", "答复日期", Kind.DATE, synonyms=("办结日期", "答复时间", "办理日期")),
        Field(
            "outcome",
            "办理结果",
            Kind.CHOICE,
            choices={**_OUTCOME_WORDS, **{label: key for key, label in OUTCOMES}},
            synonyms=("答复结果", "处理结果", "答复类型"),
        ),
        Field("fee", "信息处理费", Kind.YUAN, synonyms=("收费金额",)),
        Field("fee_noticed_on", "收费通知日期", Kind.DATE),
        Field("fee_paid_on", "缴费日期", Kind.DATE),
        Field(
            "applicant_name",
            "申请人",
            synonyms=("申请人姓名", "申请人名称", "姓名"),
            longest=100,
            note="加密保存，不出现在清单和导出中",
        ),
        Field(
            "applicant_contact",
            "联系方式",
            synonyms=("联系电话", "电话"),
            longest=100,
            note="加密保存，不出现在清单和导出中",
        ),
        Field(
            "description",
            "申请内容",
            synonyms=("申请公开的内容", "内容描述"),
            longest=2000,
            note="加密保存，不出现在清单和导出中",
        ),
        column(Application, "access_form", "提供方式"),
        column(Application, "section", "承办科室"),
        column(Application, "remark"),
    ),
    natural_key=("register_number",),
    listed=(
        "register_number",
        "applicant_kind",
        "channel",
        "received_on",
        "status",
        "due_on",
        "outcome",
        "closed_on",
    ),
    provisional={"due_on": "due_is_provisional"},
    by_date="received_on",
    enter=actions.register_application,
    builder=builder,
    seal=seal,
    finish=finish,
    history=history,
    rectifiable=("applicant_kind", "access_form", "section", "remark"),
    import_may_change=False,
    on_screen=(
        "register_number",
        "applicant_kind",
        "channel",
        "received_on",
        "confirmed_on",
        "applicant_name",
        "applicant_contact",
        "description",
        "access_form",
        "section",
        "remark",
    ),
    numbers_itself=("register_number",),
    add_at="application_counter:register",
    page_at="applications:case",
    steps_at="applications:step",
    search_exact=("register_number",),
    filters=("status", "applicant_kind"),
    lookups={"section": sections},
)

_CHANNEL = column(IncomingMail, "channel", "收到方式", "来文方式", "渠道")
_NATURE = column(IncomingMail, "nature", "性质", "类别")
_HANDED_TO = column(IncomingMail, "handed_to", "转交机构", "承办机构", "去向")

INCOMING_MAIL = Register(
    key="incoming-mail",
    title="来件登记簿",
    model=IncomingMail,
    fields=(
        column(IncomingMail, "number", "来文编号", "收件编号", "流水号"),
        column(IncomingMail, "received_on", "收文日期", "签收日期"),
        replace(_CHANNEL, choices={**_CHANNEL.choices, **CHANNEL_WORDS}),
        replace(_NATURE, choices={**_NATURE.choices, "信息公开申请": "application", "信访": "petition"}),
        replace(
            _HANDED_TO,
            choices={**_HANDED_TO.choices, "公开办": "disclosure", "法制科": "legal", "信访科": "petitions"},
        ),
        column(IncomingMail, "register_number", "登记编号", note="已经登记为申请的，填申请的登记编号"),
        column(IncomingMail, "section", "登记科室"),
        column(IncomingMail, "remark"),
    ),
    natural_key=("number",),
    listed=("number", "received_on", "channel", "nature", "handed_to", "register_number"),
    by_date="received_on",
    enter=actions.register_incoming_mail,
    search_exact=("number", "register_number"),
    filters=("nature", "handed_to", "channel"),
    lookups={"section": sections},
)

REGISTERS = (APPLICATIONS, INCOMING_MAIL)
