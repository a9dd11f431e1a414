"""机构. Agencies, sections, people, posts, powers, delegation; who supervises whom."""
