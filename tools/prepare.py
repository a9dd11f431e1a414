"""准备. Makes a bare clone runnable: system parts by the package manager, Python packages by hash into .venv.

Standard library only. Usage: python3 tools/prepare.py run|dev
What is missing and cannot be installed is named in one sentence, and only its feature is off.
"""

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WHEELS = ROOT / "wheelhouse"  # unpacked from an offline bundle: nothing is fetched then
PYTHON = VENV / "bin" / "python"


def has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def has_postgresql() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def has_clamd() -> bool:
    return bool(shutil.which("clamd") or Path("/usr/sbin/clamd").exists())


def has_nginx() -> bool:
    return bool(shutil.which("nginx") or Path("/usr/sbin/nginx").exists())


# (there?, package of the distribution, what is off without it)
FOR_RUNNING = [
    (lambda: importlib.util.find_spec("ensurepip") is not None, "python3-venv", "无法安装（必需）"),
    (lambda: ctypes.util.find_library("pango-1.0"), "libpango-1.0-0", "不能生成PDF"),
    (lambda: ctypes.util.find_library("pangoft2-1.0"), "libpangoft2-1.0-0", "不能生成PDF"),
    (lambda: ctypes.util.find_library("harfbuzz-subset"), "libharfbuzz-subset0", "PDF文件较大"),
    (lambda: shutil.which("fc-list"), "fontconfig", "PDF可能缺字"),
    (has_chinese_font, "fonts-noto-cjk", "PDF缺中文字"),
]
FOR_DEVELOPING = [
    (lambda: shutil.which("chromium") or shutil.which("chromium-browser"), "chromium", "不运行浏览器测试"),
    (has_postgresql, "postgresql", "不在PostgreSQL上测试"),
    (has_nginx, "nginx-light", "不核对随附的nginx配置"),
    (has_clamd, "clamav-daemon", "不用真的clamd测试查毒"),
]


def main(kind: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that an older Python may meet
        sys.exit(f"需要Python 3.11以上，这里是{sys.version.split()[0]}。")
    install_system_parts(FOR_RUNNING + (FOR_DEVELOPING if kind == "dev" else []))
    install_packages(kind)


def install_system_parts(parts: list) -> None:
    missing = [package for there, package, _ in parts if not there()]
    if missing:
        install = administrator_command()
        if install:
            print(f"安装系统组件：{' '.join(missing)}", flush=True)
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run([*install, "update"], check=False, **quiet)
            subprocess.run(
                [*install, "install", "-y", "--no-install-recommends", *missing], check=False, **quiet
            )
        for there, package, off in parts:
            if not there():
                print(f"缺少 {package}：{off}。请用系统的软件包管理器安装。", flush=True)


def administrator_command() -> "list[str] | None":
    """How packages may be installed here without asking anybody, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    return None


def install_packages(kind: str) -> None:
    locked = ROOT / "requirements" / f"{kind}.txt"
    stamp = VENV / f"prepared-{kind}"
    fingerprint = hashlib.sha256(locked.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    print("安装Python组件（按校验值）…", flush=True)
    offline = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *offline]
    run([*pip, "--require-hashes", "-r", str(locked)])
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(fingerprint)


def run(words: "list[str]") -> None:
    if subprocess.run(words, check=False).returncode:
        sys.exit("安装没有完成，原因见上方；处理后再次运行同一命令即可继续。")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
