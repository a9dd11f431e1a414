"""加密. Fields sealed at rest and the keys they need."""
