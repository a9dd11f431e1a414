"""主机时钟. Whether the host's time is to be believed, and what holds when it is not (TIM-05)."""
