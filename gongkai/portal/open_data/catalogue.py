"""数据目录. The data sets described in the vocabulary that data catalogues harvest (DCAT, as JSON-LD)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.timezone import localtime

from gongkai.portal.addresses import address
from gongkai.portal.models import Site
from gongkai.portal.open_data.holdings import Holding, Register
from gongkai.portal.open_data.records import Absolute, Record

TERMS = (
    "本网站主动公开的政府信息可以免费查阅、下载和使用。使用时请注明来源和网址，不改动原意；"
    "信息更新、撤下的，以本网站现行内容为准。法律、行政法规对使用另有规定的，从其规定。"
)
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_MEDIA_TYPES = {"json": "application/json", "csv": "text/csv"}


def catalogue(
    site: Site,
    held: Sequence[Holding],
    registers: Sequence[Register],
    *,
    changed_at: datetime,
    absolute: Absolute,
) -> Record:
    """The whole catalogue; each data set has a stable identifier: its own address."""
    return {
        "@context": _CONTEXT,
        "@id": absolute(address("data_catalogue")),
        "@type": "dcat:Catalog",
        "dct:title": f"{site.name}开放数据",
        "dct:description": "本机关主动公开的政府信息和政府信息公开工作年度报告。",
        "dct:language": "zh-CN",
        "dct:modified": localtime(changed_at).isoformat(timespec="seconds"),
        "dct:rights": TERMS,
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": site.agency_name},
        "foaf:homepage": absolute(address("data")),
        "dcat:dataset": [
            *(_items(holding, site, absolute) for holding in held),
            *(_register(register, site, absolute) for register in registers),
            _reports(site, absolute),
        ],
    }


def _items(holding: Holding, site: Site, absolute: Absolute) -> Record:
    column, year = holding.column, holding.year
    return {
        "@id": absolute(address("data_items", column.slug, year, "json")),
        "@type": "dcat:Dataset",
        "dct:title": f"{column.name}{year}年",
        "dct:description": column.description,
        "dcat:keyword": [word for word in column.keywords.replace("，", ",").split(",") if word],
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": site.agency_name},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": f"{year}-01-01",
            "dcat:endDate": f"{year}-12-31",
        },
        "dct:extent": f"{holding.count}条",
        "dct:conformsTo": absolute(address("data_schema", "items")),
        "dcat:distribution": list(_distributions("data_items", (column.slug, year), absolute)),
    }


def _register(register: Register, site: Site, absolute: Absolute) -> Record:
    return {
        "@id": absolute(register.json),
        "@type": "dcat:Dataset",
        "dct:title": register.title,
        "dct:description": register.description,
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": site.agency_name},
        "dcat:distribution": [
            _distribution(register.json, "json", absolute),
            _distribution(register.csv, "csv", absolute),
        ],
    }


def _reports(site: Site, absolute: Absolute) -> Record:
    return {
        "@id": absolute(address("data_reports", "json")),
        "@type": "dcat:Dataset",
        "dct:title": "政府信息公开工作年度报告",
        "dct:description": "历年报告的全部版次，每个版次附报告内容和三张表的数据。",
        "dcat:keyword": ["政府信息公开", "年度报告"],
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": site.agency_name},
        "dct:conformsTo": absolute(address("data_schema", "reports")),
        "dcat:distribution": list(_distributions("data_reports", (), absolute)),
    }


def _distributions(name: str, arguments: tuple[object, ...], absolute: Absolute) -> Iterator[Record]:
    for form in _MEDIA_TYPES:
        yield _distribution(address(name, *arguments, form), form, absolute)


def _distribution(path: str, form: str, absolute: Absolute) -> Record:
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": absolute(path),
        "dcat:mediaType": _MEDIA_TYPES[form],
    }
