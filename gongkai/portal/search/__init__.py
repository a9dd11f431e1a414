"""检索. Chinese full text over character pairs, the same on SQLite and PostgreSQL, written by the release itself.

``projection`` makes an entry from what is published; the release calls it in its own transaction and the rebuilding
calls it for everything. ``entries`` writes and removes, ``engines`` speak to the two databases, ``finding`` answers.
"""
