"""公众侧网址. Addresses are stable: a thing once published keeps its own for good."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from gongkai.portal.pages import (
    administrative_acts,
    disclosure,
    display,
    feeds,
    files,
    leaders,
    leaving,
    machines,
    normative,
    open_data,
    reports,
    search,
    sitemaps,
    statutory,
)
from gongkai.portal.pages.apply import status as apply_status
from gongkai.portal.pages.apply import views as apply


class YearConverter:
    """年度, four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class EditionConverter(YearConverter):
    """版次, counted from 1."""

    regex = "[1-9][0-9]{0,2}"

    def to_url(self, value: int) -> str:
        return str(value)


class AgencyConverter(StringConverter):
    """机关的对外编号."""

    regex = "[0-9a-f]{20}"


class LeavingConverter(StringConverter):
    """正文里可以有外部链接的内容."""

    regex = "item|page"


class FormConverter(StringConverter):
    """开放数据的格式."""

    regex = "json|csv"


register_converter(FormConverter, "form")
register_converter(LeavingConverter, "leaving")
register_converter(YearConverter, "year")
register_converter(EditionConverter, "edition")
register_converter(AgencyConverter, "agency")

urlpatterns = [
    path("", disclosure.home, name="home"),
    path("disclosure/", disclosure.disclosure, name="disclosure"),
    path("disclosure/<slug:slug>/", disclosure.column, name="column"),
    path("disclosure/<slug:slug>/feed.atom", feeds.column_feed, name="column_feed"),
    path("feed.atom", feeds.site_feed, name="feed"),
    path("duties/", statutory.duties, name="duties"),
    path("duties/<slug:key>/", statutory.duty, name="duty"),
    path("pages/<slug:slug>/", disclosure.page, name="page"),
    path("items/<agency:key>/", disclosure.item, name="item"),
    path("leaving/<leaving:kind>/<slug:key>/<int:number>/", leaving.prompt, name="leaving"),
    path("acts/<agency:key>/", administrative_acts.one, name="act"),
    path("acts/<slug:slug>.json", administrative_acts.as_json, name="acts_json"),
    path("acts/<slug:slug>.csv", administrative_acts.as_csv, name="acts_csv"),
    path("lists/<slug:kind>/<edition:edition>/", administrative_acts.list_edition, name="list_edition"),
    path("leaders/", leaders.leaders, name="leaders"),
    path("leaders/leaders.json", leaders.as_json, name="leaders_json"),
    path("leaders/leaders.csv", leaders.as_csv, name="leaders_csv"),
    path("normative/", normative.library, name="normative"),
    path("normative/documents.json", normative.as_json, name="normative_json"),
    path("normative/documents.csv", normative.as_csv, name="normative_csv"),
    path("reports/", reports.index, name="reports"),
    path("reports/<year:year>/", reports.newest_edition, name="report"),
    path("reports/<year:year>/<edition:edition>/", reports.edition, name="report_edition"),
    path("reports/of/<agency:agency>/<year:year>/", reports.newest_edition, name="subordinate_report"),
    path(
        "reports/of/<agency:agency>/<year:year>/<edition:edition>/",
        reports.edition,
        name="subordinate_report_edition",
    ),
    re_path(r"^files/(?P<sha256>[0-9a-f]{64})$", files.file, name="file"),
    path("apply/", apply.begin, name="apply"),
    path("apply/search/", apply.look_first, name="apply_look_first"),
    path("apply/found/", apply.found, name="apply_found"),
    path("apply/form/", apply.fill_in, name="apply_form"),
    path("apply/send/", apply.send, name="apply_send"),
    path("apply/status/", apply_status.status, name="apply_status"),
    path("apply/rights/", apply_status.ask_right, name="apply_rights"),
    path("apply/collect/", apply_status.collect, name="apply_collect"),
    path("data/", open_data.overview, name="data"),
    path("data/catalogue.json", open_data.data_catalogue, name="data_catalogue"),
    path("data/items/<slug:slug>/<year:year>.<form:form>", open_data.items, name="data_items"),
    path("data/items/<agency:key>.json", open_data.item, name="item_data"),
    path("data/reports.<form:form>", open_data.reports, name="data_reports"),
    path(
        "data/reports/<agency:agency>/<year:year>/<edition:edition>.json",
        open_data.report,
        name="data_report",
    ),
    path("data/schemas/<slug:name>.json", open_data.schema, name="data_schema"),
    path("search/", search.search, name="search"),
    path("map/", disclosure.site_map, name="site_map"),
    path("display", display.choose, name="display"),
    path("health", machines.health, name="health"),
    path("health/live", machines.live, name="health_live"),
    path("health/ready", machines.ready, name="health_ready"),
    path("favicon.ico", machines.icon, name="icon"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.part, name="sitemap_part"),
    path(".well-known/security.txt", machines.security_text, name="security_text"),
]

handler400 = "gongkai.portal.pages.errors.bad_request"
handler403 = "gongkai.portal.pages.errors.forbidden"
handler404 = "gongkai.portal.pages.errors.not_found"
handler500 = "gongkai.portal.pages.errors.server_error"
