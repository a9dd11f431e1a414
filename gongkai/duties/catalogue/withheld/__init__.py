"""不公开的信息. What was determined not to be disclosed, kept, and assessed again and again (条例第十八条)."""
