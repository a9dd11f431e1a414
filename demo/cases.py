"""示例申请. A case in every room: being searched and redacted, waiting for an opinion, extended, charged, under review,
answered and filed, and an applicant who applies often. All of these days; the year of the scenario keeps its figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from demo.remedies import before
from gongkai.agencies.models import Person
from gongkai.agencies.working_days import calendar
from gongkai.duties.applications import actions as applications
from gongkai.duties.applications.archive import actions as archive
from gongkai.duties.applications.consultation import actions as consultations
from gongkai.duties.applications.fees import actions as fees
from gongkai.duties.applications.frequent import actions as frequent
from gongkai.duties.applications.handling import actions as handling
from gongkai.duties.applications.letters import actions as letters
from gongkai.duties.applications.letters.models import Letter
from gongkai.duties.applications.letters.text import LetterText
from gongkai.duties.applications.matters import actions as matters
from gongkai.duties.applications.models import Application
from gongkai.duties.applications.redaction import actions as redaction
from gongkai.outbox.worker import run_waiting
from gongkai.redaction.box import Area, Origin
from gongkai.report.render.pdf import typeset
from gongkai.rules.regulations_2019.receipt import Channel

People = Mapping[str, Person]
_REASONS = "该安排只用于内部工作衔接，公开无助于公众了解本机关履行职责的情况"
_PAPER = (
    "<html lang='zh'><head><title>示例函</title></head><body><h1>关于示例小区防空地下室竣工验收的函</h1>"
    "<p>经验收，示例小区防空地下室符合要求。</p><p>联系人：壬某某，电话0000-0000088。</p><h2 style='break-before: page'>附件：验收意见</h2><p>同意验收。</p></body></html>"
)
_CONTACT_LINE = Area(1, 40, 100, 500, 260)  # 联系人那一行所在


def work(people: People) -> None:
    """Each case as its people would bring it to where it stands."""
    today = timezone.localdate()
    letters.save_setting(
        reconsideration_body="示例市人民政府",
        court="示例市示例区人民法院",
        payment="到示例市示例路1号一楼公开窗口缴纳，领取财政票据",
        by=people["lingdao"],
    )
    _answered(people, today)
    _searched(people, today)
    _asking(people, today)
    _overdue_opinion(people, today)
    _extended(people, today)
    _charged(people, today)
    _under_review(people, today)
    _often(people, today)


def _searched(people: People, today: date) -> None:
    """Assigned and commissioned, searched, decided page by page, redacted; the reply is a draft with a wrong date."""
    clerk, planner = people["zhonghe"], people["guihua"]
    case = _received(clerk, before(today, 8), "示例小区防空地下室竣工验收的函", "该小区地下室的平时使用情况")
    handling.assign(case, handler=clerk, section=clerk.section, by=clerk)
    given = handling.commission(
        case,
        person=planner,
        section=planner.section,
        asked="查找示例小区防空地下室的验收材料，说明平时使用情况",
        answer_by=calendar().add_working_days(today, 2).day,
        by=clerk,
    )
    handling.answer(given, answer="验收材料已经找到；平时使用情况没有登记。", by=planner)
    handling.commission(
        case,
        person=people["zuzhi"],
        section=people["zuzhi"].section,
        asked="核对平时使用登记",
        answer_by=calendar().add_working_days(today, 1).day,
        by=clerk,
    )
    first, second = case.matters.order_by("number")
    _search(case, clerk, before(today, 5), place="机关档案室", found=True)
    _search(case, clerk, before(today, 4), place="公文系统、平时使用登记簿", found=False, matter=second)
    paper = matters.list_document(
        first,
        title="关于示例小区防空地下室竣工验收的函",
        pages=2,
        document_number="示防函〔2022〕8号",
        by=clerk,
    )
    matters.decide_pages(paper, first=1, last=1, fate="redacted", ground="THIRD_PARTY", by=clerk)
    matters.decide_pages(paper, first=2, last=2, fate="disclosed", by=clerk)
    job = redaction.begin(case, title="示防函〔2022〕8号", name="函.pdf", data=typeset(_PAPER), by=clerk)
    job = redaction.cover(job, [_CONTACT_LINE], ground="THIRD_PARTY", origin=Origin.HAND, by=clerk)
    redaction.make(job, resolution=150, left_open_reason="其余为机关电话，可以公开", by=clerk)
    while run_waiting():
        pass
    job.refresh_from_db()
    redaction.agree(job, having_seen=job.output_file, by=planner)
    matters.decide(
        first,
        situation="severed",
        ground="THIRD_PARTY",
        ground_kind="个人隐私",
        reasons="其中的联系人姓名、电话属于个人信息",
        by=clerk,
    )
    matters.decide(
        second, situation="not_found", reasons="经查阅机关档案室、公文系统、登记簿，没有查到", by=clerk
    )
    draft = letters.draft(case, kind="reply", by=clerk)
    text = LetterText.from_json(draft.unseal("text"))
    wrong = f"{text.paragraphs[0]}本机关于2020年1月1日进行了检索。"
    letters.rewrite(draft, replace(text, paragraphs=(wrong, *text.paragraphs[1:])), by=clerk)


def _asking(people: People, today: date) -> None:
    """A third party has the letter since today; its fifteen working days run."""
    clerk = people["zhonghe"]
    case = _received(clerk, before(today, 6), "示例路人防工程的测绘报告")
    handling.assign(case, handler=clerk, section=clerk.section, by=clerk)
    asked = consultations.prepare(
        case,
        consulted="third_party",
        name="示例测绘有限公司",
        address="示例市示例路3号",
        asked="示例路人防工程的测绘报告",
        matters=list(case.matters.all()),
        by=clerk,
    )
    letter = letters.draft_from_record(
        case, kind="third_party_consultation", origin=asked.public_id, by=clerk
    )
    _issued(letter, people, way="entrusted", counted_on=today)


def _overdue_opinion(people: People, today: date) -> None:
    """A co-maker was asked on paper and has not answered: silence, to be confirmed."""
    clerk = people["zhonghe"]
    case = _received(clerk, before(today, 24), "与示例市应急管理局联合印发的疏散演练通知")
    asked = consultations.prepare(
        case,
        consulted="co_maker",
        name="示例市应急管理局",
        asked="是否同意公开联合印发的疏散演练通知",
        matters=list(case.matters.all()),
        by=clerk,
    )
    consultations.send(asked, on=before(today, 20), by=clerk)
    consultations.deliver(asked, on=before(today, 18), by=clerk)


def _extended(people: People, today: date) -> None:
    """Two days before the day the reply was due, ten more were agreed to and told."""
    clerk = people["zhonghe"]
    case = _received(clerk, before(today, 18), "2012年以来人防工程的建设台账")
    handling.assign(case, handler=clerk, section=clerk.section, by=clerk)
    proposal = handling.propose(case, working_days=10, reason="所申请的信息年份多，需要逐年查找", by=clerk)
    handling.agree(proposal, by=people["fabu"])
    letter = letters.draft_from_record(case, kind="extension", origin=proposal.public_id, by=clerk)
    _issued(letter, people, way="post", counted_on=today, receipt_number="XA00000018")


def _charged(people: People, today: date) -> None:
    """Sixty pages: a fee is proposed, and the head has to decide."""
    clerk = people["zhonghe"]
    case = _received(clerk, before(today, 10), "示例区人防工程维护管理合同")
    [matter] = case.matters.all()
    paper = matters.list_document(matter, title="人防工程维护管理合同", pages=60, by=clerk)
    matters.decide_pages(paper, first=1, last=60, fate="disclosed", by=clerk)
    fees.propose(case, way="by_page", units=60, by=clerk)


def _under_review(people: People, today: date) -> None:
    """A refusal that waits for the legality reviewer."""
    clerk = people["zhonghe"]
    case = _received(clerk, before(today, 12), "本办2023年值班安排")
    handling.assign(case, handler=clerk, section=clerk.section, by=clerk)
    matters.decide(
        case.matters.get(),
        situation="internal",
        ground="INTERNAL_AFFAIRS",
        ground_kind="内部工作流程",
        reasons=_REASONS,
        by=clerk,
    )
    letters.submit(letters.draft(case, kind="reply", by=clerk), by=clerk)


def _answered(people: People, today: date) -> None:
    """Granted, handed over today, closed and put on file."""
    clerk = people["zhonghe"]
    case = _received(clerk, before(today, 5), "示例市防空警报试鸣方案")
    handling.assign(case, handler=clerk, section=clerk.section, by=clerk)
    _search(case, clerk, before(today, 3), place="组织指挥科", found=True)
    matters.decide(case.matters.get(), situation="provided", by=clerk)
    _issued(letters.draft(case, kind="reply", by=clerk), people, way="direct", counted_on=today)
    case.refresh_from_db()
    archive.put_together(case, by=clerk)


def _often(people: People, today: date) -> None:
    """Twelve matters of one name in a month: shown to a person, who finds nothing excessive."""
    clerk = people["zhonghe"]
    wanted = [f"示例街道第{number}号人防工程的维护记录" for number in range(1, 7)]
    for month in ("上半年", "下半年"):
        case = _received(clerk, today, *(f"{each}（{month}）" for each in wanted), name="癸示例")
    frequent.look(case, finding="reasonable", reason="内容是同一街道的不同工程，分年申请，没有重复", by=clerk)


def _received(clerk: Person, on: date, *asked: str, name: str = "壬示例") -> Application:
    return applications.register_application(
        by=clerk,
        applicant_kind="natural_person",
        channel=Channel.REGISTERED_POST.value,
        received_on=on,
        applicant_name=name,
        applicant_contact="示例市示例路9号",
        description="；".join(asked),
        matters=asked,
        access_form="纸面",
        section=clerk.section,
    )


def _search(case: Application, clerk: Person, on: date, *, place: str, found: bool, **values: object) -> None:
    matters.record_search(
        case,
        searched_on=on,
        place=place,
        words="名称、工程编号",
        searcher=clerk.name,
        found=found,
        by=clerk,
        **values,  # type: ignore[arg-type]
    )


def _issued(letter: Letter, people: People, **delivery: object) -> Letter:
    """Checked, signed by the leader, numbered and on its way."""
    letter = letters.submit(letter, by=people["zhonghe"])
    letter = letters.sign(letter, seen=letter.content_hash, by=people["lingdao"])
    return letters.issue(letter, by=people["zhonghe"], **delivery)  # type: ignore[arg-type]
