"""子进程的上限. What a process that opens other people's files may use: memory, time, no network, no files (FIL-09)."""

import contextlib
import ctypes
import sys

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 20
_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000


def apply() -> None:
    """As far as the platform allows; what the process has mapped already does not count."""
    try:
        import resource
    except ImportError:  # Windows
        return
    memory = _mapped() + MEMORY
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # parsers read; they have nothing to write
        (resource.RLIMIT_AS, memory),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (limit, limit))
    _leave_the_network()


def allow_processor_time(seconds: int = PROCESSOR_SECONDS) -> None:
    """Start the count of processor time afresh for the next file."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


def _mapped() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            import resource

            return int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _leave_the_network() -> None:
    """A network of its own with nothing in it, where the kernel lets an ordinary user have one."""
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NETWORK)
