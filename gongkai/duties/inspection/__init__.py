"""网站巡查. Faults found on the site and put right."""
