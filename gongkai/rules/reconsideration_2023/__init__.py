"""行政复议. The Reconsideration Law of 2023, in force since 2024-01-01, beside the edition before it."""
