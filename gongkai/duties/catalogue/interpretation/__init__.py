"""政策解读. What a policy document is released together with: its plan, its interpretations, or a reason for none (三同步)."""
