"""导入的速度. P11: 20,000 rows from Excel, tried and confirmed, in a transaction that is taken back."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time

from django.db import transaction

from bench import offices
from bench.figure import Figure, at_most, duration, timed
from gongkai.agencies.models import Person
from gongkai.duties.administrative_acts.registers import LICENCES
from gongkai.duties.applications.registers import APPLICATIONS
from gongkai.registers import importing
from gongkai.registers.description import Register
from gongkai.spreadsheets.child import read_grid
from gongkai.spreadsheets.written import as_xlsx

DATA = "虚构的许可2万行（5栏）、申请2万行（7栏，申请人加密）；台账中已有10万条"
ROWS = 20_000
RUNS = 3
FILE = "台账.xlsx"


def _day(row: int) -> date:
    """Days over the whole year, so that reading a day once is worth what it is worth in an office's own file."""
    return date(2023, 1, 1) + timedelta(days=row * 7 % 330)


_LICENCES = (
    ("决定书文号", "事项名称", "决定日期", "相对人名称", "审批类别"),
    [(f"示新许〔2023〕{n}号", "防空地下室审批", _day(n), f"示例{n}公司", "普通") for n in range(ROWS)],
)
_CASES = (
    ("登记编号", "申请人类别", "申请渠道", "收到日期", "答复日期", "办理结果", "申请人"),
    [
        (
            f"新〔2023〕{n}号",
            "自然人",
            "当面",
            _day(n),
            _day(n) + timedelta(days=n % 29),
            "予以公开",
            f"示例{n}",
        )
        for n in range(ROWS)
    ],
)


def figures() -> Iterator[Figure]:
    by = offices.clerk(offices.small())
    for name, register, (headings, rows), limit in (
        ("P11 导入2万行许可", LICENCES, _LICENCES, 5.0),
        ("导入2万件申请（含经过、期限、加密）", APPLICATIONS, _CASES, None),
    ):
        data = as_xlsx(register.title, headings, rows)
        runs = [_once(register, data, by) for _ in range(RUNS)]
        tried, confirmed = (median(times) for times in zip(*runs, strict=True))
        worked = _processor()
        _once(register, data, by)
        worked = _processor() - worked
        bare = timed(partial(read_grid, FILE, data))
        beside = f"试算{duration(tried)}，确认{duration(confirmed)}（含再次试算），处理器{duration(worked)}；只读出文件{duration(bare)}"
        if limit is not None:
            yield at_most(name, tried + confirmed, limit, beside=beside)
        else:
            yield Figure(what=name, measured=duration(tried + confirmed), beside=beside)


def _processor() -> float:
    """Processor seconds of this process and of the children that read files for it."""
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def _once(register: Register, data: bytes, by: Person) -> tuple[float, float]:
    with transaction.atomic():
        found = []
        tried = timed(lambda: found.append(importing.preview(register, file_name=FILE, data=data, by=by)))
        run, plan = found[0]
        assert len(plan.add) == ROWS, plan.problems[:3]
        confirmed = timed(lambda: importing.confirm(register, run, by=by))
        transaction.set_rollback(True)
    return tried, confirmed
