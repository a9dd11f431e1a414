"""领导信息. A leader's page is an item; beside its text stand the name, the post, the division of work and the days in office."""
