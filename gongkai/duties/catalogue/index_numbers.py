"""索引号. Given once, at the first submission, and never to another item, also not after a withdrawal (条例第十二条)."""

from gongkai.agencies.models import Agency
from gongkai.registers.models import Counter

_REGISTER = "index_number"


def next_index_number(agency: Agency, *, year: int) -> str:
    """机构代码/年份-流水号, inside a transaction."""
    return next_index_numbers(agency, year=year, count=1)[0]


def next_index_numbers(agency: Agency, *, year: int, count: int) -> list[str]:
    """Several in a row. The agency's code is the body of its unified code (GB 32100); an agency that has entered none
    yet is numbered within this installation."""
    Counter.objects.get_or_create(agency=agency, register=_REGISTER, year=year)
    counter = Counter.objects.select_for_update().get(agency=agency, register=_REGISTER, year=year)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    code = agency.code[8:17] if len(agency.code) == 18 else f"{agency.pk:09d}"
    return [f"{code}/{year}-{number:05d}" for number in range(first, first + count)]
