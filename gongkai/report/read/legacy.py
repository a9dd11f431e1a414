"""DOC、WPS、RTF、ODT. Turned into DOCX by LibreOffice, an optional part of the installation."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from gongkai.report.read.document import CannotRead

PATIENCE_SECONDS = 60
MEMORY = 2 * 1024 * 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice")
NOT_INSTALLED = "文件是旧版Word、WPS、RTF或者ODT格式，本机没有安装LibreOffice，请另存为DOCX或者PDF后再提供。"


def to_docx(data: bytes) -> bytes:
    """The same document as DOCX: own profile, no macros, limited memory and time, no network where the kernel allows."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise CannotRead(NOT_INSTALLED)
    with tempfile.TemporaryDirectory(prefix="gongkai-legacy-") as folder:
        source = Path(folder) / f"report.{_extension(data)}"
        source.write_bytes(data)
        command = [
            *_limits(),
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "LANG": "C.UTF-8"}
        try:
            # A fixed program; the file's own name never reaches the command line.
            subprocess.run(  # noqa: S603
                command,
                env=environment,
                timeout=PATIENCE_SECONDS,
                check=False,
                capture_output=True,
                cwd=folder,
            )
        except subprocess.TimeoutExpired:
            raise CannotRead("转换这个文件用时过长，已停止，请另存为DOCX后再提供。") from None
        made = Path(folder) / "out" / "report.docx"
        if not made.is_file():
            raise CannotRead("文件无法转换，可能已加密或者损坏，请另存为DOCX后再提供。")
        return made.read_bytes()


def _extension(data: bytes) -> str:
    if data.startswith(b"PK"):
        return "odt"
    return "rtf" if data.lstrip().startswith(b"{\\rtf") else "doc"


def _limits() -> list[str]:
    """prlimit and unshare, where the system has them and lets us."""
    limits = []
    prlimit, unshare = shutil.which("prlimit"), shutil.which("unshare")
    if prlimit:
        limits += [prlimit, f"--as={MEMORY}", f"--cpu={PATIENCE_SECONDS}", "--"]
    if unshare and _may_unshare(unshare):
        limits += [unshare, "--user", "--net", "--"]
    return limits


def _may_unshare(unshare: str) -> bool:
    tried = subprocess.run([unshare, "--user", "--net", "true"], check=False, capture_output=True)  # noqa: S603
    return tried.returncode == 0
