"""原件的存放. Sealed before it is written, and bound to its job: a file moved to another job does not open (PII-03)."""

import hashlib

from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.gateways.files import desk_files
from gongkai.sealing import vault
from gongkai.virus_checks.queries import require_scanned

_PURPOSE = "applicants"


def keep(job: RedactionJob, data: bytes) -> None:
    """Store the original and note on the job where it lies."""
    job.source_hash = hashlib.sha256(data).hexdigest()
    job.source_key, sealed = vault.seal(_PURPOSE, data, bound_to=_cell(job))
    job.source_file = desk_files().put(sealed)


def read(job: RedactionJob) -> bytes:
    """The original, when it was found clean. Raises FileMissing, FileDamaged or CannotOpen."""
    require_scanned(job.source_file, what="这份材料")
    return unsealed(job)


def unsealed(job: RedactionJob) -> bytes:
    """The bytes for the machinery that scans them."""
    sealed = desk_files().read(job.source_file)
    return vault.open_sealed(_PURPOSE, job.source_key, sealed, bound_to=_cell(job))


def _cell(job: RedactionJob) -> bytes:
    return f"redaction.source:{job.public_id}".encode()
