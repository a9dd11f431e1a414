"""子进程的上限 (FIL-09). Memory, time and network of the child that opens other people's files."""

import subprocess
import sys

import pytest

from gongkai.report.read.document import CannotRead
from gongkai.report.read.workers import FILES_PER_CHILD, Child
from tests.report.read.printing import docx_of

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limits are those of Linux")


def in_a_child(code: str) -> str:
    """What a fresh process prints after the limits are set."""
    command = [sys.executable, "-c", f"from gongkai.report.read import limits\nlimits.apply()\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout.strip()


@linux_only
def test_a_child_may_not_take_more_than_512_mb() -> None:
    code = """
small = bytearray(100 * 1024 * 1024)
try:
    large = bytearray(600 * 1024 * 1024)
except MemoryError:
    print("refused")
"""
    assert in_a_child(code) == "refused"


@linux_only
def test_a_child_may_not_use_more_than_20_seconds_of_processor_for_a_file() -> None:
    code = """
import resource
limits.allow_processor_time()
soft, _ = resource.getrlimit(resource.RLIMIT_CPU)
print(20 <= soft <= 25)
"""
    assert in_a_child(code) == "True"


@linux_only
def test_a_child_has_no_network_where_the_kernel_allows() -> None:
    code = """
import os, socket
names = [name for _, name in socket.if_nameindex()]
print("alone" if names in ([], ["lo"]) else os.getuid())
"""
    allowed = (
        subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode
        == 0
    )
    if not allowed:
        pytest.skip("the kernel does not let this user make a network namespace")

    assert in_a_child(code) == "alone"


def test_a_child_that_takes_too_long_is_stopped_and_the_next_file_is_read() -> None:
    child = Child()
    page = "<html><p>示例市水利局2018年政府信息公开工作年度报告</p></html>".encode()
    endless = b"<html>" + b"<p>0</p>" * 3_000_000

    with pytest.raises(CannotRead, match="用时过长"):
        child.read(endless, patience=0.3)

    assert child.read(page).source_format == "html"
    child.close()


def test_a_child_is_renewed_after_a_number_of_files() -> None:
    child = Child()
    page = docx_of("<w:p><w:r><w:t>示例市水利局2018年政府信息公开工作年度报告</w:t></w:r></w:p>")
    child.read(page)
    first = child._process
    child._files = FILES_PER_CHILD

    child.read(page)

    assert child._process is not first
    assert first is not None
    assert first.poll() == 0
    child.close()
