"""并发读取. Requests a second over the loopback: by wrk where it is installed, else by a small client of our own."""

import asyncio
import re
import shutil
import subprocess
import time

CONNECTIONS, SECONDS = 32, 3


def tool() -> str:
    return "wrk" if shutil.which("wrk") else "自带的小客户端（它自己也是瓶颈）"


def requests_a_second(port: int, path: str) -> float:
    """Over 32 kept connections. Raises RuntimeError when an answer is not 200."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{path}"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise RuntimeError(said)
        found = re.search(r"Requests/sec:\s*([\d.]+)", said)
        assert found, said
        return float(found[1])
    return asyncio.run(_client(port, path))


async def _client(port: int, path: str) -> float:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    began = time.monotonic()
    counts = await asyncio.gather(*(_reader(port, request, began + SECONDS) for _ in range(CONNECTIONS)))
    return sum(counts) / (time.monotonic() - began)


async def _reader(port: int, request: bytes, until: float) -> int:
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.monotonic() < until:
        writing.write(request)
        try:
            head = await reading.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:  # nginx ends a connection after 1,000 requests
            writing.close()
            reading, writing = await asyncio.open_connection("127.0.0.1", port)
            continue
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not head.startswith(b"HTTP/1.1 200") or length is None:
            raise RuntimeError(head.decode("latin-1"))
        await reading.readexactly(int(length[1]))
        count += 1
    writing.close()
    return count
