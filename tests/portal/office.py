"""示例市国防动员办公室. An invented office on the public side, released as the worker would release it."""

import hashlib
from dataclasses import replace
from functools import cache

from gongkai.gateways.files import public_files
from gongkai.portal import release
from gongkai.portal.payloads import ColumnPayload, FileReference, PagePayload, ReportPayload, SitePayload
from gongkai.report.model import Cell, Form, Report
from gongkai.report.render import Format
from gongkai.report.render.html import fragment
from gongkai.rules.annual_report_2021 import tables as form_2021
from tests.report.documents import official_columns, official_headings, official_rows

AGENCY = "0123456789abcdef0123"
SUBORDINATE = "fedcba98765432100123"
NAME = "示例市国防动员办公室"

SITE = SitePayload(
    version=1,
    agency=AGENCY,
    agency_name=NAME,
    name=NAME,
    domain="gfdy.example.gov.cn",
    id_code="0000000000",
    organiser=NAME,
    operator="示例市国防动员办公室综合科",
    telephone="0000-0000000",
    address="示例市示例路1号",
    postcode="000000",
    email="gongkai@example.gov.cn",
    icp_number="示ICP备00000000号",
    police_number="示公网安备00000000000000号",
    error_report_url="https://report.example.gov.cn/?site=0000000000",
    identity_url="https://identity.example.gov.cn/0000000000",
    higher_sites=(
        ("示例省人民政府", "https://www.example.gov.cn/"),
        ("示例市人民政府", "https://city.example.gov.cn/"),
    ),
)

COLUMNS = tuple(
    ColumnPayload(
        version=1,
        slug=slug,
        name=name,
        column_type="信息公开",
        description=description,
        keywords=f"政府信息公开,{name}",
        parent=parent,
        part=part,
        layout=layout,
        position=position,
    )
    for position, (slug, name, part, parent, layout, description) in enumerate(
        (
            ("guide", "政府信息公开指南", "guide", "", "page", "怎样查阅、怎样申请本机关的政府信息。"),
            ("systems", "政府信息公开制度", "systems", "", "list", "条例和本机关的政府信息公开工作制度。"),
            (
                "statutory",
                "法定主动公开内容",
                "statutory",
                "",
                "list",
                "条例第二十条规定主动公开的政府信息。",
            ),
            (
                "reports",
                "政府信息公开年报",
                "reports",
                "",
                "reports",
                "各年度政府信息公开工作年度报告，长期保留。",
            ),
            (
                "application",
                "依申请公开",
                "application",
                "",
                "page",
                "没有主动公开的信息，可以向本机关申请。",
            ),
            (
                "organisation",
                "机构职能",
                "",
                "statutory",
                "page",
                "本机关的职能、机构设置、办公地址和负责人。",
            ),
            (
                "normative-documents",
                "行政规范性文件",
                "",
                "statutory",
                "list",
                "本机关制定的行政规范性文件。",
            ),
            ("budgets", "财政预决算", "", "statutory", "list", "本机关的部门预算和决算。"),
        )
    )
)

PAGES = (
    PagePayload(
        version=1,
        slug="guide",
        column="guide",
        title="政府信息公开指南",
        source=NAME,
        description="查阅和申请本机关政府信息的办法。",
        html="<p>本机关主动公开的政府信息在本网站公布。</p><h2>受理机构</h2><p>综合科，工作日受理。</p>",
    ),
    PagePayload(
        version=1,
        slug="review-rules",
        column="systems",
        title="政府信息公开审查制度",
        source=NAME,
        html="<p>公开政府信息前依照条例第十七条进行审查。</p><ol><li>先审查，后公开。</li></ol>",
    ),
    PagePayload(
        version=1,
        slug="how-to-apply",
        column="application",
        title="怎样申请公开",
        source=NAME,
        html="<p>可以当面、邮寄或者通过网络提交申请。</p>",
    ),
    PagePayload(
        version=1,
        slug="organisation",
        column="organisation",
        title="机构职能",
        source=NAME,
        html="<p>负责示例市国防动员有关工作。</p>",
    ),
    PagePayload(
        version=1, slug="privacy", title="隐私声明", source=NAME, html="<p>本网站不收集读者的个人信息。</p>"
    ),
    PagePayload(
        version=1,
        slug="accessibility",
        title="无障碍声明",
        source=NAME,
        html="<p>本网站可以用键盘操作，可以放大字号。</p>",
    ),
)

FORMATS = ("html", "docx", "pdf", "xlsx", "json")


@cache
def written_report(year: int, *, received: int) -> Report:
    """年度报告: ``received`` applications of natural persons, all granted; every other figure 0."""
    cells: dict[str, dict[str, dict[str, Cell]]] = {}
    for table, row, column in form_2021.cell_keys():
        counted = row in ("received", "granted", "total") and column in ("natural_person", "total")
        figure = received if table == "applications" and counted else 0
        cells.setdefault(table, {}).setdefault(row, {})[column] = Cell.number(figure)
    return Report(
        form=Form.FORM_2021,
        agency=NAME,
        year=year,
        title=f"{NAME}{year}年政府信息公开工作年度报告",
        preamble="根据《中华人民共和国政府信息公开条例》规定，编制本报告。",
        headings=official_headings(),
        sections={
            "overview": f"全年收到政府信息公开申请{received}件，均在规定期限内答复。",
            "problems": "一是解读形式不够丰富。\n二是培训还不够经常。",
            "other": "本年度没有收取信息处理费。",
        },
        tables=cells,
        printed_rows=official_rows(),
        printed_columns=official_columns(),
    )


@cache
def _fragment(year: int, received: int) -> str:
    return fragment(written_report(year, received=received))


def report(
    year: int, *, edition: int = 1, received: int = 3, version: int = 1, correction_note: str = ""
) -> ReportPayload:
    """一个版次, its files standing in the public store (their bytes are not looked at here)."""
    written = written_report(year, received=received)
    files = tuple(
        FileReference(
            public_files().put(f"{year} {edition} {received} {kind}".encode()),
            f"{written.title}.{kind}",
            Format(kind).media_type,
        )
        for kind in FORMATS
    )
    return ReportPayload(
        version=version,
        agency=AGENCY,
        agency_name=NAME,
        year=year,
        edition=edition,
        title=written.title,
        digest=hashlib.sha256(f"{year}/{edition}/{received}".encode()).hexdigest(),
        html=_fragment(year, received),
        figures={"form": "2021", "year": year},
        correction_note=correction_note,
        files=files,
    )


def subordinate_report(year: int) -> ReportPayload:
    """下级机关的报告."""
    own = report(year)
    return replace(
        own,
        agency=SUBORDINATE,
        agency_name="示例县国防动员办公室",
        title=f"示例县国防动员办公室{year}年政府信息公开工作年度报告",
    )


def released_office() -> None:
    """The whole office as readers see it: two years, the later one corrected once."""
    release.put_site(SITE)
    for column in COLUMNS:
        release.put_column(column)
    for page in PAGES:
        release.put_page(page)
    release.put_report(report(2022, received=2))
    release.put_report(report(2023, received=3))
    release.put_report(
        report(2023, edition=2, received=4, correction_note="补登1件漏记的申请，本年新收由3件更正为4件。")
    )
