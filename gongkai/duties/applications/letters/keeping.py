"""文书文件的保存. DOCX, PDF and proofs name people: they are sealed before they reach the disk, and proved when read."""

import hashlib

from gongkai.agencies import sealed_files
from gongkai.agencies.access import Refusal
from gongkai.agencies.models import AgencyRecord
from gongkai.virus_checks.actions import State, note
from gongkai.virus_checks.queries import require_scanned

UPLOADED = ("document", "proof")  # the fields whose files came from outside; the others are made here


def keep(record: AgencyRecord, name: str, content: bytes, *, scanned: State | None = None) -> str:
    """Seal and store; the reference to put in the record: version and name of the sealed file."""
    version, file = sealed_files.put(content, bound_to=_cell(record, name))
    if name in UPLOADED:
        note(file, scanned, kept_by="letters")
    return f"{version}:{file}"


def kept(record: AgencyRecord, name: str) -> bytes:
    """The file again; one that came from outside only when it was found clean."""
    if name in UPLOADED:
        require_scanned(str(getattr(record, name)).partition(":")[2])
    return unsealed(record, name)


def unsealed(record: AgencyRecord, name: str) -> bytes:
    """The bytes for the machinery that scans them."""
    version, _, file = str(getattr(record, name)).partition(":")
    try:
        return sealed_files.read(int(version), file, bound_to=_cell(record, name))
    except (*sealed_files.UNREADABLE, ValueError):
        raise Refusal("打不开这个文件：文件缺失、密钥不符，或者内容被改动过。请系统管理员核查。") from None


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _cell(record: AgencyRecord, name: str) -> bytes:
    return f"file:{record._meta.db_table}.{name}:{record.public_id}".encode()
