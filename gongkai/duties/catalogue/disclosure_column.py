"""信息公开专栏. The column in the form the law asks for, composed from the agency's facts and sent to the public side.

Four parts in their order (国办公开办函〔2019〕61号), the entry for applications beside them; nothing else (专栏姓专).
"""

from collections.abc import Iterator
from html import escape

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.access import require
from gongkai.agencies.actions.site import send_site
from gongkai.agencies.models import Agency, Person
from gongkai.agencies.powers import Power
from gongkai.audit.record import record
from gongkai.duties.catalogue.guide import queries as guide
from gongkai.duties.catalogue.models import GuideEdition, ItemKind, Version
from gongkai.outbox.actions import enqueue
from gongkai.portal.payloads import ColumnPayload, PagePayload
from gongkai.rules.regulations_2019.clock import LONGEST_EXTENSION, REPLY_WORKING_DAYS
from gongkai.rules.regulations_2019.reporting import DEADLINES, Reporter

_TYPE = "信息公开"
_PARTS = {ItemKind.GUIDE: "guide", ItemKind.SYSTEM: "systems"}
_REPORT = DEADLINES[Reporter.DEPARTMENT]


def release(*, by: Person) -> None:
    """发布专栏: the site's facts, the parts, and the page of each, in one go; the worker carries them out in order."""
    agency = by.agency
    require(by, Power.RELEASE_REPORT, agency, on=timezone.localdate())
    with transaction.atomic():
        # Every audit entry is later than the last, so its number serves as the version of what is sent.
        version = record("catalogue.disclosure_column.released", by=by, subject=agency).sequence
        send_site(agency, version)
        for column in _columns(version):
            enqueue("portal.put_column", column.as_json())
        for page in _pages(agency, version):
            enqueue("portal.put_page", page.as_json())


def _columns(version: int) -> Iterator[ColumnPayload]:
    for position, (part, name, layout, description) in enumerate(
        (
            (
                "guide",
                "政府信息公开指南",
                "page",
                "政府信息的分类、编排体系、获取方式和公开工作机构的联系方式",
            ),
            ("systems", "政府信息公开制度", "list", "政府信息公开的法规和本机关的工作制度"),
            ("statutory", "法定主动公开内容", "page", "条例第二十条规定应当主动公开的政府信息"),
            ("reports", "政府信息公开年报", "reports", "历年政府信息公开工作年度报告"),
            ("application", "依申请公开", "page", "申请公开政府信息的渠道和办理期限"),
        )
    ):
        yield ColumnPayload(
            version=version,
            slug=part,
            name=name,
            column_type=_TYPE,
            description=description,
            keywords=f"政府信息公开,{name}",
            part=part,
            layout=layout,
            position=position,
        )


def part_of(version: Version) -> ColumnPayload | None:
    """The part in which an item of this kind stands whatever else shows it: older than what is released with the whole
    column, so that it is only put where there is none yet."""
    part = _PARTS.get(ItemKind(version.kind))
    return next((column for column in _columns(0) if column.part == part), None)


def _pages(agency: Agency, version: int) -> Iterator[PagePayload]:
    edition = GuideEdition.objects.standing().filter(agency=agency).order_by("-published_on", "-pk").first()
    reviewed = guide.current(agency)
    guide_title = f"{agency.name}政府信息公开指南" + (f"（{edition.edition}）" if edition else "")
    for slug, column, title, html in (
        ("guide", "guide", guide_title, _guide(agency)),
        ("working-rules", "systems", f"{agency.name}政府信息公开工作制度", _working_rules()),
        ("statutory", "statutory", "法定主动公开内容", _statutory()),
        ("application", "application", "依申请公开", _application(agency)),
    ):
        if slug == "guide" and reviewed:
            continue  # the column shows the edition that was reviewed (guide)
        yield PagePayload(
            version=version, slug=slug, title=title, html=html, source=agency.name, column=column
        )


def _guide(agency: Agency) -> str:
    rows = _table(
        ("名称", agency.name),
        ("办公地址", agency.address),
        ("办公时间", agency.office_hours),
        ("联系电话", agency.telephone),
        ("传真号码", agency.fax),
        ("互联网联系方式", agency.email),
    )
    return (
        "<h2>政府信息的分类和编排体系</h2>"
        "<p>主动公开的政府信息按《中华人民共和国政府信息公开条例》第二十条所列内容分类编排，"
        "每条信息标明索引号、名称、内容概述和生成日期，可按年度、栏目查找。</p>"
        "<h2>获取方式</h2><p>主动公开的政府信息在本网站公开，可以查阅、下载。没有公开的，可以申请公开。</p>"
        f"<h2>政府信息公开工作机构</h2>{rows}"
    )


def _working_rules() -> str:
    return (
        "<p>一、拟制公文时同时确定公开属性：主动公开、依申请公开或者不予公开；不予公开的说明依据。</p>"
        "<p>二、公开之前逐件审查内容和每个附件，审查人和起草人不是同一个人；没有通过保密审查的不公开。</p>"
        "<p>三、收到公开申请当日登记，按法定期限答复；征求意见、补正、延期都有书面记录。</p>"
        f"<p>四、每年{_REPORT.month}月{_REPORT.day}日前公布上一年度工作报告，报告中的数字由台账汇总，可以核对。</p>"
    )


def _statutory() -> str:
    """The matters themselves, with how much of each is published, are counted by the public side when it is read."""
    return "<p>条例第二十条规定应当主动公开的内容逐项列在下面，可以逐项查阅。</p>"


def _application(agency: Agency) -> str:
    rows = _table(
        ("当面提交", f"{agency.address}（{agency.office_hours}）" if agency.address else ""),
        (
            "邮政寄送",
            f"{agency.address}　邮政编码{agency.postcode}　信封注明“政府信息公开申请”"
            if agency.address
            else "",
        ),
        ("传真", agency.fax),
        ("电子邮件", agency.email),
    )
    return (
        "<p>公民、法人或者其他组织可以申请公开政府信息。申请应当写明申请人的姓名或者名称、身份证明、联系方式，"
        "所申请信息的名称、文号或者便于查询的特征，以及获取信息的方式、途径（条例第二十九条）。</p>"
        f"<h2>提交渠道</h2>{rows}"
        f"<h2>办理期限</h2><p>本机关自收到申请之日起{REPLY_WORKING_DAYS}个工作日内答复；"
        f"需要延长的，延长不超过{LONGEST_EXTENSION}个工作日并告知申请人。"
        "征求第三方和其他机关意见所需时间不计算在内（条例第三十三条）。</p>"
    )


def _table(*rows: tuple[str, str]) -> str:
    cells = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value in rows
        if value
    )
    return f"<table><tbody>{cells}</tbody></table>"
