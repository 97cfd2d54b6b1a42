"""Per-site knowledge: what the pages of a site have in common, and the rules that a user wrote for one."""
