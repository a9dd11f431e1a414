"""网站信息. Whose site the portal is and how to reach them: what may be entered, and what the public side is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai.agencies.models import Agency
from gongkai.gateways.web_address import fault_of
from gongkai.portal.payloads import SitePayload

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_ID_CODE = re.compile(r"[0-9]{10}|bm[0-9]{8}", re.ASCII)
_ICP = re.compile(r"[一-鿿]ICP备[0-9]{8,10}号(?:-[0-9]{1,3})?")
_POLICE = re.compile(r"[一-鿿]公网安备\s?([0-9]{14})号")
_TELEPHONE = re.compile(r"[0-9０-９+()（）、，,;； 转\-—]{5,40}")
_POLICE_QUERY = "https://beian.mps.gov.cn/#/query/webSearch?code="
REQUIRED = ("site_name", "site_domain", "site_id_code", "telephone")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """网站信息, by the names of Agency's own columns."""

    site_name: str
    site_domain: str
    site_id_code: str
    telephone: str
    site_organiser: str = ""
    site_operator: str = ""
    address: str = ""
    postcode: str = ""
    fax: str = ""
    email: str = ""
    office_hours: str = ""
    icp_number: str = ""
    police_number: str = ""
    identity_url: str = ""
    error_report_url: str = ""
    copyright_line: str = ""


def facts_of(agency: Agency) -> SiteFacts:
    return SiteFacts(**{each.name: getattr(agency, each.name) for each in fields(SiteFacts)})


def faults(facts: SiteFacts) -> dict[str, str]:
    """What cannot be accepted, by column: which way it is wrong and what to write instead."""
    found = dict(_faults(facts))
    for each in fields(SiteFacts):
        text = getattr(facts, each.name)
        longest = Agency._meta.get_field(each.name).max_length  # type: ignore[union-attr]
        if not text.isprintable():
            found[each.name] = "有看不见的字符，请删去后重新填写。"
        elif longest and len(text) > longest:
            found[each.name] = f"有{len(text)}个字，最多{longest}个字，请写得简短一些。"
        elif each.name in REQUIRED and not text:
            found[each.name] = "不能为空：公众侧每一页都要显示。"
    return found


def _faults(facts: SiteFacts) -> Iterator[tuple[str, str]]:
    for name, pattern, sentence in (
        ("site_domain", _DOMAIN, "不是域名。只写域名，不写 http:// 和路径，如 www.example.gov.cn。"),
        ("site_id_code", _ID_CODE, "不是网站标识码。应是10位数字；国务院部门是 bm 加8位数字。"),
        ("telephone", _TELEPHONE, "不是电话号码。写数字，可以有区号和分机，几个号码用顿号隔开。"),
        ("fax", _TELEPHONE, "不是传真号码。写数字，可以有区号。"),
        ("postcode", re.compile(r"[0-9]{6}"), "不是邮政编码。应是6位数字。"),
        ("icp_number", _ICP, "不是ICP备案编号。照备案证书写全，如“示ICP备00000000号-1”。"),
        (
            "police_number",
            _POLICE,
            "不是公安备案编号。照备案证书写全，如“示公网安备00000000000000号”（14位数字）。",
        ),
    ):
        text = getattr(facts, name)
        if text and not pattern.fullmatch(text):
            yield name, sentence
    for name in ("identity_url", "error_report_url"):
        if getattr(facts, name) and (fault := fault_of(getattr(facts, name))):
            yield name, fault
    try:
        if facts.email:
            validate_email(facts.email)
    except ValidationError:
        yield "email", "不是电子邮箱地址。应写成 gongkai@example.gov.cn 的样子。"


def site_payload(agency: Agency, version: int) -> SitePayload:
    """What the public side shows at the head and foot of every page."""
    number = _POLICE.fullmatch(agency.police_number)
    return SitePayload(
        version=version,
        agency=agency.public_id,
        agency_name=agency.name,
        name=agency.site_name or agency.name,
        domain=agency.site_domain,
        id_code=agency.site_id_code,
        organiser=agency.site_organiser or agency.name,
        operator=agency.site_operator,
        telephone=agency.telephone,
        address=agency.address,
        postcode=agency.postcode,
        fax=agency.fax,
        email=agency.email,
        office_hours=agency.office_hours,
        icp_number=agency.icp_number,
        police_number=agency.police_number,
        police_url=f"{_POLICE_QUERY}{number[1]}" if number else "",
        identity_url=agency.identity_url,
        error_report_url=agency.error_report_url,
        copyright_line=agency.copyright_line,
    )
