"""安全条目: each statement that the product claims is named by the test that proves it, and the table says where."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "developers" / "security-statements.md"


def _ids(group: str, *numbers: int) -> list[str]:
    return [f"{group}-{number:02d}" for number in numbers]


CLAIMED = [
    *_ids("AUTH", *range(1, 12)),
    *_ids("SES", *range(1, 7)),
    *_ids("ACL", 1, 2, 3, 4, 5, 8, 9),
    *_ids("AUD", 1, 2, 3, 4, 5, 7, 8),
    *_ids("CRY", *range(1, 6)),
    *_ids("PUB", *range(1, 12)),
    *_ids("PII", *range(1, 10)),
    *_ids("ABU", 2, 3, 5, 6),
    *_ids("INP", *range(1, 10)),
    *_ids("FIL", *range(1, 10)),
    *_ids("WEB", *range(1, 8)),
    *_ids("TIM", *range(1, 10)),
    *_ids("REL", 1, 2, 3, 4),
    *_ids("OPS", 1),
    *_ids("A11", *range(1, 6)),
]
# What the papers ask for and is not claimed, with the reason; the table ends with it.
NOT_CLAIMED: dict[str, str] = {
    "ABU-01": "申请、附件、查询、领取、登录的限制有测试，收表单的网址没有列限制就收不进；信箱、调查的限制已列入表，页面和调查的工作量证明还没有。",
}
# "AUD-03", "AUD-03, 04", "test_aud_03_…" and "WEB-01–05" all name what they mean.
_NAMED = re.compile(r"([A-Z]+1?1?)-(\d\d)((?:\s*[,、–-]\s*(?:[A-Z]+1?1?-)?\d\d\b)*)")
_IN_A_NAME = re.compile(r"test_([a-z]+1?1?)_(\d\d)_")
_MORE = re.compile(r"([,、–-])\s*(?:[A-Z]+1?1?-)?(\d\d)")


def named_in(text: str) -> set[str]:
    found = {f"{group.upper()}-{number}" for group, number in _IN_A_NAME.findall(text)}
    for match in _NAMED.finditer(text):
        group, last = match[1], int(match[2])
        found.add(f"{group}-{last:02d}")
        for mark, number in _MORE.findall(match[3]):
            first = last + 1 if mark in "–-" else int(number)
            found |= {f"{group}-{each:02d}" for each in range(first, int(number) + 1)}
            last = int(number)
    return found


def proofs() -> dict[str, list[str]]:
    """Statement → the test files that name it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path != Path(__file__):
            for statement in named_in(path.read_text(encoding="utf-8")):
                found.setdefault(statement, []).append(str(path.relative_to(ROOT)))
    return found


def table() -> str:
    known = proofs()
    rows = [f"| {each} | {'、'.join(f'`{file}`' for file in known.get(each, []))} |" for each in CLAIMED]
    head = (
        "# 安全条目由哪里证明\n\n由 `python -m tests.shape.test_statements` 写出，测试核对它与测试文件一致。\n\n"
        "| 条目 | 测试 |\n|---|---|\n"
    )
    left = [f"| {each} | {why} |" for each, why in NOT_CLAIMED.items()]
    foot = "\n## 没有声明的条目\n\n| 条目 | 原因 |\n|---|---|\n" if left else ""
    return head + "\n".join(rows) + "\n" + foot + "".join(f"{each}\n" for each in left)


def test_the_ids_are_read_however_they_are_written():
    assert named_in("AUD-02, 04 and WEB-01–03") == {"AUD-02", "AUD-04", "WEB-01", "WEB-02", "WEB-03"}


def test_every_claimed_statement_is_named_by_a_test():
    known = proofs()

    assert [each for each in CLAIMED if each not in known] == []


def test_the_table_is_up_to_date():
    assert TABLE.read_text(encoding="utf-8") == table()


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
