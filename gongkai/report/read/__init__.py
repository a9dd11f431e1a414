"""读取年度报告. Any file that holds a report, or is said to, becomes a Report; what cannot be read says why in Chinese."""

from gongkai.report.read.document import CannotRead
from gongkai.report.read.reading import parse, read
from gongkai.report.read.workers import Outcome, read_many

__all__ = ["CannotRead", "Outcome", "parse", "read", "read_many"]
