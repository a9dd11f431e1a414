"""遮盖. A PDF with boxes on it becomes pictures and a new PDF of these pictures alone, which is opened again and searched.

Knows no database and no duty. ``files`` is the way in; all parsing happens in a child process with limits.
"""
