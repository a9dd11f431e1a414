"""原件的存放. Sealed before it is written, and bound to its job: a file moved to another job does not open (PII-03)."""

import hashlib

from gongkai.agencies import sealed_files
from gongkai.duties.applications.redaction.models import RedactionJob
from gongkai.virus_checks.queries import require_scanned


def keep(job: RedactionJob, data: bytes) -> None:
    """Store the original and note on the job where it lies."""
    job.source_hash = hashlib.sha256(data).hexdigest()
    job.source_key, job.source_file = sealed_files.put(data, bound_to=_cell(job))


def read(job: RedactionJob) -> bytes:
    """The original, when it was found clean. Raises one of ``sealed_files.UNREADABLE``."""
    require_scanned(job.source_file, what="这份材料")
    return unsealed(job)


def unsealed(job: RedactionJob) -> bytes:
    """The bytes for the machinery that scans them."""
    return sealed_files.read(job.source_key, job.source_file, bound_to=_cell(job))


def _cell(job: RedactionJob) -> bytes:
    return f"redaction.source:{job.public_id}".encode()
