"""进程的上限. What a child that opens other people's files may use (FIL-09)."""

import contextlib
import ctypes
import sys

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 20
OCR_MEMORY = 1536 * 1024 * 1024  # the models of the optional OCR alone take half of it
OCR_PROCESSOR_SECONDS = 120
_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000


def apply(memory: int = MEMORY) -> None:
    """No more memory, no core dumps, no network, as far as the platform allows."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_mapped() + memory, _mapped() + memory))
    _without_network()


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
    """What the process has mapped already, so that the limit counts only what a file adds."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            import resource

            return int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _without_network() -> bool:
    """A network namespace of its own, with nothing in it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.unshare(_NEW_USER | _NEW_NETWORK) == 0)
    except (OSError, AttributeError):
        return False
