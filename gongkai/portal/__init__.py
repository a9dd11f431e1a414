"""公众侧. The public side: what has been published and what has been submitted, and nothing else."""
