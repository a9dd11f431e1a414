"""高频申请人. Applicants with many items are shown to a person; nothing is refused by code (ABU-05)."""
