"""清单和统计. Power and duty lists, the list of charges, yearly statistics: composed from registers, reviewed, released by edition."""
