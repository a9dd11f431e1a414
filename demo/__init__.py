"""示例单位. A fictional city's office and a year of its work, made the same every time."""
