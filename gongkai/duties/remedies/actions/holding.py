"""暂缓销毁. While a case file is open nothing of its application is disposed of; when it ends, that is over by itself."""

from gongkai.agencies.models import Person
from gongkai.duties.applications.archive import retention
from gongkai.duties.remedies.models import CaseFile


def follow(file: CaseFile, *, by: Person) -> None:
    """By how the file stands now, in the caller's transaction: opened, corrected, ended, voided or of another application."""
    if file.entry.voided_at:
        retention.lift_for(file.public_id, reason=f"{file.entry.case_number}案卷作废", by=by)
    elif file.status == "closed":
        retention.lift_for(file.public_id, reason=f"{file.entry.case_number}结案", by=by)
    else:
        retention.hold_for(
            file.public_id, file.entry.application, reason=f"{file.entry.case_number}还没有终结", by=by
        )
