"""领导信箱. The leader's mailbox."""
