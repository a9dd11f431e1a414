"""docs/officers/核对年报.md. The table of rules that clerks read is the catalogue that the command goes by."""

from gongkai.report.check.catalogue import CATALOGUE, Rule
from gongkai.report.check.findings import Need
from tests.rules.case_tables import rows

PAGE = "核对年报.md"
LEVELS = {"E": "差错", "W": "警示", "I": "提示"}
NEEDS = {
    Need.LAST_YEAR: "上年报告",
    Need.SET: "一组报告",
    Need.LEDGER: "台账",
    Need.CRAWL: "网站",
}


def needed(rule: Rule) -> str:
    needs = "、".join(name for need, name in NEEDS.items() if need in rule.needs)
    elsewhere = f"别处：{rule.where}" if rule.where else ""
    return "；".join(filter(None, (needs, elsewhere))) or "—"


def test_the_page_lists_every_rule_as_the_catalogue_has_it() -> None:
    listed = [tuple(row.values()) for row in rows(PAGE, "全部规则")]

    assert listed == [
        (rule.id, LEVELS[rule.level.value], rule.title, rule.formula, needed(rule)) for rule in CATALOGUE
    ]
