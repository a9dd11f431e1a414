"""登记编号. The next number of a register in a year, 〔2026〕12号, given once."""

from gongkai.agencies.models import Agency
from gongkai.registers.models import Counter


def numbered(year: int, number: int) -> str:
    return f"〔{year}〕{number}号"


def next_number(agency: Agency, *, register: str, year: int, taken: frozenset[str] = frozenset()) -> str:
    """Inside a transaction; ``taken`` are numbers that stand already, say from an import of the old register."""
    Counter.objects.get_or_create(agency=agency, register=register, year=year)
    counter = Counter.objects.select_for_update().get(agency=agency, register=register, year=year)
    counter.last += 1
    while numbered(year, counter.last) in taken:
        counter.last += 1
    counter.save(update_fields=["last"])
    return numbered(year, counter.last)
