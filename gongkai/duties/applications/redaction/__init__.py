"""案件材料的遮盖 (条例第三十七条). A PDF of a case, the boxes on it with their grounds, and the file that may leave."""
